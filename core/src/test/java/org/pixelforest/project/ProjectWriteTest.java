package org.pixelforest.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.Shared;
import org.pixelforest.classify.ModelCard;
import org.pixelforest.export.Cutout;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;
import org.pixelforest.label.Stroke;

/** Projects are saved so that ilastik opens them, and so that nothing that was in the file gets lost. */
class ProjectWriteTest {

    @TempDir
    Path folder;

    private static Lane lane(String name, Shape shape, String axes) {
        ImageLocation place = new ImageLocation(ImageLocation.Kind.RELATIVE, "crops/" + name + ".h5/img");
        return Lane.of(name + "-img", place, axes, shape, "id-" + name);
    }

    private static Labels painted(Labels labels, int cls) {
        int y = labels.shape().y() / 2;
        return labels.with(new Stroke(
                cls,
                7,
                0,
                0,
                List.of(
                        new Stroke.Point(3, y - cls * 3),
                        new Stroke.Point(labels.shape().x() - 4, y))));
    }

    private Project fromScratch() {
        Lane flat = lane("a", Shape.of(2, 97, 131), "yxc");
        Lane first = lane("b", new Shape(1, 2, 1, 60, 80), "czyx");
        return Project.create()
                .withLanes(List.of(
                        flat.withLabels(painted(painted(flat.labels(), 1), 3)),
                        first.withLabels(painted(first.labels(), 2)),
                        lane("c", Shape.of(2, 40, 40), "cyx")));
    }

    @Test
    void newProjectsPassTheLoadingStepsOfIlastik() throws Exception {
        Path file = folder.resolve("new.ilp");
        Project saved = fromScratch().write(file);
        assertThat(new Script("check_ilp.py").run(file)).isEmpty();
        assertThat(sameContent(saved, Project.read(file))).isTrue();
        assertThat(Files.list(folder)).containsExactly(file);
    }

    @Test
    void emptyProjectsPassToo() throws Exception {
        Path file = folder.resolve("empty.ilp");
        Project.create().withClasses(List.of()).write(file);
        assertThat(new Script("check_ilp.py").run(file)).isEmpty();
        assertThat(Project.read(file).classes()).isEmpty();
    }

    @Test
    void trainedProjectsPassTooAndKeepTheirForest() throws Exception {
        Project golden = Project.read(Shared.path("golden/synthetic/golden.ilp"));
        Path file = folder.resolve("trained.ilp");
        Project made = fromScratch()
                .withFeatures(golden.features().orElseThrow())
                .withForest(golden.forest().orElseThrow());
        made.write(file);
        assertThat(new Script("check_ilp.py").run(file, "trained")).isEmpty();
        assertThat(Project.read(file).forest().orElseThrow().sha256())
                .isEqualTo(golden.forest().get().sha256());
        assertThat(Project.read(file).classifier().orElseThrow().channels()).isEqualTo(2);
    }

    @Test
    void stacksAndTimesKeepTheirLabels() throws Exception {
        Lane stack = lane("z", new Shape(1, 1, 7, 30, 40), "zyxc");
        Lane times = lane("t", new Shape(4, 2, 1, 30, 40), "tyxc");
        Lane all = lane("all", new Shape(3, 1, 5, 20, 22), "tzyxc");
        Lane row = lane("row", new Shape(1, 1, 5, 1, 22), "zyxc");
        List<Lane> lanes = Stream.of(stack, times, all, row)
                .map(l -> {
                    Shape s = l.shape().orElseThrow();
                    byte[] two = new byte[3];
                    Arrays.fill(two, (byte) 2);
                    return l.withLabels(l.labels()
                            .with(new Region(s.t() - 1, s.z() - 1, 0, 4, s.z(), 1, 7), two)
                            .with(new Region(0, 0, 0, 1, 1, 1, 4), new byte[] {1, 0, 3}));
                })
                .toList();
        Path file = folder.resolve("stacks.ilp");
        Project.create().withLanes(lanes).write(file);
        Project read = Project.read(file);
        for (int i = 0; i < lanes.size(); i++) {
            assertThat(read.lanes().get(i).labels()).isEqualTo(lanes.get(i).labels());
        }
    }

