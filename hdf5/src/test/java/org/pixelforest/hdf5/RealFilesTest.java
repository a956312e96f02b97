package org.pixelforest.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Everything in the files of ilastik, CellProfiler and steinbock is what h5py says it is. */
class RealFilesTest {

    @TestFactory
    Stream<DynamicTest> everythingIsReadAsH5pyReadsIt() throws IOException {
        Map<Path, List<String>> expected = Judges.listings(Judges.realFiles());
        return expected.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(
                        e.getKey().getFileName().toString(),
                        () -> assertThat(Listing.of(e.getKey())).isEqualTo(e.getValue())));
    }
}
