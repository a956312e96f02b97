package org.pixelforest.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pixelforest.project.Lane;
import org.pixelforest.training.NewLanes;

/** Adds image files to the open project; those that cannot be read, or are part of it, are named and left out. */
final class NewImages {

    /** What became of the files. */
    record Added(int added, List<Map<String, Object>> skipped) {}

    private NewImages() {}

    static synchronized Added add(Workspace workspace, OpenProject project, List<Path> files) throws IOException {
        List<PageImage> added = new ArrayList<>();
        List<Map<String, Object>> skipped = new ArrayList<>();
        List<String> channels = project.channelNames();
        int channelCount = project.channelCount();
        for (Path file : files) {
            if (holds(project.present(), file) || holds(added, file)) {
                skipped.add(skipped(file, "It is part of the project already."));
                continue;
            }
            try {
                Lane lane = NewLanes.of(file, project.file().toAbsolutePath().getParent());
                PageImage image = PageImage.open(lane, project.file(), channels, channelCount, project.recent());
                if (channelCount == 0 && image.readable()) {
                    channels = image.channelNames();
                    channelCount = image.shape().c();
                }
                added.add(image);
            } catch (IOException e) {
                skipped.add(skipped(file, FileFault.message(e)));
            }
        }
        if (!added.isEmpty()) {
            project.add(added);
            workspace.hub().changed("images", "counts", "project", "channels", "export");
        }
        return new Added(added.size(), skipped);
    }

    private static boolean holds(List<PageImage> images, Path file) {
        return images.stream().flatMap(image -> image.file().stream()).anyMatch(present -> same(present, file));
    }

    private static boolean same(Path a, Path b) {
        try {
            return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize())
                    || Files.exists(a) && Files.isSameFile(a, b);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static Map<String, Object> skipped(Path file, String error) {
        return Map.of("path", file.toString(), "error", error);
    }
}
