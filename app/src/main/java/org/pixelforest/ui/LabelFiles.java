package org.pixelforest.ui;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
        Path folder = workspace.roots().existing(Body.of(ctx).text("folder"));
        if (!Files.isDirectory(folder)) {
            throw Problem.malformed("\"folder\" must be a folder.");
        }
        Content content = project.state().content();
        Set<Path> written = new HashSet<>();
        List<String> files = new ArrayList<>();
        for (PageImage image : project.present()) {
            Labels painted = content.labels(image.id());
            boolean plane = painted.shape().z() == 1 && painted.shape().t() == 1;
            String stem = image.lane().nickname().replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_");
            String ending = plane ? "_Labels.tiff" : "_Labels.h5";
            Path file = folder.resolve(stem + ending);
            for (int i = 2; !written.add(file); i++) {
                file = folder.resolve(stem + "-" + i + ending);
            }
            try {
                write(painted, file, plane);
            } catch (IOException e) {
                throw new Problem(
                        507,
                        "Labels not written",
                        file + ": " + e.getMessage(),
                        "Choose another folder; what was written before stays.");
            }
            files.add(file.toString());
        }
        ProjectRoutes.json(ctx, Map.of("files", files));
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
                    "Labels cannot be read", String.valueOf(e.getMessage()), "Choose the label image of this image.");
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
