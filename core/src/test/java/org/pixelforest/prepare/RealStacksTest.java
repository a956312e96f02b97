package org.pixelforest.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.pixelforest.Python;
import org.pixelforest.Shared;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.io.Images;

/** Every stack and crop that CellProfiler wrote of the real cohort comes out of our preparation, name and numbers. */
class RealStacksTest {

    private static final String DIGESTS =
            """
            import sys, os, glob, hashlib
            import h5py
            for p in sorted(glob.glob(os.path.join(sys.argv[1], "*.h5"))):
                with h5py.File(p) as f:
                    (name,) = list(f)
                    d = f[name][...]
                    assert d.dtype == "<u2" and d.shape[0] == 1
                    print(os.path.basename(p), *d.shape[1:], hashlib.sha256(d.tobytes()).hexdigest())
            """;

    @Test
    void stacks() throws Exception {
        Path folder = Shared.path("data/imc-testdata/analysis/ilastik");
        TreeMap<String, String> ours = new TreeMap<>();
        for (Path file : raws(folder)) {
            try (PreparedStack stack = Preparation.IMC.of(Images.open(file))) {
                ours.put(stem(file) + "_s2.h5", digest(stack.read(stack.shape().whole(0))));
            }
        }
        assertThat(ours).hasSize(9).isEqualTo(theirs(folder));
    }

    @Test
    void crops() throws Exception {
        TreeMap<String, String> ours = new TreeMap<>();
        for (Path file : raws(Shared.path("data/imc-testdata/analysis/ilastik"))) {
            try (PreparedStack stack = Preparation.IMC.of(Images.open(file))) {
                Crop crop = Crop.of(
                        file.getFileName().toString(),
                        stack.shape().y(),
                        stack.shape().x(),
                        Preparation.IMC.cropSize());
                ours.put(crop.fileName(stem(file)), digest(stack.read(crop.region())));
            }
        }
        assertThat(ours).hasSize(9).isEqualTo(theirs(Shared.path("data/imc-testdata/analysis/crops")));
    }

    @Test
    void channelNamesComeFromTheListBesideTheImage() throws IOException {
        Path folder = Shared.path("data/imc-testdata/analysis/ilastik");
        try (ImageSource stack = Preparation.IMC.of(Images.open(raws(folder).get(0)))) {
            assertThat(stack.channelNames()).containsExactly("mean", "Ag107", "Eu153", "Yb172");
        }
    }

    private static List<Path> raws(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith("_ilastik.tiff"))
                    .sorted()
                    .toList();
        }
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replace(".tiff", "");
    }

    private static TreeMap<String, String> theirs(Path folder) throws Exception {
        TreeMap<String, String> digests = new TreeMap<>();
        Python.run(List.of("h5py"), DIGESTS, folder)
                .lines()
                .forEach(line ->
                        digests.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)));
        return digests;
    }

    /** Rows, columns, channels and the SHA-256 of the numbers in that order as 16-bit little-endian. */
    private static String digest(Block block) throws Exception {
        Region region = block.region();
        int height = region.height();
        int width = region.width();
        ByteBuffer bytes =
                ByteBuffer.allocate(2 * height * width * block.channels()).order(ByteOrder.LITTLE_ENDIAN);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < block.channels(); c++) {
                    bytes.putShort((short) (int) block.samples()[block.index(c, 0, y, x)]);
                }
            }
        }
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        return height + " " + width + " " + block.channels() + " " + hash;
    }
}
