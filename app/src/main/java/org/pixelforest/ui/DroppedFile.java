package org.pixelforest.ui;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Finds a file that was dropped on the page: a browser tells its name and size, but not where it is. */
final class DroppedFile {

    private static final int MAX_VISITS = 50_000;

    private DroppedFile() {}

    /** The only file of this name and size in the named folders; a folder has size 0 and any. */
    static Optional<Path> find(Roots roots, String name, long size) {
        Path[] found = new Path[2];
        int[] visits = new int[1];
        SimpleFileVisitor<Path> visitor = new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return visit(folder, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                return visit(file, attributes);
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                return FileVisitResult.CONTINUE;
            }

            private FileVisitResult visit(Path path, BasicFileAttributes attributes) {
                if (path.getFileName() != null
                        && path.getFileName().toString().equals(name)
                        && (attributes.isDirectory() || attributes.size() == size)) {
                    found[found[0] == null || found[0].equals(path) ? 0 : 1] = path;
                }
                return ++visits[0] > MAX_VISITS || found[1] != null
                        ? FileVisitResult.TERMINATE
                        : FileVisitResult.CONTINUE;
            }
        };
        for (Path root : roots.whole()) {
            try {
                Files.walkFileTree(root, visitor);
            } catch (IOException unreadable) {
                // The other folders may still have it.
            }
        }
        return found[1] == null ? Optional.ofNullable(found[0]) : Optional.empty();
    }
}
