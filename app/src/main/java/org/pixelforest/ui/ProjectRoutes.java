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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;
import org.pixelforest.training.NewLanes;

/** Opening, saving, images and files: section 9 of docs/page-protocol.md. */
final class ProjectRoutes {

    private static final int MAX_VIEW = 64 << 10;
    private static final int MAX_ENTRIES = 5000;

    private final Workspace workspace;
    private final RecentProjects recent;
    private final LiveUpdate liveUpdate;
    private final Opening opening;

    ProjectRoutes(Workspace workspace, RecentProjects recent, LiveUpdate liveUpdate) {
        this.workspace = workspace;
        this.recent = recent;
        this.liveUpdate = liveUpdate;
        workspace.hub().part("recent", recent::list);
        opening = new Opening(workspace.hub());
    }

    void add(RoutesConfig routes) {
        routes.get("/api/state", ctx -> json(ctx, workspace.hub().state()));
        routes.get("/api/files", this::files);
        routes.post("/api/find", this::find);
        routes.post("/api/open", this::open);
        routes.post("/api/close", ctx -> {
            // The list of recent projects tells what it holds now.
            workspace.project().ifPresent(recent::opened);
            workspace.replace(null);
            revision(ctx);
        });
        routes.post("/api/save", this::save);
        routes.post("/api/images", this::addImages);
        routes.patch("/api/images/{id}", this::changeImage);
        routes.delete("/api/images/{id}", this::removeImage);
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
            project.set("used", Body.of(ctx).json().get("used"));
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
    }

    // ------------------------------------------------------------------------------------------------ projects

    private void open(Context ctx) throws IOException {
        Body body = Body.of(ctx);
        boolean demo = body.has("demo") && body.flag("demo");
        Path path = demo ? null : workspace.roots().existing(body.text("path"));
        opening.begin(demo ? "The demo" : path.getFileName().toString());
        try {
            if (demo) {
                Path folder = DemoFolder.made(opening);
                workspace.roots().allow(folder);
                openPresent(DemoFolder.project().toRealPath());
            } else {
                openPresent(path);
            }
        } finally {
            opening.end();
        }
        revision(ctx);
    }

    /** Opens a project, or the project of a folder or image, which is made when there is none. */
    void open(Path path) throws IOException {
        opening.begin(path.getFileName().toString());
        try {
            openPresent(path);
        } finally {
            opening.end();
        }
    }

