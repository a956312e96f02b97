package org.pixelforest.ui;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Adds images to the project as they appear in its folder. The folder is listed every {@value #SECONDS} seconds, since shared drives
 * tell nobody of changes; a file is taken when it has stopped growing. What was there before is left alone.
 */
final class FolderWatch implements Workspace.Member, Closeable {

    private static final Logger LOG = Logger.getLogger(FolderWatch.class.getName());
    private static final int SECONDS = 2;

    private final Workspace workspace;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watch");
        thread.setDaemon(true);
        return thread;
    });

    // Guarded by this.
    private Path folder;
    private Set<Path> seen = Set.of();
    private Map<Path, Long> growing = Map.of();

    FolderWatch(Workspace workspace) {
        this.workspace = workspace;
        workspace.hub().part("watch", this::json);
        workspace.join(this);
        clock.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    void add(RoutesConfig routes) {
        routes.post("/api/watch", this::change);
    }

    @Override
    public synchronized void opened(Optional<OpenProject> project) {
        folder = null;
        seen = Set.of();
    }

    private void change(Context ctx) throws IOException {
        OpenProject project = workspace.required();
        boolean on = Body.of(ctx).flag("on");
        // NB: a folder may be far away; nobody waits for it but who asked.
        Path watched = on ? folderOf(project) : null;
        if (on && Files.isDirectory(watched)) {
            workspace.roots().existing(watched.toString());
        }
        Set<Path> present = on ? Set.copyOf(FolderContents.images(watched)) : Set.of();
        synchronized (this) {
            if (workspace.project().filter(p -> p == project).isPresent()) {
                folder = watched;
                seen = present;
                growing = Map.of();
            }
        }
        ProjectRoutes.json(ctx, Map.of("revision", workspace.hub().changed("watch")));
    }

    /** Where the project's last image lies; without images, where crops will be. */
    private static Path folderOf(OpenProject project) throws IOException {
        List<Path> files = project.present().stream()
                .flatMap(image -> image.file().stream())
                .toList();
        if (!files.isEmpty()) {
            return files.get(files.size() - 1).toAbsolutePath().getParent();
        }
        FolderContents contents =
                FolderContents.of(project.file().toAbsolutePath().getParent());
        return contents.unprepared()
                .map(raw -> raw.folder().resolveSibling("crops"))
                .orElse(contents.base());
    }

    private void look() {
        try {
            List<Path> complete = complete();
            Optional<OpenProject> project = workspace.project();
            if (complete.isEmpty() || project.isEmpty()) {
                return;
            }
            NewImages.Added added = NewImages.add(workspace, project.get(), complete);
            if (added.added() > 0) {
                workspace.hub().message("status", "Images added", added.added() + " new in the folder.", "");
            }
            for (Map<String, Object> skipped : added.skipped()) {
                LOG.info(() -> Server.printable("not added: " + skipped.get("path") + ": " + skipped.get("error")));
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "watching the folder failed", e);
        }
    }

    /** New files that are as long as the last time; each is named once. */
    private List<Path> complete() throws IOException {
        Path listed;
        Set<Path> known;
        Map<Path, Long> before;
        synchronized (this) {
            listed = folder;
            known = seen;
            before = growing;
        }
        if (listed == null) {
            return List.of();
        }
        List<Path> complete = new ArrayList<>();
        Map<Path, Long> sizes = new HashMap<>();
        for (Path file : FolderContents.images(listed)) {
            // NB: a link may lead out of the named folders.
            if (!known.contains(file) && workspace.roots().allowsReal(file)) {
                long size = Files.size(file);
                if (size > 0 && Long.valueOf(size).equals(before.get(file))) {
                    complete.add(file);
                } else {
                    sizes.put(file, size);
                }
            }
        }
        synchronized (this) {
            if (folder != listed || seen != known) {
                return List.of(); // switched off, or on anew, meanwhile
            }
            growing = sizes;
            if (!complete.isEmpty()) {
                seen = new HashSet<>(known);
                seen.addAll(complete);
            }
        }
        return complete;
    }

    private synchronized Map<String, Object> json() {
        return folder == null ? null : Map.of("folder", folder.toString());
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
