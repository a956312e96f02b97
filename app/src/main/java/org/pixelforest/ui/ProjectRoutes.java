package org.pixelforest.ui;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;
import org.pixelforest.training.NewLanes;

/** Opening and saving projects, and their settings: sections 6 and 9 of docs/page-protocol.md. */
final class ProjectRoutes {

    private static final int MAX_VIEW = 64 << 10;

    private final Workspace workspace;
    private final RecentProjects recent;
    private final LiveUpdate liveUpdate;
    private final boolean remote;
    private final Opening opening;

    /** {@code remote}: pages on other machines are served; they may open what lies in the named folders alone. */
    ProjectRoutes(Workspace workspace, RecentProjects recent, LiveUpdate liveUpdate, boolean remote) {
        this.workspace = workspace;
        this.recent = recent;
        this.liveUpdate = liveUpdate;
        this.remote = remote;
        workspace.hub().part("recent", recent::list);
        opening = new Opening(workspace.hub());
    }

    void add(RoutesConfig routes) {
        routes.get("/api/state", ctx -> json(ctx, workspace.hub().state()));
        routes.post("/api/open", this::open);
        routes.post("/api/close", ctx -> {
            // The list of recent projects tells what it holds now.
            workspace.project().ifPresent(recent::opened);
            workspace.replace(null);
            revision(ctx);
        });
        routes.post("/api/save", this::save);
        routes.put("/api/view", this::view);
        routes.put("/api/thumbnail", ctx -> {
            recent.thumbnail(workspace.required(), ctx.bodyAsBytes());
            json(ctx, Map.of());
        });
        routes.put("/api/features", ctx -> {
            OpenProject project = workspace.required();
            project.set("features", Body.of(ctx).json());
            liveUpdate.outdated(project);
            workspace.hub().changed("features", "project");
            revision(ctx);
        });
        routes.put("/api/channels/used", ctx -> {
            OpenProject project = workspace.required();
            JsonElement used = Body.of(ctx).json().get("used");
            if (used != null && used.isJsonArray() && used.getAsJsonArray().size() != project.channelCount()) {
                throw Problem.malformed("A flag for each of the " + project.channelCount()
                        + " channels is needed (got: " + used.getAsJsonArray().size() + ").");
            }
            project.set("used", used);
            liveUpdate.outdated(project);
            workspace.hub().changed("channels", "project");
            revision(ctx);
        });
        routes.post("/api/live", ctx -> {
            liveUpdate.live(Body.of(ctx).flag("on"));
            revision(ctx);
        });
        routes.post("/api/update", ctx -> {
            workspace.required();
            liveUpdate.once();
            revision(ctx);
        });
        routes.post("/api/update/cancel", ctx -> {
            liveUpdate.cancel();
            revision(ctx);
        });
    }

    // ------------------------------------------------------------------------------------------------ projects

    private void open(Context ctx) throws IOException {
        Body body = Body.of(ctx);
        boolean demo = body.has("demo") && body.flag("demo");
        Path path = demo ? null : existing(body.text("path"));
        opening.begin(demo ? "The demo" : name(path));
        try {
            if (demo) {
                Path folder = DemoFolder.made(opening);
                workspace.roots().allow(folder);
                openPresent(DemoFolder.project().toRealPath(), workspace.roots()::allowsReal);
            } else {
                openPresent(path, workspace.roots()::allowsReal);
            }
        } finally {
            opening.end();
        }
        revision(ctx);
    }

    /** What may be opened; a project that was open on this machine before may lie anywhere on it. */
    private Path existing(String path) throws IOException {
        if (!remote && recent.holds(path)) {
            Path folder = Path.of(path).toRealPath().getParent();
            if (!workspace.roots().allows(folder)) {
                workspace.roots().allow(folder);
                workspace.hub().changed("server");
            }
        }
        return workspace.roots().existing(path);
    }

    private static String name(Path path) {
        if (path.getFileName() == null) {
            throw Problem.malformed("A whole disk cannot be opened; choose a folder of it.");
        }
        return path.getFileName().toString();
    }

    /** Opens a project, or the project of a folder or image, which is made when there is none. Links in the folder are followed. */
    void open(Path path) throws IOException {
        opening.begin(name(path));
        try {
            openPresent(path, image -> true);
        } finally {
            opening.end();
        }
    }

    /** {@code allowed}: which images of a folder may be part of its project. */
    private void openPresent(Path path, Predicate<Path> allowed) throws IOException {
        if (workspace.project().filter(p -> isOpen(p, path)).isPresent()) {
            // Its journal would be in use by itself.
            workspace.hub().event("reset", Map.of());
            return;
        }
        List<String> leftOut = new ArrayList<>();
        OpenProject project = Files.isDirectory(path)
                ? openFolder(path, allowed, leftOut)
                : name(path).toLowerCase(Locale.ROOT).endsWith(".ilp")
                        ? opened(path)
                        : create(newFile(path.getParent()), List.of(path), leftOut);
        // It may lie beside what was named: the page must be able to save there, and to find it again.
        workspace.roots().allowProjects(project.file().toAbsolutePath().getParent());
        workspace.replace(project);
        recent.opened(project);
        project.alert().ifPresent(a -> workspace.hub().message("alert", a.title(), a.message(), a.action()));
        if (!leftOut.isEmpty()) {
            int all = leftOut.size() + project.present().size();
            workspace
                    .hub()
                    .message(
                            "alert",
                            "Images were left out",
                            leftOut.size() + " of " + all + " files were left out. " + leftOut.get(0),
                            "Add them again when they can be read.");
        }
    }

