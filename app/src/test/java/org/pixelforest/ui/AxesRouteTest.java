package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.ImageFormat;
import org.pixelforest.io.ImageMetadata;
import org.pixelforest.io.Images;

/** Axes of a file that says nothing of them, named by the user. */
class AxesRouteTest {

    @TempDir
    private Path scratch;

    private Path folder;

    /** A NumPy array of 20 x 30 x 12 numbers: its sizes alone do not tell channels from slices. */
    @BeforeEach
    void write() throws IOException {
        folder = Files.createDirectory(scratch.resolve("study"));
        Shape shape = new Shape(1, 12, 1, 20, 30);
        try (ImageSink sink = Images.create(
                folder.resolve("a.npy"), ImageFormat.NUMPY, shape, SampleType.UINT16, "yxc", ImageMetadata.NONE)) {
            Block block = Block.zeros(shape.whole(0), 12);
            for (int i = 0; i < block.samples().length; i++) {
                block.samples()[i] = i;
            }
            sink.write(block);
            sink.commit();
        }
    }

    private static JsonObject image(JsonObject state) {
        return state.getAsJsonArray("images").get(0).getAsJsonObject();
    }

    private static int size(JsonObject image, String name) {
        return image.get(name).getAsInt();
    }

    private static PageClient.Answer axes(PageClient page, String axes) {
        return page.send("PATCH", "/api/images/" + page.image(0), "{\"axes\": \"" + axes + "\"}");
    }

    /** Where no file carries names, the number of channels is all there is to tell a foreign image. */
    @Test
    void anImageOfAnotherNumberOfChannelsIsNotTakenForOneOfThePanel() throws IOException {
        try (PageClient page = PageClient.of(scratch, Optional.of(folder))) {
            axes(page, "yxc");
            Path other = Files.copy(folder.resolve("a.npy"), folder.resolve("b.npy"));
            JsonObject paths = new JsonObject();
            paths.add("paths", new Gson().toJsonTree(List.of(other.toString())));
            page.post("/api/images", paths.toString());
            JsonObject added = page.state().getAsJsonArray("images").get(1).getAsJsonObject();
            assertThat(added.getAsJsonObject("error").get("message").getAsString())
                    .contains("has 1 channel")
                    .contains("12");
            String path = "/api/images/" + page.image(1);
            assertThat(page.send("PATCH", path, "{\"axes\": \"yxc\"}").status()).isEqualTo(200);
            added = page.state().getAsJsonArray("images").get(1).getAsJsonObject();
            assertThat(added.get("error").isJsonNull()).isTrue();
            assertThat(size(added, "channels")).isEqualTo(12);
        }
    }

    @Test
    void axesCanBeNamedAndStayAfterARestart() throws IOException {
        Path project;
        try (PageClient page = PageClient.of(scratch, Optional.of(folder))) {
            assertThat(image(page.state()).get("axes").getAsString()).isEqualTo("zyx");
            String id = page.image(0);
            assertThat(axes(page, "yxc").status()).isEqualTo(200);
            JsonObject image = image(page.state());
            assertThat(image.get("id").getAsString()).isEqualTo(id);
            assertThat(image.get("axes").getAsString()).isEqualTo("yxc");
            assertThat(size(image, "width")).isEqualTo(30);
            assertThat(size(image, "height")).isEqualTo(20);
            assertThat(size(image, "channels")).isEqualTo(12);
            assertThat(page.state().getAsJsonArray("channels")).hasSize(12);
            byte[] raw = page.get("/api/images/" + id + "/raw?c=11&level=0&x0=29&y0=19&x1=30&y1=20")
                    .bytes();
            int last = 12 * 20 * 30 - 1;
            assertThat(raw).containsExactly((byte) last, (byte) (last >> 8));
            page.paint(id, 1, 25, 10, 28, 10);
            project =
                    Path.of(page.state().getAsJsonObject("project").get("path").getAsString());
        }
        try (PageClient page = PageClient.of(scratch, Optional.of(project))) {
            JsonObject image = image(page.state());
            assertThat(image.get("axes").getAsString()).isEqualTo("yxc");
            assertThat(size(image, "width")).isEqualTo(30);
            assertThat(page.painted(page.image(0))).as("strokes").isPositive();
        }
    }

    @Test
    void whatIsPaintedIsNeverLost() throws IOException {
        try (PageClient page = PageClient.of(scratch, Optional.of(folder))) {
            axes(page, "yxc");
            String id = page.image(0);
            page.paint(id, 1, 25, 10, 28, 10);
            long painted = page.painted(id);
            PageClient.Answer refused = axes(page, "cyx");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.object().get("message").getAsString())
                    .contains("a was painted on")
                    .contains("12 x 30 instead of 30 x 20");
            assertThat(page.painted(id)).isEqualTo(painted);
            page.post("/api/undo", "{}");
            assertThat(page.painted(id)).isZero();
            assertThat(axes(page, "cyx").status())
                    .as("redo would bring it back")
                    .isEqualTo(409);
            page.post("/api/redo", "{}");
            assertThat(page.painted(id)).isEqualTo(painted);
        }
    }

    @Test
    void axesThatCannotBeAreRefusedInWords() throws IOException {
        try (PageClient page = PageClient.of(scratch, Optional.of(folder))) {
            for (String wrong : new String[] {"yx", "tzyxc", "yyx", "abc", ""}) {
                PageClient.Answer refused = axes(page, wrong);
                assertThat(refused.status()).as(wrong).isEqualTo(409);
                assertThat(refused.object().get("message").getAsString()).contains("a.npy");
            }
            assertThat(image(page.state()).get("axes").getAsString()).isEqualTo("zyx");
        }
    }
}
