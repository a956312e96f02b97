package org.pixelforest.ui;

import com.google.gson.JsonArray;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pixelforest.batch.BatchImage;
import org.pixelforest.batch.ImageList;
import org.pixelforest.batch.Outcome;
import org.pixelforest.classify.ChannelMismatchException;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.image.ImageSource;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.io.Images;

/**
 * Applies the classifier to a list of files, which is kept beside the project: section 8 of docs/page-protocol.md. One file after
 * the other, each with all threads; a file that fails never stops the rest.
 */
final class BatchJob implements Workspace.Member, Closeable {

    private static final Logger LOG = Logger.getLogger(BatchJob.class.getName());

    private final Workspace workspace;
    private final LiveUpdate liveUpdate;
    private final List<BatchFile> items = new ArrayList<>();
    private OpenProject project;
    private String state = "idle";
    private boolean keep = true;
    private long begun;
    private long pixelsDone;
    private int filesDone;
    private ImageRun running;
    private Thread worker;

    BatchJob(Workspace workspace, LiveUpdate liveUpdate) {
        this.workspace = workspace;
        this.liveUpdate = liveUpdate;
        running = new ImageRun(workspace.roots());
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
        routes.get(
                "/api/batch/{id}/raw",
                ctx -> BatchPictures.raw(ctx, file(ctx.pathParam("id")).path()));
        routes.get("/api/batch/{id}/probabilities", ctx -> BatchPictures.output(ctx, output(ctx.pathParam("id"))));
    }

    private synchronized List<BatchFile> select(Collection<String> ids, List<String> states) {
        return items.stream()
                .filter(i -> ids.contains(i.id) && states.contains(i.state))
                .toList();
    }

    private void again(BatchFile item) {
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
                    items.add(new BatchFile(place));
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
            items.addAll(BatchList.read(project.file(), workspace.roots()));
        }
    }

    /** The list and what is done live beside the project, so that a restart goes on. */
    private void store() {
        OpenProject of;
        JsonArray list;
        synchronized (this) {
            of = project;
            list = BatchList.write(items);
        }
        if (of != null && !of.readOnly()) {
            BatchList.store(of.file(), list);
        }
    }

    private void start() {
        workspace
                .project()
                .flatMap(liveUpdate::classifier)
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
        if (running.stopped()) {
            running = new ImageRun(workspace.roots());
        }
        if (worker == null || !worker.isAlive()) {
            worker = new Thread(this::work, "batch");
            worker.setDaemon(true);
            worker.start();
        }
    }

    private void work() {
        while (true) {
            BatchFile item;
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
            try {
                work(of, item, run);
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.log(Level.WARNING, item.path(), e);
                settle(item, "failed", failure(e, LiveUpdate.reason(e)));
            }
            store();
            workspace.hub().changed("batch");
        }
        workspace.hub().changed("batch");
    }

    private void work(OpenProject of, BatchFile item, ImageRun run) {
        PixelClassifier classifier = liveUpdate.classifier(of).orElse(null);
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
        String output = item.output;
        switch (outcome.status()) {
            case WRITTEN, KEPT -> {
                OutputUncertainty.of(output).ifPresent(u -> {
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

    private synchronized void settle(BatchFile item, String next, Problem.Answer error) {
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

    private synchronized Optional<String> output(String id) {
        return Optional.ofNullable(file(id).output);
    }

    private synchronized BatchFile file(String id) {
        return items.stream()
                .filter(i -> i.id.equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.missing("There is no such file in the list."));
    }

    private synchronized Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        double elapsed = state.equals("idle") && filesDone == 0 ? 0 : (System.nanoTime() - begun) / 1e9;
        long waiting = count("waiting") + count("running");
        double speed = elapsed > 0 ? pixelsDone / elapsed : 0;
        Runtime runtime = Runtime.getRuntime();
        json.put("state", state);
        double[] all = items.stream()
                .filter(i -> i.uncertainty != null)
                .mapToDouble(i -> i.uncertainty)
                .toArray();
        json.put("files", items.stream().map(i -> i.json(all)).toList());
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
        json.put("settings", Map.of("keep", keep));
        return json;
    }

    private long count(String wanted) {
        return items.stream().filter(i -> i.state.equals(wanted)).count();
    }

    @Override
    public void close() {
        running.stop();
    }
}
