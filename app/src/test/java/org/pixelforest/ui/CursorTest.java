package org.pixelforest.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** The pointer is a ring as large as the brush paints, in the colour of its class. */
class CursorTest {

    private static final int SIDE = 500;

    /** The brush that a new project begins with, image pixels. */
    private static final int BRUSH = 3;

    private static final Pattern RING =
            Pattern.compile("url\\(\"data:image/png;base64,([^\"]+)\"\\).* (\\d+) (\\d+), crosshair");

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    @TempDir
    private Path scratch;

    @Test
    void theRingIsAsLargeAsTheBrush() throws Exception {
        try (PageClient client = PageClient.of(scratch, Optional.of(study()));
                Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 800))) {
            page.navigate(client.address() + "#training");
            assertThat(page.locator(".zoom .level")).isVisible();
            page.keyboard().press("w"); // 100 %
            Locator viewer = page.locator("#viewer");
            viewer.hover();

            page.keyboard().press("1");
            Ring red = ring(page);
            assertThat(red.diameter(0xf2, 0x45, 0x4f)).isCloseTo(BRUSH + 3.5, within(1.5));

            page.keyboard().press("2");
            zoomTo(page, 5);
            double zoom = zoom(page);
            Ring green = ring(page);
            assertThat(green.diameter(0x45, 0xe0, 0x8a)).isCloseTo(BRUSH * zoom + 3.5, within(2.0));

            // No browser takes a picture as large as this for a pointer.
            zoomTo(page, 20);
            for (int i = 0; i < 4; i++) {
                page.keyboard().press(".");
            }
            assertThat(page.locator("#cursor")).isVisible();
            assertThat(cursorOf(page)).isEqualTo("none");
            assertThat(page.locator("#cursor").boundingBox().width).isGreaterThan(100);

            page.keyboard().press("n");
            assertThat(page.locator("#cursor")).isHidden();
            page.waitForCondition(() -> cursorOf(page).equals("grab"));
        }
    }

    @Test
    void onASharpScreenTheRingIsSharpAndNoLarger() throws Exception {
        try (PageClient client = PageClient.of(scratch, Optional.of(study()));
                Page page = chromium.browser()
                        .newPage(new Browser.NewPageOptions()
                                .setViewportSize(1280, 800)
                                .setDeviceScaleFactor(2))) {
            page.navigate(client.address() + "#training");
            page.locator("#viewer").hover();
            page.waitForCondition(() -> RING.matcher(cursorOf(page)).find());
            Matcher m = RING.matcher(cursorOf(page));
            assertThat(m.find()).isTrue();
            BufferedImage picture = pictureOf(m);
            assertThat(cursorOf(page)).contains("2dppx");
            assertThat(picture.getWidth()).isEqualTo(4 * Integer.parseInt(m.group(2)));
        }
    }

    /** Pictures of pointers stay as they are when the browser enlarges a page. */
    @Test
    void anEnlargedPageHasARingOfItsOwn() throws Exception {
        try (PageClient client = PageClient.of(scratch, Optional.of(study()));
                Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 800))) {
            page.navigate(client.address() + "#training");
            page.locator("#viewer").hover();
            page.waitForCondition(() -> RING.matcher(cursorOf(page)).find());

            page.evaluate("() => { window.outerWidth = 1.25 * innerWidth; dispatchEvent(new Event('resize')); }");
            page.mouse().move(641, 401);
            assertThat(page.locator("#cursor")).isVisible();
            assertThat(cursorOf(page)).isEqualTo("none");

            page.evaluate("() => { window.outerWidth = innerWidth; dispatchEvent(new Event('resize')); }");
            page.mouse().move(640, 400);
            assertThat(page.locator("#cursor")).isHidden();
            page.waitForCondition(() -> RING.matcher(cursorOf(page)).find());
        }
    }

    private static double zoom(Page page) {
        return Integer.parseInt(page.locator(".zoom .level").innerText().replaceAll("\\D", "")) / 100.0;
    }

    private static void zoomTo(Page page, double least) {
        for (int i = 0; i < 30 && zoom(page) < least; i++) {
            page.keyboard().press("+");
        }
        assertThat(zoom(page)).isGreaterThanOrEqualTo(least);
    }

    private record Ring(BufferedImage picture, int x, int y) {

        /** From the outermost pixel of about this colour left of the tip to the outermost right of it. */
        double diameter(int red, int green, int blue) {
            int first = picture.getWidth();
            int last = 0;
            for (int i = 0; i < picture.getWidth(); i++) {
                int rgb = picture.getRGB(i, y);
                int off = Math.abs((rgb >> 16 & 255) - red)
                        + Math.abs((rgb >> 8 & 255) - green)
                        + Math.abs((rgb & 255) - blue);
                if (rgb >>> 24 > 200 && off < 120) {
                    first = Math.min(first, i);
                    last = Math.max(last, i);
                }
            }
            return last - first + 1;
        }
    }

    private static String cursorOf(Page page) {
        return (String) page.evaluate("() => getComputedStyle(document.getElementById('viewer')).cursor");
    }

    private static Ring ring(Page page) throws IOException {
        page.waitForCondition(() -> RING.matcher(cursorOf(page)).find());
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Matcher m = RING.matcher(cursorOf(page));
        assertThat(m.find()).isTrue();
        BufferedImage picture = pictureOf(m);
        Ring ring = new Ring(picture, Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
        assertThat(picture.getWidth())
                .isEqualTo(2 * ring.x)
                .isEqualTo(2 * ring.y)
                .isLessThanOrEqualTo(128);
        return ring;
    }

    private static BufferedImage pictureOf(Matcher cursor) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(cursor.group(1))));
    }

    private Path study() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("study"));
        Shape shape = new Shape(1, 1, 1, SIDE, SIDE);
        try (ImageSink sink = Images.create(
                folder.resolve("a.npy"), ImageFormat.NUMPY, shape, SampleType.UINT16, "yx", ImageMetadata.NONE)) {
            sink.write(Block.zeros(shape.whole(0), 1));
            sink.commit();
        }
        return folder;
    }
}
