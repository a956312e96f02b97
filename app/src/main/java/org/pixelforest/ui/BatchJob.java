package org.pixelforest.ui;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pixelforest.batch.BatchImage;
import org.pixelforest.batch.ImageList;
import org.pixelforest.batch.Outcome;
import org.pixelforest.classify.ChannelMismatchException;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.io.Images;
import org.pixelforest.io.TextFile;

/**
 * Applies the classifier to a list of files, which is kept beside the project: section 8 of docs/page-protocol.md. One file after
 * the other, each with all threads; a file that fails never stops the rest.
 */
final class BatchJob implements Workspace.Member, Closeable {

    private static final Logger LOG = Logger.getLogger(BatchJob.class.getName());

    /** A file of the list. All fields are guarded by the job. */
    private static final class Item {
        private final String id = UUID.randomUUID().toString();
        private final DatasetPlace place;
        private String state = "waiting";
        private int width;
        private int height;
        private long done;
        private double seconds;
        private boolean kept;
        private Double uncertainty;
        private String output;
        private Problem.Answer error;

        Item(DatasetPlace place) {
            this.place = place;
        }

        String path() {
            return place.file() + place.dataset().map(d -> "/" + d).orElse("");
        }
    }

    private final Workspace workspace;
    private final LiveUpdate liveUpdate;
    private final List<Item> items = new ArrayList<>();
    private OpenProject project;
    private String state = "idle";
    private boolean keep = true;
    private long begun;
    private long pixelsDone;
    private int filesDone;
    private ImageRun running = new ImageRun();
    private Thread worker;

    BatchJob(Workspace workspace, LiveUpdate liveUpdate) {
        this.workspace = workspace;
        this.liveUpdate = liveUpdate;
        workspace.hub().part("batch", this::json);
        workspace.join(this);
    }

    void add(RoutesConfig routes) {
        routes.post("/api/batch/files", this::addFiles);
        routes.delete(
                "/api/batch/files",
                ctx -> change(ctx, () -> {
                    requireIdle();
                    items.clear();
                }));
        routes.post("/api/batch/run", ctx -> change(ctx, this::start));
        routes.post("/api/batch/resume", ctx -> change(ctx, this::start));
        routes.post(
                "/api/batch/pause",
                ctx -> change(ctx, () -> {
                    if (state.equals("running")) {
                        state = "paused";
                    }
                }));
        routes.post(
                "/api/batch/cancel",
                ctx -> change(ctx, () -> {
                    state = "idle";
                    running.stop();
                }));
        routes.post("/api/batch/retry", ctx -> {
            List<String> ids = Body.of(ctx).texts("ids", 100_000);
            change(ctx, () -> select(ids, List.of("failed", "skipped", "done")).forEach(this::again));
        });
        routes.post("/api/batch/skip", ctx -> {
            List<String> ids = Body.of(ctx).texts("ids", 100_000);
            change(ctx, () -> select(ids, List.of("waiting", "failed")).forEach(i -> i.state = "skipped"));
        });
        routes.put("/api/batch/settings", ctx -> {
            boolean on = Body.of(ctx).flag("keep");
            change(ctx, () -> keep = on);
        });
        routes.get("/api/batch/{id}/raw", this::raw);
        routes.get("/api/batch/{id}/probabilities", this::probabilities);
    }

    // ------------------------------------------------------------------------------------------------ list

    private synchronized List<Item> select(Collection<String> ids, List<String> states) {
        return items.stream()
                .filter(i -> ids.contains(i.id) && states.contains(i.state))
                .toList();
    }

    private void again(Item item) {
        item.state = "waiting";
        item.error = null;
        item.done = 0;
    }

