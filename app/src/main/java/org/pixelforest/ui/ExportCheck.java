package org.pixelforest.ui;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pixelforest.export.Export;
import org.pixelforest.export.ExportPlan;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.export.OutputName;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.DatasetPlace;

/** What an export of an image will be, told before anything is computed: its file, size and range, and whether the next program reads it. */
final class ExportCheck {

    private ExportCheck() {}

    static ExportSettings settings(OpenProject project) {
        return project.state().project().export().orElse(ExportSettings.IMC);
    }

    /** What the output of an image is called after: the name in the project, in the folder of the file. */
    static DatasetPlace place(PageImage image) {
        Path file = image.file().orElse(Path.of(image.lane().nickname()));
        String name = file.getFileName().toString();
        String extension = name.contains(".") ? name.substring(name.lastIndexOf('.')) : "";
        return new DatasetPlace(file.resolveSibling(image.lane().nickname() + extension), Optional.empty());
    }

    /** The file to write; empty when the settings contradict the image. */
    static Optional<Path> file(OpenProject project, PageImage image) {
        return plan(project, image).map(plan -> file(image, plan));
    }

    private static Path file(PageImage image, ExportPlan plan) {
        DatasetPlace place = place(image);
        return new OutputName(place.file(), place.dataset()).of(plan.fileName(), plan);
    }

    private static Optional<ExportPlan> plan(OpenProject project, PageImage image) {
        ExportSettings settings = settings(project);
        int classes = Math.max(1, project.state().content().classes().size());
        int planes =
                switch (ImageRun.what(settings)) {
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

    /** The part {@code export.check} of the protocol; null when there is nothing to check. */
    static Map<String, Object> json(OpenProject project) {
        return project.present().stream()
                .filter(PageImage::readable)
                .findFirst()
                .flatMap(image -> plan(project, image).map(plan -> json(image, plan)))
                .orElse(null);
    }

    private static Map<String, Object> json(PageImage image, ExportPlan plan) {
        Shape shape = plan.shape();
        SampleType type = plan.conversion().type();
        double top = plan.source().countsClasses() ? 255 : 1;
        List<Double> range = plan.conversion()
                .rescale()
                .map(r -> List.of(r.output().min(), r.output().max()))
                .orElse(List.of(0.0, top));
        String file = file(image, plan).toString();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file);
        json.put("size", List.of(shape.y(), shape.x(), shape.c()));
        json.put("type", type.name().toLowerCase(Locale.ROOT));
        json.put("range", range);
        json.put("bytes", shape.samples() * type.bytes());
        json.put(
                "contract",
                List.of(
                        rule(plan.source() == Export.PROBABILITIES, "Probabilities, a plane a class"),
                        rule(type == SampleType.UINT16, "Unsigned 16-bit"),
                        rule(range.equals(List.of(0.0, 65535.0)), "0 to 1 becomes 0 to 65535"),
                        rule(plan.axes().equals("yxc"), "Axis order y, x, class"),
                        rule(file.endsWith("_Probabilities.tiff"), "Name ends in _Probabilities.tiff"),
                        rule(plan.whole().equals(shape), "The whole image, as large as its input")));
        return json;
    }

    private static Map<String, Object> rule(boolean ok, String text) {
        return Map.of("ok", ok, "text", text);
    }
}
