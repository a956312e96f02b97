package org.pixelforest.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file and perhaps a dataset in it, as users write it: {@code folder/a.h5/group/data}. */
public record DatasetPlace(Path file, Optional<String> dataset) {

    /** The file is the longest leading part of {@code place} that exists; everything when none does. */
    public static DatasetPlace of(String place) {
        Path whole = Path.of(place);
        if (Files.exists(whole)) {
            return new DatasetPlace(whole, Optional.empty());
        }
        String slashes = place.replace('\\', '/');
        for (int cut = slashes.lastIndexOf('/'); cut > 0; cut = slashes.lastIndexOf('/', cut - 1)) {
            Path file = Path.of(place.substring(0, cut));
            if (Files.isRegularFile(file)) {
                return inside(file, slashes.substring(cut + 1));
            }
            if (Files.exists(file)) {
                break;
            }
        }
        // Nothing is there: name the file, not the dataset, in the message.
        int end = slashes.indexOf(".h5/");
        return end < 0
                ? new DatasetPlace(whole, Optional.empty())
                : inside(Path.of(place.substring(0, end + 3)), slashes.substring(end + 4));
    }

    private static DatasetPlace inside(Path file, String path) {
        String trimmed = path.replaceAll("^/+|/+$", "");
        return new DatasetPlace(file, trimmed.isEmpty() ? Optional.empty() : Optional.of(trimmed));
    }
}
