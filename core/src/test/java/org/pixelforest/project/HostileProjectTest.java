package org.pixelforest.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.Shared;
import org.pixelforest.label.LabelClass;

/** Damaged projects give an IOException with one clear line that names the file, or a project; never anything else, never late. */
class HostileProjectTest {

    private static final int MUTANTS_EACH = 250;

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> damagedFilesAreRefusedOrRead() {
        return Stream.of(
                        "golden/synthetic/golden.ilp",
                        "data/imc-testdata/TestData.ilp",
                        "data/zoo/mcmicro_exemplar_001.ilp",
                        "data/zoo/steinbock_template.ilp")
                .map(name -> DynamicTest.dynamicTest(name, () -> mutate(Files.readAllBytes(Shared.path(name)))));
    }

    private void mutate(byte[] sound) throws IOException {
        Random random = new Random(sound.length);
        Path file = folder.resolve("mutant.ilp");
        int refused = 0;
        for (int n = 0; n < MUTANTS_EACH; n++) {
            byte[] mutant = mutant(sound, random);
            Files.write(file, mutant);
            int number = n;
            refused += Assertions.assertTimeout(Duration.ofSeconds(20), () -> refuses(file, number), "mutant " + n)
                    ? 1
                    : 0;
        }
        assertThat(refused).as("refused of " + MUTANTS_EACH).isGreaterThan(MUTANTS_EACH / 5);
    }

    /** What could be read can be saved, or cannot for a reason; the damage may lie in what is only copied. */
    private void resave(Project project) throws IOException {
        Project changed =
                project.withClasses(List.of(new LabelClass("other", 0))).withoutForest();
        Path copy = folder.resolve("mutant.ilp copy.ilp");
        assertThat(changed.withLanes(project.lanes()).write(copy).classes()).hasSize(1);
    }

    private boolean refuses(Path file, int number) {
        String recipe = "mutant " + number;
        try {
            Project project = Project.read(file);
            project.modelCard();
            if (number % 8 == 0) {
                resave(project);
            }
            return false;
        } catch (IOException e) {
            assertThat(e.getMessage()).as(recipe).contains("mutant.ilp").doesNotContain("\n");
            assertThat(e.getMessage().length()).as(recipe).isLessThan(600);
            return true;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new AssertionError(recipe + " leaked " + e, e);
        }
    }

    private static byte[] mutant(byte[] sound, Random random) {
        int kind = random.nextInt(5);
        if (kind == 0) {
            return Arrays.copyOf(sound, random.nextInt(sound.length));
        }
        byte[] mutant = sound.clone();
        List<Integer> sizes = List.of(1, 2, 4, 8);
        int times = 1 << random.nextInt(8);
        for (int i = 0; i < times; i++) {
            // Metadata stands everywhere, but most of it near the ends.
            int at = random.nextInt(3) == 0
                    ? random.nextInt(Math.min(4096, sound.length - 8))
                    : random.nextInt(sound.length - 8);
            switch (kind) {
                case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 2 ->
                    ByteBuffer.wrap(mutant)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(at & ~7, random.nextBoolean() ? random.nextLong() : random.nextInt(sound.length));
                case 3 ->
                    Arrays.fill(
                            mutant, at, at + sizes.get(random.nextInt(4)), (byte) (random.nextBoolean() ? 0 : 0xff));
                default -> System.arraycopy(sound, random.nextInt(sound.length - 8) & ~7, mutant, at & ~7, 8);
            }
        }
        return mutant;
    }
}
