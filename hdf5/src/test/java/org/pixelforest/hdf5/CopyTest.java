package org.pixelforest.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a real file is the same file to h5py and to HDF5's own h5diff. */
class CopyTest {

    @TempDir
    Path folder;

    static void clone(Path from, Path to) throws IOException {
        try (Hdf5File source = Hdf5File.open(from);
                Hdf5Writer target = Hdf5Writer.create(to)) {
            target.copy(source.root(), "/");
            target.finish();
        }
    }

    @Test
    void copiesOfRealFilesAreEqualToThem() throws IOException {
        List<Path> originals = Judges.realFiles();
        List<Path> clones = new ArrayList<>();
        for (int i = 0; i < originals.size(); i++) {
            Path clone = folder.resolve(i + ".h5");
            clone(originals.get(i), clone);
            clones.add(clone);
        }
        Map<Path, List<String>> expected = Judges.listings(originals);
        Map<Path, List<String>> copied = Judges.listings(clones);
        for (int i = 0; i < originals.size(); i++) {
            String name = originals.get(i).getFileName().toString();
            assertThat(copied.get(clones.get(i))).as(name).isEqualTo(expected.get(originals.get(i)));
            assertSameToH5diff(originals.get(i), clones.get(i));
            Files.delete(clones.get(i));
        }
    }

    @Test
    void leavesOutWhatIsNotKept() throws IOException {
        Path from = folder.resolve("from.h5");
        try (Hdf5Writer file = Hdf5Writer.create(from)) {
            file.write("a/b/kept", "1");
            file.write("a/b/left", "2");
            file.write("c/kept", "3");
            file.attribute("a/b", "of", "b");
            file.finish();
        }
        Path to = folder.resolve("to.h5");
        try (Hdf5File source = Hdf5File.open(from);
                Hdf5Writer target = Hdf5Writer.create(to)) {
            target.copy(source.root(), "/", path -> !path.equals("/a/b/left") && !path.equals("/c"));
            target.copy(source.root().group("c"), "d/e", path -> !path.equals("/c/left"));
            target.finish();
        }
        try (Hdf5File copy = Hdf5File.open(to)) {
            assertThat(copy.root().names()).containsExactly("a", "d");
            assertThat(copy.root().group("a/b").names()).containsExactly("kept");
            assertThat(copy.root().group("a/b").attributes().find("of")).isPresent();
            assertThat(copy.root().dataset("d/e/kept").string()).isEqualTo("3");
        }
    }

    /** h5diff says of a file and its clone what it says of the file and a byte-for-byte copy. */
    static void assertSameToH5diff(Path original, Path clone) throws IOException {
        Path bytes = clone.resolveSibling("byte for byte.h5");
        Files.copy(original, bytes, StandardCopyOption.REPLACE_EXISTING);
        String expected = Judges.tool("h5diff", "-v", original.toString(), bytes.toString());
        String found = Judges.tool("h5diff", "-v", original.toString(), clone.toString());
        assertThat(found).as(original.toString()).isEqualTo(expected).contains("0 differences found");
        assertThat(found.lines()).noneMatch(line -> line.matches("[1-9]\\d* differences found"));
    }
}
