package org.pixelforest.ui;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;
import org.pixelforest.label.UndoHistory;

/** Painting, undo and the list of classes: section 5 of docs/page-protocol.md. */
final class LabelRoutes {

    private final Workspace workspace;
    private final LiveUpdate liveUpdate;

    LabelRoutes(Workspace workspace, LiveUpdate liveUpdate) {
        this.workspace = workspace;
        this.liveUpdate = liveUpdate;
    }

    void add(RoutesConfig routes) {
        routes.post("/api/strokes", this::paint);
        routes.get("/api/strokes", this::strokes);
        routes.delete("/api/strokes/{id}", this::deleteStroke);
        routes.post("/api/undo", ctx -> answerHistory(ctx, OpenProject::undo));
        routes.post("/api/redo", ctx -> answerHistory(ctx, OpenProject::redo));
        routes.post("/api/classes", this::addClass);
        routes.patch("/api/classes/{n}", this::changeClass);
        routes.delete("/api/classes/{n}", ctx -> edit(ctx, content -> Steps.deleteClass(content, number(ctx), now())));
        routes.post(
                "/api/classes/{n}/clear", ctx -> edit(ctx, content -> Steps.clearClass(content, number(ctx), now())));
        routes.post("/api/classes/{n}/merge", ctx -> {
            int into = Body.of(ctx).number("into", 1, Labels.MAX_CLASSES);
            edit(ctx, content -> Steps.mergeClass(content, number(ctx), into, now()));
        });
    }

    private void paint(Context ctx) {
        StrokeRequest request = StrokeRequest.of(Body.of(ctx));
        Optional<OpenProject> open = workspace.project();
        requireSame(request, open);
        OpenProject project = open.orElseGet(workspace::required);
        PageImage image = project.image(request.image());
        project.stepOnce(
                        request.id(),
                        content -> request.step(content, project.state().history(), image, now()))
                .ifPresent(touched -> announce(project, touched, request.page(), request.id()));
        Content content = project.state().content();
        reply(ctx, Map.of("counts", Map.of(image.id(), content.counts(image.id())), "target", liveUpdate.target()));
    }

