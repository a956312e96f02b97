package org.pixelforest.training;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.DatasetLayout;
import org.pixelforest.io.ImageFormat;
import org.pixelforest.io.ImageMetadata;
import org.pixelforest.io.Images;
import org.pixelforest.io.TextFile;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;

/**
 * Writes the labels of a project as images of class numbers, {@code NICKNAME_labels.png} and the like, 0 where nothing is labelled, and
 * {@code classes.csv} with number, name and colour of each class.
 */
public final class LabelExport {

    /** Formats of label images. */
    public enum Kind {
        PNG("png"),
        TIFF("tiff"),
        HDF5("h5");

        private final String ending;

        Kind(String ending) {
            this.ending = ending;
        }
    }

    private static final int STRIP = 256;

    private final List<LabelClass> classes;
    private final Kind kind;

    private LabelExport(List<LabelClass> classes, Kind kind) {
        this.classes = classes;
        this.kind = kind;
    }

    /**
     * Writes a file for each labelled image.
     *
     * @param folder is made if it does not exist
     * @return the label images written
     */
    public static List<Path> write(Project project, Path file, Path folder, Kind kind) throws IOException {
        List<Lane> labelled =
                project.lanes().stream().filter(l -> !l.labels().isEmpty()).toList();
        if (labelled.isEmpty()) {
            throw new IOException(file + ": nothing is labelled, so there is nothing to export");
        }
        for (Lane lane : labelled) {
            if (lane.shape().isEmpty()) {
                throw new IOException(file + ": does not state the size of image " + lane.nickname()
                        + "; open the project and save it once");
            }
            if (kind == Kind.PNG
                    && (lane.shape().get().z() > 1 || lane.shape().get().t() > 1)) {
                throw new IOException(
                        file + ": image " + lane.nickname() + " has more than one plane; choose --format tiff or hdf5");
            }
        }
        Files.createDirectories(folder);
        LabelExport export = new LabelExport(project.classes(), kind);
        Set<String> taken = new HashSet<>();
        List<Path> written = new ArrayList<>();
        for (Lane lane : labelled) {
            String stem = lane.nickname().replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_");
            String name = stem;
            for (int i = 2; !taken.add(name); i++) {
                name = stem + "_" + i;
            }
            Path target = folder.resolve(name + "_labels." + kind.ending);
            export.write(lane.labels(), target);
            written.add(target);
        }
        export.writeClasses(folder.resolve("classes.csv"));
        return written;
    }

    private void write(Labels labels, Path target) throws IOException {
        Shape shape = labels.shape();
        try (ImageSink sink = sink(target, shape)) {
            for (int t = 0; t < shape.t(); t++) {
                for (int z = 0; z < shape.z(); z++) {
                    for (int y = 0; y < shape.y(); y += STRIP) {
                        int end = Math.min(shape.y(), y + STRIP);
                        sink.write(block(labels, new Region(t, z, y, 0, z + 1, end, shape.x())));
                    }
                }
            }
            sink.commit();
        }
    }

    private static Block block(Labels labels, Region strip) {
        byte[] numbers = labels.read(strip);
        Block block = Block.zeros(strip, 1);
        for (int i = 0; i < numbers.length; i++) {
            block.samples()[i] = numbers[i];
        }
        return block;
    }

    private ImageSink sink(Path target, Shape shape) throws IOException {
        List<String> names = classes.stream().map(LabelClass::name).toList();
        ImageMetadata metadata =
                new ImageMetadata(List.of(), new Gson().toJson(Map.of("classes", names)), Optional.empty());
        boolean flat = shape.t() == 1 && shape.z() == 1;
        String axes = (shape.t() > 1 ? "t" : "") + (shape.z() > 1 ? "z" : "") + "yx";
        return switch (kind) {
            case PNG -> Images.create(target, ImageFormat.PNG, shape, SampleType.UINT8, "yxc", ImageMetadata.NONE);
            case TIFF ->
                Images.create(
                        target,
                        flat ? ImageFormat.TIFF : ImageFormat.MULTIPAGE_TIFF,
                        shape,
                        SampleType.UINT8,
                        flat ? "yxc" : "tzcyx",
                        metadata);
            case HDF5 ->
                Images.createDataset(
                        target, DatasetLayout.ilastik("exported_data", true), shape, SampleType.UINT8, axes, metadata);
        };
    }

    private void writeClasses(Path target) throws IOException {
        StringBuilder text = new StringBuilder("number,name,colour\n");
        for (int k = 0; k < classes.size(); k++) {
            String name = classes.get(k).name();
            boolean quoted = name.contains(",") || name.contains("\"");
            text.append(k + 1).append(',');
            text.append(quoted ? "\"" + name.replace("\"", "\"\"") + "\"" : name)
                    .append(',');
            text.append(ClassList.hex(classes.get(k))).append('\n');
        }
        TextFile.write(target, text.toString());
    }
}