    private void openPresent(Path path) throws IOException {
        if (workspace.project().filter(p -> isOpen(p, path)).isPresent()) {
            // Its journal would be in use by itself.
            workspace.hub().event("reset", Map.of());
            return;
        }
        OpenProject project = Files.isDirectory(path)
                ? openFolder(path)
                : path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".ilp")
                        ? opened(path)
                        : create(newFile(path.getParent()), List.of(path));
        workspace.replace(project);
        recent.opened(project);
        if (project.changedElsewhere()) {
            workspace
                    .hub()
                    .message(
                            "alert",
                            "The project was changed elsewhere",
                            "Another program saved " + project.file().getFileName()
                                    + " while it held strokes that were not saved; they were painted on top.",
                            "Look at the labels, then save.");
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
            return OpenProject.open(file, opening);
        } catch (IOException e) {
            throw new Problem(
                    409, "Project cannot be opened", String.valueOf(e.getMessage()), "Choose another project.");
        }
    }

    private OpenProject openFolder(Path folder) throws IOException {
        FolderContents contents = FolderContents.of(folder);
        Path usual = usualFile(contents.base());
        if (Files.isRegularFile(usual)) {
            return opened(usual);
        }
        if (contents.images().isEmpty() && contents.projects().size() == 1) {
            return opened(contents.projects().get(0));
        }
        if (contents.images().isEmpty() && contents.unprepared().isEmpty()) {
            throw Problem.conflict(
                    "No images found",
                    folder + " holds no stacks, crops or images that can be labelled.",
                    "Choose the folder that holds analysis, or add images one by one.");
        }
        return create(newFile(contents.base()), contents.images());
    }

    private static Path usualFile(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return folder.resolve((name == null ? "project" : name) + ".ilp");
    }

    private static Path newFile(Path folder) {
        Path usual = usualFile(folder);
        for (int i = 2; Files.exists(usual); i++) {
            usual = folder.resolve(
                    usualFile(folder).getFileName().toString().replaceFirst("\\.ilp$", "-" + i + ".ilp"));
        }
        return usual;
    }

    private OpenProject create(Path file, List<Path> images) throws IOException {
        if (!Files.isWritable(file.toAbsolutePath().getParent())) {
            throw Problem.conflict(
                    "Folder cannot be written",
                    "The project belongs into " + file.getParent() + ".",
                    "Copy the images to a folder of yours.");
        }
        List<Lane> lanes = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        opening.stage("Looking at the images", images.size());
        for (Path image : images) {
            opening.step();
            try {
                lanes.add(NewLanes.of(image, file.getParent()));
            } catch (IOException e) {
                failed.add(e.getMessage());
            }
        }
        if (lanes.isEmpty() && !failed.isEmpty()) {
            throw Problem.conflict("No image could be read", failed.get(0), "Choose other images.");
        }
        Project.create().withLanes(lanes).write(file);
        return OpenProject.open(file, opening).asFresh();
    }

    private void save(Context ctx) throws IOException {
        Body body = Body.of(ctx);
        OpenProject project = workspace.required();
        Path target = body.has("path") ? workspace.roots().target(body.text("path")) : project.file();
        if (!target.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".ilp")) {
            target = target.resolveSibling(target.getFileName() + ".ilp");
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
                    target + ": " + e.getMessage(),
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
            OpenProject project = workspace.required();
            if (!project.readOnly()) {
                project.set("view", view);
            }
        } catch (JsonParseException e) {
            throw Problem.malformed("The view is not JSON.");
        }
        json(ctx, Map.of());
    }

    // ------------------------------------------------------------------------------------------------ images

    private void addImages(Context ctx) throws IOException {
        OpenProject project = workspace.required();
        if (Body.of(ctx).has("sequence")) {
            throw Problem.conflict(
                    "Sequences are not supported",
                    "Several files cannot be opened as one volume.",
                    "Write them into one file, such as a multi-page TIFF, and add that.");
        }
        List<Path> files = new ArrayList<>();
        for (String path : Body.of(ctx).texts("paths", 10_000)) {
            Path file = workspace.roots().existing(path);
            files.addAll(Files.isDirectory(file) ? FolderContents.of(file).images() : List.of(file));
        }
        NewImages.Added added = NewImages.add(workspace, project, files);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("revision", workspace.hub().revision());
        answer.put("added", added.added());
        answer.put("skipped", added.skipped());
        json(ctx, answer);
    }

    private void changeImage(Context ctx) throws IOException {
        Body body = Body.of(ctx);
        OpenProject project = workspace.required();
        PageImage image = project.image(ctx.pathParam("id"));
        Lane lane = image.lane();
        if (body.has("name")) {
            lane = lane.withNickname(body.text("name").strip());
        }
        if (body.has("path")) {
            Path file = workspace.roots().existing(body.text("path"));
            lane = lane.withLocation(
                    NewLanes.of(file, project.file().toAbsolutePath().getParent())
                            .location());
        }
        if (body.has("axes")) {
            Lane now = lane;
            String place = PageImage.place(now, project.file())
                    .orElseThrow(() -> Problem.conflict(
                            "Image cannot be read", now.nickname() + " is no file.", "Replace it with a file."));
            lane = ChangedAxes.of(project, lane, place, body.text("axes"));
        }
        // Other axes may change the number of channels of one image after the other.
        int channels = body.has("axes") ? project.channelNames().size() : project.channelsBeside(image.id());
        project.replace(PageImage.open(lane, project.file(), project.channelNames(), channels, project.recent()));
        liveUpdate.replaced(project, image.id());
        workspace.hub().changed("images", "project", "channels");
        revision(ctx);
    }

    private void removeImage(Context ctx) {
        OpenProject project = workspace.required();
        PageImage image = project.image(ctx.pathParam("id"));
        project.step(content -> Steps.removeImage(content, image.id(), image.name(), System.currentTimeMillis()));
        liveUpdate.outdated(project);
        workspace.hub().changed("images", "counts", "history", "project");
        revision(ctx);
    }

    // ------------------------------------------------------------------------------------------------ files

    private void files(Context ctx) throws IOException {
        String asked = ctx.queryParam("path");
        List<Roots.Root> roots = workspace.roots().list();
        if (asked == null && roots.isEmpty()) {
            json(ctx, Map.of("path", "", "roots", roots, "entries", List.of()));
            return;
        }
        Path folder = workspace.roots().existing(asked == null ? roots.get(0).path() : asked);
        if (!Files.isDirectory(folder)) {
            folder = folder.getParent();
        }
        List<Map<String, Object>> entries = new ArrayList<>();
        try (Stream<Path> list = Files.list(folder)) {
            list.limit(MAX_ENTRIES).forEach(entry -> entry(entry).ifPresent(entries::add));
        }
        entries.sort(
                Comparator.comparing((Map<String, Object> e) -> !e.get("kind").equals("folder"))
                        .thenComparing(e -> e.get("name").toString(), String.CASE_INSENSITIVE_ORDER));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("path", folder.toString());
        Path parent = folder.getParent();
        answer.put("parent", parent != null && workspace.roots().allows(parent) ? parent.toString() : null);
        answer.put("roots", roots);
        answer.put("entries", entries);
        json(ctx, answer);
    }

    private Optional<Map<String, Object>> entry(Path entry) {
        String name = entry.getFileName().toString();
        try {
            if (name.startsWith(".") || !workspace.roots().allows(entry.toRealPath())) {
                return Optional.empty();
            }
            boolean folder = Files.isDirectory(entry);
            String lower = name.toLowerCase(Locale.ROOT);
            String kind = folder
                    ? "folder"
                    : lower.endsWith(".ilp")
                            ? "project"
                            : lower.matches(".*\\.(h5|hdf5|tiff?|npy|png)") ? "image" : "other";
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", name);
            json.put("path", entry.toString());
            json.put("kind", kind);
            json.put("size", folder ? 0 : Files.size(entry));
            json.put("modified", Files.getLastModifiedTime(entry).toMillis());
            return Optional.of(json);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private void find(Context ctx) {
        Body body = Body.of(ctx);
        if (!body.has("files") || !body.json().get("files").isJsonArray()) {
            throw Problem.malformed("\"files\" must be a list.");
        }
        List<String> paths = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (JsonElement asked : body.json().getAsJsonArray("files")) {
            try {
                String name = asked.getAsJsonObject().get("name").getAsString();
                long size = asked.getAsJsonObject().get("size").getAsLong();
                DroppedFile.find(workspace.roots(), name, size)
                        .ifPresentOrElse(file -> paths.add(file.toString()), () -> missing.add(name));
            } catch (RuntimeException malformed) {
                throw Problem.malformed("Each of \"files\" needs name and size.");
            }
        }
        json(ctx, Map.of("paths", paths, "missing", missing));
    }

    private void revision(Context ctx) {
        json(ctx, Map.of("revision", workspace.hub().revision()));
    }

    static void json(Context ctx, Object value) {
        ctx.contentType("application/json").result(Server.JSON.toJson(value));
    }
}
