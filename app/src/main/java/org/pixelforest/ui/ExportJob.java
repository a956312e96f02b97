package org.pixelforest.ui;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pixelforest.batch.BatchImage;
import org.pixelforest.batch.BatchPlan;
import org.pixelforest.batch.LabelSource;
import org.pixelforest.batch.Outcome;
import org.pixelforest.batch.PlannedImage;
import org.pixelforest.batch.ReservedFiles;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.project.Project;

/**
 * Writes results of the project's own images: section 7 of docs/page-protocol.md. One image at a time, with all threads. A file that
 * would come out the same is kept.
 */
final class ExportJob implements Workspace.Member, LiveUpdate.Listener, Closeable {

    private static final Logger LOG = Logger.getLogger(ExportJob.class.getName());

    /** What became of an image with the present settings; {@code file} is the one that this is about. */
    private static final class Output {
        private final Path file;
        private volatile String state;
        private volatile double progress;
        private volatile long when;
        private volatile Problem.Answer error;

        Output(Path file, String state) {
            this.file = file;
            this.state = state;
        }

        boolean busy() {
            return state.equals("waiting") || state.equals("running");
        }
    }

    /** An image on its way from request to file. */
    private record Asked(PageImage image, BatchImage source, Output output) {}

    private final Workspace workspace;
    private final LiveUpdate liveUpdate;
    private final Supplier<List<Path>> listed;
    private final ListNews news;
    private final Map<String, Output> outputs = new ConcurrentHashMap<>();
    private final Set<Path> written = ConcurrentHashMap.newKeySet();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "export");
        thread.setDaemon(true);
        return thread;
    });
    private volatile ImageRun running;

    /** @param listed files of the batch list, which no export may replace */
    ExportJob(Workspace workspace, LiveUpdate liveUpdate, Supplier<List<Path>> listed) {
        this.workspace = workspace;
        this.liveUpdate = liveUpdate;
        this.listed = listed;
        news = new ListNews("export-news", new ListNews.Teller() {
            @Override
            public void whole() {
                workspace.hub().event("state", Map.of("parts", Map.of("export", json())));
            }

            @Override
            public void changed(Set<String> ids) {
                workspace.project().ifPresent(project -> workspace
                        .hub()
                        .event(
                                "output",
                                Map.of(
                                        "outputs",
                                        project.present().stream()
                                                .filter(image -> ids.contains(image.id()))
                                                .map(image -> output(project, image))
                                                .toList())));
            }
        });
        workspace.hub().part("export", this::json);
        workspace.join(this);
        liveUpdate.listen(this);
    }

    void add(RoutesConfig routes) {
        routes.put("/api/export/settings", ctx -> {
            OpenProject project = workspace.required();
            ExportJson.read(Body.of(ctx).json());
            project.set("export", Body.of(ctx).json());
            outputs.clear();
            written.clear();
            workspace.hub().changed("project");
            answer(ctx);
        });
        routes.post("/api/export", this::start);
        routes.post("/api/export/cancel", ctx -> {
            stop();
            answer(ctx);
        });
        routes.delete("/api/export", this::delete);
    }

    private void answer(Context ctx) {
        news.whole();
        ProjectRoutes.json(ctx, Map.of("revision", workspace.hub().changed()));
    }

    @Override
    public void opened(Optional<OpenProject> project) {
        stop();
        outputs.clear();
        written.clear();
    }

    /** With another forest, what was up to date may be so no more. */
    @Override
    public void trained(OpenProject project, Trainer.Result result, long model) {
        if (outputs.values().removeIf(output -> !output.busy() && output.when > 0)) {
            news.whole();
        }
    }

    private void stop() {
        ImageRun run = running;
        if (run != null) {
            run.stop();
        }
        outputs.values().removeIf(output -> output.state.equals("waiting"));
        news.whole();
    }

    // ------------------------------------------------------------------------- writing

    private void start(Context ctx) {
        OpenProject project = workspace.required();
        Body body = Body.of(ctx);
        List<String> ids = body.has("images")
                ? body.texts("images", 100_000)
                : project.state().content().images();
        List<PageImage> images = ids.stream().map(project::image).toList();
        Map<String, BatchImage> sources = sources(project);
        ImageRun run = run(project, sources);
        List<Asked> asked = new ArrayList<>();
        for (PageImage image : images) {
            Path file = ExportCheck.file(project, image).orElse(null);
            Output output = new Output(file, "waiting");
            outputs.put(image.id(), output);
            asked.add(new Asked(image, sources.get(image.id()), output));
        }
        worker.execute(() -> export(asked, run));
        answer(ctx);
    }

    /** The images of the project by id, as a run reads them; those without a file are left out. */
    private static Map<String, BatchImage> sources(OpenProject project) {
        Map<String, BatchImage> sources = new LinkedHashMap<>();
        for (PageImage image : project.present()) {
            image.file()
                    .ifPresent(file -> sources.put(
                            image.id(),
                            new BatchImage(ExportCheck.place(image), file, axes -> new SharedSource(image.stack()))));
        }
        return sources;
    }

    /** A run that replaces no image, no listed file, and no output of another image of the project. */
    private ImageRun run(OpenProject project, Map<String, BatchImage> sources) {
        Project now = project.project();
        ExportSettings settings = ExportCheck.settings(project);
        Content content = project.state().content();
        LabelSource labels = source -> sources.entrySet().stream()
                .filter(entry -> entry.getValue().equals(source))
                .map(entry -> content.labels(entry.getKey()))
                .findFirst();
        ReservedFiles reserved = new ReservedFiles();
        reserved.add(project.file(), "the project");
        sources.values().forEach(image -> reserved.add(image.file(), "an image of the project"));
        listed.get().forEach(file -> reserved.add(file, "a file of the batch list"));
        ImageRun run = new ImageRun(
                workspace.roots(),
                ImageRun.source(
                        now, project.channelCount(), liveUpdate.classifier(project), ImageRun.what(settings), labels),
                settings,
                now,
                true,
                reserved);
        sources.forEach((id, source) ->
                ExportCheck.file(project, project.image(id)).ifPresent(file -> run.reserve(file, source)));
        return run;
    }

    private void export(List<Asked> asked, ImageRun run) {
        running = run;
        // What is wrong with an image is told before hours are spent on others.
        Map<Asked, PlannedImage> plans = new LinkedHashMap<>();
        for (Asked one : asked) {
            look(one, run).ifPresent(plan -> plans.put(one, plan));
        }
        plans.forEach((one, plan) -> {
            // NB: what was stopped while it waited is not among the outputs any more.
            if (!run.stopped() && outputs.get(one.image.id()) == one.output) {
                write(one, plan, run);
            }
        });
        if (run.stopped()) {
            asked.forEach(one -> outputs.remove(one.image.id(), one.output));
            news.whole();
        }
    }

    private Optional<PlannedImage> look(Asked one, ImageRun run) {
        try {
            if (one.source == null) {
                throw one.image.error().orElseThrow();
            }
            one.image.stack();
            BatchPlan plan = run.plan(one.source);
            if (!plan.settled().isEmpty()) {
                settle(one, plan.settled().get(0));
            }
            return plan.images().stream().findFirst();
        } catch (RuntimeException | OutOfMemoryError e) {
            fail(one, e);
            return Optional.empty();
        }
    }

    private void write(Asked one, PlannedImage plan, ImageRun run) {
        one.output.state = "running";
        long pixels = one.image.shape().pixels();
        long[] done = new long[1];
        try {
            settle(one, run.write(plan, more -> {
                done[0] += more;
                one.output.progress = Math.min(1, (double) done[0] / pixels);
                news.changed(one.image.id());
            }));
        } catch (RuntimeException | OutOfMemoryError e) {
            fail(one, e);
        }
    }

    private void settle(Asked one, Outcome outcome) {
        switch (outcome.status()) {
            case WRITTEN, KEPT -> {
                Path file = outcome.output().orElseThrow();
                if (outcome.status() == Outcome.Status.WRITTEN) {
                    written.add(file);
                }
                one.output.when = time(file);
                one.output.state = "current";
            }
            case CANCELLED -> outputs.remove(one.image.id(), one.output);
            default -> {
                one.output.error = failure(outcome.cause().orElse(null), outcome.message());
                one.output.state = "failed";
            }
        }
        news.changed(one.image.id());
    }

    private void fail(Asked one, Throwable e) {
        if (!(e instanceof Problem)) {
            LOG.log(Level.WARNING, "an export failed", e);
        }
        one.output.error = e instanceof Problem p ? p.answer() : failure(e, FileFault.message(e));
        one.output.state = "failed";
        news.changed(one.image.id());
    }

    private static Problem.Answer failure(Throwable cause, String message) {
        return new Problem.Answer(
                FileFault.title(cause, "Not written"), message, "Change what it says, then export again.", null);
    }

    /** Takes away what was written, under the names that it was written by. */
    private void delete(Context ctx) throws IOException {
        workspace.required();
        for (Path file : List.copyOf(written)) {
            Files.deleteIfExists(file);
            written.remove(file);
        }
        outputs.values().removeIf(output -> !output.busy());
        answer(ctx);
    }

    // ------------------------------------------------------------------------- what is there

    /** Finds out what lies under the names that these images would be exported to. */
    private void look(OpenProject project, Map<PageImage, Output> unknown) {
        Map<String, BatchImage> sources = sources(project);
        Optional<ImageRun> run;
        try {
            run = Optional.of(run(project, sources));
        } catch (Problem nothingTrained) {
            run = Optional.empty();
        }
        for (Map.Entry<PageImage, Output> entry : unknown.entrySet()) {
            Output output = entry.getValue();
            long when = output.file == null ? 0 : time(output.file);
            if (when > 0) {
                BatchImage source = sources.get(entry.getKey().id());
                output.state = source != null
                                && entry.getKey().readable()
                                && run.filter(r -> isKept(r, source)).isPresent()
                        ? "current"
                        : "old";
                output.when = when;
                news.changed(entry.getKey().id());
            }
        }
    }

    private static boolean isKept(ImageRun run, BatchImage source) {
        try {
            return run.plan(source).settled().stream().anyMatch(o -> o.status() == Outcome.Status.KEPT);
        } catch (RuntimeException cannotBe) {
            return false;
        }
    }

    /** When a file was written, in milliseconds since 1970; 0 when there is none. */
    private static long time(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException none) {
            return 0;
        }
    }

    private Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        OpenProject project = workspace.project().orElse(null);
        if (project == null) {
            json.put("settings", ExportJson.write(ExportSettings.IMC));
            json.put("outputs", List.of());
            json.put("check", null);
            return json;
        }
        json.put("settings", ExportJson.write(project.state().project().export()));
        Map<PageImage, Output> unknown = new LinkedHashMap<>();
        for (PageImage image : project.present()) {
            Path file = ExportCheck.file(project, image).orElse(null);
            Output known = outputs.get(image.id());
            if (known == null || !known.busy() && !java.util.Objects.equals(file, known.file)) {
                Output output = new Output(file, "none");
                outputs.put(image.id(), output);
                unknown.put(image, output);
            }
        }
        if (!unknown.isEmpty()) {
            try {
                worker.execute(() -> look(project, unknown));
            } catch (RejectedExecutionException closed) {
                // Nobody wants to know any more.
            }
        }
        json.put(
                "outputs",
                project.present().stream().map(image -> output(project, image)).toList());
        json.put("check", ExportCheck.json(project));
        return json;
    }

    private Map<String, Object> output(OpenProject project, PageImage image) {
        Output output = outputs.get(image.id());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("image", image.id());
        json.put(
                "file",
                Optional.ofNullable(output)
                        .map(o -> o.file)
                        .or(() -> ExportCheck.file(project, image))
                        .map(Path::toString)
                        .orElse(""));
        json.put("state", output == null ? "none" : output.state);
        json.put("progress", output == null ? 0 : output.progress);
        json.put("when", output == null || output.when == 0 ? null : output.when);
        json.put("error", output == null ? null : output.error);
        return json;
    }

    @Override
    public void close() {
        stop();
        worker.shutdownNow();
        news.close();
    }
}
