package org.pixelforest.ui;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pixelforest.image.Region;
import org.pixelforest.label.LabelClass;

/**
 * Ranks patches by doubt, novelty and need. One is chosen after the other, and what is chosen is no longer new, so that the list does
 * not show the same thing many times (greedy k-center: Sener and Savarese 2018, arXiv:1708.00489, weighted by uncertainty).
 */
final class RankedPlaces {

    /** A place as the page lists it; {@code box} is x0, y0, x1, y1. */
    record Place(String id, String image, int t, int z, List<Integer> box, List<Integer> classes, String reason) {}

    /** {@code fresh}: the share of it that is not painted yet. */
    private record Patch(
            String image, Region region, double doubt, List<Integer> classes, double[] look, double fresh) {}

    private final Content content;
    private final double[] need;
    private final List<Patch> patches = new ArrayList<>();
    private final List<double[]> known = new ArrayList<>();

    RankedPlaces(Content content) {
        this.content = content;
        need = need(content);
    }

    /** For each class 0 .. 1: the fewer labels it has beside the others, the more it needs. */
    private static double[] need(Content content) {
        int classes = content.classes().size();
        double[] pixels = new double[classes];
        for (String image : content.images()) {
            long[] counts = content.labels(image).counts();
            for (int cls = 1; cls < Math.min(counts.length, classes + 1); cls++) {
                pixels[cls - 1] += counts[cls];
            }
        }
        double mean = Math.max(1, Arrays.stream(pixels).average().orElse(1));
        return Arrays.stream(pixels).map(n -> 1 / (1 + n / mean)).toArray();
    }

    void add(String image, Region region, PatchScores.Doubt doubt, double[] look, double painted) {
        if (content.classes().size() >= 2 && doubt.mean() > 0) {
            patches.add(new Patch(image, region, doubt.mean(), doubt.between(), look, Math.max(0, 1 - 5 * painted)));
        }
    }

    /** The look of a part that is labelled already. */
    void known(double[] look) {
        known.add(look);
    }

    List<Place> best(int most) {
        double[] scale = spread();
        double[] distance = new double[patches.size()];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        known.forEach(look -> approach(distance, look, scale));
        boolean[] taken = new boolean[patches.size()];
        List<Place> places = new ArrayList<>();
        while (places.size() < Math.min(most, patches.size())) {
            int best = -1;
            double highest = 0;
            for (int i = 0; i < taken.length; i++) {
                double score = taken[i] ? 0 : score(patches.get(i), distance[i]);
                if (score > highest) {
                    highest = score;
                    best = i;
                }
            }
            if (best < 0) {
                break;
            }
            taken[best] = true;
            approach(distance, patches.get(best).look, scale);
            places.add(place(patches.get(best)));
        }
        return List.copyOf(places);
    }

    private double score(Patch patch, double distance) {
        double novelty = Double.isInfinite(distance) ? 1 : distance / (1 + distance);
        double wanted = 0;
        for (int cls : patch.classes) {
            wanted += need[cls - 1] / 2;
        }
        return patch.doubt * (0.2 + novelty) * (0.5 + wanted) * patch.fresh;
    }

    /** Standard deviation of every number of the looks: what differs much everywhere says little. */
    private double[] spread() {
        int n = patches.isEmpty() ? 0 : patches.get(0).look.length;
        double[] spread = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            double squares = 0;
            for (Patch patch : patches) {
                sum += patch.look[i];
                squares += patch.look[i] * patch.look[i];
            }
            double mean = sum / patches.size();
            spread[i] = Math.sqrt(Math.max(0, squares / patches.size() - mean * mean));
        }
        return spread;
    }

    /** Distances to the nearest known look, after {@code look} is known too. */
    private void approach(double[] distance, double[] look, double[] spread) {
        for (int p = 0; p < distance.length; p++) {
            double[] other = patches.get(p).look;
            double sum = 0;
            int counted = 0;
            for (int i = 0; i < Math.min(other.length, look.length); i++) {
                if (spread[i] > 0) {
                    double d = (other[i] - look[i]) / spread[i];
                    sum += d * d;
                    counted++;
                }
            }
            distance[p] = Math.min(distance[p], Math.sqrt(sum / Math.max(1, counted)));
        }
    }

    private Place place(Patch patch) {
        Region region = patch.region;
        List<LabelClass> classes = content.classes();
        return new Place(
                patch.image + "-" + region.t() + "-" + region.minZ() + "-" + region.minY() + "-" + region.minX(),
                patch.image,
                region.t(),
                region.minZ(),
                List.of(region.minX(), region.minY(), region.maxX(), region.maxY()),
                patch.classes,
                classes.get(patch.classes.get(0) - 1).name() + " or "
                        + classes.get(patch.classes.get(1) - 1).name());
    }
}
