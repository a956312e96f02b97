package org.pixelforest.io;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pixelforest.image.BrokenFileException;

/**
 * The description that ImageJ writes: lines of {@code key=value} with images, channels, slices, frames. Either every plane has
 * a page, or one page describes a stack that stands without gaps behind its first plane.
 */
final class ImageJDescription {

    private ImageJDescription() {}

    /** The description of a page a channel; Bio-Formats needs all of these lines to see one image. */
    static String ofChannels(int channels) {
        return "ImageJ=1.11a\nimages=" + channels + "\nchannels=" + channels + "\nhyperstack=true\nmode=grayscale\n";
    }

    static TiffSeries series(TiffFile file, String description) throws IOException {
        Map<String, String> lines = new HashMap<>();
        for (String line : description.split("\\R")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                lines.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        long channels = number(file, lines, "channels");
        long slices = number(file, lines, "slices");
        long frames = number(file, lines, "frames");
        long images = number(file, lines, "images");
        TiffPage first = file.pages().get(0);
        if (channels > 1 && first.samples() == channels && (first.separate() || images == frames * slices)) {
            // Bio-Formats counts the samples of a pixel as channels.
            channels = 1;
        }
        long declared = frames * slices * channels;
        long planes = declared;
        if (declared == 1) {
            // A stack that was never made a hyperstack says only how many images it has; or not even that.
            planes = Math.max(images, file.pages().size());
        }
        List<TiffPage> pages = pages(file, planes);
        String order = lines.getOrDefault("order", "czt");
        // Fastest axis first in the file's words, slowest first in ours.
        String axes = order.matches("[cztCZT]{3}")
                ? new StringBuilder(order.toUpperCase(Locale.ROOT)).reverse().toString()
                : "TZC";
        long[] sizes = new long[4];
        sizes[0] = planes / declared;
        for (int i = 0; i < 3; i++) {
            sizes[i + 1] = switch (axes.charAt(i)) {
                case 'T' -> frames;
                case 'Z' -> slices;
                default -> channels;
            };
        }
        return TiffSeries.of(file, "I" + axes, sizes, pages, List.of());
    }

    private static List<TiffPage> pages(TiffFile file, long planes) throws IOException {
        List<TiffPage> pages = file.pages();
        if (pages.size() >= planes) {
            return TiffSeries.alike(file, pages.subList(0, (int) planes));
        }
        if (pages.size() == 1) {
            return pages.get(0).stackBehind(planes);
        }
        throw new BrokenFileException(file.bytes().file(), "describes " + planes + " planes but holds " + pages.size());
    }

    private static long number(TiffFile file, Map<String, String> lines, String key) throws IOException {
        String text = lines.getOrDefault(key, "1");
        try {
            int number = Integer.parseInt(text);
            if (number > 0 && number <= 1 << 20) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same message.
        }
        throw new BrokenFileException(file.bytes().file(), "says it has " + key + "=" + text);
    }
}
