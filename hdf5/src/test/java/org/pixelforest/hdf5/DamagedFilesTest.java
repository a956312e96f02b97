package org.pixelforest.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are cut short, overwritten, or no HDF5 at all give a clear error or an answer, and that soon. */
class DamagedFilesTest {

    private static final int REAL = 420;
    private static final int GENERATED = 330;

    @TempDir
    Path folder;

    @Test
    void realFilesWithDamage() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : List.of(
                "data/imc-testdata/TestData.ilp",
                "data/zoo/mcmicro_exemplar_001.ilp",
                "data/zoo/steinbock_template.ilp",
                "data/zoo/ilastik_api_notebook.ilp",
                "golden/synthetic/golden.ilp",
                "golden/synthetic/img2d.h5",
                "data/imc-testdata/analysis/ilastik/20210305_NE_mockData1_s0_a3_ac_ilastik_s2.h5")) {
            files.add(Judges.shared(name));
        }
        damage(files, REAL, 11);
    }

    @Test
    void generatedFilesWithDamage() throws IOException {
        damage(Judges.generatedFiles(), GENERATED, 12);
    }

    /** Walks and clones {@code count} damaged copies of the files. */
    private void damage(List<Path> files, int count, long seed) throws IOException {
        Random random = new Random(seed);
        Path damaged = folder.resolve("damaged.h5");
        Path clone = folder.resolve("clone.h5");
        int refused = 0;
        for (int i = 0; i < count; i++) {
            Path original = files.get(i % files.size());
            byte[] bytes = damage(Files.readAllBytes(original), random);
            Files.write(damaged, bytes);
            String which = original.getFileName() + ", copy " + i;
            refused += Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(60),
                    () -> {
                        boolean ok = walk(damaged, which);
                        return cloned(damaged, clone, which) && ok ? 0 : 1;
                    },
                    which);
        }
        assertThat(refused).isBetween(count / 5, count);
    }

    /** Cuts the file, flips bits anywhere or near its start and its structures, or overwrites a stretch. */
    private static byte[] damage(byte[] bytes, Random random) {
        switch (random.nextInt(8)) {
            case 0:
                return Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1:
                int from = random.nextInt(bytes.length);
                Arrays.fill(bytes, from, Math.min(bytes.length, from + random.nextInt(600)), (byte) random.nextInt());
                return bytes;
            case 2:
                for (int i = 0; i < 40; i++) {
                    flip(bytes, random.nextInt(bytes.length), random);
                }
                return bytes;
            case 3:
                for (int i = 0; i < 3; i++) {
                    flip(bytes, random.nextInt(Math.min(bytes.length, 3000)), random);
                }
                return bytes;
            default:
                // Most bytes are data; bytes of structures are near their signatures.
                List<String> signatures =
                        List.of("TREE", "SNOD", "HEAP", "GCOL", "OHDR", "FRHP", "BTHD", "FAHD", "EAHD");
                int hits = 1 + random.nextInt(4);
                for (int i = 0; i < hits; i++) {
                    int at = find(bytes, signatures.get(random.nextInt(signatures.size())), random);
                    int place = Math.max(0, Math.min(bytes.length - 1, at + random.nextInt(200) - 40));
                    if (random.nextBoolean()) {
                        flip(bytes, place, random);
                    } else {
                        bytes[place] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
                    }
                }
                return bytes;
        }
    }

    private static void flip(byte[] bytes, int at, Random random) {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
    }

    private static int find(byte[] bytes, String signature, Random random) {
        byte[] text = signature.getBytes(StandardCharsets.US_ASCII);
        int start = random.nextInt(bytes.length);
        for (int i = 0; i < bytes.length - 4; i++) {
            int at = (start + i) % (bytes.length - 4);
            if (Arrays.equals(bytes, at, at + 4, text, 0, 4)) {
                return at;
            }
        }
        return start;
    }

    private static boolean walk(Path file, String which) throws IOException {
        try {
            Listing.of(file);
            return true;
        } catch (Hdf5Exception e) {
            assertThat(e).as(which).hasMessageStartingWith(file.toString());
            return false;
        }
    }

    private static boolean cloned(Path file, Path clone, String which) throws IOException {
        try {
            CopyTest.clone(file, clone);
            return true;
        } catch (Hdf5Exception e) {
            assertThat(e).as(which).hasMessageStartingWith(file.toString());
            return false;
        } finally {
            Files.deleteIfExists(clone);
        }
    }

    @Test
    void otherFilesAreRefusedByName() throws IOException {
        Path text = Files.writeString(folder.resolve("note.h5"), "this is no HDF5 file, but long enough to be one");
        assertThatThrownBy(() -> Hdf5File.open(text)).hasMessage(text + ": is not an HDF5 file (no signature)");
        Path empty = Files.createFile(folder.resolve("empty.h5"));
        assertThatThrownBy(() -> Hdf5File.open(empty)).hasMessage(empty + ": is empty (0 bytes)");
        assertThatThrownBy(() -> Hdf5File.open(folder)).hasMessage(folder + ": is a folder, not an HDF5 file");
    }

    @Test
    void filesCutShortSaySo() throws IOException {
        Path whole = folder.resolve("whole.h5");
        try (Hdf5Writer file = Hdf5Writer.create(whole)) {
            file.write("a", new int[1000]);
            file.finish();
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.h5"), Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> Hdf5File.open(cut))
                .isInstanceOf(Hdf5Exception.class)
                .hasMessage(
                        cut + ": cut short: it should have " + bytes.length + " bytes but has " + (bytes.length - 1));
    }

    @Test
    void absentObjectsAreNamed() throws IOException {
        Path path = folder.resolve("named.h5");
        try (Hdf5Writer file = Hdf5Writer.create(path)) {
            file.write("a/b", new int[1]);
            file.write("text", "x");
            file.finish();
        }
        try (Hdf5File file = Hdf5File.open(path)) {
            assertThatThrownBy(() -> file.root().dataset("a/c")).hasMessage(path + ": has no dataset \"a/c\"");
            assertThatThrownBy(() -> file.root().group("a").dataset("x/y"))
                    .hasMessage(path + ": has no dataset \"/a/x/y\"");
            assertThatThrownBy(() -> file.root().dataset("a")).hasMessage(path + ": is no dataset \"a\"");
            assertThatThrownBy(() -> file.root().dataset("text").ints())
                    .hasMessage(path + ": dataset /text holds no numbers");
            assertThatThrownBy(() -> file.root().dataset("a/b").strings())
                    .hasMessage(path + ": dataset /a/b holds no text");
            assertThat(file.root().find("a/b/c")).isEmpty();
            assertThat(file.root().find("/a/./b")).isPresent();
        }
    }
}
