package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.image.Shape;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;
import org.pixelforest.label.Stroke;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;
import org.pixelforest.training.NewLanes;
import org.pixelforest.training.ProjectMerge;

/** A project on the disk, opened, changed, killed and opened again: what was done is there. */
class OpenProjectTest {

    @TempDir
    private Path temp;

    private Path folder;
    private Path file;
    private Hub hub;
    private final Roots roots = new Roots();
    private int strokes;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectories(temp.toRealPath().resolve("study"));
        roots.allow(folder);
        file = folder.resolve("x.ilp");
        hub = new Hub();
        Project.create()
                .withLanes(List.of(NewLanes.of(image("a.png", 1), folder), NewLanes.of(image("b.png", 2), folder)))
                .write(file);
    }

    @AfterEach
    void end() {
        hub.close();
    }

    private Path image(String name, int seed) throws IOException {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(60, 50, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 60 * 50; i++) {
            image.getRaster().setSample(i % 60, i / 60, 0, random.nextInt(256));
        }
        ImageIO.write(image, "png", folder.resolve(name).toFile());
        return folder.resolve(name);
    }

    private OpenProject open() throws IOException {
        return ProjectOpening.open(file, roots, new Opening(hub));
    }

    /** A stroke of class 1 on the image at a place of the list. */
    private Step paint(OpenProject project, int place) {
        String image = project.state().content().images().get(place);
        int at = 4 + 8 * strokes++ % 40;
        return project.step(content -> Steps.paint(
                        content,
                        "stroke-" + strokes,
                        "Stroke",
                        image,
                        content.labels(image).with(new Stroke(1, 3, 0, 0, List.of(new Stroke.Point(at, at)))),
                        Optional.empty(),
                        strokes))
                .step();
    }

    private static long painted(OpenProject project) {
        Content content = project.state().content();
        return content.images().stream()
                .mapToLong(i -> content.labels(i).count())
                .sum();
    }

    private void changeElsewhere() throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
    }

    @Test
    void whatCannotBeSavedChangesNothing() throws IOException {
        try (OpenProject project = open()) {
            paint(project, 0);
            changeElsewhere();
            OpenProject.State before = project.state();
            Lane lane = NewLanes.of(image("c.png", 3), folder);
            PageImage added = PageImage.open(lane, file, List.of(), 1, project.recent());
            assertThatThrownBy(() -> project.add(List.of(added)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("changed by another program");
            PageImage renamed = PageImage.open(
                    project.present().get(0).lane().withNickname("other"), file, List.of(), 1, project.recent());
            assertThatThrownBy(() -> project.replace(renamed)).isInstanceOf(Problem.class);
            assertThat(project.state()).isSameAs(before);
            assertThat(project.present()).extracting(PageImage::name).containsExactly("a", "b");
            assertThat(project.present()).allMatch(PageImage::readable);
            paint(project, 1);
        }
        try (OpenProject again = open()) {
            assertThat(painted(again)).isPositive();
            assertThat(again.state().content().images()).hasSize(2);
            assertThat(again.state().history().size()).isEqualTo(2);
        }
    }

    @Test
    void twoImagesWithOneIdKeepTheirLabels() throws IOException {
        Project made = Project.read(file);
        Labels labels = made.lanes().get(0).labels().with(new Stroke(1, 5, 0, 0, List.of(new Stroke.Point(9, 9))));
        Lane first = made.lanes().get(0).withLabels(labels);
        Lane second = made.lanes().get(1).withId(first.id()).withLabels(labels);
        Files.delete(file);
        Project.create().withLanes(List.of(first, second)).write(file);
        long count = 2 * labels.count();
        try (OpenProject project = open()) {
            assertThat(project.present()).hasSize(2).allMatch(PageImage::readable);
            assertThat(painted(project)).isEqualTo(count);
            paint(project, 1);
            project.undo();
            project.save(file);
        }
        try (OpenProject project = open()) {
            assertThat(project.present()).hasSize(2).allMatch(PageImage::readable);
            assertThat(painted(project)).isEqualTo(count);
            assertThat(project.alert()).isEmpty();
        }
    }

    @Test
    void whoMergesTwiceGetsImagesWithIdsOfTheirOwn() throws IOException {
        Project mine = Project.read(file);
        Path others = Files.createDirectories(temp.resolve("others"));
        Project merged = mine;
        for (int i = 0; i < 2; i++) {
            Files.copy(image("other" + i + ".png", 10 + i), others.resolve("other" + i + ".png"));
            Lane lane = NewLanes.of(others.resolve("other" + i + ".png"), others);
            Project other = Project.create().withLanes(List.of(lane.withId("same")));
            merged = ProjectMerge.of(
                            new ProjectMerge.Source(merged, file),
                            new ProjectMerge.Source(other, others.resolve("o.ilp")),
                            ProjectMerge.Winner.NEITHER)
                    .project();
        }
        assertThat(merged.lanes()).hasSize(4).extracting(Lane::id).doesNotHaveDuplicates();
    }

    @Test
    void anImageWhoseSizeIsNotStatedCanBePaintedEverywhere() throws IOException {
        Lane lane = Project.read(file).lanes().get(0);
        Shape reach = Shape.of(1, 10, 12);
        Labels labels = Labels.empty(reach).with(new Stroke(2, 3, 0, 0, List.of(new Stroke.Point(8, 8))));
        Files.delete(file);
        Project.create()
                .withLanes(List.of(new Lane(
                        lane.nickname(),
                        lane.location(),
                        lane.mask(),
                        lane.axes(),
                        Optional.empty(),
                        labels,
                        lane.id(),
                        Optional.empty(),
                        Optional.empty())))
                .write(file);
        try (OpenProject project = open()) {
            String image = project.state().content().images().get(0);
            assertThat(project.state().content().labels(image).count()).isEqualTo(labels.count());
            project.step(content -> Steps.paint(
                    content,
                    "far",
                    "Stroke",
                    image,
                    content.labels(image).with(new Stroke(1, 3, 0, 0, List.of(new Stroke.Point(50, 45)))),
                    Optional.empty(),
                    1));
            project.save(file);
        }
        Lane saved = Project.read(file).lanes().get(0);
        assertThat(saved.shape()).isPresent();
        assertThat(saved.labels().get(0, 0, 45, 50)).isEqualTo(1);
        assertThat(saved.labels().count(2)).isEqualTo(labels.count());
    }

    @Test
    void imagesAreToldByTheirContent() throws IOException {
        try (OpenProject project = open()) {
            paint(project, 0);
            paint(project, 1);
            project.save(file);
        }
        // Moved: found, and said.
        Path below = Files.createDirectories(folder.resolve("below"));
        Files.move(folder.resolve("a.png"), below.resolve("else.png"));
        try (OpenProject project = open()) {
            assertThat(project.present()).allMatch(PageImage::readable);
            assertThat(project.present().get(0).file()).contains(below.resolve("else.png"));
            assertThat(project.alert().orElseThrow().message()).contains("else.png");
            assertThat(project.state().unsaved()).isTrue();
        }
        Files.move(below.resolve("else.png"), folder.resolve("a.png"));
        // Swapped: the labels go with the content.
        swap("a.png", "b.png");
        try (OpenProject project = open()) {
            assertThat(project.present()).allMatch(PageImage::readable);
            assertThat(project.present().get(0).file()).contains(folder.resolve("b.png"));
            assertThat(project.present().get(1).file()).contains(folder.resolve("a.png"));
        }
        swap("a.png", "b.png");
        // Changed: not shown, and why.
        image("a.png", 7);
        try (OpenProject project = open()) {
            assertThat(project.present().get(0).readable()).isFalse();
            assertThat(project.present().get(0).error().orElseThrow()).hasMessageContaining("its content differs");
            assertThat(project.present().get(1).readable()).isTrue();
            paint(project, 1);
            project.save(file);
        }
        try (OpenProject project = open()) {
            assertThat(project.present().get(0).readable()).isFalse();
        }
    }

    @Test
    void imagesOutsideTheNamedFoldersAreNotLookedFor() throws IOException {
        try (OpenProject project = open()) {
            paint(project, 0);
            project.save(file);
        }
        Path secret = Files.createDirectories(temp.toRealPath().resolve("secret"));
        Files.move(folder.resolve("a.png"), secret.resolve("a.png"));
        Files.createSymbolicLink(folder.resolve("link"), secret);
        try (OpenProject project = open()) {
            assertThat(project.present().get(0).readable()).isFalse();
            assertThat(project.alert()).isEmpty();
        }
    }

    private void swap(String one, String other) throws IOException {
        Files.move(folder.resolve(one), folder.resolve("t"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(folder.resolve(other), folder.resolve(one));
        Files.move(folder.resolve("t"), folder.resolve(other));
    }

    @Test
    void anImageThatWasRemovedSavedAndBroughtBackIsThereAfterAKill() throws IOException {
        long painted;
        try (OpenProject project = open()) {
            paint(project, 1);
            String id = project.state().content().images().get(1);
            project.step(content -> Steps.removeImage(content, id, "b", 1));
            project.save(file);
            project.undo();
            paint(project, 1);
            painted = painted(project);
        }
        try (OpenProject project = open()) {
            assertThat(project.present()).hasSize(2);
            assertThat(painted(project)).isEqualTo(painted);
            assertThat(project.state().history().size()).isEqualTo(2);
        }
    }

    /** The journal tells what came while the file was written. */
    @Test
    void neitherStrokesNorSettingsWaitForTheProjectFile() throws Exception {
        boolean meanwhile = false;
        int done = 0;
        for (int round = 0; round < 20 && !meanwhile; round++) {
            try (OpenProject project = open()) {
                CountDownLatch begun = new CountDownLatch(1);
                FutureTask<Void> save = new FutureTask<>(() -> {
                    begun.await();
                    project.save(file);
                    return null;
                });
                new Thread(save).start();
                while (!save.isDone()) {
                    paint(project, done++ % 2);
                    JsonObject export = export(project);
                    export.addProperty("internal", "after " + done);
                    project.set("export", export);
                    begun.countDown();
                }
                save.get();
                List<JsonObject> lines = Journal.read(Journal.beside(file)).lines();
                List<JsonObject> writing = lines.subList(last(lines, "mark"), last(lines, "saved"));
                meanwhile = last(writing, "step") > 0 && last(writing, "set") > 0;
                boolean unsaved = last(lines, "mark") < Math.max(last(lines, "step"), last(lines, "set"));
                assertThat(project.state().unsaved()).isEqualTo(unsaved);
            }
        }
        assertThat(meanwhile)
                .as("a stroke and a setting while the file was written")
                .isTrue();
        for (boolean saves : new boolean[] {true, false}) {
            try (OpenProject project = open()) {
                assertThat(project.state().history().size()).isEqualTo(done);
                assertThat(export(project).get("internal").getAsString()).isEqualTo("after " + done);
                if (saves) {
                    project.save(file);
                }
                assertThat(project.state().unsaved()).isFalse();
            }
        }
    }

    /** The place of the last line of a kind, or -1. */
    private static int last(List<JsonObject> lines, String kind) {
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).has(kind))
                .max()
                .orElse(-1);
    }

    /** The journal ends with strokes behind the mark of a save; the file is the new one, or still the old one. */
    @Test
    void aKillWhileStrokesComeAndTheFileIsWrittenLosesNothing() throws Exception {
        String content;
        try (OpenProject project = open()) {
            paint(project, 0);
            project.save(file);
            paint(project, 1);
            project.save(file);
            paint(project, 0);
            paint(project, 1);
            content = Replay.fingerprint(project.state().content());
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(Journal.beside(file)));
        assertThat(lines.remove(lines.size() - 3))
                .as("what a save notes at its end")
                .contains("saved");
        for (Path written : List.of(file, file.resolveSibling("x.ilp.bak"))) {
            Files.copy(written, folder.resolve("kept.ilp"), StandardCopyOption.REPLACE_EXISTING);
            Files.move(folder.resolve("kept.ilp"), file, StandardCopyOption.REPLACE_EXISTING);
            Files.write(Journal.beside(file), lines);
            try (OpenProject project = open()) {
                assertThat(Replay.fingerprint(project.state().content())).isEqualTo(content);
                assertThat(project.state().history().size()).isEqualTo(4);
                assertThat(project.state().unsaved()).isTrue();
                assertThat(project.alert()).isEmpty();
            }
        }
    }

    private static JsonObject export(OpenProject project) {
        return Server.JSON
                .toJsonTree(ExportJson.write(project.state().project().export()))
                .getAsJsonObject();
    }

    @Test
    void settingsOfASaveThatFailedAreKept() throws IOException {
        JsonObject export;
        try (OpenProject project = open()) {
            export = export(project);
            export.addProperty("internal", "mine");
            project.set("export", export);
            changeElsewhere();
            assertThatThrownBy(() -> project.save(file)).isInstanceOf(IOException.class);
        }
        for (int i = 0; i < 2; i++) {
            try (OpenProject project = open()) {
                assertThat(export(project)).isEqualTo(export);
                assertThat(project.state().unsaved()).isEqualTo(i == 0);
                project.save(file);
            }
        }
    }

    @Test
    void theViewIsNoChangeOfTheProject() throws IOException {
        Path journal = Journal.beside(file);
        try (OpenProject project = open()) {
            long size = Files.size(journal);
            project.view("{\"x\":1}");
            project.view("{\"x\":2}");
            assertThat(project.state().unsaved()).isFalse();
            assertThat(Files.size(journal)).isEqualTo(size);
        }
        assertThat(folder.resolve("x.ilp.view")).hasContent("{\"x\":2}");
        try (OpenProject project = open()) {
            assertThat(project.view()).contains("{\"x\":2}");
            project.save(file);
            assertThat(folder.resolve("x.ilp.view")).doesNotExist();
        }
        assertThat(Project.read(file).additions().view()).contains("{\"x\":2}");
    }

    @Test
    void underAnotherNameItKeepsHistoryAndIds() throws IOException {
        Path other = folder.resolve("other.ilp");
        String oldId;
        try (OpenProject project = open()) {
            oldId = project.id();
            paint(project, 0);
            paint(project, 1);
            project.undo();
            project.save(other);
            assertThat(project.ids()).hasSize(2).startsWith(oldId);
            project.redo();
        }
        file = other;
        try (OpenProject project = open()) {
            assertThat(project.state().history().size()).isEqualTo(2);
            assertThat(project.ids()).hasSize(2).startsWith(oldId).endsWith(project.id());
            assertThat(project.alert()).isEmpty();
        }
    }

    @Test
    void aKillWhileItIsSavedUnderAnotherNameIsUnderstood() throws IOException {
        Path other = folder.resolve("other.ilp");
        Files.copy(file, other);
        List<String> ids = new ArrayList<>();
        try (OpenProject project = open()) {
            ids.addAll(project.state().content().images());
            paint(project, 0);
            project.save(other);
        }
        // As if the project file had not been written any more.
        byte[] written = Files.readAllBytes(other);
        Files.copy(file, other, StandardCopyOption.REPLACE_EXISTING);
        List<String> lines = Files.readAllLines(Journal.beside(other));
        Files.write(Journal.beside(other), lines.subList(0, lines.size() - 1));
        file = other;
        try (OpenProject project = open()) {
            assertThat(project.state().history().size()).isZero();
            assertThat(project.alert()).isEmpty();
        }
        // As if it had been, and nothing after.
        Files.write(other, written);
        Files.write(Journal.beside(other), lines.subList(0, lines.size() - 1));
        try (OpenProject project = open()) {
            assertThat(project.state().content().images()).isEqualTo(ids);
            assertThat(project.state().history().size()).isEqualTo(1);
            assertThat(project.state().unsaved()).isFalse();
        }
    }

    @Test
    void aJournalThatCannotBeWrittenLeavesTheProjectReadable() throws IOException {
        Files.createDirectory(Journal.beside(file));
        try (OpenProject project = open()) {
            assertThat(project.readOnly()).isTrue();
            assertThat(project.readOnlyReason()).contains("journal").contains("is not a file of its own");
            assertThat(project.present()).hasSize(2);
        }
    }

    @Test
    void aLongJournalIsPutInShort() throws IOException {
        Path journal = Journal.beside(file);
        try (OpenProject project = open()) {
            paint(project, 0);
            project.set("view", new JsonPrimitive("v".repeat(17 << 20)));
            project.set("view", new JsonPrimitive(1));
            paint(project, 1);
            assertThat(Files.size(journal)).isGreaterThan(17 << 20);
        }
        try (OpenProject project = open()) {
            assertThat(Files.size(journal)).isLessThan(1 << 15);
            assertThat(project.state().history().size()).isEqualTo(2);
            assertThat(project.state().unsaved()).isTrue();
            project.undo();
            paint(project, 1);
        }
        try (OpenProject project = open()) {
            assertThat(project.state().history().size()).isEqualTo(2);
            assertThat(project.alert()).isEmpty();
        }
    }

    @Test
    void aClassIsKnownByTheNameItHad() throws IOException {
        try (OpenProject project = open()) {
            project.step(content -> Steps.changeClass(content, 1, new LabelClass("DNA", 5), 1));
            project.step(content -> Steps.changeClass(content, 1, new LabelClass("nuclei", 5), 1));
            assertThat(ClassName.now("DNA", project.state().history())).isEqualTo("nuclei");
            project.undo();
            assertThat(ClassName.now("nuclei", project.state().history())).isEqualTo("DNA");
            assertThat(ClassName.now(
                            LabelClass.TISSUE.get(0).name(), project.state().history()))
                    .isEqualTo("DNA");
        }
    }

    @Test
    void theJournalOfTheOpenProjectIsNoImage() throws IOException {
        try (OpenProject project = open()) {
            assertThatThrownBy(() -> roots.existing(Journal.beside(file).toString()))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("journal");
            paint(project, 0);
        }
        assertThat(roots.existing(Journal.beside(file).toString())).exists();
    }
}
