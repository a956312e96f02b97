package org.pixelforest.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files made by {@code make_hdf5.py}, which use all of the format that is claimed here, are read and copied right. */
class GeneratedFilesTest {

    @TempDir
    static Path folder;

    @TestFactory
    Stream<DynamicTest> everythingIsReadAsH5pyReadsIt() throws IOException {
        List<Path> files = Judges.generatedFiles();
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

    @Test
    void whatIsNotSupportedIsSaidAndTheRestStaysReadable() throws IOException {
        List<Path> files;
        try (Stream<Path> made = Files.list(Judges.generated().resolve("unsupported"))) {
            files = made.sorted().toList();
        }
        assertThat(files).hasSize(5);
        for (Path path : files) {
            String what = path.getFileName().toString().replace(".h5", "");
            try (Hdf5File file = Hdf5File.open(path)) {
                assertThat(file.root().names()).containsExactly("fine", "refused");
                assertThat(file.root().dataset("fine").ints()).containsExactly(1);
                assertThatThrownBy(() -> file.root().dataset("refused").values())
                        .isInstanceOf(UnsupportedHdf5Exception.class)
                        .hasMessageStartingWith(path + ": not supported: ")
                        .hasMessageContaining(what);
            }
        }
    }

    @Test
    void aFillValueThatIsTextIsCopied() throws IOException {
        Path copy = folder.resolve("filled.h5");
        CopyTest.clone(Judges.generated().resolve("apart").resolve("filled.h5"), copy);
        try (Hdf5File file = Hdf5File.open(copy)) {
            assertThat(file.root().dataset("text").strings()).containsExactly("one", "none", "none", "none");
        }
    }

    @Test
    void sequencesReferencesAndMembersHaveValues() throws IOException {
        try (Hdf5File file = Hdf5File.open(Judges.generated().resolve("latest.h5"))) {
            Group types = file.root().group("types");
            List<Values> big = types.dataset("big sequences").values().sequences();
            assertThat(big.get(0).ints()).containsExactly(1, 2);
            assertThat(big.get(1).ints()).containsExactly(65535);
            assertThat(types.dataset("compound").values().member("y").ints()).containsExactly(1, -2, 3, -4);
            assertThat(types.dataset("compound").values().member("m").ints()).hasSize(24);
            assertThat(types.dataset("compound with text").values().member("t").strings())
                    .containsExactly("one", "", "drei ß");
            assertThat(types.dataset("reference").bytes()).hasSize(8);
            assertThat(types.dataset("i8le").longs()).startsWith(Long.MIN_VALUE, Long.MAX_VALUE);
            assertThat(types.dataset("u8be").doubles()).startsWith(0, 0x1p64);
            assertThat(types.dataset("u8be").floats()).startsWith(0, 0x1p64f);
            assertThatThrownBy(() -> types.dataset("u8be").longs()).hasMessageContaining("no long");
            assertThatThrownBy(() -> types.dataset("i8be").ints()).hasMessageContaining("no int");
            assertThatThrownBy(() -> types.dataset("longdouble").floats()).hasMessageContaining("no numbers");
        }
    }
}
