package org.pixelforest.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.Shared;
import org.pixelforest.cli.CommandLineRun;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.io.Images;

/** What a person does with the page from the first folder to the exported file, in a browser, judged by the command line. */
class PageStoryTest {

    private static final double PATIENCE = 60_000;
    private static final int POINTER_X = 45;
    private static final int POINTER_Y = 30;

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    @TempDir
    private Path temp;

    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final List<byte[]> frames = new CopyOnWriteArrayList<>();

    @Test
    void fromTheFolderToTheFile() throws Exception {
        cohort();
        Path project = temp.toRealPath().resolve("cohort/cohort.ilp");
        List<String> painted;
        try (PageServer server = start();
                Page page = page(server)) {
            openFolder(page);
            assertThat(status(page)).containsText("No prediction yet");
            JsonObject image = firstImage(server);
            paint(page, image, "1", 60, 60, 75, 66);
            paint(page, image, "2", 100, 80, 100, 100);
            paint(page, image, "3", 150, 130, 140, 140);
            painted = fromStrokesToFiles(page, server, project);
            assertThat(painted).hasSize(4);
        }
        painted = oneMoreStroke(painted);
        try (PageServer server = start(project)) {
            assertThat(strokes(server)).as("after a restart without saving").isEqualTo(painted);
        }
        assertThat(troubles).as("console of the browser").isEmpty();
    }

