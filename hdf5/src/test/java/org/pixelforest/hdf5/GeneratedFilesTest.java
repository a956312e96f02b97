package org.pixelforest.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files made by {@code make_hdf5.py}, which use all of the format that is claimed here, are read and copied right. */
class GeneratedFilesTest {

    @TempDir
    static Path folder;

    @TestFactory
    Stream<DynamicTest> everythingIsReadAsH5pyReadsIt() throws IOException {
        Judges.python("make_hdf5.py", folder.toString());
        List<Path> files;
        try (Stream<Path> made = Files.list(folder)) {
            files = made.sorted().toList();
        }
        Map<Path, List<String>> expected = Judges.listings(files);
        return files.stream()
                .flatMap(file -> Stream.of(
                        DynamicTest.dynamicTest("read " + file.getFileName(), () -> assertThat(Listing.of(file))
                                .isEqualTo(expected.get(file))),
                        DynamicTest.dynamicTest("copy " + file.getFileName(), () -> {
                            Path copy = folder.resolve("copy of " + file.getFileName());
                            CopyTest.clone(file, copy);
                            assertThat(Judges.listings(List.of(copy)).get(copy)).isEqualTo(expected.get(file));
                            CopyTest.assertSameToH5diff(file, copy);
                        })));
    }
}
