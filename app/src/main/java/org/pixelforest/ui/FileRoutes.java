package org.pixelforest.ui;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the page's dialogs see of the disk: section 9 of docs/page-protocol.md. */
final class FileRoutes {

    private static final int MOST_DROPPED = 500;

    private final Workspace workspace;

    FileRoutes(Workspace workspace) {
        this.workspace = workspace;
    }

    void add(RoutesConfig routes) {
        routes.get("/api/files", this::files);
        routes.post("/api/find", this::find);
    }

    private void files(Context ctx) {
        String asked = ctx.queryParam("path");
        List<Roots.Root> roots = workspace.roots().list();
        Map<String, Object> answer = new LinkedHashMap<>();
        FolderListing listing = new FolderListing(List.of(), 0, 0, true);
        if (asked == null && roots.isEmpty()) {
            answer.put("path", "");
            answer.put("parent", null);
        } else {
            Path folder =
                    workspace.roots().existing(asked == null ? roots.get(0).path() : asked);
            if (!Files.isDirectory(folder)) {
                folder = folder.getParent();
            }
            listing = FolderListing.of(
                    folder, Optional.ofNullable(ctx.queryParam("q")).orElse(""), workspace.roots());
            Path parent = folder.getParent();
            answer.put("path", folder.toString());
            answer.put("parent", parent != null && workspace.roots().allows(parent) ? parent.toString() : null);
        }
        answer.put("roots", roots);
        answer.put("entries", listing.entries());
        answer.put("total", listing.total());
        answer.put("left", listing.left());
        answer.put("complete", listing.complete());
        ProjectRoutes.json(ctx, answer);
    }

    private void find(Context ctx) {
        Body body = Body.of(ctx);
        if (!body.has("files") || !body.json().get("files").isJsonArray()) {
            throw Problem.malformed("\"files\" must be a list.");
        }
        JsonArray dropped = body.json().getAsJsonArray("files");
        if (dropped.size() > MOST_DROPPED) {
            throw Problem.malformed(
                    "At most " + MOST_DROPPED + " files can be looked for at once (got: " + dropped.size() + ").");
        }
        List<String> paths = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (JsonElement asked : dropped) {
            String name;
            long size;
            try {
                name = asked.getAsJsonObject().get("name").getAsString();
                size = asked.getAsJsonObject().get("size").getAsLong();
            } catch (RuntimeException malformed) {
                throw Problem.malformed("Each of \"files\" needs name and size.");
            }
            DroppedFile.find(workspace.roots(), name, size)
                    .ifPresentOrElse(file -> paths.add(file.toString()), () -> missing.add(name));
        }
        ProjectRoutes.json(ctx, Map.of("paths", paths, "missing", missing));
    }
}
