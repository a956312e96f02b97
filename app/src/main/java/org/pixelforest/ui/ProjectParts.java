package org.pixelforest.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.filter.Filter;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.label.LabelClass;

/** The parts of the state that follow from the open project alone: section 2 of docs/page-protocol.md. */
final class ProjectParts {

    private final Workspace workspace;

    ProjectParts(Workspace workspace) {
        this.workspace = workspace;
        Hub hub = workspace.hub();
        hub.part("project", () -> workspace.project().map(ProjectParts::project).orElse(null));
        hub.part(
                "history",
                () -> LabelRoutes.history(workspace
                        .project()
                        .map(p -> p.state().history())
                        .orElse(org.pixelforest.label.UndoHistory.empty())));
        hub.part(
                "images",
                () -> list(p -> p.present().stream().map(PageImage::json).toList()));
        hub.part("classes", () -> list(ProjectParts::classes));
        hub.part("counts", () -> workspace.project().map(ProjectParts::counts).orElse(Map.of()));
        hub.part(
                "features",
                () -> workspace.project().map(ProjectParts::features).orElse(null));
        hub.part("view", () -> workspace
                .project()
                .flatMap(OpenProject::view)
                .map(com.google.gson.JsonParser::parseString)
                .orElse(null));
    }

    private Object list(java.util.function.Function<OpenProject, List<?>> make) {
        return workspace.project().<Object>map(make::apply).orElse(List.of());
    }

    private static Map<String, Object> project(OpenProject open) {
        OpenProject.State state = open.state();
        Map<String, Object> project = new LinkedHashMap<>();
        project.put("id", open.id());
        project.put("ids", open.ids());
        project.put("name", open.file().getFileName().toString());
        project.put("path", open.file().toString());
        project.put("folder", String.valueOf(open.file().toAbsolutePath().getParent()));
        project.put("readOnly", open.readOnly());
        project.put("readOnlyReason", open.readOnlyReason());
        project.put("savedAt", state.savedAt());
        project.put("unsaved", state.unsaved());
        project.put("demo", open.demo());
        project.put("fresh", open.fresh());
        return project;
    }

    private static List<?> classes(OpenProject open) {
        Optional<RandomForest> forest = open.state().project().forest();
        List<LabelClass> classes = open.state().content().classes();
        List<Map<String, Object>> list = new ArrayList<>();
        for (int cls = 1; cls <= classes.size(); cls++) {
            int number = cls;
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", classes.get(cls - 1).name());
            json.put("colour", LabelRoutes.colour(classes.get(cls - 1).rgb()));
            json.put(
                    "trained",
                    forest.isPresent() && IntStream.of(forest.get().labels()).anyMatch(l -> l == number));
            list.add(json);
        }
        return list;
    }

    private static Map<String, Object> counts(OpenProject open) {
        Content content = open.state().content();
        Map<String, Object> counts = new LinkedHashMap<>();
        for (String image : content.images()) {
            if (!content.labels(image).isEmpty()) {
                counts.put(image, content.counts(image));
            }
        }
        return counts;
    }

    private static Map<String, Object> features(OpenProject open) {
        FeatureSelection selection = open.state().project().features().orElse(FeatureSelection.from(1));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "filters",
                selection.filters().stream().map(ProjectParts::filter).toList());
        json.put("scales", selection.scales());
        json.put("selected", selection.selected());
        json.put("cost", FeatureCost.measured());
        return json;
    }

    private static Map<String, Object> filter(Filter filter) {
        String kind =
                switch (filter) {
                    case GAUSSIAN_SMOOTHING -> "Intensity";
                    case LAPLACIAN_OF_GAUSSIAN, GAUSSIAN_GRADIENT_MAGNITUDE, DIFFERENCE_OF_GAUSSIANS -> "Edge";
                    case STRUCTURE_TENSOR_EIGENVALUES, HESSIAN_OF_GAUSSIAN_EIGENVALUES -> "Texture";
                };
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", filter.id());
        json.put("name", filter.longName());
        json.put("kind", kind);
        json.put("planes", filter.eigenvalues() ? 2 : 1);
        json.put("smallest", filter == Filter.GAUSSIAN_SMOOTHING ? 0.3 : 0.7);
        return json;
    }
}
