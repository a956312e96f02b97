package org.pixelforest.ui;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a dialog shows of a folder. Folders of hundreds of thousands of files are looked through once, and not to the end when that
 * takes too long.
 *
 * @param entries the first {@value #MOST} of those that match, folders first
 * @param total how many entries were seen, those left out by the question included; hidden ones never count
 * @param left how many match but are not among {@code entries}
 * @param complete whether the folder was seen to its end
 */
record FolderListing(List<Entry> entries, int total, int left, boolean complete) {

    private static final int MOST = 2000;
    private static final int MOST_SEEN = 200_000;
    private static final long MOST_NANOS = 3_000_000_000L;

    /** A file or folder as the protocol has it; {@code modified} in milliseconds since 1970. */
    record Entry(String name, String path, String kind, long size, long modified) {}

    private static final Comparator<Entry> ORDER =
            Comparator.comparing((Entry e) -> !e.kind.equals("folder")).thenComparing(Entry::name, new NaturalOrder());

    /**
     * Looks through a folder.
     *
     * @param folder all links resolved
     * @param part of the names wanted, without case; empty for all
     * @throws Problem 403 when it cannot be read
     */
    static FolderListing of(Path folder, String part, Roots roots) {
        return of(folder, part, roots, MOST_NANOS);
    }

    /** The same, seen to its end or as far as one comes in {@code nanos}. */
    static FolderListing of(Path folder, String part, Roots roots, long nanos) {
        String wanted = part.strip().toLowerCase(Locale.ROOT);
        List<Entry> matching = new ArrayList<>();
        int seen = 0;
        boolean complete = true;
        long begun = System.nanoTime();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path path : stream) {
                if (seen == MOST_SEEN || System.nanoTime() - begun > nanos) {
                    complete = false;
                    break;
                }
                String name = path.getFileName().toString();
                if (name.startsWith(".")) {
                    continue;
                }
                seen++;
                if (name.toLowerCase(Locale.ROOT).contains(wanted)) {
                    entry(path, name, roots).ifPresent(matching::add);
                }
            }
        } catch (AccessDeniedException e) {
            throw unreadable(folder, "you may not read it");
        } catch (IOException e) {
            throw unreadable(folder, FileFault.message(e));
        } catch (DirectoryIteratorException e) {
            throw unreadable(folder, FileFault.message(e.getCause()));
        }
        matching.sort(ORDER);
        List<Entry> first = List.copyOf(matching.subList(0, Math.min(MOST, matching.size())));
        return new FolderListing(first, seen, matching.size() - first.size(), complete);
    }

    private static Problem unreadable(Path folder, String why) {
        return new Problem(
                403,
                "Folder cannot be read",
                folder + ": " + why + ".",
                "Choose another folder, or ask for the right.");
    }

    private static Optional<Entry> entry(Path path, String name, Roots roots) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean link = file.isSymbolicLink();
            if (link ? !roots.allowsReal(path) : !roots.allows(path)) {
                return Optional.empty();
            }
            if (link) {
                file = Files.readAttributes(path, BasicFileAttributes.class);
            }
            boolean folder = file.isDirectory();
            return Optional.of(new Entry(
                    name,
                    path.toString(),
                    folder ? "folder" : kind(name.toLowerCase(Locale.ROOT)),
                    folder ? 0 : file.size(),
                    file.lastModifiedTime().toMillis()));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static String kind(String name) {
        return name.endsWith(".ilp") ? "project" : name.matches(".*\\.(h5|hdf5|tiff?|npy|png)") ? "image" : "other";
    }
}
