package org.pixelforest.project;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pixelforest.export.Cutout;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.export.Range;
import org.pixelforest.image.SampleType;

/** Reads {@code Prediction Export}. */
final class StoredExport {

    private StoredExport() {}

    static ExportSettings read(StoredGroup group, List<String> remarks) throws IOException {
        Optional<String> type = group.text("ExportDtype");
        Optional<SampleType> known = type.flatMap(StoredExport::type);
        if (type.isPresent() && known.isEmpty()) {
            remarks.add("The export's number type \"" + type.get() + "\" is not known here and is passed over.");
        }
        return new ExportSettings(
                Optional.empty(),
                group.text("OutputFormat"),
                known,
                group.text("OutputAxisOrder").filter(axes -> axes.matches("[tzyxc]{1,5}")),
                range(group, "InputMin", "InputMax"),
                range(group, "ExportMin", "ExportMax"),
                group.text("OutputFilenameFormat"),
                group.text("OutputInternalPath"),
                cutout(group),
                Optional.empty());
    }

    /** The type that numpy calls so. */
    static Optional<SampleType> type(String name) {
        return Arrays.stream(SampleType.values())
                .filter(t -> t.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    private static Optional<Range> range(StoredGroup group, String min, String max) throws IOException {
        Optional<Double> low = group.number(min).filter(Double::isFinite);
        Optional<Double> high = group.number(max).filter(Double::isFinite);
        return low.isPresent() && high.isPresent() ? Optional.of(new Range(low.get(), high.get())) : Optional.empty();
    }

    private static Optional<Cutout> cutout(StoredGroup group) throws IOException {
        Optional<int[]> start = group.integers("RegionStart");
        Optional<int[]> stop = group.integers("RegionStop");
        boolean usable = start.isPresent()
                && stop.isPresent()
                && start.get().length == stop.get().length
                && start.get().length > 0
                && start.get().length <= 5;
        return usable
                ? Optional.of(new Cutout(
                        Arrays.stream(start.get()).boxed().toList(),
                        Arrays.stream(stop.get()).boxed().toList()))
                : Optional.empty();
    }
}
