package org.pixelforest.project;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.time.Instant;

/**
 * Replaces a file so that at every moment, through crash or loss of power, the old or the new one stands under its name: written
 * beside it, forced to disk, then renamed over it. The old one stays as {@code NAME.bak}.
 */
final class SafeFile implements AutoCloseable {

    /** What a crash may leave behind is removed when it is older than any save can last. */
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    private final Path target;
    private final Path draft;
    private final Steps steps;

    /** Is told of every step; tests break off there. */
    @FunctionalInterface
    interface Steps {
        void reached(String step);

        Steps SILENT = step -> {};
    }

    SafeFile(Path target, Steps steps) throws IOException {
        // What a link points to is replaced, not the link.
        this.target = Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target;
        this.steps = steps;
        if (!Files.isDirectory(this.target.getParent())) {
            throw new IOException(target + ": the folder does not exist; make it first");
        }
        if (Files.isDirectory(target)) {
            throw new IOException(target + ": is a folder; a project needs the name of a file");
        }
        removeLeftovers();
        draft = this.target.resolveSibling(
                prefix() + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + ".tmp");
    }

    private String prefix() {
        return "." + target.getFileName() + ".";
    }

    private void removeLeftovers() throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(LEFT_BEHIND));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(target.getParent())) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.startsWith(prefix())
                        && name.endsWith(".tmp")
                        && Files.getLastModifiedTime(file).compareTo(old) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Where the new content is to be written. */
    Path draft() {
        return draft;
    }

    /** Puts the draft, which must be complete and on disk, in place of the target. */
    void commit() throws IOException {
        steps.reached("draft written");
        if (Files.exists(target)) {
            keepRights();
            backUp();
        }
        steps.reached("backup kept");
        move(draft, target);
        steps.reached("renamed");
        forceFolder();
        steps.reached("folder on disk");
    }

    private void keepRights() throws IOException {
        PosixFileAttributeView old = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        if (old != null) {
            Files.getFileAttributeView(draft, PosixFileAttributeView.class)
                    .setPermissions(old.readAttributes().permissions());
        }
    }

    private void backUp() throws IOException {
        Path backup = target.resolveSibling(target.getFileName() + ".bak");
        Path link = draft.resolveSibling(draft.getFileName().toString().replaceFirst("\\.tmp$", "-bak.tmp"));
        try {
            try {
                Files.createLink(link, target);
            } catch (IOException | UnsupportedOperationException e) {
                // Some file systems have no hard links.
                Files.copy(target, link, StandardCopyOption.COPY_ATTRIBUTES);
            }
            steps.reached("backup linked");
            move(link, backup);
        } finally {
            // Renaming one hard link over another of the same file leaves both.
            Files.deleteIfExists(link);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Makes the renaming itself survive a loss of power, where the system lets a folder be opened. */
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // Windows cannot; its file system keeps the order of renamings by itself.
        }
    }

    /** Removes the draft if it was not committed. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(draft);
    }
}