    /** A stroke that waited while the program was gone must not fall on another project. The page keeps it. */
    private static void requireSame(StrokeRequest request, Optional<OpenProject> open) {
        if (request.project().isPresent()
                && !open.map(OpenProject::ids)
                        .orElse(List.of())
                        .contains(request.project().get())) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("project", open.map(OpenProject::id).orElse(null));
            throw new Problem(
                    409,
                    "Another project is open",
                    "The stroke was painted in a project that is not open now.",
                    "Open that project again; the page keeps the stroke.",
                    details);
        }
    }

    private void strokes(Context ctx) {
        OpenProject project = workspace.required();
        String before = ctx.queryParam("before");
        int limit = Query.number(ctx, "limit", 200, 1, 1000);
        ctx.contentType("application/json").result(Server.JSON.toJson(StrokeList.of(project, before, limit)));
    }

    private void deleteStroke(Context ctx) {
        String id = ctx.pathParam("id");
        OpenProject project = workspace.required();
        edit(ctx, content -> StrokeList.deletion(project, content, id, now()));
    }

    private void addClass(Context ctx) {
        Body body = Body.of(ctx);
        int count = workspace.required().state().content().classes().size();
        LabelClass added = new LabelClass(
                body.optionalText("name").map(LabelRoutes::name).orElse("Label " + (count + 1)),
                body.optionalText("colour").map(LabelRoutes::colour).orElse(ClassColours.of(count + 1)));
        edit(ctx, content -> Steps.addClass(content, added, now()), Map.of("class", count + 1));
    }

    private void changeClass(Context ctx) {
        Body body = Body.of(ctx);
        int cls = number(ctx);
        edit(ctx, content -> {
            LabelClass old = cls <= content.classes().size() ? content.classes().get(cls - 1) : new LabelClass("?", 0);
            LabelClass changed = new LabelClass(
                    body.optionalText("name").map(LabelRoutes::name).orElse(old.name()),
                    body.optionalText("colour").map(LabelRoutes::colour).orElse(old.rgb()));
            return Steps.changeClass(content, cls, changed, now());
        });
    }

    private static String name(String text) {
        String name = text.strip();
        if (name.isEmpty() || name.length() > 80) {
            throw Problem.malformed("A class has a name of 1 to 80 letters.");
        }
        return name;
    }

    static int colour(String text) {
        if (!text.matches("#[0-9a-fA-F]{6}")) {
            throw Problem.malformed("A colour is written like #f2464f.");
        }
        return Integer.parseInt(text.substring(1), 16);
    }

    static String colour(int rgb) {
        return String.format(Locale.ROOT, "#%06x", rgb);
    }

    private static int number(Context ctx) {
        String n = ctx.pathParam("n");
        if (!n.matches("\\d{1,2}")) {
            throw Problem.malformed("A class is a number.");
        }
        return Integer.parseInt(n);
    }

    private void edit(Context ctx, Function<Content, Step> make) {
        edit(ctx, make, Map.of());
    }

    private void edit(Context ctx, Function<Content, Step> make, Map<String, Object> more) {
        OpenProject project = workspace.required();
        announce(project, project.step(make), null, null);
        reply(ctx, more);
    }

    private void answerHistory(Context ctx, Function<OpenProject, OpenProject.Touched> move) {
        OpenProject project = workspace.required();
        OpenProject.Touched touched = move.apply(project);
        announce(project, touched, null, null);
        Step step = touched.step();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("what", step.what());
        Optional<Step.Painted> stroke = step.stroke();
        answer.put("image", stroke.map(Step.Painted::image).orElse(null));
        answer.put("t", stroke.map(Step.Painted::t).orElse(0));
        answer.put("z", stroke.map(Step.Painted::z).orElse(0));
        answer.put("box", stroke.map(Step.Painted::box).orElse(null));
        reply(ctx, answer);
    }

    /** Tells pages and listeners what a step touched. One at a time: the counts that pages get last are the newest. */
    synchronized void announce(OpenProject project, OpenProject.Touched touched, String page, String stroke) {
        if (workspace.project().filter(p -> p == project).isEmpty()) {
            return; // another one was opened meanwhile
        }
        Step step = touched.step();
        Content content = project.state().content();
        Map<String, Object> counts = new LinkedHashMap<>();
        List<String> images = new ArrayList<>();
        step.changes().forEach((image, change) -> {
            if (!change.isEmpty() && content.images().contains(image)) {
                images.add(image);
            }
        });
        boolean everywhere = step.classes().isPresent() || step.images().isPresent();
        for (String image : everywhere ? content.images() : images) {
            counts.put(image, content.counts(image));
        }
        boolean one = images.size() == 1 && !everywhere;
        Optional<Step.Painted> painted = step.stroke().filter(s -> one);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("image", one ? images.get(0) : null);
        event.put("t", painted.map(Step.Painted::t).orElse(0));
        event.put("z", painted.map(Step.Painted::z).orElse(0));
        event.put("box", painted.map(Step.Painted::box).orElse(null));
        event.put("counts", counts);
        event.put("page", page);
        event.put("stroke", stroke);
        List<String> parts = new ArrayList<>(List.of("history", "project"));
        if (everywhere) {
            parts.addAll(List.of("classes", "counts", "images", "export"));
        }
        workspace.hub().changed(parts.toArray(String[]::new));
        if (!images.isEmpty() || everywhere) {
            workspace.hub().event("labels", event);
        }
        if ((touched.undone() ? step.inverse() : step).renumbers()) {
            liveUpdate.renumbered(project);
        } else if (step.classes().isPresent()) {
            Step.Edit<?> list = step.classes().get();
            liveUpdate.relisted(project, list.before().size() != list.after().size());
        }
        liveUpdate.outdated(project);
    }

    private void reply(Context ctx, Map<String, Object> fields) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("revision", workspace.hub().revision());
        answer.putAll(fields);
        ctx.contentType("application/json").result(Server.JSON.toJson(answer));
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    /** Names what undo and redo would do, as the page's buttons say it. */
    static Map<String, Object> history(UndoHistory<Step> history) {
        Map<String, Object> names = new LinkedHashMap<>();
        names.put("undo", history.toUndo().map(Step::what).orElse(null));
        names.put("redo", history.toRedo().map(Step::what).orElse(null));
        return names;
    }
}
