package org.pixelforest.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pixelforest.forest.ConfusionMatrix;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.label.ConnectedLabels;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;
import org.pixelforest.project.Fingerprint;
import org.pixelforest.project.ImageLocation;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;

/**
 * The labels of two people in one project, and how far they agree. Images are told by their files and content, never by order; classes by
 * name.
 *
 * @param project images and labels of both, without a forest
 * @param agreement the first one's classes (rows) and the second one's of all pixels that both labelled; numbers are those of the merged
 *     classes
 * @param conflicts connected pixels that they labelled differently, image by image
 * @param shared how many images both have
 * @param added how many images only the second has
 */
public record ProjectMerge(
        Project project, ConfusionMatrix agreement, List<Conflict> conflicts, int shared, int added) {

    /** Whose label stands where both labelled a pixel differently. */
    public enum Winner {
        NEITHER,
        FIRST,
        SECOND
    }

    /**
     * Connected pixels on which the two differ in the same way.
     *
     * @param image nickname in the first project
     * @param bounds the smallest box around them
     * @param first class in the first project, a number of the merged classes
     * @param second class in the second
     */
    public record Conflict(String image, Region bounds, long pixels, int first, int second) {}

    public ProjectMerge {
        conflicts = List.copyOf(conflicts);
    }

    /** A project and where it is. */
    public record Source(Project project, Path file) {

        Path folder() {
            return file.toAbsolutePath().getParent();
        }
    }

    /**
     * @throws IOException when class names are not unique, or an image cannot be taken over; the message names the project
     */
    public static ProjectMerge of(Source first, Source second, Winner winner) throws IOException {
        List<LabelClass> classes = new ArrayList<>(first.project.classes());
        requireUnique(first);
        requireUnique(second);
        int[] numbers = new int[second.project.classes().size() + 1];
        for (int k = 1; k < numbers.length; k++) {
            numbers[k] = place(classes, second.project.classes().get(k - 1)) + 1;
        }
        Merging merging = new Merging(winner);
        List<Lane> lanes = new ArrayList<>(first.project.lanes());
        int shared = 0;
        for (Lane lane : second.project.lanes()) {
            Labels labels = lane.labels().mapped(numbers);
            Optional<Integer> same = same(first, second, lane);
            if (same.isPresent()) {
                Lane mine = lanes.get(same.get());
                lanes.set(same.get(), mine.withLabels(merging.merged(mine, labels, second.file)));
                shared++;
            } else {
                lanes.add(moved(lane, labels, first, second, lanes));
            }
        }
        Project merged = first.project.withClasses(classes).withLanes(lanes).withoutForest();
        return new ProjectMerge(
                merged,
                ConfusionMatrix.of(ints(merging.mine), ints(merging.theirs)),
                merging.conflicts,
                shared,
                lanes.size() - first.project.lanes().size());
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(i -> i).toArray();
    }

    private static void requireUnique(Source source) throws IOException {
        List<String> names = new ArrayList<>();
        for (LabelClass cls : source.project.classes()) {
            if (names.contains(cls.name())) {
                throw new IOException(source.file + ": two classes are called '" + cls.name()
                        + "'; rename one, for classes are matched by name");
            }
            names.add(cls.name());
        }
    }

    private static int place(List<LabelClass> classes, LabelClass wanted) {
        for (int k = 0; k < classes.size(); k++) {
            if (classes.get(k).name().equals(wanted.name())) {
                return k;
            }
        }
        classes.add(wanted);
        return classes.size() - 1;
    }

    /** The lane of the first project with the same image. */
    private static Optional<Integer> same(Source first, Source second, Lane wanted) throws IOException {
        for (int i = 0; i < first.project.lanes().size(); i++) {
            if (same(first.project.lanes().get(i), first.folder(), wanted, second.folder())) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static boolean same(Lane one, Path oneFolder, Lane other, Path otherFolder) throws IOException {
        if (!one.location().dataSet().equals(other.location().dataSet())
                && one.location().kind() != ImageLocation.Kind.EMBEDDED) {
            return false;
        }
        Optional<Path> a = one.location().file(oneFolder).filter(Files::isRegularFile);
        Optional<Path> b = other.location().file(otherFolder).filter(Files::isRegularFile);
        if (a.isPresent() && b.isPresent()) {
            return Files.isSameFile(a.get(), b.get())
                    || Files.size(a.get()) == Files.size(b.get())
                            && Fingerprint.of(a.get())
                                    .sha256()
                                    .equals(Fingerprint.of(b.get()).sha256());
        }
        if (one.fingerprint().isPresent() && other.fingerprint().isPresent()) {
            return one.fingerprint()
                    .get()
                    .sha256()
                    .equals(other.fingerprint().get().sha256());
        }
        return one.nickname().equals(other.nickname()) && one.shape().equals(other.shape());
    }

    private static Lane moved(Lane lane, Labels labels, Source first, Source second, List<Lane> beside)
            throws IOException {
        Optional<Path> file = lane.location().file(second.folder());
        if (file.isEmpty()) {
            throw new IOException(second.file + ": image " + lane.nickname()
                    + " is not a file of its own, so it cannot be taken into another project; save it as a file first");
        }
        ImageLocation location = ImageLocation.of(file.get(), lane.location().dataSet(), first.folder());
        return new Lane(
                lane.nickname(),
                location,
                ImageLocation.NOWHERE,
                lane.axes(),
                lane.shape(),
                labels,
                ownId(lane.id() + "-merged", beside),
                lane.fingerprint(),
                Optional.empty());
    }

    /** An id that no other lane has: who merges twice brings the same one again. */
    private static String ownId(String wanted, List<Lane> beside) {
        String id = wanted;
        for (int i = 2; isTaken(id, beside); i++) {
            id = wanted + "-" + i;
        }
        return id;
    }

    private static boolean isTaken(String id, List<Lane> beside) {
        return beside.stream().anyMatch(lane -> lane.id().equals(id));
    }

    /** Opinions gathered over all images. */
    private static final class Merging {

        private final Winner winner;
        private final List<Integer> mine = new ArrayList<>();
        private final List<Integer> theirs = new ArrayList<>();
        private final List<Conflict> conflicts = new ArrayList<>();

        Merging(Winner winner) {
            this.winner = winner;
        }

        Labels merged(Lane lane, Labels other, Path file) throws IOException {
            Labels own = lane.labels();
            if (!own.shape().equals(other.shape())) {
                throw new IOException(file + ": image " + lane.nickname() + " has " + Sizes.of(other.shape())
                        + ", but in the first project " + Sizes.of(own.shape()) + "; they cannot be merged");
            }
            Shape shape = own.shape();
            Labels result = winner == Winner.SECOND ? own.with(other) : other.with(own);
            Labels differing = Labels.empty(shape);
            // A number for each pair of classes, so that neighbours with other pairs stay apart.
            Map<Integer, Integer> pairs = new HashMap<>();
            for (Region part : own.occupied()) {
                byte[] a = own.read(part);
                byte[] b = other.read(part);
                byte[] conflict = new byte[a.length];
                byte[] cleared = new byte[a.length];
                for (int i = 0; i < a.length; i++) {
                    if (a[i] == 0 || b[i] == 0) {
                        continue;
                    }
                    mine.add((int) a[i]);
                    theirs.add((int) b[i]);
                    if (a[i] != b[i]) {
                        int next = pairs.size() % Labels.MAX_CLASSES + 1;
                        Integer known = pairs.putIfAbsent(a[i] * 100 + b[i], next);
                        conflict[i] = (byte) (known == null ? next : known);
                        cleared[i] = Labels.ERASE;
                    }
                }
                differing = differing.with(part, conflict);
                result = winner == Winner.NEITHER ? result.with(part, cleared) : result;
            }
            list(lane.nickname(), ConnectedLabels.of(differing), own, other);
            return result;
        }

        private void list(String image, ConnectedLabels regions, Labels own, Labels other) {
            for (int i = 0; i < regions.size(); i++) {
                Region box = regions.bounds(i);
                int x = box.minX();
                while (regions.at(box.t(), box.minZ(), box.minY(), x) != i) {
                    x++;
                }
                conflicts.add(new Conflict(
                        image,
                        box,
                        regions.pixels(i),
                        own.get(box.t(), box.minZ(), box.minY(), x),
                        other.get(box.t(), box.minZ(), box.minY(), x)));
            }
        }
    }
}
