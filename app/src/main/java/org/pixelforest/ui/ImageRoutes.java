package org.pixelforest.ui;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pixelforest.image.Shape;
import org.pixelforest.project.Lane;
import org.pixelforest.training.NewLanes;

/** The images of the open project: section 9 of docs/page-protocol.md. */
final class ImageRoutes {

    private final Workspace workspace;
    private final LiveUpdate liveUpdate;

    ImageRoutes(Workspace workspace, LiveUpdate liveUpdate) {
        this.workspace = workspace;
        this.liveUpdate = liveUpdate;
    }

    void add(RoutesConfig routes) {
        routes.post("/api/images", this::addImages);
        routes.patch("/api/images/{id}", this::changeImage);
        routes.delete("/api/images/{id}", this::removeImage);
    }

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
            files.addAll(Files.isDirectory(file) ? imagesOf(file) : List.of(file));
        }
        NewImages.Added added = NewImages.add(workspace, project, files);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("revision", workspace.hub().revision());
        answer.put("added", added.added());
        answer.put("skipped", added.skipped());
        ProjectRoutes.json(ctx, answer);
    }

    private void changeImage(Context ctx) throws IOException {
        Body body = Body.of(ctx);
        OpenProject project = workspace.required();
        PageImage image = project.image(ctx.pathParam("id"));
        Lane lane = image.lane().withLabels(project.state().content().labels(image.id()));
        if (body.has("name")) {
            lane = lane.withNickname(name(body.text("name").strip()));
        }
        if (body.has("path")) {
            Path file = workspace.roots().existing(body.text("path"));
            lane = replaced(project, lane, file);
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
        workspace.hub().changed("images", "project", "channels", "export");
        ProjectRoutes.json(ctx, Map.of("revision", workspace.hub().revision()));
    }

    private List<Path> imagesOf(Path folder) throws IOException {
        return FolderContents.of(folder).images().stream()
                .filter(workspace.roots()::allowsReal)
                .toList();
    }

    /** It stands in names of files, so it must be fit for one. */
    private static String name(String name) {
        if (name.isEmpty() || name.length() > 200 || name.matches("(?s).*[/\\\\\\p{Cntrl}].*")) {
            throw Problem.malformed("A name has 1 to 200 letters, none of them a slash.");
        }
        return name;
    }

    /** The lane with another file, as large as that file says; labels stay where they are. */
    private static Lane replaced(OpenProject project, Lane lane, Path file) {
        Lane found;
        try {
            found = NewLanes.of(file, project.file().toAbsolutePath().getParent());
        } catch (IOException e) {
            throw Problem.conflict(
                    FileFault.title(e, "Image cannot be read"), FileFault.message(e), "Choose another file.");
        }
        Shape shape = found.shape().orElseThrow();
        ChangedAxes.requireFit(project, lane, shape, file.getFileName() + " is of another size");
        return lane.withLocation(found.location()).withAxes(found.axes(), shape);
    }

    private void removeImage(Context ctx) {
        OpenProject project = workspace.required();
        PageImage image = project.image(ctx.pathParam("id"));
        project.step(content -> Steps.removeImage(content, image.id(), image.name(), System.currentTimeMillis()));
        liveUpdate.outdated(project);
        workspace.hub().changed("images", "counts", "history", "project", "export");
        ProjectRoutes.json(ctx, Map.of("revision", workspace.hub().revision()));
    }
}
