package org.pixelforest.ui;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.io.EofException;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.filter.Filter;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.label.Labels;

/** Raw planes, labels, predictions and feature planes: section 4 of docs/page-protocol.md. */
final class PixelRoutes {

    private static final Logger LOG = Logger.getLogger(PixelRoutes.class.getName());

    private static final long MAX_SAMPLES = 1L << 22;
    /** Widest filters look hundreds of pixels around, so that a line would cost far more than a square. */
    private static final int MAX_FEATURE_EDGE = 256;

    private static final int MAX_WAIT_SECONDS = 10;

    /** From this level on a tile is made of so many of the image that it takes seconds. */
    private static final int FAR = 3;

    /** Each has a tile of all channels in memory, so only so many read at a time; what is near does not wait for what is far. */
    private final Semaphore near = new Semaphore(2 * Runtime.getRuntime().availableProcessors(), true);

    private final Semaphore far = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    private final Workspace workspace;
    private final ProbabilityRoute probabilities;
    private final Quality quality;

    PixelRoutes(Workspace workspace, LiveUpdate liveUpdate, Quality quality) {
        this.workspace = workspace;
        this.quality = quality;
        probabilities = new ProbabilityRoute(workspace, liveUpdate);
    }

    void add(RoutesConfig routes) {
        routes.get("/api/images/{id}/raw", this::raw);
        routes.get("/api/images/{id}/labels", this::labels);
        routes.get("/api/images/{id}/probabilities", probabilities::answer);
        routes.get("/api/images/{id}/feature", this::feature);
        routes.get("/api/quality/pixels", this::qualityPixels);
    }

    private void raw(Context ctx) throws IOException {
        PageImage image = workspace.required().image(ctx.pathParam("id"));
        String level = ctx.queryParam("level");
        inTurn(
                ctx,
                level != null && level.matches("\\d{1,2}") && Integer.parseInt(level) >= FAR ? far : near,
                () -> planes(
                        ctx,
                        image.pyramid(),
                        image.stack().shape(),
                        image.json().type()));
    }

    /** Makes pixels. */
    private interface Pixels {
        byte[] read() throws IOException;
    }

