package org.pixelforest.prepare;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pixelforest.image.Block;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;

/** Milliseconds to prepare 250 x 250 raw pixels of 40 channels on one thread: 10.25 million samples. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PreparedStackBenchmark {

    private final Region all = Region.of(0, 0, 500, 500);
    private PreparedStack cellProfiler;
    private PreparedStack steinbock;

    @Setup
    public void setUp() throws IOException {
        MemoryImage raw = MemoryImage.counts(40, 250, 250, SampleType.UINT16, 1);
        cellProfiler = Preparation.IMC.of(raw);
        steinbock = Preparation.STEINBOCK.of(raw);
        // The limits are found once an image.
        cellProfiler.read(Region.of(0, 0, 1, 1));
    }

    @Benchmark
    public Block cellProfiler() throws IOException {
        return cellProfiler.read(all);
    }

    @Benchmark
    public Block steinbock() throws IOException {
        return steinbock.read(all);
    }
}
