package org.pixelforest.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pixelforest.io.DatasetPlace;

/**
 * Which label file belongs to which image.
 *
 * @param labels for each image its labels, if it has any
 * @param byName true when names told, false when the order did
 */
record Pairing(List<Optional<DatasetPlace>> labels, boolean byName) {

    /**
     * By name where every label file begins as exactly one image does ({@code a_labels.png} and {@code a.tiff}, {@code a_s2.h5} and
     * {@code a.csv}), otherwise by order.
     *
     * @throws IOException when neither works
     */
    static Pairing of(List<DatasetPlace> images, List<DatasetPlace> labels) throws IOException {
        List<Optional<DatasetPlace>> named = new ArrayList<>();
        images.forEach(image -> named.add(Optional.empty()));
        boolean clear = true;
        for (DatasetPlace label : labels) {
            List<Integer> fitting = best(images, stem(label.file()));
            if (fitting.size() != 1 || named.get(fitting.get(0)).isPresent()) {
                clear = false;
                break;
            }
            named.set(fitting.get(0), Optional.of(label));
        }
        if (clear) {
            return new Pairing(named, true);
        }
        if (images.size() != labels.size()) {
            throw new IOException("there are " + images.size() + " images and " + labels.size()
                    + " label files, and their names do not tell which belongs to which; give as many of both, in the same"
                    + " order, or name them alike");
        }
        return new Pairing(labels.stream().map(Optional::of).toList(), false);
    }

    /** The images whose names share most with the label file's, one name being the beginning of the other. */
    private static List<Integer> best(List<DatasetPlace> images, String label) {
        List<Integer> best = new ArrayList<>();
        int longest = 0;
        for (int i = 0; i < images.size(); i++) {
            String image = stem(images.get(i).file());
            int common = begins(label, image) || begins(image, label) ? Math.min(image.length(), label.length()) : 0;
            if (common > longest) {
                best.clear();
                longest = common;
            }
            if (common > 0 && common == longest) {
                best.add(i);
            }
        }
        return best;
    }

    private static boolean begins(String name, String start) {
        return name.startsWith(start)
                && (name.length() == start.length() || "_-. ".indexOf(name.charAt(start.length())) >= 0);
    }

    /** The name of a file without its ending. */
    static String stem(Path file) {
        String name = file.getFileName().toString().replaceFirst("(?i)\\.ome\\.tiff?$", "");
        return name.replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
    }
}
