package org.pixelforest.demo;

import java.util.Arrays;
import org.pixelforest.image.Block;

/** An RGB picture: row y, column x at {@code y * width + x}, each 0xRRGGBB. */
final class Picture {

    private static final int[] UNCERTAIN = {0x06040f, 0x3b0f70, 0x8c2981, 0xde4968, 0xfe9f6d, 0xfcfdbf};

    /** Colours of nucleus, cytoplasm and background, softer than those of the labels. */
    static final int[] CLASSES = {0xff5468, 0x3ecf8e, 0x1d2850};

    /** Colours of their strokes: those of the background would not be seen on tissue. */
    static final int[] STROKES = {0xff5468, 0x3ecf8e, 0x6f9bff};

    /** What the composite shows, and how: marker, colour, the share of its brightest counts that is cut off. */
    enum Ink {
        DNA(Marker.DNA2, 0x4a78ff),
        KERATIN(Marker.KERATIN, 0x2ecf4f),
        CADHERIN(Marker.CADHERIN, 0xc8cc28),
        CD45(Marker.CD45, 0xff2f6d),
        VIMENTIN(Marker.VIMENTIN, 0x1f97b0),
        SMA(Marker.SMA, 0xff9326),
        COLLAGEN(Marker.COLLAGEN, 0x5b5c6c);

        final Marker marker;
        final int rgb;

        Ink(Marker marker, int rgb) {
            this.marker = marker;
            this.rgb = rgb;
        }
    }

    final int height;
    final int width;
    final int[] rgb;

    Picture(int height, int width, int[] rgb) {
        this.height = height;
        this.width = width;
        this.rgb = rgb;
    }

    /** The stack in the colours of {@link Ink}, added like light. Channel 0 is the mean, the markers follow. */
    static Picture composite(Block stack) {
        int pixels = Math.toIntExact(stack.region().pixels());
        float[] light = new float[3 * pixels];
        for (Ink ink : Ink.values()) {
            int from = (1 + ink.marker.ordinal()) * pixels;
            float bright = brightness(stack.samples(), from, pixels);
            for (int i = 0; i < pixels; i++) {
                float level = Math.min(1, stack.samples()[from + i] / bright);
                for (int k = 0; k < 3; k++) {
                    light[3 * i + k] += level * (ink.rgb >> (16 - 8 * k) & 255) / 255f;
                }
            }
        }
        int[] rgb = new int[pixels];
        for (int i = 0; i < pixels; i++) {
            rgb[i] = exposed(light[3 * i], light[3 * i + 1], light[3 * i + 2]);
        }
        return new Picture(stack.region().height(), stack.region().width(), rgb);
    }

    /** Bright light saturates slowly, as on film, and keeps its hue. */
    private static int exposed(float red, float green, float blue) {
        float strongest = Math.max(1e-6f, Math.max(red, Math.max(green, blue)));
        float scale = 255 * (strongest < 1 ? 1.35f - 0.35f * strongest : 1 / strongest);
        return (int) (scale * red) << 16 | (int) (scale * green) << 8 | (int) (scale * blue);
    }

    /** The counts that shall look fully bright: few pixels exceed them, and they are never mere noise. */
    private static float brightness(float[] samples, int from, int pixels) {
        float[] sorted = Arrays.copyOfRange(samples, from, from + pixels);
        Arrays.sort(sorted);
        return Math.max(8, sorted[(int) (0.997 * (pixels - 1))]);
    }

    /** The colours of the classes, mixed as their probabilities say. */
    static Picture probabilities(Block probabilities) {
        int pixels = Math.toIntExact(probabilities.region().pixels());
        int[] rgb = new int[pixels];
        for (int i = 0; i < pixels; i++) {
            for (int shift = 16; shift >= 0; shift -= 8) {
                float value = 0;
                for (int k = 0; k < CLASSES.length; k++) {
                    value += probabilities.samples()[k * pixels + i] * (CLASSES[k] >> shift & 255);
                }
                rgb[i] |= Math.min(255, Math.round(value)) << shift;
            }
        }
        return new Picture(
                probabilities.region().height(), probabilities.region().width(), rgb);
    }

    /** Class numbers as colours. */
    static Picture classes(byte[] classes, int height, int width) {
        int[] rgb = new int[classes.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = CLASSES[classes[i] - 1];
        }
        return new Picture(height, width, rgb);
    }

    /** One minus the distance between the two largest probabilities: dark where the forest is sure. */
    static Picture uncertainty(Block probabilities) {
        int pixels = Math.toIntExact(probabilities.region().pixels());
        int[] rgb = new int[pixels];
        for (int i = 0; i < pixels; i++) {
            float best = 0;
            float second = 0;
            for (int k = 0; k < probabilities.channels(); k++) {
                float p = probabilities.samples()[k * pixels + i];
                second = Math.max(second, Math.min(p, best));
                best = Math.max(best, p);
            }
            rgb[i] = uncertain(1 - (best - second));
        }
        return new Picture(
                probabilities.region().height(), probabilities.region().width(), rgb);
    }

    /** The colour of an uncertainty of 0 .. 1. */
    static int uncertain(float value) {
        float place = Math.min(Math.max(value, 0), 0.9999f) * (UNCERTAIN.length - 1);
        int low = UNCERTAIN[(int) place];
        int high = UNCERTAIN[(int) place + 1];
        float t = place - (int) place;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = low >> shift & 255;
            rgb |= Math.round(a + t * ((high >> shift & 255) - a)) << shift;
        }
        return rgb;
    }

    /** The picture in grey and half dark, as a ground for strokes. */
    Picture dimmed() {
        int[] grey = new int[rgb.length];
        for (int i = 0; i < grey.length; i++) {
            int light = (rgb[i] >> 16 & 255) * 3 + (rgb[i] >> 8 & 255) * 5 + (rgb[i] & 255) * 2;
            grey[i] = light / 18 * 0x010101;
        }
        return new Picture(height, width, grey);
    }

    /** The picture with coloured pixels on top; 0 leaves a pixel as it is. */
    Picture with(int[] colours) {
        int[] changed = rgb.clone();
        for (int i = 0; i < changed.length; i++) {
            changed[i] = colours[i] == 0 ? changed[i] : colours[i];
        }
        return new Picture(height, width, changed);
    }

    /** The picture at another width, every new pixel the mean of those it covers. */
    Picture scaled(int newWidth) {
        int newHeight = Math.max(1, Math.round((float) height * newWidth / width));
        int[] out = new int[newHeight * newWidth];
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                out[y * newWidth + x] = mean(
                        (double) y * height / newHeight,
                        (double) (y + 1) * height / newHeight,
                        (double) x * width / newWidth,
                        (double) (x + 1) * width / newWidth);
            }
        }
        return new Picture(newHeight, newWidth, out);
    }

    private int mean(double top, double bottom, double left, double right) {
        double[] sum = new double[3];
        double area = 0;
        for (int y = (int) top; y < Math.min(height, Math.ceil(bottom)); y++) {
            double tall = Math.min(bottom, y + 1) - Math.max(top, y);
            for (int x = (int) left; x < Math.min(width, Math.ceil(right)); x++) {
                double weight = tall * (Math.min(right, x + 1) - Math.max(left, x));
                area += weight;
                for (int k = 0; k < 3; k++) {
                    sum[k] += weight * (rgb[y * width + x] >> (16 - 8 * k) & 255);
                }
            }
        }
        int result = 0;
        for (int k = 0; k < 3; k++) {
            result |= (int) Math.round(sum[k] / area) << (16 - 8 * k);
        }
        return result;
    }
}
