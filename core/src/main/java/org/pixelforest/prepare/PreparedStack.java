package org.pixelforest.prepare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/**
 * A raw image as the prepared stack: a view that computes what is read and keeps nothing. The first read may walk through the
 * whole raw image once, for the limits of its numbers.
 *
 * <p>Memory while reading: about 4 numbers a sample of the region. While writing or finding limits: for each thread a band of at
 * most {@value #BAND_SAMPLES} samples, or of two rows if these hold more.
 */
public final class PreparedStack implements ImageSource {

    private static final int BAND_SAMPLES = 1 << 21;

    private final ImageSource raw;
    private final Arithmetic arithmetic;
    private final boolean mean;
    private final Shape shape;
    private final Taps rows;
    private final Taps columns;
    private Range range;

    PreparedStack(ImageSource raw, Arithmetic arithmetic, boolean mean, double scale) {
        this.raw = raw;
        this.arithmetic = arithmetic;
        this.mean = mean;
        Shape from = raw.shape();
        this.shape = Shape.of(from.c() + (mean ? 1 : 0), enlarged(from.y(), scale), enlarged(from.x(), scale));
        this.rows = arithmetic.taps(from.y(), shape.y());
        this.columns = arithmetic.taps(from.x(), shape.x());
    }

    private static int enlarged(int length, double scale) {
        double size = Math.rint(length * scale);
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("an axis of " + length + " pixels is too long for a scale of " + scale);
        }
        return (int) size;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public SampleType sampleType() {
        return arithmetic.sampleType();
    }

    @Override
    public String axes() {
        return arithmetic.axes();
    }

    /** {@value Preparation#MEAN} first, then the names of the raw image; empty when it has none. */
    @Override
    public List<String> channelNames() {
        List<String> names = new ArrayList<>(raw.channelNames());
        if (mean && !names.isEmpty()) {
            names.add(0, Preparation.MEAN);
        }
        return names;
    }

    /**
     * Computes a region of the prepared stack. In the IMC format the first read walks through the whole raw image.
     *
     * @param region in pixels of the prepared stack, t and z 0
     * @return all channels of the region, the mean channel first if there is one
     * @throws IOException also when a sample cannot be prepared (a float outside -1 .. 1 in the IMC format)
     */
    @Override
    public Block read(Region region) throws IOException {
        return compute(region, arithmetic.needsRange() ? range() : null);
    }

    private Block compute(Region region, Range limits) throws IOException {
        Region source = new Region(
                0,
                0,
                rows.lower()[region.minY()],
                columns.lower()[region.minX()],
                1,
                rows.upper()[region.maxY() - 1] + 1,
                columns.upper()[region.maxX() - 1] + 1);
        return arithmetic.enlarge(stack(source), rows, columns, region, limits);
    }

    private Block stack(Region source) throws IOException {
        try {
            return arithmetic.stack(raw.read(source));
        } catch (IllegalArgumentException unpreparable) {
            throw new IOException(unpreparable.getMessage(), unpreparable);
        }
    }

    /** One walk through the raw image, whoever asks first; the others wait. */
    private synchronized Range range() throws IOException {
        if (range == null) {
            Range found = Range.EMPTY;
            for (Region band : bands(raw.shape().whole(0))) {
                found = found.and(limits(band));
            }
            range = found;
        }
        return range;
    }

    private Range limits(Region source) throws IOException {
        Block block = stack(source);
        return Range.of(block.samples(), Math.toIntExact(block.region().pixels() * block.channels()));
    }

    /**
     * Writes a region to a sink of the region's size, band by band on {@code threads} threads: the same numbers on any number of
     * threads. The sink is neither committed nor closed.
     *
     * @param progress told, from any of the threads, how many more pixels were written
     */
    public void write(Region region, ImageSink sink, int threads, LongConsumer progress) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> new Thread(task, "pixelforest-prepare"));
        try {
            if (arithmetic.needsRange()) {
                findRange(pool);
            }
            List<Future<?>> bands = new ArrayList<>();
            for (Region band : bands(region)) {
                bands.add(pool.submit(() -> {
                    Block block = read(band);
                    sink.write(new Block(moved(band, region), block.channels(), block.samples()));
                    progress.accept(band.pixels());
                    return null;
                }));
            }
            for (Future<?> band : bands) {
                finished(band);
            }
        } finally {
            stop(pool);
        }
    }

    /** Nobody may write to the sink any more when it is closed. */
    private static void stop(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = Thread.interrupted();
        while (!pool.isTerminated()) {
            try {
                pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void findRange(ExecutorService pool) throws IOException {
        if (range != null) {
            return;
        }
        List<Future<Range>> bands = new ArrayList<>();
        for (Region band : bands(raw.shape().whole(0))) {
            bands.add(pool.submit(() -> limits(band)));
        }
        Range found = Range.EMPTY;
        for (Future<Range> band : bands) {
            found = found.and(finished(band));
        }
        range = found;
    }

    private static <T> T finished(Future<T> task) throws IOException {
        try {
            return task.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException problem) {
                throw problem;
            }
            if (failed.getCause() instanceof RuntimeException bug) {
                throw bug;
            }
            if (failed.getCause() instanceof Error lack) {
                throw lack;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("preparation was stopped", stopped);
        }
    }

    /** Full rows, so that a file written in strips is read once and one written in chunks holds few unfinished ones. */
    private List<Region> bands(Region region) {
        long row = (long) region.width() * shape.c();
        int height = (int) Math.min(region.height(), Math.max(2, BAND_SAMPLES / row));
        List<Region> bands = new ArrayList<>();
        for (int y = region.minY(); y < region.maxY(); y += height) {
            bands.add(Region.of(y, region.minX(), Math.min(region.maxY(), y + height), region.maxX()));
        }
        return bands;
    }

    private static Region moved(Region band, Region origin) {
        return Region.of(
                band.minY() - origin.minY(),
                band.minX() - origin.minX(),
                band.maxY() - origin.minY(),
                band.maxX() - origin.minX());
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
