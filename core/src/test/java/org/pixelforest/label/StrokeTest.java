package org.pixelforest.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

class StrokeTest {

    /** A line of strokes.json, which scripts/stroke_vectors.py computes in whole numbers. */
    private record Vector(int height, int width, int brush, double[][] points, int[][] runs) {

        Stroke stroke(int cls) {
            return new Stroke(
                    cls,
                    brush,
                    0,
                    0,
                    Arrays.stream(points).map(p -> new Stroke.Point(p[0], p[1])).toList());
        }
    }

    @TestFactory
    Stream<DynamicTest> paintsThePixelsOfTheVectorFile() throws IOException {
        try (Reader file =
                new InputStreamReader(getClass().getResourceAsStream("strokes.json"), StandardCharsets.UTF_8)) {
            Vector[] vectors = new Gson().fromJson(file, Vector[].class);
            assertThat(vectors).hasSizeGreaterThan(90);
            return Arrays.stream(vectors)
                    .map(v ->
                            DynamicTest.dynamicTest("brush " + v.brush + " over " + v.points.length + " points", () -> {
                                Labels painted = Labels.empty(Shape.of(1, v.height, v.width))
                                        .with(v.stroke(5));
                                Labels expected = Labels.empty(Shape.of(1, v.height, v.width));
                                for (int[] run : v.runs) {
                                    byte[] five = new byte[run[2] - run[1]];
                                    Arrays.fill(five, (byte) 5);
                                    expected = expected.with(Region.of(run[0], run[1], run[0] + 1, run[2]), five);
                                }
                                assertThat(painted).isEqualTo(expected);
                            }));
        }
    }

    @Test
    void smallestBrushAlwaysPaintsThePixelUnderIt() {
        for (int x = 0; x < 32; x++) {
            for (int y = 0; y < 32; y++) {
                Stroke dab = new Stroke(1, 1, 0, 0, List.of(new Stroke.Point(5 + x / 32.0, 7 + y / 32.0)));
                Labels painted = Labels.empty(Shape.of(1, 20, 20)).with(dab);
                assertThat(painted.count()).isEqualTo(1);
                Stroke.Point p = dab.points().get(0);
                assertThat(painted.get(0, 0, (int) p.y(), (int) p.x())).isEqualTo(1);
            }
        }
    }

    @Test
    void growingStrokePaintsWhatTheWholePaints() {
        List<Stroke.Point> points = List.of(
                new Stroke.Point(3, 4),
                new Stroke.Point(30.5, 17.25),
                new Stroke.Point(8, 40),
                new Stroke.Point(50, 50));
        Labels grown = Labels.empty(Shape.of(1, 60, 60));
        for (int i = 1; i < points.size(); i++) {
            grown = grown.with(new Stroke(2, 5, 0, 0, points.subList(i - 1, i + 1)));
        }
        assertThat(grown).isEqualTo(Labels.empty(Shape.of(1, 60, 60)).with(new Stroke(2, 5, 0, 0, points)));
    }

    @Test
    void newerStrokesWinAndTheEraserClears() {
        Labels labels = Labels.empty(new Shape(2, 3, 4, 30, 30))
                .with(new Stroke(1, 7, 1, 2, List.of(new Stroke.Point(15, 15))))
                .with(new Stroke(2, 3, 1, 2, List.of(new Stroke.Point(15.5, 15.5))));
        assertThat(labels.get(1, 2, 15, 15)).isEqualTo(2);
        assertThat(labels.get(1, 2, 12, 15)).isEqualTo(1);
        assertThat(labels.get(0, 2, 15, 15)).isZero();
        Labels erased = labels.with(
                new Stroke(Stroke.ERASER, 61, 1, 2, List.of(new Stroke.Point(0, 0), new Stroke.Point(30, 30))));
        assertThat(erased.isEmpty()).isTrue();
    }

    @Test
    void longThinStrokeCostsItsLengthOnly() {
        Labels labels = Labels.empty(Shape.of(1, 1_000_000, 1_000_000))
                .with(new Stroke(1, 1, 0, 0, List.of(new Stroke.Point(10, 10), new Stroke.Point(50_010, 50_010))));
        assertThat(labels.count()).isBetween(50_000L, 160_000L);
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        List<Stroke.Point> p = List.of(new Stroke.Point(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Stroke(100, 1, 0, 0, p));
        assertThatIllegalArgumentException().isThrownBy(() -> new Stroke(1, 0, 0, 0, p));
        assertThatIllegalArgumentException().isThrownBy(() -> new Stroke(1, 1, 0, 0, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Stroke.Point(Double.NaN, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Labels.empty(Shape.of(1, 5, 5)).with(new Stroke(1, 1, 0, 1, p)))
                .withMessageContaining("no plane");
    }
}
