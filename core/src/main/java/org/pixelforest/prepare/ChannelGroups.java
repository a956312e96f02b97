package org.pixelforest.prepare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/**
 * Channels of an image chosen, put in order, and averaged by group: a view. A group's mean is the float sum from left to right
 * divided once by the count, as steinbock computes it; a group of one is the channel itself.
 */
public final class ChannelGroups implements ImageSource {

    private final ImageSource raw;
    private final List<String> rawNames;
    private final List<List<Integer>> groups;

    private ChannelGroups(ImageSource raw, List<String> rawNames, List<List<Integer>> groups) {
        this.raw = raw;
        this.rawNames = List.copyOf(rawNames);
        this.groups = groups.stream().map(List::copyOf).toList();
    }

    /**
     * @param groups for each channel of the view the raw channels that it averages, counted from 0
     * @throws IllegalArgumentException when there is no group, an empty one, or one names a channel that is not there
     */
    public static ImageSource of(ImageSource raw, List<List<Integer>> groups) {
        return of(raw, raw.channelNames(), groups);
    }

    /** As {@link #of(ImageSource, List)} with other names for the raw channels. */
    static ImageSource of(ImageSource raw, List<String> rawNames, List<List<Integer>> groups) {
        int count = raw.shape().c();
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("no channel is chosen");
        }
        for (List<Integer> group : groups) {
            if (group.isEmpty() || group.stream().anyMatch(c -> c < 0 || c >= count)) {
                throw new IllegalArgumentException(
                        "a group of channels must name some of 0 .. " + (count - 1) + " (got: " + group + ")");
            }
        }
        return new ChannelGroups(raw, rawNames, groups);
    }

    @Override
    public Shape shape() {
        return raw.shape().withChannels(groups.size());
    }

    @Override
    public SampleType sampleType() {
        return groups.stream().allMatch(group -> group.size() == 1) ? raw.sampleType() : SampleType.FLOAT32;
    }

    @Override
    public String axes() {
        return raw.axes();
    }

    /** The names of a group's channels joined by " / "; a number follows where a name would come twice. */
    @Override
    public List<String> channelNames() {
        List<String> joined = new ArrayList<>();
        for (List<Integer> group : rawNames.isEmpty() ? List.<List<Integer>>of() : groups) {
            String name = String.join(" / ", group.stream().map(rawNames::get).toList());
            String unique = name;
            for (int n = 2; joined.contains(unique); n++) {
                unique = name + " (" + n + ")";
            }
            joined.add(unique);
        }
        return joined;
    }

    @Override
    public Block read(Region region) throws IOException {
        Block in = raw.read(region);
        Block out = Block.zeros(region, groups.size());
        int pixels = Math.toIntExact(region.pixels());
        for (int g = 0; g < groups.size(); g++) {
            List<Integer> group = groups.get(g);
            System.arraycopy(in.samples(), group.get(0) * pixels, out.samples(), g * pixels, pixels);
            for (int c : group.subList(1, group.size())) {
                add(in.samples(), c * pixels, pixels, out.samples(), g * pixels);
            }
            if (group.size() > 1) {
                divide(out.samples(), g * pixels, pixels, group.size());
            }
        }
        return out;
    }

    private static void add(float[] in, int from, int pixels, float[] sum, int to) {
        for (int i = 0; i < pixels; i++) {
            sum[to + i] += in[from + i];
        }
    }

    private static void divide(float[] samples, int from, int pixels, float by) {
        for (int i = 0; i < pixels; i++) {
            samples[from + i] /= by;
        }
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
