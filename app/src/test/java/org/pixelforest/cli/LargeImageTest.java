package org.pixelforest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.Python;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Shape;
import org.pixelforest.io.Images;

/** Memory does not grow with the image: this one is larger than the heap. bench/large-image.sh does it with 20,000 x 20,000. */
class LargeImageTest {

    @TempDir
    private Path work;

    @Test
    void anImageLargerThanTheHeap() throws Exception {
        Path project = Golden.copy("golden.ilp", work);
        Path image = work.resolve("large.h5");
        // 2 x 4000 x 5000 numbers of 2 bytes are 80 MB, as floats 160 MB; only one corner is stored.
        Python.run(
                List.of("h5py"),
                """
                import sys, h5py, numpy as np
                with h5py.File(sys.argv[1], 'w') as f:
                    d = f.create_dataset('img', (5000, 4000, 2), 'u2', chunks=(250, 250, 2))
                    d[4800:, 3900:] = np.arange(200 * 100 * 2, dtype='u2').reshape(200, 100, 2) % 97
                """,
                image);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "classify",
                        "--project",
                        project.toString(),
                        "--threads=2",
                        image.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("log").toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(java.nio.file.Files.readString(work.resolve("log")))
                .isZero();
        try (ImageSource output = Images.open(work.resolve("large_Probabilities.tiff"))) {
            assertThat(output.shape()).isEqualTo(Shape.of(3, 5000, 4000));
        }
    }
}
