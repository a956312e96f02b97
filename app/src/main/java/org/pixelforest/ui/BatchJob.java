package org.pixelforest.ui;

import com.google.gson.JsonArray;
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
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pixelforest.batch.BatchPlan;
import org.pixelforest.batch.ImageList;
import org.pixelforest.batch.Outcome;
import org.pixelforest.batch.PlannedImage;
import org.pixelforest.batch.ProjectLabels;
import org.pixelforest.batch.ReservedFiles;
import org.pixelforest.classify.ChannelMismatchException;
import org.pixelforest.export.Export;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.project.Project;

/**
 * Applies the classifier to a list of files, which is kept beside the project: section 8 of docs/page-protocol.md. All files are
 * looked at first, so that none takes the place of another; then they are written one after the other, each with all threads. A
 * file that fails never stops the rest.
 */
final class BatchJob implements Workspace.Member, Closeable {

    private static final Logger LOG = Logger.getLogger(BatchJob.class.getName());
    private static final long MILLIS_BETWEEN_STORES = 2000;

    private final Workspace workspace;
    private final LiveUpdate liveUpdate;
    private final ListNews news;

    // Guarded by this.
    private final BatchItems items = new BatchItems();
    private OpenProject project;
    private String state = "idle";
    private boolean keep = true;
    private long begun;
    private long ended;
    private long pixelsDone;
    private int filesDone;
    private ImageRun run;
    private Thread worker;
    private long stored;

    BatchJob(Workspace workspace, LiveUpdate liveUpdate) {
        this.workspace = workspace;
        this.liveUpdate = liveUpdate;
        news = new ListNews("batch-news", new ListNews.Teller() {
            @Override
            public void whole() {
                workspace.hub().event("state", Map.of("parts", Map.of("batch", json())));
            }

            @Override
            public void changed(Set<String> ids) {
                workspace.hub().event("batch", changes(ids));
            }
        });
        workspace.hub().part("batch", this::json);
        workspace.join(this);
    }

    void add(RoutesConfig routes) {
        routes.post("/api/batch/files", this::addFiles);
        routes.delete("/api/batch/files", ctx -> change(ctx, this::clear));
        routes.post("/api/batch/run", ctx -> change(ctx, this::start));
        routes.post("/api/batch/resume", ctx -> change(ctx, this::start));
        routes.post(
                "/api/batch/pause",
                ctx -> change(ctx, () -> {
                    if (state.equals("running")) {
                        state = "paused";
                    }
                }));
        routes.post("/api/batch/cancel", ctx -> change(ctx, this::cancel));
        routes.post("/api/batch/retry", ctx -> {
            List<String> ids = Body.of(ctx).texts("ids", 100_000);
            change(ctx, () -> retry(items.of(ids, Set.of("failed", "skipped", "done"))));
        });
        routes.post("/api/batch/skip", ctx -> {
            List<String> ids = Body.of(ctx).texts("ids", 100_000);
            change(ctx, () -> items.of(ids, Set.of("waiting", "failed")).forEach(i -> i.state = "skipped"));
        });
        routes.put("/api/batch/settings", ctx -> {
            boolean on = Body.of(ctx).flag("keep");
            change(ctx, () -> keep = on);
        });
        routes.get("/api/batch/{id}/raw", ctx -> BatchPictures.raw(ctx, path(ctx.pathParam("id"))));
        routes.get("/api/batch/{id}/probabilities", ctx -> BatchPictures.output(ctx, output(ctx.pathParam("id"))));
    }

    private void addFiles(Context ctx) throws IOException {
        List<String> names = new ArrayList<>();
        for (String path : Body.of(ctx).texts("paths", 10_000)) {
            names.add(workspace.roots().existing(path).toString());
        }
        List<DatasetPlace> places;
        try {
            places = images(names);
        } catch (IOException e) {
            throw Problem.conflict("No images found", FileFault.message(e), "Choose other files.");
        }
        change(ctx, () -> {
            boolean running = !state.equals("idle");
            for (DatasetPlace place : places) {
                items.add(new BatchFile(place)).ifPresent(added -> {
                    added.due = running;
                    if (running) {
                        run.reserve(place.file(), "a file of the list");
                    }
                });
            }
        });
    }

    /** What the user means; links in a folder that lead out of the named ones are left out. */
    private List<DatasetPlace> images(List<String> names) throws IOException {
        List<DatasetPlace> images = new ArrayList<>();
        for (DatasetPlace place : ImageList.of(names)) {
            if (workspace.roots().allowsReal(place.file())) {
                images.add(place);
            }
        }
        if (images.isEmpty()) {
            throw new IOException("none of the files lies in a folder that was named when the program was started");
        }
        return images;
    }

