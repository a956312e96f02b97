package org.pixelforest.ui;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.io.ImageFormat;
import org.pixelforest.io.ImageMetadata;
import org.pixelforest.io.Images;
import org.pixelforest.label.Labels;
import org.pixelforest.training.LabelImage;

/** Labels as images of class numbers, 0 where nothing is painted: written for every image, and read over what is painted. */
final class LabelFiles {

    private static final int ROWS = 256;
    private static final int MOST_NAMED = 5;

    private final Workspace workspace;
    private final LabelRoutes labels;

    LabelFiles(Workspace workspace, LabelRoutes labels) {
        this.workspace = workspace;
        this.labels = labels;
    }

    void add(RoutesConfig routes) {
        routes.post("/api/labels/export", this::export);
        routes.post("/api/images/{id}/labels/import", this::read);
    }

    private void export(Context ctx) {
        OpenProject project = workspace.required();
        Body body = Body.of(ctx);
        Path folder = workspace.roots().existing(body.text("folder"));
        if (!Files.isDirectory(folder)) {
            throw Problem.malformed("\"folder\" must be a folder.");
        }
        Content content = project.state().content();
        Map<PageImage, Path> files = names(project, content, folder);
        List<String> there = files.values().stream()
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .map(file -> file.getFileName().toString())
                .toList();
        if (!there.isEmpty() && !(body.has("replace") && body.flag("replace"))) {
            throw new Problem(
                    409,
                    there.size() == 1 ? "File exists" : "Files exist",
                    String.join(", ", there.subList(0, Math.min(MOST_NAMED, there.size())))
                            + (there.size() > MOST_NAMED ? " and " + (there.size() - MOST_NAMED) + " more" : "")
                            + (there.size() == 1 ? " is" : " are") + " in this folder already.",
                    "Replace them, or choose another folder.",
                    Map.of("files", there));
        }
        files.forEach((image, file) -> {
            workspace.roots().target(file.toString());
            Labels painted = content.labels(image.id());
            try {
                write(painted, file, isPlane(painted));
            } catch (IOException e) {
                throw new Problem(
                        507,
                        "Labels not written",
                        file + " cannot be written: " + FileFault.message(e),
                        "Choose another folder; what was written before stays.");
            }
        });
        ProjectRoutes.json(
                ctx, Map.of("files", files.values().stream().map(Path::toString).toList()));
    }

    /** A file for each image; no two are called the same, also not where case does not count. */
    private static Map<PageImage, Path> names(OpenProject project, Content content, Path folder) {
        Set<String> taken = new HashSet<>();
        Map<PageImage, Path> files = new LinkedHashMap<>();
        for (PageImage image : project.present()) {
            String stem = image.lane().nickname().replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_");
            String ending = isPlane(content.labels(image.id())) ? "_Labels.tiff" : "_Labels.h5";
            String name = stem + ending;
            for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
                name = stem + "-" + i + ending;
            }
            files.put(image, folder.resolve(name));
        }
        return files;
    }

    private static boolean isPlane(Labels painted) {
        return painted.shape().z() == 1 && painted.shape().t() == 1;
    }

    private static void write(Labels painted, Path file, boolean plane) throws IOException {
        Shape shape = painted.shape();
        ImageFormat format = plane ? ImageFormat.TIFF : ImageFormat.COMPRESSED_HDF5;
        try (ImageSink sink =
                Images.create(file, format, shape, SampleType.UINT8, plane ? "yxc" : "tzyxc", ImageMetadata.NONE)) {
            for (int t = 0; t < shape.t(); t++) {
                for (int z = 0; z < shape.z(); z++) {
                    for (int y = 0; y < shape.y(); y += ROWS) {
                        Region rows = new Region(t, z, y, 0, z + 1, Math.min(shape.y(), y + ROWS), shape.x());
                        byte[] classes = painted.read(rows);
                        float[] samples = new float[classes.length];
                        for (int i = 0; i < samples.length; i++) {
                            samples[i] = classes[i];
                        }
                        sink.write(new Block(rows, 1, samples));
                    }
                }
            }
            sink.commit();
        }
    }

    private void read(Context ctx) {
        OpenProject project = workspace.required();
        PageImage image = project.image(ctx.pathParam("id"));
        Path file = workspace.roots().existing(Body.of(ctx).text("path"));
        Labels read;
        try {
            Shape shape = project.state().content().labels(image.id()).shape();
            read = LabelImage.read(new DatasetPlace(file, Optional.empty()), shape, image.name());
        } catch (IOException | IllegalArgumentException e) {
            throw Problem.conflict(
                    FileFault.title(e, "Labels cannot be read"),
                    FileFault.message(e),
                    "Choose the label image of this image.");
        }
        int highest = read.highest();
        labels.announce(
                project,
                project.step(content -> {
                    if (highest > content.classes().size()) {
                        throw Problem.conflict(
                                "More classes than the project",
                                file.getFileName() + " holds class " + highest + "; the project has "
                                        + content.classes().size() + ".",
                                "Add classes, then import again.");
                    }
                    return Steps.paint(
                            content,
                            UUID.randomUUID().toString(),
                            "Labels of " + file.getFileName(),
                            image.id(),
                            content.labels(image.id()).with(read),
                            Optional.empty(),
                            System.currentTimeMillis());
                }),
                null,
                null);
        ProjectRoutes.json(ctx, Map.of("revision", workspace.hub().revision()));
    }
}