    private void addFiles(Context ctx) throws IOException {
        List<String> names = new ArrayList<>();
        for (String path : Body.of(ctx).texts("paths", 10_000)) {
            names.add(workspace.roots().existing(path).toString());
        }
        List<DatasetPlace> places;
        try {
            places = ImageList.of(names);
        } catch (IOException e) {
            throw Problem.conflict("No images found", String.valueOf(e.getMessage()), "Choose other files.");
        }
        change(ctx, () -> {
            for (DatasetPlace place : places) {
                if (items.stream().noneMatch(i -> i.place.equals(place))) {
                    items.add(new Item(place));
                }
            }
        });
    }

    private void change(Context ctx, Runnable change) {
        workspace.required();
        synchronized (this) {
            change.run();
        }
        store();
        workspace.hub().changed("batch");
        ProjectRoutes.json(ctx, Map.of("revision", workspace.hub().revision()));
    }

    private void requireIdle() {
        if (state.equals("running")) {
            throw Problem.conflict(
                    "Still working",
                    "The list cannot be cleared while files are processed.",
                    "Cancel processing first.");
        }
    }

    @Override
    public synchronized void opened(Optional<OpenProject> opened) {
        running.stop();
        state = "idle";
        items.clear();
        project = opened.orElse(null);
        if (project != null) {
            load(project);
        }
    }

    private static Path listFile(OpenProject project) {
        return project.file().resolveSibling(project.file().getFileName() + ".batch");
    }