    private static void inTurn(Context ctx, Semaphore readers, Pixels pixels) throws IOException {
        try {
            if (!readers.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new Problem(
                        503,
                        "Too much at once",
                        "Many other parts of images are being read.",
                        "Try again in a moment.");
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException("the server is closing");
        }
        try {
            bytes(ctx, pixels.read());
        } finally {
            readers.release();
        }
    }

    /** Planes as the query asks for them, in the type that the page was told. */
    static byte[] planes(Context ctx, Pyramid pyramid, Shape shape, String type) throws IOException {
        int[] channels = channels(ctx, shape.c());
        int level = Query.number(ctx, "level", 0, 0, Pyramid.MAX_LEVEL);
        Region region = region(ctx, shape, level);
        if (region.pixels() * channels.length > MAX_SAMPLES) {
            throw Problem.malformed("That is too large a part of the image to be sent at once.");
        }
        float[] samples = pyramid.read(channels, level, region);
        return encode(samples, level > 0 ? "float32" : type);
    }

    private void labels(Context ctx) throws IOException {
        OpenProject project = workspace.required();
        PageImage image = project.image(ctx.pathParam("id"));
        var labels = project.state().content().labels(image.id());
        Region box = region(ctx, labels.shape(), 0);
        ctx.contentType("application/octet-stream");
        // NB: in large pieces, for what begins with a small one is not compressed.
        try (OutputStream out = new BufferedOutputStream(ctx.outputStream(), 1 << 16)) {
            LabelParts.write(labels, box, out);
        } catch (EofException gone) {
            LOG.log(Level.FINE, "the page reads on no more", gone);
        }
    }

    private void feature(Context ctx) throws IOException {
        PageImage image = workspace.required().image(ctx.pathParam("id"));
        ImageSource stack = image.stack();
        Region region = region(ctx, stack.shape(), 0);
        if (Math.max(region.width(), region.height()) > MAX_FEATURE_EDGE) {
            throw Problem.malformed("That is too large a part of the image for a preview.");
        }
        FeatureSelection selection = selection(ctx);
        selection.tooSmall(stack.shape()).ifPresent(reason -> {
            throw Problem.conflict("Image too small", reason, "Choose a smaller sigma.");
        });
        int c = Query.number(ctx, "c", 0, 0, stack.shape().c() - 1);
        inTurn(ctx, near, () -> {
            Block block = selection.compute(new OneChannel(stack, c), region);
            return encode(Arrays.copyOf(block.samples(), (int) region.pixels()), "float32");
        });
    }

    private void qualityPixels(Context ctx) {
        workspace.required();
        int painted = Query.number(ctx, "painted", 0, 1, Labels.MAX_CLASSES);
        int predicted = Query.number(ctx, "predicted", 0, 1, Labels.MAX_CLASSES);
        ProjectRoutes.json(ctx, quality.pixels(painted, predicted));
    }

    private static FeatureSelection selection(Context ctx) {
        String id = ctx.queryParam("filter");
        Filter filter = Arrays.stream(Filter.values())
                .filter(f -> f.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.malformed("There is no such filter."));
        double sigma;
        try {
            sigma = Double.parseDouble(String.valueOf(ctx.queryParam("sigma")));
        } catch (NumberFormatException e) {
            throw Problem.malformed("\"sigma\" must be a number.");
        }
        if (!(sigma >= 0.1 && sigma <= 100)) {
            throw Problem.malformed("\"sigma\" must be a number from 0.1 to 100.");
        }
        boolean in2d = !"false".equals(ctx.queryParam("in2d"));
        return new FeatureSelection(
                List.of(filter), List.of(new FeatureSelection.Scale(sigma, in2d)), List.of(List.of(true)));
    }

    private static int[] channels(Context ctx, int count) {
        String text = ctx.queryParam("c");
        if (text == null) {
            throw Problem.malformed("\"c\" must name channels.");
        }
        if (!text.matches("\\d{1,6}(,\\d{1,6}){0,255}")) {
            throw Problem.malformed("\"c\" must be numbers with commas between.");
        }
        int[] channels =
                Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
        if (Arrays.stream(channels).anyMatch(c -> c >= count)) {
            throw Problem.malformed("The image has only " + count + " channels.");
        }
        return channels;
    }

    /** The box of a query in pixels of a level; without one, the whole plane. */
    static Region region(Context ctx, Shape shape, int level) {
        int width = Pyramid.size(shape.x(), level);
        int height = Pyramid.size(shape.y(), level);
        int t = Query.number(ctx, "t", 0, 0, shape.t() - 1);
        int z = Query.number(ctx, "z", 0, 0, shape.z() - 1);
        int x0 = Query.number(ctx, "x0", 0, 0, width - 1);
        int y0 = Query.number(ctx, "y0", 0, 0, height - 1);
        int x1 = Query.number(ctx, "x1", width, x0 + 1, width);
        int y1 = Query.number(ctx, "y1", height, y0 + 1, height);
        return new Region(t, z, y0, x0, z + 1, y1, x1);
    }

    static byte[] encode(float[] samples, String type) {
        int bytes = type.equals("uint8") ? 1 : type.equals("uint16") ? 2 : 4;
        ByteBuffer out =
                ByteBuffer.allocate(Math.multiplyExact(samples.length, bytes)).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : samples) {
            switch (bytes) {
                case 1 -> out.put((byte) sample);
                case 2 -> out.putShort((short) (int) sample);
                default -> out.putFloat(sample);
            }
        }
        return out.array();
    }

    static void bytes(Context ctx, byte[] bytes) {
        ctx.contentType("application/octet-stream").result(bytes);
    }
}
