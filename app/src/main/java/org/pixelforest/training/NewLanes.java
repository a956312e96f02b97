package org.pixelforest.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.pixelforest.hdf5.Dataset;
import org.pixelforest.hdf5.Group;
import org.pixelforest.hdf5.Hdf5File;
import org.pixelforest.hdf5.Node;
import org.pixelforest.image.ImageSource;
import org.pixelforest.io.Images;
import org.pixelforest.project.ImageLocation;
import org.pixelforest.project.Lane;

/** Makes lanes of image files, as other programs would read them too. */
public final class NewLanes {

    private static final int MAX_DATASETS = 1000;

    private NewLanes() {}

    /** As {@link #of(Path, Optional, Path)} for a file that is an image, or holds a single one. */
    public static Lane of(Path file, Path folder) throws IOException {
        return of(file, Optional.empty(), folder);
    }

    /**
     * The lane of an image file that is not part of a project yet.
     *
     * @param named the data set in an HDF5 file, when it is known; otherwise its only one
     * @param folder of the project, from which locations are counted
     * @throws IOException when the file cannot be read as an image, with the reason
     */
    public static Lane of(Path file, Optional<String> named, Path folder) throws IOException {
        Optional<String> dataset = named.isPresent() ? named : dataset(file);
        try (ImageSource image = Images.open(file + dataset.map(d -> "/" + d).orElse(""))) {
            String name = file.getFileName().toString();
            String nickname = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
            return Lane.of(
                    nickname,
                    ImageLocation.of(file, dataset, folder),
                    image.axes(),
                    image.shape(),
                    UUID.randomUUID().toString());
        }
    }

    /** The path of the only data set of an HDF5 file; other programs need it in a project. Empty for other files. */
    private static Optional<String> dataset(Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(java.util.Locale.ROOT);
        if (!name.matches(".*\\.(h5|hdf5|hdf)")) {
            return Optional.empty();
        }
        try (Hdf5File hdf5 = Hdf5File.open(file)) {
            List<String> found = new ArrayList<>();
            collect(hdf5.root(), "", found, 0);
            return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
        }
    }

    private static void collect(Group group, String prefix, List<String> found, int depth) throws IOException {
        for (String name : group.names()) {
            Optional<Node> node = group.find(name);
            if (node.isPresent() && node.get() instanceof Dataset && found.size() < MAX_DATASETS) {
                found.add(prefix + name);
            } else if (node.isPresent() && node.get() instanceof Group inner && depth < 20) {
                collect(inner, prefix + name + "/", found, depth + 1);
            }
        }
    }
}
