package org.pixelforest.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.ImageFormat;
import org.pixelforest.io.ImageMetadata;
import org.pixelforest.io.Images;

/** The picture that WebGL2 draws and the one that is drawn without graphics hardware are one picture. */
class GraphicsTest {

    private static final double PATIENCE = 60_000;
    private static final int WIDTH = 240;
    private static final int HEIGHT = 180;
    private static final int CHANNELS = 3;

    /** Edges of lines and rims are hard in the one and soft in the other. */
    private static final double ALIKE = 0.995;

    /** Of 255. */
    private static final int OFF = 2;

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    @TempDir
    private Path scratch;

    @Test
    void bothDrawTheSamePicture() throws Exception {
        Map<String, Consumer<Page>> looks = new LinkedHashMap<>();
        looks.put("fill", page -> {});
        looks.put("outline", page -> radio(page, "Outline"));
        looks.put("segmentation with patterns", page -> {
            radio(page, "Fill");
            page.getByRole(AriaRole.BUTTON, named("Class colours")).click();
            page.getByRole(AriaRole.MENUITEMCHECKBOX, named("Patterns")).click();
            page.keyboard().press("p");
            page.keyboard().press("s");
        });
        looks.put("uncertainty", page -> {
            page.keyboard().press("s");
            page.keyboard().press("u");
        });
        looks.put("compare", page -> {
            page.keyboard().press("u");
            page.keyboard().press("p");
            page.keyboard().press("v");
        });
        try (PageClient client = PageClient.of(scratch, Optional.of(study()))) {
            predicted(client);
            try (Page hardware = page(client, "webgl");
                    Page software = page(client, "software")) {
                software.getByRole(AriaRole.BUTTON, named("Close")).click();
                BufferedImage before = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
                for (Map.Entry<String, Consumer<Page>> look : looks.entrySet()) {
                    look.getValue().accept(hardware);
                    look.getValue().accept(software);
                    before = compared(look.getKey(), hardware, software, before);
                }
            }
        }
    }

    /** Waits until both show the same, which is not what was shown before. */
    private static BufferedImage compared(String look, Page hardware, Page software, BufferedImage before) {
        double[] alike = new double[2];
        BufferedImage[] drawn = new BufferedImage[1];
        try {
            hardware.waitForCondition(
                    () -> {
                        drawn[0] = picture(hardware);
                        alike[0] = alike(drawn[0], before);
                        alike[1] = alike(drawn[0], picture(software));
                        return alike[0] < ALIKE && alike[1] >= ALIKE;
                    },
                    new Page.WaitForConditionOptions().setTimeout(PATIENCE));
        } catch (TimeoutError e) {
            throw new AssertionError(
                    look + ": " + alike[1] + " of the pixels are alike, and " + alike[0] + " as before", e);
        }
        return drawn[0];
    }

    private static BufferedImage picture(Page page) {
        page.bringToFront();
        try {
            return ImageIO.read(new ByteArrayInputStream(page.locator("#canvas").screenshot()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Share of the pixels that differ by no more than is allowed; 0 for pictures of different sizes. */
    private static double alike(BufferedImage a, BufferedImage b) {
        if (a.getWidth() != b.getWidth() || a.getHeight() != b.getHeight()) {
            return 0;
        }
        long same = 0;
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                same += alike(a.getRGB(x, y), b.getRGB(x, y)) ? 1 : 0;
            }
        }
        return same / ((double) a.getWidth() * a.getHeight());
    }

    private static boolean alike(int a, int b) {
        for (int shift = 0; shift < 24; shift += 8) {
            if (Math.abs((a >> shift & 255) - (b >> shift & 255)) > OFF) {
                return false;
            }
        }
        return true;
    }

    // ------------------------------------------------------------------------------------------------ page and server

    private static Page page(PageClient client, String graphics) {
        Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 800));
        page.setDefaultTimeout(PATIENCE);
        page.navigate(client.address() + "&graphics=" + graphics + "#training");
        Locator viewer = page.getByRole(AriaRole.APPLICATION, named("Viewer"));
        assertThat(page.getByRole(AriaRole.LISTBOX, named("Labels")).getByRole(AriaRole.OPTION))
                .hasCount(CHANNELS);
        assertThat(viewer).hasAttribute("aria-busy", "false");
        page.keyboard().press("h");
        return page;
    }

    private static void radio(Page page, String name) {
        page.getByRole(AriaRole.RADIO, named(name)).click();
        page.mouse().move(1, 1);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    /** Paints a line in each of the three parts of the image and predicts it. */
    private static void predicted(PageClient client) throws InterruptedException {
        String image = client.image(0);
        client.paint(image, 1, 56, 53, 62, 53);
        client.paint(image, 2, 146, 103, 152, 103);
        client.paint(image, 3, 20, 150, 28, 150);
        client.paint(image, 3, 200, 20, 205, 20);
        client.post("/api/live", "{\"on\": true}");
        JsonObject training = client.await(state -> state.getAsJsonObject("training")
                        .get("state")
                        .getAsString()
                        .equals("current"))
                .getAsJsonObject("training");
        assertThat(training.get("model").getAsLong()).isPositive();
    }

    /** A folder with one image: two rectangles on a ground, each brightest in a channel of its own. */
    private Path study() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("study"));
        Shape shape = new Shape(1, CHANNELS, 1, HEIGHT, WIDTH);
        try (ImageSink sink = Images.create(
                folder.resolve("a.npy"), ImageFormat.NUMPY, shape, SampleType.UINT16, "yxc", ImageMetadata.NONE)) {
            Block block = Block.zeros(shape.whole(0), CHANNELS);
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    int part = x >= 50 && x < 70 && y >= 45 && y < 61
                            ? 0
                            : x >= 140 && x < 160 && y >= 95 && y < 111 ? 1 : 2;
                    for (int c = 0; c < CHANNELS; c++) {
                        block.samples()[block.index(c, 0, y, x)] = c == part ? 800 : 100;
                    }
                }
            }
            sink.write(block);
            sink.commit();
        }
        return folder;
    }
}
