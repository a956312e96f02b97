package org.pixelforest.project;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.pixelforest.export.Cutout;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.export.Range;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.filter.Filter;
import org.pixelforest.hdf5.Data;
import org.pixelforest.hdf5.Datatype;
import org.pixelforest.hdf5.Hdf5Writer;
import org.pixelforest.image.SampleType;
import org.pixelforest.label.LabelClass;

/** Writes the parts of a project that are lists and single values: features, classes, export settings, our own additions. */
final class SectionWriter {

    static final String FEATURES = "FeatureSelections";
    static final List<String> FEATURE_MEMBERS =
            List.of("StorageVersion", "FeatureIds", "Scales", "SelectionMatrix", "ComputeIn2d");

    static final String CLASSIFICATION = "PixelClassification";
    static final List<String> CLASS_MEMBERS = List.of("LabelNames", "LabelColors", "PmapColors");

    static final String EXPORT = "Prediction Export";
    static final List<String> EXPORT_MEMBERS = List.of(
            "StorageVersion",
            "OutputFormat",
            "OutputFilenameFormat",
            "OutputInternalPath",
            "OutputAxisOrder",
            "ExportDtype",
            "InputMin",
            "InputMax",
            "ExportMin",
            "ExportMax",
            "RegionStart",
            "RegionStop");

    static final List<String> OWN_MEMBERS =
            List.of("ChannelNames", "Seed", "ModelCard", "View", "Notes", "UnusedChannels", "Version");

    private final Hdf5Writer file;

    SectionWriter(Hdf5Writer file) {
        this.file = file;
    }

    /** @param flags whether to state for each scale if it acts in 2D, as ilastik does since 1.3 */
    void features(FeatureSelection features, boolean flags) throws IOException {
        int rows = features.filters().size();
        int columns = features.scales().size();
        boolean[] matrix = new boolean[rows * columns];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = features.selected().get(i / columns).get(i % columns);
        }
        boolean[] in2d = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            in2d[c] = features.scales().get(c).in2d();
        }
        file.write(FEATURES + "/StorageVersion", "0.1");
        file.write(
                FEATURES + "/FeatureIds",
                Data.of(features.filters().stream().map(Filter::id).toList()));
        file.write(
                FEATURES + "/Scales",
                Data.of(features.scales().stream()
                        .mapToDouble(FeatureSelection.Scale::sigma)
                        .toArray()));
        file.write(FEATURES + "/SelectionMatrix", Data.of(matrix).shaped(rows, columns));
        if (flags) {
            file.write(FEATURES + "/ComputeIn2d", Data.of(in2d));
        }
    }

    void classes(List<LabelClass> classes) throws IOException {
        long[] colours = classes.stream()
                .flatMap(c -> List.of((long) c.rgb() >> 16, (long) c.rgb() >> 8 & 0xff, (long) c.rgb() & 0xff).stream())
                .mapToLong(Long::longValue)
                .toArray();
        boolean empty = classes.isEmpty();
        // An empty list is a meaningless number with a flag.
        Data none = Data.of(0.0);
        Data names =
                empty ? none : Data.of(classes.stream().map(LabelClass::name).toList());
        Data table = empty ? none : Data.of(colours).shaped(classes.size(), 3);
        file.write(CLASSIFICATION + "/LabelNames", names);
        file.write(CLASSIFICATION + "/LabelColors", table);
        file.write(CLASSIFICATION + "/PmapColors", table);
        for (String member : CLASS_MEMBERS) {
            file.attribute(CLASSIFICATION + "/" + member, "isEmpty", empty);
        }
    }

    void export(ExportSettings export) throws IOException {
        file.write(EXPORT + "/StorageVersion", "0.1");
        text("OutputFormat", export.format().orElse(null));
        text("OutputFilenameFormat", export.fileName().orElse(null));
        text("OutputInternalPath", export.innerPath().orElse(null));
        text("OutputAxisOrder", export.axes().orElse(null));
        text(
                "ExportDtype",
                export.type().map(t -> t.name().toLowerCase(Locale.ROOT)).orElse(null));
        if (export.inputRange().isPresent()) {
            Range range = export.inputRange().get();
            number("InputMin", range.min(), SampleType.FLOAT32);
            number("InputMax", range.max(), SampleType.FLOAT32);
        }
        if (export.outputRange().isPresent()) {
            Range range = export.outputRange().get();
            SampleType type = export.type().orElse(SampleType.FLOAT64);
            number("ExportMin", range.min(), type);
            number("ExportMax", range.max(), type);
        }
        if (export.cutout().isPresent()) {
            Cutout cutout = export.cutout().get();
            corner("RegionStart", cutout.start());
            corner("RegionStop", cutout.stop());
        }
    }

    private void text(String member, String value) throws IOException {
        if (value != null) {
            file.write(EXPORT + "/" + member, value);
        }
    }

    /** In the given type if it can hold the number, else as a double. */
    private void number(String member, double value, SampleType type) throws IOException {
        Data data = Data.of(value).scalar();
        int bits = 8 * type.bytes() - (type.signed() ? 1 : 0);
        boolean whole = value == Math.rint(value)
                && value >= (type.signed() ? -Math.scalb(1.0, bits) : 0)
                && value < Math.scalb(1.0, Math.min(bits, 53));
        if (type == SampleType.FLOAT32 && (float) value == value) {
            data = data.as(Datatype.FLOAT32);
        } else if (!type.floating() && whole) {
            data = Data.of((long) value)
                    .scalar()
                    .as(Datatype.integer(type.bytes(), type.signed(), java.nio.ByteOrder.LITTLE_ENDIAN));
        }
        file.write(EXPORT + "/" + member, data);
    }

    private void corner(String member, List<Integer> corner) throws IOException {
        file.write(
                EXPORT + "/" + member,
                Data.of(corner.stream().mapToLong(Integer::longValue).toArray()));
        file.attribute(EXPORT + "/" + member, "isEmpty", false);
    }

    void additions(Additions additions) throws IOException {
        String group = StoredAdditions.GROUP + "/";
        file.write(group + "Version", Data.of(1L).scalar());
        if (!additions.channelNames().isEmpty()) {
            file.write(group + "ChannelNames", Data.of(additions.channelNames()));
        }
        if (additions.seed().isPresent()) {
            file.write(group + "Seed", Data.of((long) additions.seed().get()).scalar());
        }
        if (additions.modelCard().isPresent()) {
            file.write(group + "ModelCard", additions.modelCard().get().toJson());
        }
        if (additions.view().isPresent()) {
            file.write(group + "View", additions.view().get());
        }
        if (additions.notes().isPresent()) {
            file.write(group + "Notes", additions.notes().get());
        }
        if (!additions.unusedChannels().isEmpty()) {
            file.write(
                    group + "UnusedChannels",
                    Data.of(additions.unusedChannels().stream()
                            .mapToLong(Integer::longValue)
                            .toArray()));
        }
    }

    /** Members of a group that are written anew: their paths, as they stand in the old file. */
    static List<String> paths(String group, List<String> members) {
        List<String> paths = new ArrayList<>();
        members.forEach(m -> paths.add("/" + group + "/" + m));
        return paths;
    }

    static List<String> paths(String group, String... members) {
        return paths(group, Arrays.asList(members));
    }
}
