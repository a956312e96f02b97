package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.ImageFormat;
import org.pixelforest.io.ImageMetadata;
import org.pixelforest.io.Images;

/**
 * What docs/performance.md says of the memory of the page's server: thousands of strokes on a hundred images, looked at in turn, fit
 * a small heap, and what remains grows with the strokes alone.
 */
@Timeout(600)
class MemoryBoundTest {

    private static final int IMAGES = 100;
    private static final int STROKES_A_VISIT = 10;
    private static final int ROUNDS = 2;
    private static final Shape SHAPE = Shape.of(12, 250, 250);

    /** As docs/performance.md says. */
    private static final long STROKE_BYTES = 2 << 10;

    private static final long TILE_BYTES = 4 << 10;

    @TempDir
    private Path scratch;

    private final Random random = new Random(5);

    @Test
    void strokesOnAHundredImagesFitASmallHeap() throws IOException, InterruptedException {
        Path folder = Files.createDirectory(scratch.resolve("study"));
        for (int i = 0; i < IMAGES; i++) {
            write(folder.resolve(String.format(java.util.Locale.ROOT, "image_%03d.tiff", i)));
        }
        try (PageProcess server = PageProcess.start(scratch, "-Xmx192m", folder)) {
            JsonArray images = server.state().getAsJsonArray("images");
            assertThat(images).hasSize(IMAGES);
            round(server, images, 1);
            long before = heap(server);
            for (int i = 0; i < ROUNDS; i++) {
                round(server, images, STROKES_A_VISIT);
            }
            assertThat(server.alive()).isTrue();
            long strokes = (long) ROUNDS * IMAGES * STROKES_A_VISIT;
            long tiles = IMAGES * ((SHAPE.y() + 63) / 64) * ((SHAPE.x() + 63) / 64);
            assertThat(heap(server) - before).isLessThan(strokes * STROKE_BYTES + tiles * TILE_BYTES);
        }
    }

    private void write(Path file) throws IOException {
        try (ImageSink sink =
                Images.create(file, ImageFormat.TIFF, SHAPE, SampleType.UINT16, "yxc", ImageMetadata.NONE)) {
            Block block = Block.zeros(SHAPE.whole(0), SHAPE.c());
            for (int i = 0; i < block.samples().length; i++) {
                block.samples()[i] = random.nextInt(4000);
            }
            sink.write(block);
            sink.commit();
        }
    }

    /** Visits every image as a page does: looks at channels at two levels, reads labels, paints, takes back now and then. */
    private void round(PageProcess server, JsonArray images, int strokes) throws IOException, InterruptedException {
        for (int i = 0; i < IMAGES; i++) {
            String image = images.get(i).getAsJsonObject().get("id").getAsString();
            for (String look : new String[] {"raw?c=0,5,11&level=0", "raw?c=0,1,2&level=2", "labels?t=0&z=0"}) {
                assertThat(server.send("GET", "/api/images/" + image + "/" + look, null)
                                .status())
                        .isEqualTo(200);
            }
            for (int stroke = 0; stroke < strokes; stroke++) {
                int x = random.nextInt(SHAPE.x() - 30);
                int y = random.nextInt(SHAPE.y());
                String body = PageClient.stroke(
                        new UUID(random.nextLong(), random.nextLong()).toString(),
                        image,
                        random.nextInt(4),
                        x,
                        y,
                        x + 30,
                        Math.min(SHAPE.y() - 1, y + random.nextInt(9)));
                assertThat(server.send("POST", "/api/strokes", body).status()).isEqualTo(200);
            }
            if (i % 10 == 0) {
                assertThat(server.send("POST", "/api/undo", "{}").status()).isEqualTo(200);
            }
        }
    }

    /** Bytes that the collector finds alive. */
    private static long heap(PageProcess server) throws IOException, InterruptedException {
        jcmd(server, "GC.run");
        Matcher used =
                Pattern.compile("generation\\s+total \\d+K, used (\\d+)K").matcher(jcmd(server, "GC.heap_info"));
        long sum = 0;
        int found = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1)) << 10;
            found++;
        }
        assertThat(found).as("young and old generation").isEqualTo(2);
        return sum;
    }

    private static String jcmd(PageProcess server, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(server.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(said).isZero();
        return said;
    }
}
