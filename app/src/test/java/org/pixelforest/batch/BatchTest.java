package org.pixelforest.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.io.DatasetPlace;

class BatchTest {

    private static final BatchListener SILENT = new BatchListener() {
        @Override
        public void started(PlannedImage image) {}

        @Override
        public void advanced(long pixels) {}

        @Override
        public void finished(Outcome outcome) {}
    };

    private static PlannedImage planned(String name) {
        BatchImage image = BatchImage.of(new DatasetPlace(Path.of(name), Optional.empty()));
        Shape shape = Shape.of(1, 8, 16);
        return new PlannedImage(image, Optional.empty(), shape, null, null, Path.of(name + ".tiff"), "", List.of());
    }

    /** An image that drops out of the list would pass for a success. */
    @Test
    void everyImageHasAnOutcomeWhateverIsThrown() {
        BatchPlan plan = new BatchPlan(List.of(planned("a.h5"), planned("b.h5")), List.of());
        List<Region> tiles = List.of(Region.of(0, 0, 8, 8), Region.of(0, 8, 8, 16));
        ImageWork.Maker maker = image -> new ImageWork(image, null, null, tiles, (source, tile, scratch) -> {
            throw new StackOverflowError();
        });
        assertThat(new Batch(plan, maker, 2, SILENT).run())
                .extracting(Outcome::image, Outcome::status)
                .containsExactlyInAnyOrder(tuple("a.h5", Outcome.Status.FAILED), tuple("b.h5", Outcome.Status.FAILED));
    }
}
