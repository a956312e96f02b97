package org.pixelforest.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

class LabelsTest {

    private static final Shape SHAPE = new Shape(2, 5, 3, 150, 203);

    /** The obvious version: a byte a pixel. */
    private final byte[] dense = new byte[(int) SHAPE.pixels()];

    private static int at(int t, int z, int y, int x) {
        return ((t * SHAPE.z() + z) * SHAPE.y() + y) * SHAPE.x() + x;
    }

    private static Region randomRegion(Random random) {
        int z = random.nextInt(SHAPE.z());
        int y = random.nextInt(SHAPE.y());
        int x = random.nextInt(SHAPE.x());
        return new Region(
                random.nextInt(SHAPE.t()),
                z,
                y,
                x,
                z + 1 + random.nextInt(SHAPE.z() - z),
                y + 1 + random.nextInt(Math.min(40, SHAPE.y() - y)),
                x + 1 + random.nextInt(Math.min(90, SHAPE.x() - x)));
    }

    private Labels painted(Labels labels, Region r, byte[] values) {
        int i = 0;
        for (int z = r.minZ(); z < r.maxZ(); z++) {
            for (int y = r.minY(); y < r.maxY(); y++) {
                for (int x = r.minX(); x < r.maxX(); x++, i++) {
                    if (values[i] != 0) {
                        dense[at(r.t(), z, y, x)] = values[i] == Labels.ERASE ? 0 : values[i];
                    }
                }
            }
        }
        return labels.with(r, values);
    }

    private Labels random(int seed, int edits) {
        Random random = new Random(seed);
        Labels labels = Labels.empty(SHAPE);
        for (int n = 0; n < edits; n++) {
            Region r = randomRegion(random);
            byte[] values = new byte[(int) r.pixels()];
            for (int i = 0; i < values.length; i++) {
                int v = random.nextInt(10);
                values[i] = v == 9 ? Labels.ERASE : v > 4 ? 0 : (byte) v;
            }
            labels = painted(labels, r, values);
        }
        return labels;
    }

