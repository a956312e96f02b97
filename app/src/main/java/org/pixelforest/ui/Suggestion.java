package org.pixelforest.ui;

import io.javalin.config.RoutesConfig;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Looks for the few features that are enough, at a person's request, on a thread of the lowest priority. */
final class Suggestion implements Workspace.Member, Closeable {

    private static final Logger LOG = Logger.getLogger(Suggestion.class.getName());

    /** One search; what is no longer the present one is given up. */
    private static final class Search {
        private volatile double progress;
        private volatile SuggestedFeatures found;
        private volatile String failure;
    }

    private final Workspace workspace;
    private volatile Search present;

    Suggestion(Workspace workspace) {
        this.workspace = workspace;
        workspace.hub().part("suggestion", this::json);
        workspace.join(this);
    }

    void add(RoutesConfig routes) {
        routes.post("/api/suggestion", ctx -> {
            start(workspace.required());
            ProjectRoutes.json(ctx, Map.of("revision", workspace.hub().changed("suggestion")));
        });
        routes.delete("/api/suggestion", ctx -> {
            present = null;
            ProjectRoutes.json(ctx, Map.of("revision", workspace.hub().changed("suggestion")));
        });
    }

    @Override
    public void opened(Optional<OpenProject> project) {
        present = null;
    }

    private synchronized void start(OpenProject project) {
        if (present != null && present.found == null && present.failure == null) {
            return; // It is on its way.
        }
        Search search = new Search();
        present = search;
        Thread thread = new Thread(() -> run(search, project), "suggestion");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    private void run(Search search, OpenProject project) {
        try {
            search.found = SuggestedFeatures.search(
                    new Trainer(project, Runtime.getRuntime().availableProcessors()), (done, total) -> {
                        double progress = (double) done / Math.max(1, total);
                        if (progress - search.progress >= 0.01) {
                            search.progress = progress;
                            workspace.hub().changed("suggestion");
                        }
                        return present == search;
                    });
        } catch (CancellationException putAway) {
            return;
        } catch (Trainer.NotYet notYet) {
            search.failure = switch (notYet.hint()) {
                case "no images" -> "Add images and paint two classes first.";
                case "no features" -> "Select the features to choose from first.";
                default -> "Paint at least two classes first.";
            };
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            LOG.log(Level.WARNING, "suggestion failed", e);
            search.failure = LiveUpdate.reason(e);
        }
        workspace.hub().changed("suggestion");
    }

    private Map<String, Object> json() {
        Search search = present;
        if (search == null) {
            return null;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        if (search.failure != null) {
            json.put("state", "failed");
            json.put("message", search.failure);
        } else if (search.found != null) {
            SuggestedFeatures found = search.found;
            json.put("state", "done");
            json.put("selected", found.selection().selected());
            json.put("outOfBag", found.outOfBag());
            json.put("before", found.before());
            json.put("microseconds", found.microseconds());
        } else {
            json.put("state", "running");
            json.put("progress", search.progress);
        }
        return json;
    }

    @Override
    public void close() {
        present = null;
    }
}
