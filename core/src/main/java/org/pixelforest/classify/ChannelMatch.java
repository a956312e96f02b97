package org.pixelforest.classify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.pixelforest.image.ImageSource;

/**
 * Which channel of an image stands for each channel of a classifier: found by name where both carry names, otherwise by position.
 *
 * @param order for each channel of the classifier, the channel of the image
 * @param byName true when names were compared
 */
public record ChannelMatch(List<Integer> order, boolean byName) {

    public ChannelMatch {
        order = List.copyOf(order);
    }

    /**
     * Matches an image to a classifier. With names on both sides the image may have its channels in another order, and more of
     * them; without, it must have exactly as many.
     *
     * @param wanted names of the classifier's channels in order, or empty
     * @param channels how many channels the classifier needs
     * @throws ChannelMismatchException when a channel is missing or ambiguous; the message does not name the image
     */
    public static ChannelMatch of(List<String> wanted, int channels, ImageSource image)
            throws ChannelMismatchException {
        int available = image.shape().c();
        List<String> names = image.channelNames().stream().map(String::strip).toList();
        if (wanted.isEmpty() || names.isEmpty()) {
            if (available != channels) {
                throw new ChannelMismatchException(
                        "has " + count(available) + ", but the project was trained on " + channels,
                        List.of(),
                        List.of());
            }
            return new ChannelMatch(IntStream.range(0, channels).boxed().toList(), false);
        }
        List<String> needed = wanted.stream().map(String::strip).toList();
        if (needed.equals(names)) {
            // Names that occur twice do no harm where everything is in its place.
            return new ChannelMatch(IntStream.range(0, channels).boxed().toList(), true);
        }
        return byName(needed, names);
    }

    /** The image as the classifier wants it; the same object when nothing moves. Closing it closes the image. */
    public ImageSource apply(ImageSource image) {
        boolean same = order.size() == image.shape().c()
                && IntStream.range(0, order.size()).allMatch(i -> order.get(i) == i);
        return same ? image : new ChosenChannels(image, order);
    }

    private static ChannelMatch byName(List<String> needed, List<String> names) throws ChannelMismatchException {
        List<String> missing = needed.stream().filter(n -> !names.contains(n)).toList();
        List<String> unused = names.stream().filter(n -> !needed.contains(n)).toList();
        if (!missing.isEmpty()) {
            String rest = unused.isEmpty() ? "" : "; it has instead: " + listed(unused);
            throw new ChannelMismatchException(
                    "lacks " + count(missing.size()) + " that the project was trained on: " + listed(missing) + rest,
                    missing,
                    unused);
        }
        List<Integer> order = new ArrayList<>();
        for (String name : needed) {
            int first = names.indexOf(name);
            if (first != names.lastIndexOf(name)) {
                throw new ChannelMismatchException(
                        "has more than one channel called " + name + ", which the project was trained on; rename one",
                        List.of(),
                        unused);
            }
            order.add(first);
        }
        if (new HashSet<>(order).size() != order.size()) {
            throw new ChannelMismatchException(
                    "has its channels in another order than the project, where two have the same name",
                    List.of(),
                    unused);
        }
        return new ChannelMatch(order, true);
    }

    private static String count(int channels) {
        return channels == 1 ? "1 channel" : channels + " channels";
    }

    private static String listed(List<String> names) {
        return names.size() <= 12
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 12)) + " and " + (names.size() - 12) + " more";
    }
}