    /** The list and what is done live beside the project, so that a restart goes on. */
    private void store() {
        OpenProject of;
        JsonArray list = new JsonArray();
        synchronized (this) {
            of = project;
            for (Item item : items) {
                JsonObject json = new JsonObject();
                json.addProperty("path", item.path());
                json.addProperty("state", item.state.equals("running") ? "waiting" : item.state);
                json.addProperty("seconds", item.seconds);
                json.addProperty("uncertainty", item.uncertainty);
                json.addProperty("output", item.output);
                list.add(json);
            }
        }
        if (of == null || of.readOnly()) {
            return;
        }
        try {
            Path file = listFile(of);
            if (list.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            TextFile.write(file, Server.JSON.toJson(list));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the batch list cannot be stored", e);
        }
    }

    private void load(OpenProject of) {
        Path file = listFile(of);
        try {
            if (!Files.isRegularFile(file)) {
                return;
            }
            for (JsonElement element :
                    JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
                JsonObject json = element.getAsJsonObject();
                DatasetPlace place = DatasetPlace.of(json.get("path").getAsString());
                if (!Files.exists(place.file())
                        || !workspace.roots().allows(place.file().toRealPath())) {
                    continue;
                }
                Item item = new Item(place);
                item.state = json.get("state").getAsString().equals("failed")
                        ? "waiting"
                        : json.get("state").getAsString();
                item.seconds = json.get("seconds").getAsDouble();
                item.uncertainty = json.get("uncertainty").isJsonNull()
                        ? null
                        : json.get("uncertainty").getAsDouble();
                item.output = json.get("output").isJsonNull()
                        ? null
                        : json.get("output").getAsString();
                items.add(item);
            }
        } catch (IOException | RuntimeException damaged) {
            LOG.log(Level.WARNING, file + " cannot be read; the list of files starts empty", damaged);
        }
    }

    // ------------------------------------------------------------------------------------------------ work

    private void start() {
        liveUpdate
                .classifier()
                .orElseThrow(() -> Problem.conflict(
                        "No classifier yet",
                        "Nothing was trained, so nothing can be applied.",
                        "Paint two classes and switch Live Update on."));
        if (state.equals("idle")) {
            begun = System.nanoTime();
            pixelsDone = 0;
            filesDone = 0;
            items.stream().filter(i -> i.state.equals("done") && !keep).forEach(this::again);
        }
        state = "running";
        running = new ImageRun();
        if (worker == null || !worker.isAlive()) {
            worker = new Thread(this::work, "batch");
            worker.setDaemon(true);
            worker.start();
        }
    }

    private void work() {
        while (true) {
            Item item;
            ImageRun run;
            OpenProject of;
            synchronized (this) {
                item = items.stream()
                        .filter(i -> i.state.equals("waiting"))
                        .findFirst()
                        .orElse(null);
                run = running;
                of = project;
                if (!state.equals("running") || item == null || of == null) {
                    if (item == null) {
                        state = "idle";
                    }
                    worker = null;
                    break;
                }
                item.state = "running";
                item.error = null;
            }
            workspace.hub().changed("batch");
            work(of, item, run);
            store();
            workspace.hub().changed("batch");
        }
        workspace.hub().changed("batch");
    }

    private void work(OpenProject of, Item item, ImageRun run) {
        PixelClassifier classifier = liveUpdate.classifier().orElse(null);
        if (classifier == null) {
            settle(item, "waiting", null);
            return;
        }
        try (ImageSource source = Images.open(item.path())) {
            synchronized (this) {
                item.width = source.shape().x();
                item.height = source.shape().y();
            }
        } catch (IOException e) {
            settle(item, "failed", failure(e, e.getMessage()));
            return;
        }
        Outcome outcome = run.run(
                BatchImage.of(item.place),
                classifier,
                of.state().project().export(),
                of.project(),
                of.file(),
                keep,
                more -> {
                    synchronized (this) {
                        item.done += more;
                        pixelsDone += more;
                    }
                    workspace.hub().changed("batch");
                });
        synchronized (this) {
            item.seconds = outcome.seconds();
            item.output = outcome.output().map(Path::toString).orElse(null);
            item.kept = outcome.status() == Outcome.Status.KEPT;
            filesDone++;
        }
        switch (outcome.status()) {
            case WRITTEN, KEPT -> {
                uncertainty(item).ifPresent(u -> {
                    synchronized (this) {
                        item.uncertainty = u;
                    }
                });
                settle(item, "done", null);
            }
            case CANCELLED -> settle(item, "waiting", null);
            default -> settle(item, "failed", failure(outcome.cause().orElse(null), outcome.message()));
        }
    }

    private synchronized void settle(Item item, String next, Problem.Answer error) {
        item.state = item.state.equals("skipped") ? "skipped" : next;
        item.error = error;
    }

    private static Problem.Answer failure(Throwable cause, String message) {
        if (cause instanceof ChannelMismatchException mismatch) {
            return new Problem.Answer(
                    "Panel differs",
                    message,
                    "Prepare the file with the project's channels.",
                    Map.of("expected", mismatch.missing(), "found", mismatch.unused()));
        }
        return new Problem.Answer("Not written", message, "See what it says, then retry.", null);
    }

    /** Mean of 1 - (highest - second highest) over a sample of the output's pixels; empty for other outputs. */
    private static Optional<Double> uncertainty(Item item) {
        if (item.output == null || !item.output.endsWith("_Probabilities.tiff")) {
            return Optional.empty();
        }
        try (ImageSource output = Images.open(Path.of(item.output))) {
            Shape shape = output.shape();
            double top = output.sampleType() == org.pixelforest.image.SampleType.UINT16 ? 65535 : 1;
            int height = Math.min(shape.y(), 1024);
            int y0 = (shape.y() - height) / 2;
            Block block = output.read(new Region(0, 0, y0, 0, 1, y0 + height, shape.x()));
            int pixels = (int) block.region().pixels();
            float[] margin = org.pixelforest.export.Export.UNCERTAINTY.of(block).samples();
            double sum = 0;
            for (int i = 0; i < pixels; i++) {
                // NB: of numbers 0 .. top, the function gives 1 - (difference in them).
                sum += 1 - (1 - margin[i]) / top;
            }
            return Optional.of(sum / pixels);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    // ------------------------------------------------------------------------------------------------ pictures

    private synchronized Item item(Context ctx) {
        String id = ctx.pathParam("id");
        return items.stream()
                .filter(i -> i.id.equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.missing("There is no such file in the list."));
    }

    private void raw(Context ctx) throws IOException {
        picture(ctx, item(ctx).path(), false);
    }

    private void probabilities(Context ctx) throws IOException {
        Item item = item(ctx);
        if (item.output == null || !Files.isRegularFile(Path.of(item.output))) {
            ctx.status(204);
            return;
        }
        picture(ctx, item.output, true);
    }

    private static void picture(Context ctx, String place, boolean probabilities) throws IOException {
        try (ImageSource source = Images.open(place)) {
            String type = source.sampleType().name().toLowerCase(java.util.Locale.ROOT);
            Pyramid pyramid = new Pyramid(source, new RecentTiles(32L << 20));
            if (probabilities) {
                int level = Query.number(ctx, "level", 0, 0, Pyramid.MAX_LEVEL);
                Region region = PixelRoutes.region(ctx, source.shape(), level);
                if (region.pixels() * source.shape().c() > 1 << 22) {
                    throw Problem.malformed("That is too large a part of the image to be sent at once.");
                }
                int[] all =
                        java.util.stream.IntStream.range(0, source.shape().c()).toArray();
                PixelRoutes.bytes(ctx, PixelRoutes.encode(pyramid.read(all, level, region), "uint16"));
            } else {
                String sent = type.equals("uint8") || type.equals("uint16") ? type : "float32";
                PixelRoutes.bytes(ctx, PixelRoutes.planes(ctx, pyramid, source.shape(), sent));
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ state

    private synchronized Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        double elapsed = state.equals("idle") && filesDone == 0 ? 0 : (System.nanoTime() - begun) / 1e9;
        long waiting = count("waiting") + count("running");
        double speed = elapsed > 0 ? pixelsDone / elapsed : 0;
        Runtime runtime = Runtime.getRuntime();
        json.put("state", state);
        json.put("files", items.stream().map(this::json).toList());
        json.put("total", items.size());
        json.put("done", count("done"));
        json.put("failed", count("failed"));
        json.put("running", count("running"));
        json.put("waiting", count("waiting"));
        json.put("kept", items.stream().filter(i -> i.kept).count());
        json.put("pixelsPerSecond", speed);
        json.put("filesPerMinute", elapsed > 0 ? 60 * filesDone / elapsed : 0);
        json.put("elapsed", elapsed);
        json.put("left", filesDone > 0 && state.equals("running") ? elapsed / filesDone * waiting : null);
        json.put("memory", List.of(runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory()));
        json.put("settings", Map.of("atOnce", 1, "keep", keep));
        return json;
    }

    private long count(String wanted) {
        return items.stream().filter(i -> i.state.equals(wanted)).count();
    }

    private Map<String, Object> json(Item item) {
        Map<String, Object> json = new LinkedHashMap<>();
        long pixels = (long) item.width * item.height;
        json.put("id", item.id);
        json.put("path", item.path());
        json.put("name", item.place.file().getFileName().toString());
        json.put("state", item.state);
        json.put("width", item.width);
        json.put("height", item.height);
        json.put(
                "progress",
                item.state.equals("done") ? 1.0 : pixels == 0 ? 0.0 : Math.min(1.0, (double) item.done / pixels));
        json.put("step", item.done == 0 ? "reading" : "predicting");
        json.put("seconds", item.seconds);
        json.put("kept", item.kept);
        json.put("uncertainty", item.uncertainty);
        json.put("outlier", outlier(item));
        json.put("output", item.output);
        json.put("error", item.error);
        return json;
    }

    /** Whether a file is far less certain than the others: more than three median deviations above the median. */
    private boolean outlier(Item item) {
        double[] all = items.stream()
                .filter(i -> i.uncertainty != null)
                .mapToDouble(i -> i.uncertainty)
                .sorted()
                .toArray();
        if (item.uncertainty == null || all.length < 5) {
            return false;
        }
        double median = all[all.length / 2];
        double[] deviations = java.util.Arrays.stream(all)
                .map(u -> Math.abs(u - median))
                .sorted()
                .toArray();
        return item.uncertainty - median > 3 * 1.4826 * deviations[all.length / 2] + 0.01;
    }

    @Override
    public void close() {
        running.stop();
    }
}
