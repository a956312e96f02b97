package org.pixelforest.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.image.Halo;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/** Files cut short, with flipped bits or absurd numbers: an answer or one clear line, never another exception or a hang. */
class DamagedImagesTest {

    private static final int DAMAGES = 6;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
    void damagedFilesAreAnsweredWithOneLine() throws IOException {
        Python.run("write_images.py", folder);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(f ->
                            !f.toString().endsWith(".axes") && !f.toString().endsWith(".expected.npy"))
                    .sorted()
                    .toList();
        }
        Random random = new Random(2026);
        int damaged = 0;
        int refused = 0;
        for (Path file : files) {
            byte[] sound = Files.readAllBytes(file);
            for (int i = 0; i < DAMAGES && sound.length < 1 << 20; i++) {
                byte[] broken = damage(sound, i, random);
                Path copy = Files.write(folder.resolve("damaged"), broken);
                damaged++;
                refused += isRefused(copy, file + " damage " + i) ? 1 : 0;
            }
        }
        assertThat(damaged).isGreaterThan(2000);
        assertThat(refused).isBetween(damaged / 4, damaged - 1);
    }

    private static byte[] damage(byte[] sound, int kind, Random random) {
        byte[] broken = sound.clone();
        switch (kind) {
            case 0 -> broken = java.util.Arrays.copyOf(sound, random.nextInt(sound.length));
            case 1 -> {
                for (int k = 0; k < 3; k++) {
                    broken[random.nextInt(sound.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 2 -> broken[random.nextInt(Math.min(sound.length, 400))] = (byte) random.nextInt(256);
            case 3 -> {
                int at = Math.max(0, sound.length - 1 - random.nextInt(Math.min(sound.length, 400)));
                broken[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
            }
            case 4 -> {
                int at = random.nextInt(Math.max(1, Math.min(sound.length, 1200) - 4));
                for (int k = 0; k < 4; k++) {
                    broken[at + k] = (byte) 0xff;
                }
            }
            default -> {
                int at = sound.length / 2 + random.nextInt(sound.length / 2);
                for (int k = at; k < Math.min(sound.length, at + 40); k++) {
                    broken[k] = (byte) random.nextInt(256);
                }
            }
        }
        return broken;
    }

    private static boolean isRefused(Path copy, String what) {
        try (ImageSource source = Images.open(copy)) {
            Shape shape = source.shape();
            Region first = new Region(0, 0, 0, 0, 1, 1, 1).grow(new Halo(3, 40, 40), shape);
            source.read(first);
            Region last = new Region(
                            shape.t() - 1, shape.z() - 1, shape.y() - 1, shape.x() - 1, shape.z(), shape.y(), shape.x())
                    .grow(new Halo(1, 20, 20), shape);
            source.read(last);
            return false;
        } catch (IOException e) {
            assertThat(e.getMessage()).as(what).contains(copy.toString()).doesNotContain("\n");
            return true;
        } catch (RuntimeException | Error e) {
            return fail(what, e);
        }
    }
}