    private void change(Context ctx, Runnable change) {
        workspace.required();
        synchronized (this) {
            change.run();
        }
        store();
        workspace.hub().changed();
        news.whole();
        ProjectRoutes.json(ctx, Map.of("revision", workspace.hub().revision()));
    }

    // ------------------------------------------------------------------------- changes, each guarded by this

    private void clear() {
        if (state.equals("running")) {
            throw Problem.conflict(
                    "Still working",
                    "The list cannot be cleared while files are processed.",
                    "Cancel processing first.");
        }
        cancel();
        items.clear();
    }

    private void cancel() {
        end();
        items.all().forEach(i -> i.due = false);
        if (run != null) {
            run.stop();
        }
    }

    private void end() {
        ended = state.equals("idle") ? ended : System.nanoTime();
        state = "idle";
    }

    /** Goes on after a pause with what was begun; else begins with all files that are not done with this classifier. */
    private void start() {
        if (!state.equals("idle")) {
            state = "running";
            work();
            return;
        }
        ImageRun next = next();
        String made = next.made();
        for (BatchFile item : items.all()) {
            boolean done = item.state.equals("done");
            boolean right = keep && made.equals(item.made) && item.output != null && Files.exists(Path.of(item.output));
            if (item.state.equals("waiting") || done && !right) {
                item.again();
            }
            // What is being stopped waits again as soon as it has.
            item.due |= item.state.equals("running");
        }
        begin(next);
    }

    /** These files once more, and no others. */
    private void retry(List<BatchFile> files) {
        if (files.isEmpty()) {
            return;
        }
        ImageRun next = state.equals("idle") ? next() : null;
        files.forEach(BatchFile::again);
        if (next != null) {
            begin(next);
        }
    }

    private void begin(ImageRun next) {
        begun = System.nanoTime();
        pixelsDone = 0;
        filesDone = 0;
        run = next;
        state = "running";
        for (BatchFile item : items.all()) {
            item.plan = null;
            next.reserve(item.place.file(), "a file of the list");
        }
        for (BatchFile item : items.all()) {
            if (item.state.equals("done") && item.output != null) {
                next.reserve(Path.of(item.output), item.image);
            }
        }
        work();
    }

    /** A run with the classifier, the labels and the settings of now. */
    private ImageRun next() {
        Project now = project.project();
        ExportSettings settings = now.export();
        Export what = ImageRun.what(settings);
        ReservedFiles reserved = new ReservedFiles();
        reserved.add(project.file(), "the project");
        project.present().forEach(i -> i.file().ifPresent(f -> reserved.add(f, "an image of the project")));
        return new ImageRun(
                workspace.roots(),
                ImageRun.source(
                        now,
                        project.channelCount(),
                        liveUpdate.classifier(project),
                        what,
                        new ProjectLabels(now, project.file())),
                settings,
                now,
                keep,
                reserved);
    }

    private void work() {
        if (worker == null) {
            worker = new Thread(this::workUntilDone, "batch");
            worker.setDaemon(true);
            worker.start();
        }
    }

    @Override
    public synchronized void opened(Optional<OpenProject> opened) {
        cancel();
        items.clear();
        project = opened.orElse(null);
        if (project != null) {
            BatchList.read(project.file(), workspace.roots()).forEach(items::add);
        }
    }

    /** The files of the list, which nothing else may replace. */
    synchronized List<Path> files() {
        return items.all().stream().map(i -> i.place.file()).toList();
    }

    /** The list and what is done live beside the project, so that a restart goes on. */
    private void store() {
        OpenProject of;
        JsonArray list;
        synchronized (this) {
            of = project;
            list = BatchList.write(items.all());
            stored = System.nanoTime();
        }
        if (of != null && !of.readOnly()) {
            BatchList.store(of.file(), list);
        }
    }

    // ------------------------------------------------------------------------- work

    private void workUntilDone() {
        while (true) {
            BatchFile item;
            ImageRun with;
            PlannedImage plan;
            boolean late;
            synchronized (this) {
                item = items.first(i -> due(i) && i.plan == null)
                        .or(() -> items.first(BatchJob::due))
                        .orElse(null);
                if (item == null) {
                    end();
                }
                if (!state.equals("running")) {
                    worker = null;
                    break;
                }
                with = run;
                plan = item.plan;
                if (plan != null) {
                    item.state = "running";
                }
                late = System.nanoTime() - stored > MILLIS_BETWEEN_STORES * 1_000_000;
            }
            if (late) {
                store();
            }
            news.changed(item.id);
            try {
                if (plan == null) {
                    look(item, with);
                } else {
                    settle(item, with, write(item, plan, with));
                }
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.log(Level.WARNING, e, () -> Server.printable(item.path()));
                fail(item, failure(e, FileFault.message(e)));
            }
            news.changed(item.id);
        }
        store();
        workspace.hub().changed();
        news.whole();
    }

