package org.pixelforest.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.image.Shape;
import org.pixelforest.label.Stroke;

/** Whenever saving is broken off, the project holds the old or the new content, and its backup opens as well. */
class SaveKillTest {

    /** Real kills of another Java; {@code -Dpixelforest.kills=1000} for a long run. */
    private static final int KILLS = Integer.getInteger("pixelforest.kills", 12);

    /** A kill comes at most so long after the first saving began, in microseconds: that is some ten savings. */
    private static final int LONGEST_MICROS = 300_000;

    private static final int BREAKS = 1000;

    @TempDir
    Path folder;

    /** The project of a revision: its number is painted as the length of a stroke and written as a note. */
    static Project revision(Project project, int number) {
        Lane lane = project.lanes().get(0);
        Stroke stroke = new Stroke(
                1 + number % 3,
                3,
                0,
                0,
                List.of(new Stroke.Point(2, number % 200), new Stroke.Point(2 + number % 150, 50)));
        return project.withLane(0, lane.withLabels(lane.labels().with(stroke)))
                .withAdditions(project.additions().withNotes(java.util.Optional.of("revision " + number)));
    }

    static Project first() {
        Lane lane = Lane.of(
                "a", new ImageLocation(ImageLocation.Kind.RELATIVE, "a.h5/img"), "yxc", Shape.of(3, 200, 200), "id-a");
        return Project.create().withLanes(List.of(lane));
    }

    /** Stands for the end of the process: nothing catches it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void brokenOffAtAnyStepTheProjectIsOldOrNew() throws IOException {
        Path file = folder.resolve("p.ilp");
        Random random = new Random(5);
        Project project = revision(first(), 0).write(file);
        List<String> steps = new ArrayList<>();
        ProjectWriter.write(revision(project, 1), folder.resolve("other.ilp"), steps::add);
        ProjectWriter.write(revision(project, 1), folder.resolve("other.ilp"), steps::add);
        int most = steps.size() / 2 + 3;
        int kept = 0;
        int renewed = 0;
        for (int n = 1; n <= BREAKS; n++) {
            Project next = revision(project, n);
            int[] left = {random.nextInt(most)};
            try {
                project = ProjectWriter.write(next, file, step -> {
                    if (left[0]-- == 0) {
                        throw new Killed();
                    }
                });
                renewed++;
            } catch (Killed e) {
                Project read = Project.read(file);
                boolean isNew = content(read).equals(content(next));
                assertThat(isNew || content(read).equals(content(project)))
                        .as("break " + n)
                        .isTrue();
                kept += isNew ? 0 : 1;
                renewed += isNew ? 1 : 0;
                project = read;
            }
        }
        assertThat(kept).isGreaterThan(100);
        assertThat(renewed).isGreaterThan(100);
        Project.read(folder.resolve("p.ilp.bak"));
    }

    private static List<Object> content(Project project) {
        return List.of(project.lanes().get(0).labels(), project.additions());
    }

    @Test
    void killedAtAnyMomentTheProjectIsOldOrNew() throws Exception {
        Path file = folder.resolve("p.ilp");
        Project expected = revision(first(), 0);
        // Twice, so that there is a backup from the beginning.
        expected.write(file).write(file);
        Random random = new Random(6);
        int last = 0;
        int halfWritten = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process saving = saving(file);
            assertThat(saving.inputReader().readLine()).isEqualTo("saving");
            // A busy machine needs longer for a first saving to be done.
            int longest = last > 0 ? LONGEST_MICROS : LONGEST_MICROS << Math.min(kill, 6);
            TimeUnit.MICROSECONDS.sleep(random.nextInt(longest));
            saving.destroyForcibly();
            assertThat(saving.waitFor(30, TimeUnit.SECONDS)).isTrue();
            Project read = Project.read(file);
            int revision = number(read);
            assertThat(revision).as("kill " + kill).isGreaterThanOrEqualTo(last);
            for (; last < revision; last++) {
                expected = revision(expected, last + 1);
            }
            assertThat(content(read)).as("kill " + kill).isEqualTo(content(expected));
            assertThat(number(Project.read(folder.resolve("p.ilp.bak")))).isBetween(revision - 1, revision);
            halfWritten += removeTemporaryFiles();
        }
        System.out.printf(
                "%d kills, %d of them while a file was half-written; %d revisions saved%n", KILLS, halfWritten, last);
        assertThat(last).isPositive();
        assertThat(halfWritten).as("kills that struck a saving").isPositive();
        Project.read(file).write(file);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("p.ilp", "p.ilp.bak");
        }
    }

    /** A Java of its own that saves without end; it starts in a fraction of a second, so that a thousand of them are minutes. */
    private static Process saving(Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Saving.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static int number(Project project) {
        return Integer.parseInt(project.additions().notes().orElseThrow().substring("revision ".length()));
    }

    /** What a kill leaves behind, and nothing else. */
    private int removeTemporaryFiles() throws IOException {
        int removed = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.getFileName().toString().endsWith(".tmp"))
                    .toList()) {
                Files.delete(file);
                removed++;
            }
        }
        return removed;
    }

    /** Saves one revision after the other until it is killed. */
    static final class Saving {

        private Saving() {}

        public static void main(String[] arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            Project project = Project.read(file);
            int revision = number(project);
            System.out.println("saving");
            System.out.flush();
            while (true) {
                project = revision(project, ++revision).write(file);
            }
        }
    }
}
