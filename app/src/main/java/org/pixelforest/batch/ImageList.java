package org.pixelforest.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pixelforest.io.DatasetPlace;

/** Turns what a user names (files, datasets in files, patterns, folders) into images, each once, in the order given. */
public final class ImageList {

    private static final Pattern DATASET = Pattern.compile("^(.*\\.(?:h5|hdf5|ilp))/+(.+)$", Pattern.CASE_INSENSITIVE);

    private ImageList() {}

    /**
     * The images that are meant.
     *
     * @param names a file, {@code file.h5/dataset}, a pattern such as {@code "*_s2.h5"} or {@code "img/*.h5/img"}, or a folder,
     *     which stands for its prepared stacks {@code *_s2.h5}, or for all its {@code .h5} files if it has none
     * @throws IOException when a folder or a pattern holds no image; a single file need not exist
     */
    public static List<DatasetPlace> of(List<String> names) throws IOException {
        LinkedHashSet<DatasetPlace> images = new LinkedHashSet<>();
        for (String name : names) {
            if (FilePattern.is(name)) {
                images.addAll(pattern(name));
            } else if (Files.isDirectory(Path.of(name))) {
                images.addAll(folder(Path.of(name)));
            } else {
                images.add(DatasetPlace.of(name));
            }
        }
        return new ArrayList<>(images);
    }

    private static List<DatasetPlace> folder(Path folder) throws IOException {
        for (String ending : new String[] {"_s2.h5", ".h5"}) {
            try (Stream<Path> files = Files.list(folder)) {
                List<DatasetPlace> images = files.filter(Files::isRegularFile)
                        .filter(f -> f.getFileName().toString().endsWith(ending))
                        .sorted()
                        .map(f -> new DatasetPlace(f, Optional.empty()))
                        .toList();
                if (!images.isEmpty()) {
                    return images;
                }
            }
        }
        throw new IOException(
                folder + ": there are no .h5 files in this folder; prepare the images first, or name them");
    }

    private static List<DatasetPlace> pattern(String name) throws IOException {
        Matcher inFile = DATASET.matcher(name.replace('\\', '/'));
        String files = inFile.matches() ? inFile.group(1) : name.replace('\\', '/');
        Optional<String> dataset = inFile.matches() ? Optional.of(inFile.group(2)) : Optional.empty();
        List<Path> found = FilePattern.files(files);
        if (found.isEmpty()) {
            throw new IOException(name + ": no file matches this pattern");
        }
        return found.stream().map(f -> new DatasetPlace(f, dataset)).toList();
    }
}
