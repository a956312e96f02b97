package org.pixelforest.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * The file that a project was read from or last written to, and what stood in it then; saving compares with that, so that only
 * what changed is written anew and all else is kept as it stands.
 */
public record ProjectFile(Path path, long size, FileTime modified, Project content) {

    static ProjectFile of(Path path, BasicFileAttributes attributes, Project content) {
        return new ProjectFile(
                path.toAbsolutePath().normalize(), attributes.size(), attributes.lastModifiedTime(), content);
    }

    /** The folder that relative paths start from. */
    public Path folder() {
        return path.getParent();
    }

    /** Whether the file is still there and no other program has written to it since. */
    boolean unchanged() throws IOException {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
        return now.size() == size && now.lastModifiedTime().equals(modified);
    }
}
