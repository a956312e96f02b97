package org.pixelforest.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pixelforest.image.Shape;

class CutoutTest {

    private static final Shape PLANE = Shape.of(3, 40, 50);

    @ParameterizedTest
    @ValueSource(
            strings = {"[(5,6,0),(20,30,2)]", "[(5, 6, 0), (20, 30, 2)]", " ((5,6,0) , (20,30,2)) ", "(5,6,0),(20,30,2)"
            })
    void readsIlastiksNotation(String text) {
        assertThat(Cutout.of(text).within(PLANE)).isEqualTo(new Cutout.Box(0, 0, 0, 5, 6, 1, 2, 1, 20, 30));
    }

    @Test
    void noneLeavesAnEndOpen() {
        assertThat(Cutout.of("[(None,6,None),(20,None,None)]").within(PLANE))
                .isEqualTo(new Cutout.Box(0, 0, 0, 0, 6, 1, 3, 1, 20, 50));
    }

    @Test
    void volumesAndSeriesNameTheirLongAxes() {
        assertThat(Cutout.of("[(1,2,5,6,0),(3,4,20,30,1)]").within(new Shape(4, 3, 5, 40, 50)))
                .isEqualTo(new Cutout.Box(1, 0, 2, 5, 6, 3, 1, 4, 20, 30));
        assertThat(Cutout.of("[(2,5,6,0),(4,20,30,1)]").within(new Shape(1, 3, 5, 40, 50)))
                .isEqualTo(new Cutout.Box(0, 0, 2, 5, 6, 1, 1, 4, 20, 30));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[(0,5,6,0),(1,20,30,2)] | needs 3 numbers",
                "[(0,0,0),(41,50,3)] | along y",
                "[(9,0,0),(9,50,3)] | along y",
                "[(0,0,0),(40,50,4)] | along c",
            })
    void whatDoesNotFitIsRefused(String text, String message) {
        Cutout cutout = Cutout.of(text);
        assertThatThrownBy(() -> cutout.within(PLANE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "[(1,2,3)]",
                "[(a,0,0),(1,1,1)]",
                "[(-1,0,0),(1,1,1)]",
                "[(0,0),(1,1,1)]",
                "[(99999999999,0,0),(1,1,1)]"
            })
    void nonsenseIsRefused(String text) {
        assertThatThrownBy(() -> Cutout.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(0.0,1.0) | 0 | 1",
                "0,65535 | 0 | 65535",
                "[-1.5e2, .5] | -150 | 0.5",
                "(0.0, 1.0) | 0 | 1",
                "( 3 , -3 ) | 3 | -3",
            })
    void rangesAreReadAsPythonPrintsThem(String text, double min, double max) {
        assertThat(Range.of(text)).isEqualTo(new Range(min, max));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "(1,2,3)", "(a,b)", "(1,2]", "(1e999,2)", "None"})
    void rangesThatAreNoneAreRefused(String text) {
        assertThatThrownBy(() -> Range.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