    private static boolean due(BatchFile item) {
        return item.due && item.state.equals("waiting");
    }

    private void look(BatchFile item, ImageRun with) {
        BatchPlan plan = with.plan(item.image);
        if (!plan.settled().isEmpty()) {
            settle(item, with, plan.settled().get(0));
            return;
        }
        synchronized (this) {
            item.plan = plan.images().get(0);
            item.width = item.plan.shape().x();
            item.height = item.plan.shape().y();
        }
    }

    private Outcome write(BatchFile item, PlannedImage plan, ImageRun with) {
        return with.write(plan, more -> {
            synchronized (this) {
                item.done += more;
                pixelsDone += more;
            }
            news.changed(item.id);
        });
    }

    private void settle(BatchFile item, ImageRun with, Outcome outcome) {
        boolean cancelled = outcome.status() == Outcome.Status.CANCELLED;
        boolean written = outcome.status() == Outcome.Status.WRITTEN;
        boolean failed = outcome.status() == Outcome.Status.FAILED;
        String output = outcome.output().map(Path::toString).orElse(null);
        Optional<Double> uncertainty = cancelled || failed ? Optional.empty() : OutputUncertainty.of(output);
        synchronized (this) {
            if (item.state.equals("skipped")) {
                return;
            }
            if (cancelled) {
                item.state = "waiting";
                item.plan = null;
                item.done = 0;
                return;
            }
            filesDone++;
            item.due = false;
            item.plan = null;
            item.seconds = outcome.seconds();
            item.kept = !written && !failed;
            if (failed) {
                item.state = "failed";
                item.error = failure(outcome.cause().orElse(null), outcome.message());
            } else {
                item.state = "done";
                item.output = output;
                item.made = with.made();
                items.uncertainty(item, uncertainty);
            }
        }
    }

    private synchronized void fail(BatchFile item, Problem.Answer error) {
        if (item.state.equals("skipped")) {
            return;
        }
        filesDone++;
        item.due = false;
        item.plan = null;
        item.state = "failed";
        item.error = error;
    }

    private static Problem.Answer failure(Throwable cause, String message) {
        if (cause instanceof Problem problem) {
            return problem.answer();
        }
        if (cause instanceof ChannelMismatchException mismatch) {
            return new Problem.Answer(
                    "Panel differs",
                    message,
                    "Prepare the file with the project's channels.",
                    Map.of("expected", mismatch.missing(), "found", mismatch.unused()));
        }
        return new Problem.Answer(
                FileFault.title(cause, "Not written"), message, "See what it says, then retry.", null);
    }

    // ------------------------------------------------------------------------- what the page sees

    private synchronized Optional<String> output(String id) {
        return Optional.ofNullable(items.get(id).output);
    }

    private synchronized String path(String id) {
        return items.get(id).path();
    }

    private synchronized Map<String, Object> json() {
        Map<String, Object> json = summary();
        json.put("files", records(items.all()));
        return json;
    }

    private synchronized Map<String, Object> changes(Set<String> ids) {
        Map<String, Object> changes = new LinkedHashMap<>();
        changes.put("summary", summary());
        changes.put(
                "files",
                records(ids.stream().flatMap(id -> items.find(id).stream()).toList()));
        return changes;
    }

    private List<Map<String, Object>> records(Collection<BatchFile> files) {
        OutputUncertainty.Usual usual = items.usual();
        return files.stream().map(i -> i.json(usual)).toList();
    }

    private Map<String, Object> summary() {
        Map<String, Object> json = new LinkedHashMap<>();
        boolean idle = state.equals("idle");
        double elapsed = idle && filesDone == 0 ? 0 : ((idle ? ended : System.nanoTime()) - begun) / 1e9;
        long due = items.count(i -> i.due && (i.state.equals("waiting") || i.state.equals("running")));
        Runtime runtime = Runtime.getRuntime();
        json.put("state", state);
        json.put("total", items.all().size());
        for (String each : List.of("done", "failed", "running", "waiting")) {
            json.put(each, items.count(i -> i.state.equals(each)));
        }
        json.put("kept", items.count(i -> i.kept));
        json.put("pixelsPerSecond", elapsed > 0 ? pixelsDone / elapsed : 0);
        json.put("filesPerMinute", elapsed > 0 ? 60 * filesDone / elapsed : 0);
        json.put("elapsed", elapsed);
        json.put("left", filesDone > 0 && state.equals("running") ? elapsed / filesDone * due : null);
        json.put("memory", List.of(runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory()));
        json.put("settings", Map.of("keep", keep));
        return json;
    }

    @Override
    public synchronized void close() {
        cancel();
        news.close();
    }
}