    /** Whether a path, or the project of a folder, is the project that is open. */
    private static boolean isOpen(OpenProject project, Path path) {
        try {
            if (Files.isDirectory(path)) {
                Path usual = usualFile(FolderContents.of(path).base());
                return Files.exists(usual) && Files.isSameFile(usual, project.file());
            }
            return Files.exists(project.file()) && Files.isSameFile(path, project.file());
        } catch (IOException unreadable) {
            return false;
        }
    }

    private OpenProject opened(Path file) throws IOException {
        try {
            return ProjectOpening.open(file, workspace.roots(), opening);
        } catch (IOException e) {
            throw new Problem(
                    409,
                    FileFault.title(e, "Project cannot be opened"),
                    FileFault.message(e),
                    "Choose another project.");
        }
    }

    private OpenProject openFolder(Path folder, Predicate<Path> allowed, List<String> leftOut) throws IOException {
        FolderContents contents = FolderContents.of(folder);
        Path usual = usualFile(contents.base());
        if (Files.isRegularFile(usual)) {
            return opened(usual);
        }
        List<Path> images = contents.images().stream().filter(allowed).toList();
        if (images.isEmpty() && contents.projects().size() == 1) {
            return opened(contents.projects().get(0));
        }
        if (images.isEmpty() && contents.unprepared().isEmpty()) {
            throw Problem.conflict(
                    "No images found",
                    folder + " holds no stacks, crops or images that can be labelled.",
                    "Choose the folder that holds analysis, or add images one by one.");
        }
        return create(newFile(contents.base()), images, leftOut);
    }

    private static Path usualFile(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return folder.resolve((name == null ? "project" : name) + ".ilp");
    }

    /** A name that is free: neither a project nor the journal of one that is gone has it. */
    private static Path newFile(Path folder) {
        Path usual = usualFile(folder);
        for (int i = 2; Files.exists(usual) || Files.exists(Journal.beside(usual)); i++) {
            usual = folder.resolve(
                    usualFile(folder).getFileName().toString().replaceFirst("\\.ilp$", "-" + i + ".ilp"));
        }
        return usual;
    }

    private OpenProject create(Path file, List<Path> images, List<String> leftOut) throws IOException {
        if (!Files.isWritable(file.toAbsolutePath().getParent())) {
            throw Problem.conflict(
                    "Folder cannot be written",
                    "The project belongs into " + file.getParent() + ".",
                    "Copy the images to a folder of yours.");
        }
        List<Lane> lanes = new ArrayList<>();
        opening.stage("Looking at the images", images.size());
        for (Path image : images) {
            opening.step();
            try {
                lanes.add(NewLanes.of(image, file.getParent()));
            } catch (IOException e) {
                leftOut.add(FileFault.message(e));
            }
        }
        if (lanes.isEmpty() && !leftOut.isEmpty()) {
            throw Problem.conflict("No image could be read", leftOut.get(0), "Choose other images.");
        }
        Project.create().withLanes(lanes).write(file);
        return ProjectOpening.open(file, workspace.roots(), opening).asFresh();
    }

    private void save(Context ctx) throws IOException {
        Body body = Body.of(ctx);
        OpenProject project = workspace.required();
        Path target = project.file();
        if (body.has("path")) {
            String path = body.text("path");
            target = workspace.roots().target(path.toLowerCase(Locale.ROOT).endsWith(".ilp") ? path : path + ".ilp");
        }
        boolean replace = body.has("replace") && body.flag("replace");
        if (!target.equals(project.file()) && Files.exists(target) && !replace) {
            throw Problem.conflict(
                    "File exists", target.getFileName() + " is there already.", "Replace it, or choose another name.");
        }
        try {
            project.save(target);
        } catch (IOException e) {
            throw new Problem(
                    507,
                    "Not saved",
                    target + " cannot be written: " + FileFault.message(e),
                    "Save it in another folder; nothing is lost meanwhile.");
        }
        recent.opened(project);
        workspace.hub().changed("project", "recent");
        revision(ctx);
    }

    private void view(Context ctx) {
        String text = ctx.body();
        if (text.length() > MAX_VIEW) {
            throw new Problem(413, "Too much", "What is remembered of the view has at most 64 KiB.", "");
        }
        try {
            JsonElement view = JsonParser.parseString(text);
            workspace.required().view(Server.JSON.toJson(view));
        } catch (JsonParseException e) {
            throw Problem.malformed("The view is not JSON.");
        }
        json(ctx, Map.of());
    }

    private void revision(Context ctx) {
        json(ctx, Map.of("revision", workspace.hub().revision()));
    }

    static void json(Context ctx, Object value) {
        ctx.contentType("application/json").result(Server.JSON.toJson(value));
    }
}
