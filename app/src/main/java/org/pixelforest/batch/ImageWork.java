package org.pixelforest.batch;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;

/** One image on its way from source to output, worked on by several threads. */
final class ImageWork {

    /** Opens what an image needs. */
    @FunctionalInterface
    interface Maker {
        ImageWork open(PlannedImage image) throws IOException;
    }

    /** Computes all channels of what is written, for one tile. */
    @FunctionalInterface
    interface Computation {
        Block compute(ImageSource source, Region tile, TileScratch scratch) throws IOException;
    }

    private final PlannedImage image;
    private final ImageSource source;
    private final ImageSink sink;
    private final List<Region> tiles;
    private final Computation computation;
    private final long begun = System.nanoTime();
    private final AtomicInteger left;
    private final AtomicReference<Throwable> problem = new AtomicReference<>();
    private int handedOut;

    ImageWork(PlannedImage image, ImageSource source, ImageSink sink, List<Region> tiles, Computation computation) {
        this.image = image;
        this.source = source;
        this.sink = sink;
        this.tiles = tiles;
        this.computation = computation;
        this.left = new AtomicInteger(tiles.size());
    }

    /** The next tile to compute, or null; callers take turns. */
    Region nextTile() {
        return handedOut < tiles.size() ? tiles.get(handedOut++) : null;
    }

    /** Computes and writes one tile; after a failure the other tiles are passed over. Returns how many pixels were done. */
    long compute(Region tile, TileScratch scratch) {
        if (problem.get() == null) {
            try {
                Block block = computation.compute(source, tile, scratch);
                Block part = image.export().convert(block).orElse(null);
                if (part != null) {
                    sink.write(part);
                }
            } catch (IOException | RuntimeException | Error e) {
                problem.compareAndSet(null, e);
            }
        }
        return tile.pixels();
    }

    /** Counts a tile as done; true for the last one. */
    boolean done() {
        return left.decrementAndGet() == 0;
    }

    /** Puts the output under its name, or leaves no trace of it. */
    Outcome finish(boolean cancelled) {
        try (source;
                sink) {
            if (problem.get() == null && !cancelled) {
                sink.commit();
            }
        } catch (IOException | RuntimeException | Error e) {
            problem.compareAndSet(null, e);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (problem.get() != null) {
            return Outcomes.failed(image, seconds, problem.get());
        }
        if (cancelled) {
            return Outcomes.cancelled(image);
        }
        UpToDate.remember(image.output(), image.mark());
        return Outcomes.written(image, seconds);
    }
}
