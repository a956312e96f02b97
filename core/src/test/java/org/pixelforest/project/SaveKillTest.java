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
import org.pixelforest.label.Labels;
import org.pixelforest.label.Stroke;

/** Whenever saving is broken off, the project holds the old or the new content, and its backup opens as well. */
class SaveKillTest {

    /** Real kills of another Java; {@code -Dpixelforest.kills=1000} for a long run. */
    private static final int KILLS = Integer.getInteger("pixelforest.kills", 12);

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
        revision(first(), 0).write(file);
        Random random = new Random(6);
        int last = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process saving = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Saving.class.getName(),
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(saving.inputReader().readLine()).isEqualTo("saving");
            Thread.sleep(random.nextInt(400));
            saving.destroyForcibly();
            assertThat(saving.waitFor(30, TimeUnit.SECONDS)).isTrue();
            Project read = Project.read(file);
            int revision =
                    Integer.parseInt(read.additions().notes().orElseThrow().substring("revision ".length()));
            assertThat(revision).as("kill " + kill).isGreaterThanOrEqualTo(last);
            assertThat(read.lanes().get(0).labels()).isEqualTo(labels(revision));
            last = revision;
        }
        assertThat(last).isPositive();
        Path backup = folder.resolve("p.ilp.bak");
        assertThat(Project.read(backup).lanes()).hasSize(1);
        Project.read(file).write(file);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()).filter(n -> !n.endsWith(".tmp")))
                    .containsExactlyInAnyOrder("p.ilp", "p.ilp.bak");
        }
    }

    private static Labels labels(int revision) {
        Project project = first();
        for (int n = 0; n <= revision; n++) {
            project = revision(project, n);
        }
        return project.lanes().get(0).labels();
    }

    /** Saves one revision after the other until it is killed. */
    static final class Saving {

        private Saving() {}

        public static void main(String[] arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            Project project = Project.read(file);
            int revision =
                    Integer.parseInt(project.additions().notes().orElseThrow().substring("revision ".length()));
            System.out.println("saving");
            System.out.flush();
            while (true) {
                project = revision(project, ++revision).write(file);
            }
        }
    }
}