    @Test
    void sparseLabelsOfHugeImagesStaySmall() throws Exception {
        Shape shape = Shape.of(6, 20_000, 20_000);
        Labels labels = Labels.empty(shape);
        for (int i = 0; i < 40; i++) {
            labels = labels.with(
                    new Stroke(1 + i % 3, 11, 0, 0, List.of(new Stroke.Point(i * 499.5, 19_999 - i * 500))));
        }
        Path file = folder.resolve("huge.ilp");
        Project.create()
                .withLanes(List.of(lane("huge", shape, "yxc").withLabels(labels)))
                .write(file);
        assertThat(Files.size(file)).isLessThan(400_000);
        assertThat(Project.read(file).lanes().get(0).labels()).isEqualTo(labels);
        assertThat(new Script("check_ilp.py").run(file)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> savedUnchangedEverythingStaysEqual() throws IOException {
        return ProjectReadTest.projects().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Path theirs = Shared.path(name);
                    Path ours = Files.copy(theirs, folder.resolve(theirs.getFileName()));
                    Project saved = Project.read(ours).write(ours);
                    assertThat(new Script("compare_ilp.py").run(theirs, ours)).isEmpty();
                    assertThat(ours.resolveSibling(ours.getFileName() + ".bak")).hasSameBinaryContentAs(theirs);
                    saved.write(ours);
                    assertThat(new Script("compare_ilp.py").run(theirs, ours)).isEmpty();
                }));
    }

    @Test
    void onlyWhatChangedIsWritten() throws Exception {
        Path theirs = Shared.path("data/imc-testdata/TestData.ilp");
        Path ours = Files.copy(theirs, folder.resolve("ours.ilp"));
        Project project = Project.read(ours);
        Lane third = project.lanes().get(2);
        Labels relabelled = painted(third.labels(), 2);
        project = project.withLane(2, third.withLabels(relabelled)).withoutForest();
        project.write(ours);
        assertThat(new Script("compare_ilp.py").run(theirs, ours).lines())
                .containsExactly(
                        "/PixelClassification/ClassifierForests only in first",
                        "attribute /PixelClassification/LabelSets/labels002/block0000 axistags differs",
                        "attribute /PixelClassification/LabelSets/labels002/block0000 blockSlice differs",
                        "/PixelClassification/LabelSets/labels002/block0000 has another type or shape (0, 1) (0, 1) "
                                + "(72, 92, 1) (72, 100, 1)");
        assertThat(Project.read(ours).lanes().get(2).labels()).isEqualTo(relabelled);
    }

    @Test
    void eachVersionGetsLabelsInItsOwnOrder() throws Exception {
        new Script("layouts.py").run(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches("[0-9].*ilp"))
                    .toList()) {
                Project project = Project.read(file);
                Lane lane = project.lanes().get(0);
                byte[] seven = {7};
                Labels labels = lane.labels()
                        .with(new Region(0, 0, 0, 9, 1, 1, 10), seven)
                        .cleared(1);
                FeatureSelection more = FeatureSelection.from(1);
                project.withLane(0, lane.withLabels(labels).withNickname("renamed"))
                        .withFeatures(more)
                        .withClasses(List.of(new LabelClass("ä – ß", 0x123456)))
                        .write(file);
                Project read = Project.read(file);
                assertThat(read.version()).isEqualTo(project.version());
                assertThat(read.lanes().get(0).labels()).as(file.toString()).isEqualTo(labels);
                assertThat(read.lanes().get(0).nickname()).isEqualTo("renamed");
                assertThat(read.lanes().get(0).location()).isEqualTo(lane.location());
                assertThat(read.features()).contains(more);
                assertThat(read.classes()).containsExactly(new LabelClass("ä – ß", 0x123456));
            }
        }
    }

    @Test
    void lanesCanBeRemovedAddedAndReorderedWithTheirLabels() throws Exception {
        Path file = Files.copy(Shared.path("data/imc-testdata/TestData.ilp"), folder.resolve("p.ilp"));
        Project project = Project.read(file);
        List<Lane> old = project.lanes();
        Lane extra = lane("new", Shape.of(4, 50, 50), "yxc");
        extra = extra.withLabels(painted(extra.labels(), 3));
        Project changed = project.withLanes(List.of(old.get(11), extra, old.get(1), old.get(0)));
        Project saved = changed.write(file);
        Project read = Project.read(file);
        assertThat(read.lanes()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            Lane expected = changed.lanes().get(i);
            assertThat(read.lanes().get(i).nickname()).isEqualTo(expected.nickname());
            assertThat(read.lanes().get(i).id()).isEqualTo(expected.id());
            assertThat(read.lanes().get(i).labels()).isEqualTo(expected.labels());
        }
        assertThat(new Script("check_ilp.py").run(file, "trained")).isEmpty();
        assertThat(saved.write(file).lanes()).hasSize(4);
    }

    @Test
    void templatesWithoutImagesCanBeFilled() throws Exception {
        Path file = Files.copy(Shared.path("data/zoo/steinbock_template.ilp"), folder.resolve("p.ilp"));
        Project template = Project.read(file);
        assertThat(template.features()).isEmpty();
        Lane lane = lane("a", Shape.of(3, 60, 60), "cyx");
        Lane painted = lane.withLabels(painted(lane.labels(), 2));
        template.withFeatures(FeatureSelection.from(1))
                .withLanes(List.of(painted, painted.withNickname("again")))
                .write(file);
        Project read = Project.read(file);
        assertThat(read.features()).contains(FeatureSelection.from(1));
        assertThat(read.lanes()).extracting(Lane::labels).containsExactly(painted.labels(), painted.labels());
        assertThat(read.export()).isEqualTo(template.export());
        Lane twice = read.lanes().get(0);
        read.withLanes(List.of(twice, twice, read.lanes().get(1))).write(file);
        assertThat(Project.read(file).lanes())
                .extracting(Lane::labels)
                .containsOnly(painted.labels())
                .hasSize(3);
    }

    @Test
    void aLinkToAProjectStaysALink() throws Exception {
        Path real = Files.createDirectories(folder.resolve("real")).resolve("p.ilp");
        Path link = folder.resolve("link.ilp");
        fromScratch().write(real);
        Files.createSymbolicLink(link, real);
        Project.read(link).withClasses(List.of(new LabelClass("other", 1))).write(link);
        assertThat(link).isSymbolicLink();
        assertThat(Project.read(real).classes()).hasSize(1);
    }

    @Test
    void pathsFollowWhenSavedElsewhere() throws Exception {
        Path sub = Files.createDirectories(folder.resolve("a/crops"));
        Files.writeString(sub.resolve("x.h5"), "pretends to be an image");
        Path first = folder.resolve("a/p.ilp");
        ImageLocation given = ImageLocation.of(sub.resolve("x.h5"), Optional.of("img"), folder.resolve("elsewhere"));
        assertThat(given.kind()).isEqualTo(ImageLocation.Kind.ABSOLUTE);
        Project project = Project.create()
                .withLanes(List.of(Lane.of("x", given, "yxc", Shape.of(2, 40, 40), "id-x")))
                .write(first);
        assertThat(project.lanes().get(0).location().path()).isEqualTo("crops/x.h5/img");
        Project above = project.write(folder.resolve("p.ilp"));
        assertThat(Project.read(folder.resolve("p.ilp"))
                        .lanes()
                        .get(0)
                        .location()
                        .path())
                .isEqualTo("a/crops/x.h5/img");
        Files.createDirectories(folder.resolve("b"));
        above.write(folder.resolve("b/p.ilp"));
        Lane beside = Project.read(folder.resolve("b/p.ilp")).lanes().get(0);
        assertThat(beside.location().kind()).isEqualTo(ImageLocation.Kind.ABSOLUTE);
        assertThat(beside.location().file(folder.resolve("b"))).contains(sub.resolve("x.h5"));
        assertThat(beside.fingerprint().orElseThrow().size()).isEqualTo(23);
    }

    @Test
    void additionsAndExportSettingsComeBack() throws Exception {
        Project golden = Project.read(Shared.path("golden/synthetic/golden.ilp"));
        ModelCard card = new ModelCard(
                "PixelForest 0.1.0",
                golden.forest().orElseThrow().sha256(),
                Optional.empty(),
                List.of("Gaussian Smoothing (σ=1.0)"),
                List.of("mean", "DNA1"),
                Optional.of(42L),
                List.of("nucleus"),
                "2026-11-22T14:00:00Z");
        Additions additions = new Additions(
                List.of("mean", "DNA1"),
                Optional.of(-7L),
                Optional.of(card),
                Optional.of("{\"DNA1\":[0,17.5]}"),
                Optional.of("first line\nsecond, µ"),
                List.of(1));
        ExportSettings export = new ExportSettings(
                Optional.empty(),
                Optional.of("multipage tiff"),
                Optional.of(org.pixelforest.image.SampleType.UINT8),
                Optional.of("cyx"),
                Optional.of(new org.pixelforest.export.Range(0, 1)),
                Optional.of(new org.pixelforest.export.Range(0, 255)),
                Optional.of("{nickname}_ä.tiff"),
                Optional.empty(),
                Optional.of(new Cutout(List.of(0, 5, 0), List.of(10, -1, 3))),
                Optional.empty());
        Path file = folder.resolve("p.ilp");
        golden.withAdditions(additions).withExport(export).write(file);
        Project read = Project.read(file);
        assertThat(read.additions()).isEqualTo(additions);
        assertThat(read.export()).isEqualTo(export);
        Project retrained = read.withForest(org.pixelforest.forest.RandomForest.of(
                80, new int[] {1, 2, 3}, golden.forest().get().vigraTrees().subList(0, 2)));
        retrained.write(file);
        assertThat(Project.read(file).additions().modelCard())
                .as("a card of another forest")
                .isEmpty();
        assertThat(Project.read(file).additions().seed()).contains(-7L);
    }

    @Test
    void changesOfOtherProgramsAreNotOverwritten() throws Exception {
        Path file = folder.resolve("p.ilp");
        Project project = fromScratch().write(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        assertThatThrownBy(() -> project.write(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("p.ilp: was changed by another program");
        project.write(folder.resolve("q.ilp"));
        assertThat(sameContent(project, Project.read(folder.resolve("q.ilp")))).isTrue();
        Files.delete(file);
        project.write(file);
        assertThat(sameContent(project, Project.read(file))).isTrue();
    }

    @Test
    void foldersThatDoNotExistAreNamed() {
        assertThatThrownBy(() -> fromScratch().write(folder.resolve("no/p.ilp")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("p.ilp: the folder does not exist");
    }

    @Test
    void openingWritesNothing() throws Exception {
        Path file = Files.copy(Shared.path("golden/synthetic/golden.ilp"), folder.resolve("p.ilp"));
        FileTime before = Files.getLastModifiedTime(file);
        Project.read(file).classifier();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
        assertThat(Files.list(folder)).containsExactly(file);
    }

    static boolean sameContent(Project a, Project b) {
        return a.version().equals(b.version())
                && a.features().equals(b.features())
                && a.classes().equals(b.classes())
                && a.forest().map(f -> f.sha256()).equals(b.forest().map(f -> f.sha256()))
                && a.lanes().equals(b.lanes());
    }
}
