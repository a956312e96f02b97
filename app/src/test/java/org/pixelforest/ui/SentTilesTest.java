package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pixelforest.image.Region;

/** What the server takes for there, a page has: its predictions.js keeps 256 MiB of planes in squares of 512 pixels. */
class SentTilesTest {

    private static final int CLASSES = 8; // 4 MiB a square
    private static final int KEPT = 192 / 4;

    private final SentTiles sent = new SentTiles();

    private static ViewedPart.Tile tile(int column) {
        return new ViewedPart.Tile("a", 0, Region.of(0, 512 * column, 128, 512 * column + 256));
    }

    private static ViewedPart view(int columns) {
        return new ViewedPart("a", 0, 0, 0, List.of(0.0, 0.0, 512.0 * columns, 128.0), Optional.empty());
    }

    @Test
    void whatWasSentLongAgoIsSentAgain() {
        for (int column = 0; column < KEPT; column++) {
            sent.add(tile(column), 1, CLASSES, view(2));
        }
        assertThat(sent.has(tile(0), 1)).isTrue();
        assertThat(sent.has(tile(0), 2)).as("of a newer model").isFalse();
        sent.add(tile(0), 2, CLASSES, view(2));
        sent.add(tile(KEPT), 2, CLASSES, view(2));
        assertThat(sent.has(tile(0), 2)).as("sent again just now").isTrue();
        assertThat(sent.has(tile(1), 1)).as("the oldest of too many").isFalse();
        assertThat(sent.has(tile(2), 1)).isTrue();
    }

    @Test
    void aViewThatIsMoreThanAPageKeepsIsNotSentForEver() {
        for (int column = 0; column < 2 * KEPT; column++) {
            sent.add(tile(column), 1, CLASSES, view(2 * KEPT));
        }
        for (int column = 0; column < 2 * KEPT; column++) {
            assertThat(sent.has(tile(column), 1)).isTrue();
        }
    }

    @Test
    void whatIsForgottenIsLacking() {
        sent.add(tile(0), 1, CLASSES, null);
        sent.forget("b");
        assertThat(sent.has(tile(0), 1)).isTrue();
        sent.forget("a");
        assertThat(sent.has(tile(0), 1)).isFalse();
    }
}
