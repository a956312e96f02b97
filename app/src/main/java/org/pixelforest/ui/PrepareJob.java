package org.pixelforest.ui;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pixelforest.batch.RawFiles;
import org.pixelforest.batch.StackWriter;
import org.pixelforest.prepare.Preparation;

/** Prepares the raw stacks of a folder as {@code pixelforest prepare} does, and adds their crops to the project. */
final class PrepareJob implements Workspace.Member, Closeable {

    private static final Logger LOG = Logger.getLogger(PrepareJob.class.getName());

    /** A run, from its start to what became of it. */
    private static final class Run {
        private volatile String state = "running";
        private volatile int done;
        private volatile int total;
        private volatile String what = "";
        private volatile Problem.Answer error;
        private volatile boolean cancelled;
    }

    private final Workspace workspace;
    private volatile Run run;
    private volatile FolderContents.Raw unprepared;

    PrepareJob(Workspace workspace) {
        this.workspace = workspace;
        workspace.hub().part("prepare", this::json);
        workspace.hub().part("unprepared", this::unpreparedJson);
        workspace.join(this);
    }

    void add(RoutesConfig routes) {
        routes.post("/api/prepare", this::start);
        routes.post("/api/prepare/cancel", ctx -> {
            cancel();
            ProjectRoutes.json(ctx, Map.of("revision", workspace.hub().changed("prepare")));
        });
    }

    @Override
    public void opened(Optional<OpenProject> project) {
        cancel();
        run = null;
        look(project);
    }

    private void cancel() {
        Run now = run;
        if (now != null) {
            now.cancelled = true;
        }
    }

    private void look(Optional<OpenProject> project) {
        unprepared = null;
        if (project.isPresent()) {
            try {
                Path folder = project.get().file().toAbsolutePath().getParent();
                unprepared = FolderContents.of(folder).unprepared().orElse(null);
            } catch (IOException unreadable) {
                LOG.log(Level.FINE, "the project's folder cannot be listed", unreadable);
            }
        }
    }

    private synchronized void start(Context ctx) throws IOException {
        OpenProject project = workspace.required();
        Path folder = workspace.roots().existing(Body.of(ctx).text("folder"));
        if (run != null && run.state.equals("running")) {
            throw Problem.conflict("Preparing already", "Images are being prepared.", "Wait, or stop that first.");
        }
        if (!Files.isDirectory(folder)) {
            throw Problem.malformed("\"folder\" must be a folder.");
        }
        Path crops = folder.resolveSibling("crops");
        if (!workspace.roots().allowsNew(crops.resolve("crop.h5"))) {
            throw new Problem(
                    403,
                    "Outside the open folders",
                    "The crops belong into " + crops
                            + ", which is not in a folder that was named when the program was started.",
                    "Start the program with the folder above: pixelforest open " + folder.getParent() + ".");
        }
        Run begun = new Run();
        begun.what = folder.getFileName() + "/";
        run = begun;
        Thread thread = new Thread(() -> prepare(begun, project, folder), "prepare");
        thread.setDaemon(true);
        thread.start();
        ProjectRoutes.json(ctx, Map.of("revision", workspace.hub().changed("prepare")));
    }

    private void prepare(Run begun, OpenProject project, Path folder) {
        try {
            List<RawFiles> raws = RawFiles.of(List.of(folder), Preparation.IMC.format()).stream()
                    .filter(raw -> workspace.roots().allowsReal(raw.file()))
                    .toList();
            begun.total = raws.size();
            StackWriter.Folders usual = new StackWriter.Folders(Optional.empty(), Optional.empty(), true);
            int threads = Runtime.getRuntime().availableProcessors();
            StackWriter writer = new StackWriter(Preparation.IMC, Optional.empty(), usual, 0, threads);
            for (RawFiles raw : raws) {
                begun.what = raw.file().getFileName().toString();
                workspace.hub().changed("prepare");
                prepare(begun, writer, raw);
                begun.done++;
            }
            FolderContents contents = FolderContents.of(folder);
            List<Path> made = contents.images().stream()
                    .filter(workspace.roots()::allowsReal)
                    .toList();
            NewImages.Added added = NewImages.add(workspace, project, made);
            begun.what = added.added() + " crops added";
            begun.state = begun.error == null ? "done" : "failed";
        } catch (CancellationException stopped) {
            begun.state = "done";
            begun.what = "stopped";
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            fail(begun, e);
            begun.state = "failed";
        }
        if (run == begun) {
            look(workspace.project());
            workspace.hub().changed("prepare", "unprepared");
        }
    }

    /** A bad file does not stop the others; the first one is named at the end. */
    private void prepare(Run begun, StackWriter writer, RawFiles raw) {
        stopIfAsked(begun);
        try {
            writer.write(raw, pixels -> stopIfAsked(begun));
        } catch (CancellationException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            stopIfAsked(begun);
            fail(begun, e);
        }
    }

    private static void stopIfAsked(Run begun) {
        if (begun.cancelled) {
            throw new CancellationException();
        }
    }

    private static void fail(Run begun, Throwable e) {
        LOG.log(Level.WARNING, "preparation failed", e);
        if (begun.error == null) {
            begun.error = e instanceof Problem p
                    ? p.answer()
                    : new Problem.Answer(
                            "Not prepared",
                            org.pixelforest.batch.Problem.message(e),
                            "Change what it says, then try again; the other images are not affected.",
                            null);
        }
    }

    private Map<String, Object> json() {
        Run now = run;
        if (now == null) {
            return null;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", now.state);
        json.put("done", now.done);
        json.put("total", now.total);
        json.put("what", now.what);
        json.put("error", now.error);
        return json;
    }

    private Map<String, Object> unpreparedJson() {
        FolderContents.Raw raw = unprepared;
        return raw == null ? null : Map.of("folder", raw.folder().toString(), "count", raw.count());
    }

    @Override
    public void close() {
        cancel();
    }
}
