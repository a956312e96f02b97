package org.pixelforest.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pixelforest.project.Project;

/** Channels as users name them: by their names, or, where there are none, by their numbers from 1. */
final class ChannelChoice {

    private ChannelChoice() {}

    /**
     * The channels that are not named, as {@link org.pixelforest.project.Additions#unusedChannels} wants them.
     *
     * @param text names with commas between
     * @param names of all channels, or empty
     */
    static List<Integer> unused(String text, List<String> names, int channels) {
        List<Integer> used = new ArrayList<>();
        for (String part : text.split(",")) {
            used.add(number(part.strip(), names, channels));
        }
        return IntStream.range(0, channels)
                .filter(c -> !used.contains(c))
                .boxed()
                .toList();
    }

    private static int number(String name, List<String> names, int channels) {
        int place = names.indexOf(name);
        if (place >= 0 && names.lastIndexOf(name) != place) {
            throw new IllegalArgumentException("more than one channel is called '" + name + "'; rename one");
        }
        if (place >= 0) {
            return place;
        }
        if (!names.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no channel '" + name + "'; the channels are " + String.join(", ", names));
        }
        if (!name.matches("\\d{1,4}") || Integer.parseInt(name) < 1 || Integer.parseInt(name) > channels) {
            throw new IllegalArgumentException("the images carry no channel names; name channels by number, 1 to "
                    + channels + " (got: '" + name + "')");
        }
        return Integer.parseInt(name) - 1;
    }

    /** The name of a channel, or its number from 1. */
    static String name(Project project, int channel) {
        List<String> names = project.additions().channelNames();
        return channel < names.size() ? names.get(channel) : "channel " + (channel + 1);
    }
}