    @Test
    void pixelsOutsideOfTheImageAreRefused() {
        Labels labels = Labels.empty(Shape.of(1, 10, 100)).with(Region.of(0, 99, 1, 100), new byte[] {3});
        assertThat(labels.get(0, 0, 0, 99)).isEqualTo(3);
        assertThatThrownBy(() -> labels.get(0, 0, -1, 99)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> labels.get(0, 0, 0, 100)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Only the tiles that a stroke touches are looked at; those before, between and behind them stay the same objects. */
    @Test
    void untouchedTilesAreTakenOver() {
        Labels labels = Labels.empty(Shape.of(1, 64, 64 * 9));
        for (int tile = 0; tile < 9; tile += 2) {
            labels = labels.with(Region.of(0, 64 * tile, 1, 64 * tile + 1), new byte[] {1});
        }
        byte[] row = new byte[64 * 9];
        row[64 * 2] = Labels.ERASE;
        row[64 * 3] = 2;
        row[64 * 4 + 1] = 2;
        Labels changed = labels.with(Region.of(0, 0, 1, 64 * 9), row);
        assertThat(changed.keys()).containsExactly(0, 3, 4, 6, 8);
        assertThat(changed.tile(0)).isSameAs(labels.tile(0));
        assertThat(changed.tile(8)).isSameAs(labels.tile(8));
        assertThat(changed.get(0, 0, 0, 64 * 4)).isEqualTo(1);
        assertThat(changed.get(0, 0, 0, 64 * 4 + 1)).isEqualTo(2);
        assertThat(changed.count()).isEqualTo(6);
    }

    @Test
    void agreeWithADenseArray() {
        Labels labels = random(1, 30);
        long[] counts = new long[100];
        for (int t = 0; t < SHAPE.t(); t++) {
            for (int z = 0; z < SHAPE.z(); z++) {
                for (int y = 0; y < SHAPE.y(); y++) {
                    for (int x = 0; x < SHAPE.x(); x++) {
                        assertThat(labels.get(t, z, y, x)).isEqualTo(dense[at(t, z, y, x)]);
                        counts[dense[at(t, z, y, x)]]++;
                    }
                }
            }
        }
        counts[0] = 0;
        assertThat(labels.counts()).isEqualTo(counts);
        assertThat(labels.highest()).isEqualTo(4);
        byte[] walked = new byte[dense.length];
        labels.forEach((t, z, y, x, cls) -> walked[at(t, z, y, x)] = (byte) cls);
        assertThat(walked).isEqualTo(dense);
        byte[] inOccupied = new byte[dense.length];
        for (Region r : labels.occupied()) {
            byte[] read = labels.read(r);
            int i = 0;
            for (int y = r.minY(); y < r.maxY(); y++) {
                for (int x = r.minX(); x < r.maxX(); x++) {
                    inOccupied[at(r.t(), r.minZ(), y, x)] = read[i++];
                }
            }
        }
        assertThat(inOccupied).isEqualTo(dense);
    }

    @Test
    void readsARegionAcrossTiles() {
        Labels labels = random(2, 20);
        Region whole = SHAPE.whole(1);
        byte[] read = labels.read(whole);
        for (int i = 0; i < read.length; i++) {
            assertThat(read[i]).isEqualTo(dense[dense.length / 2 + i]);
        }
    }

    @Test
    void hashForgetsHowLabelsCameAbout() {
        Labels labels = random(3, 10);
        Labels direct = Labels.empty(SHAPE)
                .with(SHAPE.whole(1), labels.read(SHAPE.whole(1)))
                .with(SHAPE.whole(0), labels.read(SHAPE.whole(0)));
        assertThat(direct).isEqualTo(labels).hasSameHashCodeAs(labels);
        assertThat(direct.sha256()).isEqualTo(labels.sha256()).hasSize(64);
        assertThat(labels.with(Region.of(0, 0, 1, 1), new byte[] {7}).sha256()).isNotEqualTo(labels.sha256());
        assertThat(Labels.empty(SHAPE).sha256()).startsWith("e3b0c442");
    }

    @Test
    void classesAreDeletedMergedAndCleared() {
        Labels labels = Labels.empty(Shape.of(1, 1, 5)).with(Region.of(0, 0, 1, 5), new byte[] {1, 2, 3, 4, 2});
        assertThat(row(labels.without(2))).containsExactly(1, 0, 2, 3, 0);
        assertThat(row(labels.cleared(2))).containsExactly(1, 0, 3, 4, 0);
        assertThat(row(labels.merged(2, 4))).containsExactly(1, 3, 2, 3, 3);
        assertThat(row(labels.merged(4, 2))).containsExactly(1, 2, 3, 2, 2);
        assertThat(row(labels.merged(2, 2))).containsExactly(1, 2, 3, 4, 2);
        assertThat(row(labels.mapped(0, 4, 0, 9))).containsExactly(4, 0, 9, 4, 0);
        assertThat(labels.without(1).without(1).without(1).without(1).isEmpty()).isTrue();
    }

    private static byte[] row(Labels labels) {
        return labels.read(labels.shape().whole(0));
    }

    @Test
    void fitOnAnotherImage() {
        Labels labels = random(7, 8);
        Shape larger = new Shape(2, 1, 4, 700, 203);
        Labels resized = labels.resized(larger);
        assertThat(resized.counts()).isEqualTo(labels.counts());
        assertThat(resized.resized(SHAPE)).isEqualTo(labels);
        assertThat(resized.get(1, 1, 70, 100)).isEqualTo(labels.get(1, 1, 70, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> labels.resized(new Shape(2, 1, 3, 150, 100)));
    }

    @Test
    void changesGoBothWays() {
        Labels before = random(4, 6);
        Labels after = random(5, 6).with(before.mapped(0, 3, 0, 1));
        LabelChange change = before.changeTo(after);
        assertThat(before.with(change)).isEqualTo(after);
        assertThat(after.with(change.inverse())).isEqualTo(before);
        assertThat(before.changeTo(before).isEmpty()).isTrue();
    }

    @Test
    void historyUndoesAndRedoes() {
        Labels labels = Labels.empty(SHAPE);
        UndoHistory<LabelChange> history = UndoHistory.empty();
        for (int n = 1; n <= 300; n++) {
            Labels next =
                    labels.with(Region.of(n % 100, n % 90, n % 100 + 1, n % 90 + 1), new byte[] {(byte) (n % 99 + 1)});
            history = history.done(labels.changeTo(next));
            labels = next;
        }
        Labels end = labels;
        assertThat(history.size()).isEqualTo(300);
        while (history.toUndo().isPresent()) {
            labels = labels.with(history.toUndo().get().inverse());
            history = history.undone();
        }
        assertThat(labels.isEmpty()).isTrue();
        while (history.toRedo().isPresent()) {
            labels = labels.with(history.toRedo().get());
            history = history.redone();
        }
        assertThat(labels).isEqualTo(end);
        assertThat(history.undone().done(LabelChange.between(end, end)).toRedo())
                .isEmpty();
    }

    @Test
    void connectedRegionsAgreeWithFloodFill() {
        Labels labels = random(6, 25);
        ConnectedLabels connected = ConnectedLabels.of(labels);
        int[] region = new int[dense.length];
        long[] pixels = new long[dense.length];
        int regions = 0;
        for (int start = 0; start < dense.length; start++) {
            if (dense[start] != 0 && region[start] == 0) {
                pixels[regions] = flood(start, region, ++regions);
            }
        }
        assertThat(connected.size()).isEqualTo(regions);
        for (int p = 0; p < dense.length; p++) {
            int x = p % SHAPE.x();
            int y = p / SHAPE.x() % SHAPE.y();
            int z = p / SHAPE.x() / SHAPE.y() % SHAPE.z();
            int t = p / SHAPE.x() / SHAPE.y() / SHAPE.z();
            assertThat(connected.at(t, z, y, x)).isEqualTo(region[p] - 1);
            if (region[p] > 0) {
                assertThat(connected.cls(region[p] - 1)).isEqualTo(dense[p]);
                assertThat(connected.bounds(region[p] - 1).contains(new Region(t, z, y, x, z + 1, y + 1, x + 1)))
                        .isTrue();
            }
        }
        for (int i = 0; i < regions; i++) {
            assertThat(connected.pixels(i)).isEqualTo(pixels[i]);
        }
    }

    private long flood(int start, int[] region, int number) {
        Deque<Integer> open = new ArrayDeque<>();
        open.add(start);
        region[start] = number;
        long n = 0;
        while (!open.isEmpty()) {
            int p = open.remove();
            n++;
            int x = p % SHAPE.x();
            int y = p / SHAPE.x() % SHAPE.y();
            for (int j = Math.max(0, y - 1); j <= Math.min(SHAPE.y() - 1, y + 1); j++) {
                for (int i = Math.max(0, x - 1); i <= Math.min(SHAPE.x() - 1, x + 1); i++) {
                    int q = p + (j - y) * SHAPE.x() + i - x;
                    if (region[q] == 0 && dense[q] == dense[start]) {
                        region[q] = number;
                        open.add(q);
                    }
                }
            }
        }
        return n;
    }

    @Test
    void hugeImagesCostOnlyTheirLabels() {
        Labels labels = Labels.empty(Shape.of(40, 2_000_000_000, 2_000_000_000))
                .with(
                        Region.of(1_999_999_999, 1_999_999_990, 2_000_000_000, 2_000_000_000),
                        new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
        assertThat(labels.get(0, 0, 1_999_999_999, 1_999_999_995)).isEqualTo(1);
        assertThat(labels.occupied())
                .containsExactly(Region.of(1_999_999_999, 1_999_999_990, 2_000_000_000, 2_000_000_000));
        assertThat(labels.bounds(0)).contains(labels.occupied().get(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Labels.empty(
                        new Shape(Integer.MAX_VALUE, 1, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE)));
    }

    @Test
    void refusesValuesAndRegionsThatDoNotFit() {
        Labels labels = Labels.empty(Shape.of(1, 4, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> labels.with(Region.of(0, 0, 5, 4), new byte[20]));
        assertThatIllegalArgumentException().isThrownBy(() -> labels.with(Region.of(0, 0, 1, 1), new byte[2]));
        assertThatIllegalArgumentException().isThrownBy(() -> labels.with(Region.of(0, 0, 1, 1), new byte[] {101}));
        assertThatIllegalArgumentException().isThrownBy(() -> labels.with(Region.of(0, 0, 1, 1), new byte[] {-1}));
        assertThatIllegalArgumentException().isThrownBy(() -> labels.without(0));
        assertThatIllegalArgumentException().isThrownBy(() -> labels.with(Labels.empty(Shape.of(1, 4, 5))));
    }
}
