package org.pixelforest.classify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.forest.Samples;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.label.ConnectedLabels;
import org.pixelforest.label.Labels;

/**
 * The labelled pixels of some images with their features: what a forest is trained on. Rows stand image by image, tile by tile of
 * the labels, row by row within a tile, so that the same labels give the same rows however they were painted. Immutable; a set
 * made {@linkplain #with from another} computes the features of pixels that are new, and of no others.
 *
 * <p>Memory: 4 bytes a feature and labelled pixel, twice; while it is made, the features of one tile of labels a thread.
 */
public final class TrainingSet {

    /** A tile of the labels of an image, by its name. */
    private record Key(String image, int t, int z, int row, int column) {}

    /** Features of the labelled pixels of a tile: pixel {@code places[i]} of the tile has {@code rows[i * features ..]}. */
    private record Rows(int[] places, float[] values) {}

    private final FeatureSelection features;
    private final int columns;
    private final Map<Key, Rows> rows;
    private final List<LabeledImage> images;
    private final int[] image;
    private final int[] place;
    private final List<Key> tiles;
    private final int[] tile;
    private final Samples samples;

    private TrainingSet(
            FeatureSelection features, int columns, List<LabeledImage> images, Map<Key, Rows> rows, List<Key> tiles) {
        this.features = features;
        this.columns = columns;
        this.images = List.copyOf(images);
        this.rows = rows;
        this.tiles = tiles;
        int count = 0;
        for (Key key : tiles) {
            count += rows.get(key).places.length;
        }
        image = new int[count];
        tile = new int[count];
        place = new int[count];
        int[] classes = new int[count];
        float[][] values = new float[columns][count];
        Map<String, Integer> numbers = new HashMap<>();
        for (LabeledImage labeled : images) {
            numbers.put(labeled.name(), numbers.size());
        }
        int row = 0;
        for (int k = 0; k < tiles.size(); k++) {
            Key key = tiles.get(k);
            Rows from = rows.get(key);
            int number = numbers.get(key.image);
            Labels labels = images.get(number).labels();
            for (int i = 0; i < from.places.length; i++, row++) {
                image[row] = number;
                tile[row] = k;
                place[row] = from.places[i];
                classes[row] = labels.get(key.t, key.z, y(row), x(row));
                for (int f = 0; f < columns; f++) {
                    values[f][row] = from.values[i * columns + f];
                }
            }
        }
        samples = Samples.of(values, classes);
    }

    /**
     * Gathers the labelled pixels of images, whose names must differ; images without labels are not read.
     *
     * @param threads 1 or more
     * @param cancelled asked between tiles
     * @throws IllegalArgumentException when nothing is labelled, images differ in their channels, or one is too small for a
     *     sigma; the message names the image
     * @throws CancellationException when cancelled
     */
    public static TrainingSet of(
            FeatureSelection features, List<LabeledImage> images, int threads, BooleanSupplier cancelled)
            throws IOException {
        return gather(features, images, Set.of(), Map.of(), threads, cancelled);
    }

    /**
     * The set of these images, which may have other labels or be others; features that are known are not computed again. Those of an
     * image are known if one of its name has the same object for its stack.
     */
    public TrainingSet with(List<LabeledImage> newImages, int threads, BooleanSupplier cancelled) throws IOException {
        Map<String, ImageSource> stacks = new HashMap<>();
        images.forEach(i -> stacks.put(i.name(), i.stack()));
        Set<String> same = newImages.stream()
                .filter(i -> stacks.get(i.name()) == i.stack())
                .map(LabeledImage::name)
                .collect(Collectors.toSet());
        return gather(features, newImages, same, rows, threads, cancelled);
    }

