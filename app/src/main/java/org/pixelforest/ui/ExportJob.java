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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.pixelforest.batch.BatchImage;
import org.pixelforest.batch.Outcome;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.export.Export;
import org.pixelforest.export.ExportPlan;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.export.OutputName;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.DatasetPlace;

/** Writes results of the project's own images: section 7 of docs/page-protocol.md. One image at a time, with all threads. */
final class ExportJob implements Workspace.Member, Closeable {

    /** What became of an image with the present settings. */
    private static final class Output {
        private String state = "none";
        private double progress;
        private long when;
        private String forest;
        private Problem.Answer error;
    }

    private final Workspace workspace;
    private final LiveUpdate liveUpdate;
    private final Map<String, Output> outputs = new ConcurrentHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "export");
        thread.setDaemon(true);
        return thread;
    });
    private volatile ImageRun running;

    ExportJob(Workspace workspace, LiveUpdate liveUpdate) {
        this.workspace = workspace;
        this.liveUpdate = liveUpdate;
        running = new ImageRun(workspace.roots());
        workspace.hub().part("export", this::json);
        workspace.join(this);
    }

    void add(RoutesConfig routes) {
        routes.put("/api/export/settings", ctx -> {
            OpenProject project = workspace.required();
            ExportJson.read(Body.of(ctx).json());
            project.set("export", Body.of(ctx).json());
            outputs.clear();
            workspace.hub().changed("export", "project");
            ProjectRoutes.json(ctx, Map.of("revision", workspace.hub().revision()));
        });
        routes.post("/api/export", this::start);
        routes.post("/api/export/cancel", ctx -> {
            stop();
            ProjectRoutes.json(ctx, Map.of("revision", workspace.hub().revision()));
        });
        routes.delete("/api/export", this::delete);
    }

    @Override
    public void opened(Optional<OpenProject> project) {
        stop();
        outputs.clear();
    }

    private void stop() {
        running.stop();
        outputs.values().forEach(o -> {
            if (o.state.equals("waiting")) {
                o.state = "none";
            }
        });
        workspace.hub().changed("export");
    }

    private void start(Context ctx) {
        OpenProject project = workspace.required();
        Body body = Body.of(ctx);
        List<String> ids = body.has("images")
                ? body.texts("images", 100_000)
                : project.state().content().images();
        PixelClassifier classifier = liveUpdate
                .classifier(project)
                .orElseThrow(() -> Problem.conflict(
                        "No classifier yet",
                        "Nothing was trained, so there is nothing to export.",
                        "Paint two classes and switch Live Update on."));
        ExportSettings settings = settings(project);
        List<PageImage> images = ids.stream().map(project::image).toList();
        // What is asked for while others are written is stopped together with them.
        ImageRun run = running.stopped() ? new ImageRun(workspace.roots()) : running;
        running = run;
        for (PageImage image : images) {
            String id = image.id();
            Output output = new Output();
            output.state = "waiting";
            outputs.put(id, output);
            worker.execute(() -> export(project, image, classifier, settings, output, run));
        }
        workspace.hub().changed("export");
        ProjectRoutes.json(ctx, Map.of("revision", workspace.hub().revision()));
    }

    private void export(
            OpenProject project,
            PageImage image,
            PixelClassifier classifier,
            ExportSettings settings,
            Output output,
            ImageRun run) {
        if (run.stopped()) {
            return;
        }
        output.state = "running";
        long pixels = image.shape().pixels();
        long[] done = new long[1];
        Outcome outcome;
        try {
            BatchImage source = new BatchImage(
                    place(image),
                    image.file().orElseThrow(() -> image.error().orElseThrow()),
                    axes -> new SharedSource(image.stack()));
            outcome = run.run(source, classifier, settings, project.project(), project.file(), false, more -> {
                done[0] += more;
                output.progress = Math.min(1, (double) done[0] / pixels);
                workspace.hub().changed("export");
            });
        } catch (RuntimeException | OutOfMemoryError e) {
            fail(output, e instanceof Problem p ? p.answer() : failure(LiveUpdate.reason(e)));
            return;
        }
        if (outcome.status() == Outcome.Status.WRITTEN) {
            output.state = "current";
            output.when = System.currentTimeMillis();
            output.forest = classifier.forest().sha256();
            workspace.hub().changed("export");
        } else if (outcome.status() == Outcome.Status.CANCELLED) {
            output.state = "none";
            workspace.hub().changed("export");
        } else {
            fail(output, failure(outcome.message()));
        }
    }

    private static Problem.Answer failure(String message) {
        return new Problem.Answer("Not written", message, "Change what it says, then export again.", null);
    }

    private void fail(Output output, Problem.Answer answer) {
        output.state = "failed";
        output.error = answer;
        workspace.hub().changed("export");
    }

    /** What the output of an image is called after: the name in the project, in the folder of the file. */
    private static DatasetPlace place(PageImage image) {
        Path file = image.file().orElse(Path.of(image.lane().nickname()));
        String name = file.getFileName().toString();
        String extension = name.contains(".") ? name.substring(name.lastIndexOf('.')) : "";
        return new DatasetPlace(file.resolveSibling(image.lane().nickname() + extension), Optional.empty());
    }

    private static ExportSettings settings(OpenProject project) {
        return project.state().project().export().orElse(ExportSettings.IMC);
    }

    private void delete(Context ctx) throws IOException {
        OpenProject project = workspace.required();
        for (PageImage image : project.present()) {
            Output output = outputs.get(image.id());
            if (output != null && output.state.equals("current")) {
                Optional<Path> file =
                        plan(project, image).map(plan -> name(image).of(plan.fileName(), plan));
                if (file.isPresent()) {
                    Files.deleteIfExists(file.get());
                }
                outputs.remove(image.id());
            }
        }
        workspace.hub().changed("export");
        ProjectRoutes.json(ctx, Map.of("revision", workspace.hub().revision()));
    }

    private static OutputName name(PageImage image) {
        DatasetPlace place = place(image);
        return new OutputName(place.file(), place.dataset());
    }

    private static Optional<ExportPlan> plan(OpenProject project, PageImage image) {
        ExportSettings settings = settings(project);
        int classes = Math.max(1, project.state().content().classes().size());
        Export source = settings.source().orElse(Export.PROBABILITIES);
        int planes =
                switch (source) {
                    case PROBABILITIES -> classes;
                    case FEATURES ->
                        Math.max(
                                1,
                                project.state()
                                        .project()
                                        .features()
                                        .map(f -> f.count(image.shape()))
                                        .orElse(1));
                    default -> 1;
                };
        try {
            return Optional.of(ExportPlan.of(
                    settings,
                    ExportSettings.NONE,
                    ExportSettings.IMC,
                    image.shape().withChannels(planes),
                    image.json().axes()));
        } catch (IllegalArgumentException contradiction) {
            return Optional.empty();
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
        List<Map<String, Object>> list = new ArrayList<>();
        for (PageImage image : project.present()) {
            list.add(output(project, image));
        }
        json.put("outputs", list);
        json.put(
                "check",
                project.present().stream()
                        .filter(PageImage::readable)
                        .findFirst()
                        .flatMap(image -> plan(project, image).map(plan -> check(image, plan)))
                        .orElse(null));
        return json;
    }

    private Map<String, Object> output(OpenProject project, PageImage image) {
        Output output = outputs.getOrDefault(image.id(), new Output());
        boolean old = output.state.equals("current")
                && liveUpdate
                        .classifier(project)
                        .filter(c -> c.forest().sha256().equals(output.forest))
                        .isEmpty();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("image", image.id());
        json.put(
                "file",
                plan(project, image)
                        .map(plan -> name(image).of(plan.fileName(), plan).toString())
                        .orElse(""));
        json.put("state", old ? "old" : output.state);
        json.put("progress", output.progress);
        json.put("when", output.when == 0 ? null : output.when);
        json.put("error", output.error);
        return json;
    }

    private static Map<String, Object> check(PageImage image, ExportPlan plan) {
        Shape shape = plan.shape();
        SampleType type = plan.conversion().type();
        double top = plan.source().countsClasses() ? 255 : 1;
        List<Double> range = plan.conversion()
                .rescale()
                .map(r -> List.of(r.output().min(), r.output().max()))
                .orElse(List.of(0.0, top));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", name(image).of(plan.fileName(), plan).toString());
        json.put("size", List.of(shape.y(), shape.x(), shape.c()));
        json.put("type", type.name().toLowerCase(java.util.Locale.ROOT));
        json.put("range", range);
        json.put("bytes", shape.samples() * type.bytes());
        json.put(
                "contract",
                List.of(
                        rule(plan.source() == Export.PROBABILITIES, "Probabilities, a plane a class"),
                        rule(type == SampleType.UINT16, "Unsigned 16-bit"),
                        rule(range.equals(List.of(0.0, 65535.0)), "0 to 1 becomes 0 to 65535"),
                        rule(plan.axes().equals("yxc"), "Axis order y, x, class"),
                        rule(
                                json.get("file").toString().endsWith("_Probabilities.tiff"),
                                "Name ends in _Probabilities.tiff"),
                        rule(plan.whole().equals(shape), "The whole image, as large as its input")));
        return json;
    }

    private static Map<String, Object> rule(boolean ok, String text) {
        return Map.of("ok", ok, "text", text);
    }

    @Override
    public void close() {
        running.stop();
        worker.shutdownNow();
    }
}
