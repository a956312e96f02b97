package org.pixelforest.prepare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Shape;

/**
 * How raw images become the stacks that are labelled and classified: channels chosen, their mean in front, enlarged.
 *
 * <pre>{@code
 * try (ImageSource raw = Images.open(file)) {
 *     PreparedStack stack = Preparation.IMC.of(raw);
 *     Block corner = stack.read(Region.of(0, 0, 100, 100));
 * }
 * }</pre>
 *
 * @param format whose numbers to reproduce
 * @param channels names or positions (from 1) of the raw channels to keep, in this order; empty = all in file order
 * @param mean whether the mean of the kept channels becomes channel 0
 * @param meanFactor what the mean is multiplied with
 * @param scale enlargement, 1 or more
 * @param cropSize largest height and width of the crops, in prepared pixels
 */
public record Preparation(
        Format format, List<String> channels, boolean mean, double meanFactor, double scale, int cropSize) {

    /** The two programs whose files are reproduced to the last bit. */
    public enum Format {
        /** IMC Segmentation Pipeline with CellProfiler: 16 bit, axes zyxc. */
        IMC,
        /** {@code steinbock classify ilastik prepare}: float, axes cyx, no clipping. */
        STEINBOCK
    }

    /** Name of the channel that holds the mean. */
    public static final String MEAN = "mean";

    /** What the IMC Segmentation Pipeline does. */
    public static final Preparation IMC = new Preparation(Format.IMC, List.of(), true, 100, 2, 500);

    /** What steinbock does. */
    public static final Preparation STEINBOCK = new Preparation(Format.STEINBOCK, List.of(), true, 100, 2, 512);

    public Preparation {
        channels = List.copyOf(channels);
        if (!(meanFactor > 0) || meanFactor > Float.MAX_VALUE) {
            throw new IllegalArgumentException("the mean factor must be above 0 (got: " + meanFactor + ")");
        }
        if (!(scale >= 1 && scale <= 16)) {
            throw new IllegalArgumentException("the scale must be 1 .. 16 (got: " + scale + ")");
        }
        if (format == Format.STEINBOCK && scale != Math.rint(scale)) {
            throw new IllegalArgumentException(
                    "the scale must be a whole number in the steinbock format (got: " + scale + ")");
        }
        if (cropSize < 1) {
            throw new IllegalArgumentException("the crop size must be at least 1 (got: " + cropSize + ")");
        }
    }

    /** This preparation of the named or numbered channels alone. */
    public Preparation withChannels(List<String> names) {
        return new Preparation(format, names, mean, meanFactor, scale, cropSize);
    }

    /**
     * The prepared stack as a view: nothing is computed before a region is read, nothing is kept. Closing the view closes
     * {@code raw}.
     *
     * @throws IllegalArgumentException when the image cannot be prepared; the message says why, but not which file
     */
    public PreparedStack of(ImageSource raw) {
        Shape shape = raw.shape();
        if (shape.z() > 1 || shape.t() > 1) {
            throw new IllegalArgumentException("only flat images can be prepared, this one has " + shape.z()
                    + " slices and " + shape.t() + " time points");
        }
        Arithmetic arithmetic = format == Format.IMC
                ? new CellProfilerArithmetic(raw.sampleType(), mean, (float) meanFactor)
                : new SteinbockArithmetic(mean, (float) meanFactor, (int) scale);
        return new PreparedStack(select(raw), arithmetic, mean, scale);
    }

    /** CellProfiler reads a file of one plane as a grey picture of three equal channels. */
    private ImageSource select(ImageSource raw) {
        if (!channels.isEmpty()) {
            List<Integer> chosen = positions(raw.channelNames(), raw.shape().c());
            return ChannelGroups.of(raw, chosen.stream().map(List::of).toList());
        }
        if (format == Format.IMC && raw.shape().c() == 1) {
            return ChannelGroups.of(raw, List.of(List.of(0), List.of(0), List.of(0)));
        }
        return raw;
    }

    private List<Integer> positions(List<String> names, int count) {
        Set<Integer> chosen = new LinkedHashSet<>();
        for (String channel : channels) {
            int position = names.indexOf(channel);
            if (position < 0 && channel.matches("[0-9]{1,6}")) {
                position = Integer.parseInt(channel) - 1;
            }
            if (position < 0 || position >= count) {
                throw new IllegalArgumentException("no channel \"" + channel + "\"; there are " + count
                        + (names.isEmpty() ? " channels without names" : ": " + String.join(", ", names)));
            }
            if (!chosen.add(position)) {
                throw new IllegalArgumentException("channel \"" + channel + "\" is chosen twice");
            }
        }
        return new ArrayList<>(chosen);
    }
}