    private static TrainingSet gather(
            FeatureSelection features,
            List<LabeledImage> images,
            Set<String> same,
            Map<Key, Rows> known,
            int threads,
            BooleanSupplier cancelled)
            throws IOException {
        List<LabeledImage> labeled =
                images.stream().filter(i -> !i.labels().isEmpty()).toList();
        if (labeled.isEmpty()) {
            throw new IllegalArgumentException("nothing is labelled yet; paint at least two classes");
        }
        int columns = check(features, labeled);
        Map<Key, Rows> rows = new HashMap<>();
        List<Key> tiles = new ArrayList<>();
        List<Future<Rows>> computed = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "training-set");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (LabeledImage image : labeled) {
                for (Region part : image.labels().occupied()) {
                    Key key = new Key(
                            image.name(), part.t(), part.minZ(), part.minY() / Labels.TILE, part.minX() / Labels.TILE);
                    tiles.add(key);
                    Rows before = same.contains(key.image) ? known.get(key) : null;
                    computed.add(pool.submit(() -> rows(features, columns, image, part, key, before, cancelled)));
                }
            }
            for (int i = 0; i < tiles.size(); i++) {
                rows.put(tiles.get(i), computed.get(i).get());
            }
        } catch (ExecutionException e) {
            rethrow(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } finally {
            pool.shutdownNow();
        }
        return new TrainingSet(features, columns, labeled, rows, tiles);
    }

    private static int check(FeatureSelection features, List<LabeledImage> images) {
        LabeledImage first = images.get(0);
        int columns = features.count(first.stack().shape());
        for (LabeledImage image : images) {
            Shape shape = image.stack().shape();
            if (shape.c() != first.stack().shape().c() || features.count(shape) != columns) {
                throw new IllegalArgumentException(image.name() + " has " + shape.c() + " channels and "
                        + features.count(shape) + " feature channels, but " + first.name() + " has "
                        + first.stack().shape().c() + " and " + columns + "; train on images of one kind");
            }
            features.tooSmall(shape).ifPresent(reason -> {
                throw new IllegalArgumentException(image.name() + ": " + reason);
            });
        }
        if (columns == 0) {
            throw new IllegalArgumentException("no feature is selected; choose at least one");
        }
        return columns;
    }

    private static Rows rows(
            FeatureSelection features,
            int columns,
            LabeledImage image,
            Region part,
            Key key,
            Rows before,
            BooleanSupplier cancelled)
            throws IOException {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException();
        }
        int[] places = labelledPlaces(image.labels(), part);
        float[] values = new float[places.length * columns];
        int[] missing = new int[places.length];
        int missed = 0;
        for (int i = 0; i < places.length; i++) {
            int at = before == null ? -1 : Arrays.binarySearch(before.places, places[i]);
            if (at < 0) {
                missing[missed++] = i;
            } else {
                System.arraycopy(before.values, at * columns, values, i * columns, columns);
            }
        }
        if (missed == 0) {
            return new Rows(places, values);
        }
        Region region = bounds(key, places, missing, missed);
        var block = features.compute(image.stack(), region);
        float[] samples = block.samples();
        int plane = (int) region.pixels();
        for (int m = 0; m < missed; m++) {
            int y = key.row * Labels.TILE + places[missing[m]] / Labels.TILE - region.minY();
            int x = key.column * Labels.TILE + places[missing[m]] % Labels.TILE - region.minX();
            for (int f = 0; f < columns; f++) {
                values[missing[m] * columns + f] = samples[f * plane + y * region.width() + x];
            }
        }
        return new Rows(places, values);
    }

    /** The labelled pixels of a part of a tile, as places in the tile, ascending. */
    private static int[] labelledPlaces(Labels labels, Region part) {
        byte[] classes = labels.read(part);
        int[] places = new int[classes.length];
        int n = 0;
        for (int i = 0; i < classes.length; i++) {
            if (classes[i] != 0) {
                int y = (part.minY() + i / part.width()) % Labels.TILE;
                int x = (part.minX() + i % part.width()) % Labels.TILE;
                places[n++] = y * Labels.TILE + x;
            }
        }
        return Arrays.copyOf(places, n);
    }

    private static Region bounds(Key key, int[] places, int[] missing, int missed) {
        int minY = Labels.TILE;
        int minX = Labels.TILE;
        int maxY = 0;
        int maxX = 0;
        for (int m = 0; m < missed; m++) {
            int y = places[missing[m]] / Labels.TILE;
            int x = places[missing[m]] % Labels.TILE;
            minY = Math.min(minY, y);
            maxY = Math.max(maxY, y + 1);
            minX = Math.min(minX, x);
            maxX = Math.max(maxX, x + 1);
        }
        int y0 = key.row * Labels.TILE;
        int x0 = key.column * Labels.TILE;
        return new Region(key.t, key.z, y0 + minY, x0 + minX, key.z + 1, y0 + maxY, x0 + maxX);
    }

    private static void rethrow(Throwable cause) throws IOException {
        if (cause instanceof IOException e) {
            throw e;
        }
        if (cause instanceof UncheckedIOException e) {
            throw e.getCause();
        }
        if (cause instanceof RuntimeException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        throw new IllegalStateException(cause);
    }

    public FeatureSelection features() {
        return features;
    }

    /** The images that have labels, in order. */
    public List<LabeledImage> images() {
        return images;
    }

    /** A row a labelled pixel: its features, and its class. */
    public Samples samples() {
        return samples;
    }

    public int count() {
        return samples.count();
    }

    /** Which of {@link #images} a row is from. */
    public int image(int row) {
        return image[row];
    }

    public int t(int row) {
        return tiles.get(tile[row]).t;
    }

    public int z(int row) {
        return tiles.get(tile[row]).z;
    }

    public int y(int row) {
        return tiles.get(tile[row]).row * Labels.TILE + place[row] / Labels.TILE;
    }

    public int x(int row) {
        return tiles.get(tile[row]).column * Labels.TILE + place[row] % Labels.TILE;
    }

    /** For each row the image, as a group to hold out together. */
    public int[] imageGroups() {
        return image.clone();
    }

    /** For each row its connected stroke, as a group to hold out together: pixels of one class that touch. */
    public int[] strokeGroups() {
        int[] groups = new int[count()];
        int first = 0;
        int row = 0;
        for (int i = 0; i < images.size(); i++) {
            ConnectedLabels strokes = ConnectedLabels.of(images.get(i).labels());
            for (; row < count() && image[row] == i; row++) {
                groups[row] = first + strokes.at(t(row), z(row), y(row), x(row));
            }
            first += strokes.size();
        }
        return groups;
    }
}