    @Test
    void fromTheDemoToTheFile() throws Exception {
        String home = System.setProperty("user.home", temp.toRealPath().toString());
        try {
            Path project = temp.toRealPath().resolve("pixelforest-demo/demo.ilp");
            List<String> painted;
            try (PageServer server = start();
                    Page page = page(server)) {
                page.getByRole(AriaRole.BUTTON, named("Try the demo")).click();
                // It is made first.
                assertThat(page.getByRole(AriaRole.BUTTON, named("Training")))
                        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(5 * PATIENCE));
                page.getByRole(AriaRole.BUTTON, named("Training")).click();
                assertThat(label(page, "nucleus")).isVisible();
                List<String> before = strokes(server);
                assertThat(before).as("strokes of the demo").isNotEmpty();
                JsonObject image = shownImage(page, server);
                paint(page, image, "1", 60, 60, 66, 62);
                paint(page, image, "2", 100, 80, 100, 86);
                paint(page, image, "3", 150, 130, 145, 135);
                painted = fromStrokesToFiles(page, server, project);
                assertThat(painted).as("strokes after painting").isNotEqualTo(before);
            }
            try (PageServer server = start(project)) {
                assertThat(strokes(server)).as("after a restart").isEqualTo(painted);
            }
        } finally {
            System.setProperty("user.home", home);
        }
        assertThat(troubles).as("console of the browser").isEmpty();
    }

    /**
     * Live Update, uncertainty, undo, save, export: what is drawn and what is written is what the command line computes with the same
     * project. Returns the strokes.
     */
    private List<String> fromStrokesToFiles(Page page, PageServer server, Path project) throws IOException {
        JsonObject image = shownImage(page, server);
        Locator live = page.getByRole(AriaRole.BUTTON, named("Live Update"));
        if (!"true".equals(live.getAttribute("aria-pressed"))) {
            live.click();
        }
        upToDate(page, server);

        uncertaintyByKey(page);
        undoAndRedo(page, image);
        long model = upToDate(page, server);
        List<String> painted = strokes(server);

        page.keyboard().press("Control+s");
        assertThat(page.getByText("Saved", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        point(page, image, POINTER_X, POINTER_Y, 2);
        Locator values = page.getByRole(AriaRole.GROUP, named("Pixel values"));
        // Of a crop the position in its stack is told.
        int left = image.has("origin") && image.get("origin").isJsonArray()
                ? image.getAsJsonArray("origin").get(0).getAsInt()
                : 0;
        assertThat(values).containsText("x " + (POINTER_X + left));
        String readout = values.innerText();

        List<Path> images = images(server);
        Map<Path, byte[]> exported = export(page, images);
        classify(project, images);
        for (Map.Entry<Path, byte[]> file : exported.entrySet()) {
            assertThat(Files.readAllBytes(file.getKey()))
                    .as("%s of the page and of the command line", file.getKey())
                    .isEqualTo(file.getValue());
        }
        int[][] classified = classified(probabilities(Path.of(image.get("path").getAsString())));
        assertThat(overlay(image, model)).as("what is drawn").isDeepEqualTo(classified);
        for (int[] plane : classified) {
            int value = plane[POINTER_Y * image.get("width").getAsInt() + POINTER_X];
            assertThat(readout).contains(String.format(Locale.ROOT, "%.2f", value / 65535.0));
        }
        return painted;
    }

    private static void openFolder(Page page) {
        page.getByRole(AriaRole.BUTTON, named("Open Folder…")).click();
        Locator files = page.getByRole(AriaRole.LISTBOX, named("Files"));
        files.getByRole(AriaRole.OPTION, within("cohort")).click();
        assertThat(files.getByRole(AriaRole.OPTION, within("analysis"))).isVisible();
        page.getByRole(AriaRole.BUTTON, named("Open this folder")).click();
        page.getByRole(AriaRole.BUTTON, named("Training")).click();
        assertThat(page.getByRole(AriaRole.LISTBOX, named("Images")).getByRole(AriaRole.OPTION))
                .hasCount(2);
    }

    private static void uncertaintyByKey(Page page) {
        Locator visible = page.getByRole(AriaRole.CHECKBOX, named("Uncertainty visible"));
        byte[] without = canvas(page).screenshot();
        page.keyboard().press("u");
        assertThat(visible).hasAttribute("aria-checked", "true");
        page.waitForCondition(() -> !Arrays.equals(canvas(page).screenshot(), without));
        page.keyboard().press("u");
        assertThat(visible).hasAttribute("aria-checked", "false");
    }

    private static void undoAndRedo(Page page, JsonObject image) {
        Locator background = label(page, "background");
        String before = background.getAttribute("aria-description");
        assertThat(before).matches("[1-9]\\d* labelled pixels.*");
        paint(page, image, "3", 30, 150, 50, 150);
        assertThat(background).not().hasAttribute("aria-description", before);
        String after = background.getAttribute("aria-description");
        page.keyboard().press("Control+z");
        assertThat(background).hasAttribute("aria-description", before);
        page.keyboard().press("Control+y");
        assertThat(background).hasAttribute("aria-description", after);
    }

    /** Exports all by the page; the files are read and removed, so that the command line writes them again. */
    private static Map<Path, byte[]> export(Page page, List<Path> images) throws IOException {
        page.getByRole(AriaRole.BUTTON, named("Prediction Export")).click();
        page.getByRole(AriaRole.BUTTON, named("Export All")).click();
        assertThat(page.getByText("%1$d of %1$d exported with this classifier".formatted(images.size())))
                .isVisible();
        Map<Path, byte[]> exported = new LinkedHashMap<>();
        for (Path image : images) {
            Path file = probabilities(image);
            exported.put(file, Files.readAllBytes(file));
            Files.delete(file);
        }
        return exported;
    }

    private static Path probabilities(Path image) {
        return image.resolveSibling(image.getFileName().toString().replaceFirst("\\.[^.]+$", "_Probabilities.tiff"));
    }

    private static void classify(Path project, List<Path> images) throws IOException {
        List<Object> command = new ArrayList<>(List.of("classify", "--project", project));
        command.addAll(images);
        CommandLineRun run = CommandLineRun.of(command.toArray());
        assertThat(run.status()).as(run.err()).isZero();
    }

    /** Opens the project again, where everything still is, and paints once more without saving. */
    private List<String> oneMoreStroke(List<String> painted) throws IOException {
        try (PageServer server = start();
                Page page = page(server)) {
            page.getByRole(AriaRole.LIST, named("Recent projects"))
                    .getByRole(AriaRole.BUTTON)
                    .first()
                    .click();
            page.getByRole(AriaRole.BUTTON, named("Training")).click();
            assertThat(label(page, "cytoplasm")).isVisible();
            assertThat(strokes(server)).as("after closing and opening").isEqualTo(painted);
            paint(page, firstImage(server), "2", 60, 110, 80, 120);
            page.waitForCondition(() -> strokes(server).size() > painted.size());
            List<String> more = strokes(server);
            assertThat(more).hasSize(painted.size() + 1);
            return more;
        }
    }

    // ------------------------------------------------------------------------------------------------ what a person
    // does

    /** A line from one pixel of the image to another, which is seen as a whole. */
    private static void paint(Page page, JsonObject image, String key, int x0, int y0, int x1, int y1) {
        page.keyboard().press(key);
        point(page, image, x0, y0, 1);
        page.mouse().down();
        point(page, image, x1, y1, 8);
        page.mouse().up();
        assertThat(page.getByText("not saved yet")).hasCount(0);
    }

    private static void point(Page page, JsonObject image, int x, int y, int steps) {
        BoundingBox box = canvas(page).boundingBox();
        int width = image.get("width").getAsInt();
        int height = image.get("height").getAsInt();
        double zoom = Math.min(box.width / width, box.height / height);
        page.mouse()
                .move(
                        box.x + box.width / 2 + (x + 0.5 - width / 2.0) * zoom,
                        box.y + box.height / 2 + (y + 0.5 - height / 2.0) * zoom,
                        new Mouse.MoveOptions().setSteps(steps));
    }

    private static Locator canvas(Page page) {
        return page.getByRole(
                AriaRole.IMG,
                new Page.GetByRoleOptions()
                        .setName("Image with strokes and prediction")
                        .setExact(true));
    }

    private static Locator label(Page page, String name) {
        return page.getByRole(AriaRole.LISTBOX, named("Labels"))
                .getByRole(
                        AriaRole.OPTION,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator status(Page page) {
        return page.getByRole(AriaRole.STATUS, named("Prediction status"));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Locator.GetByRoleOptions within(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    // ------------------------------------------------------------------------------------------------ page and server

    /** Two real crops with their stacks, copied, as a user's folder. */
    private Path cohort() throws IOException {
        Path data = Shared.path("data/imc-testdata/analysis");
        Path cohort = Files.createDirectory(temp.resolve("cohort"));
        for (String folder : List.of("crops", "ilastik")) {
            Path to = Files.createDirectories(cohort.resolve("analysis").resolve(folder));
            try (Stream<Path> files = Files.list(data.resolve(folder))) {
                for (Path file : files.filter(f -> f.getFileName().toString().matches(".*mockData2_s0_a[12]_.*"))
                        .filter(f -> !f.getFileName().toString().contains("Probabilities"))
                        .toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
        return cohort.toRealPath();
    }

    private PageServer start(Path... open) throws IOException {
        PageServer.Options options = PageServer.Options.local()
                .withFolders(List.of(temp.toRealPath()))
                .withRecent(temp.resolve("recent.json"));
        return PageServer.start(open.length == 0 ? options : options.opening(open[0]), "test");
    }

    private Page page(PageServer server) {
        Page page = chromium.browser().newPage(new Browser.NewPageOptions().setViewportSize(1280, 800));
        page.setDefaultTimeout(PATIENCE);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                troubles.add(message.text());
            }
        });
        page.onPageError(troubles::add);
        page.onWebSocket(socket -> socket.onFrameReceived(frame -> {
            if (frame.binary() != null) {
                frames.add(frame.binary());
            }
        }));
        page.navigate(server.address());
        return page;
    }

    private static JsonElement ask(PageServer server, String path) {
        URI address = URI.create(server.address());
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .header("X-PixelForest-Token", address.getQuery().replaceFirst("token=", ""))
                .build();
        try {
            return JsonParser.parseString(HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject state(PageServer server) {
        return ask(server, "/api/state").getAsJsonObject();
    }

    private static JsonObject firstImage(PageServer server) {
        return state(server).getAsJsonArray("images").get(0).getAsJsonObject();
    }

    private static JsonObject shownImage(Page page, PageServer server) {
        Object shown = page.getByRole(AriaRole.LISTBOX, named("Images"))
                .getByRole(AriaRole.OPTION)
                .evaluateAll("all => all.findIndex(o => o.getAttribute('aria-selected') === 'true')");
        return state(server)
                .getAsJsonArray("images")
                .get(((Number) shown).intValue())
                .getAsJsonObject();
    }

    private static List<Path> images(PageServer server) {
        List<Path> files = new ArrayList<>();
        state(server)
                .getAsJsonArray("images")
                .forEach(image ->
                        files.add(Path.of(image.getAsJsonObject().get("path").getAsString())));
        return files;
    }

    /** Strokes, newest first: where, of which class, and how many pixels. */
    private static List<String> strokes(PageServer server) {
        List<String> all = new ArrayList<>();
        for (JsonElement each : ask(server, "/api/strokes").getAsJsonArray()) {
            JsonObject stroke = each.getAsJsonObject();
            all.add(stroke.get("class") + " " + stroke.get("box") + " " + stroke.get("pixels"));
        }
        return all;
    }

    /** Waits until the forest knows every stroke and the page has drawn what it says; returns the number of the forest. */
    private static long upToDate(Page page, PageServer server) {
        page.waitForCondition(
                () -> {
                    JsonObject training = state(server).getAsJsonObject("training");
                    return training.get("state").getAsString().equals("current")
                            && training.get("model").getAsLong()
                                    == training.get("target").getAsLong();
                },
                new Page.WaitForConditionOptions().setTimeout(PATIENCE));
        assertThat(status(page)).containsText("Up to date");
        assertThat(page.getByRole(AriaRole.APPLICATION, named("Viewer"))).not().hasAttribute("aria-busy", "true");
        return state(server).getAsJsonObject("training").get("model").getAsLong();
    }

    // ------------------------------------------------------------------------------------------------ numbers

    /** The planes of the whole image that the server sent to be drawn, as far as they are of the forest {@code model}. */
    private int[][] overlay(JsonObject image, long model) {
        int width = image.get("width").getAsInt();
        int height = image.get("height").getAsInt();
        int[][] planes = new int[3][width * height];
        for (int[] plane : planes) {
            Arrays.fill(plane, -1);
        }
        for (byte[] frame : frames) {
            ByteBuffer message = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
            byte[] text = new byte[message.getInt()];
            message.get(text);
            JsonObject tile = JsonParser.parseString(new String(text, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            if (tile.get("model").getAsLong() != model || !tile.get("image").equals(image.get("id"))) {
                continue;
            }
            assertThat(tile.get("level").getAsInt()).isZero();
            assertThat(tile.get("classes").getAsInt()).isEqualTo(planes.length);
            int left = tile.get("x").getAsInt();
            int top = tile.get("y").getAsInt();
            for (int[] plane : planes) {
                for (int y = top; y < top + tile.get("height").getAsInt(); y++) {
                    for (int x = left; x < left + tile.get("width").getAsInt(); x++) {
                        plane[y * width + x] = Short.toUnsignedInt(message.getShort());
                    }
                }
            }
        }
        return planes;
    }

    private static int[][] classified(Path file) throws IOException {
        try (ImageSource source = Images.open(file)) {
            int width = source.shape().x();
            int height = source.shape().y();
            Block block = source.read(Region.of(0, 0, height, width));
            int[][] planes = new int[block.channels()][width * height];
            for (int c = 0; c < planes.length; c++) {
                for (int i = 0; i < width * height; i++) {
                    planes[c][i] = (int) block.samples()[block.index(c, 0, i / width, i % width)];
                }
            }
            return planes;
        }
    }

    private static List<Path> files(Path folder, String pattern) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        }
    }
}
