package org.pixelforest.ui;

import io.javalin.http.Context;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Shows a folder in the file manager of the desktop that the server runs on, if there is one. */
final class FileManager {

    private final Workspace workspace;
    private final boolean remote;

    /** {@code remote}: whoever asks sits elsewhere, and would not see the window. */
    FileManager(Workspace workspace, boolean remote) {
        this.workspace = workspace;
        this.remote = remote;
    }

    void reveal(Context ctx) {
        Path path = workspace.roots().existing(Body.of(ctx).text("path"));
        Path folder = Files.isDirectory(path) ? path : path.getParent();
        Optional<List<String>> command =
                remote ? Optional.empty() : command(System.getProperty("os.name", ""), System.getenv(), path, folder);
        if (command.isEmpty()) {
            throw none(folder);
        }
        try {
            new ProcessBuilder(command.get())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw none(folder);
        }
        ProjectRoutes.json(ctx, Map.of("revision", workspace.hub().revision()));
    }

    private static Problem none(Path folder) {
        return Problem.conflict(
                "No file manager here", "The folder is " + folder + ".", "Copy the path and open it yourself.");
    }

    /** The program and its arguments; no shell ever sees the path. */
    static Optional<List<String>> command(String system, Map<String, String> environment, Path path, Path folder) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return Optional.of(List.of("open", "-R", path.toString()));
        }
        if (name.startsWith("windows")) {
            return Optional.of(List.of("explorer.exe", "/select," + path));
        }
        boolean desktop = environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        boolean installed = List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)).stream()
                .anyMatch(place -> !place.isEmpty() && Files.isExecutable(Path.of(place, "xdg-open")));
        return desktop && installed ? Optional.of(List.of("xdg-open", folder.toString())) : Optional.empty();
    }
}
