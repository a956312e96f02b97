package org.pixelforest.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.image.BrokenFileException;
import org.pixelforest.image.Shape;
import org.pixelforest.image.UnsupportedFileException;
import org.pixelforest.label.LabelClass;

/** Projects in the layouts of old and new versions of ilastik, as scripts/layouts.py writes them with h5py. */
class ProjectLayoutTest {

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws Exception {
        new Script("layouts.py").run(folder);
    }

    @TestFactory
    Stream<DynamicTest> labelsStandWhereTheyWerePainted() throws IOException {
        List<Path> projects;
        try (Stream<Path> files = Files.list(folder)) {
            projects = files.filter(f -> f.getFileName().toString().matches("[0-9].*[.]ilp"))
                    .sorted()
                    .toList();
        }
        assertThat(projects).hasSize(15);
        return projects.stream()
                .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)));
    }

    private static void check(Path file) throws IOException {
        Lane lane = Project.read(file).lanes().get(0);
        Shape shape = lane.shape().orElseThrow();
        for (int t = 0; t < shape.t(); t++) {
            for (int z = 0; z < shape.z(); z++) {
                for (int y = 0; y < shape.y(); y++) {
                    for (int x = 0; x < shape.x(); x++) {
                        boolean erased = t == 0 && z == 0 && y == 1 && x == 1;
                        int expected = y < 5 && x < 6 && !erased ? (t + 2 * z + 3 * y + 5 * x) % 4 : 0;
                        assertThat(lane.labels().get(t, z, y, x)).isEqualTo(expected);
                    }
                }
            }
        }
    }

    private static Project read(String name) throws IOException {
        return Project.read(folder.resolve(name + ".ilp"));
    }

    @Test
    void oldProjectsComputeIn2dWhereImagesAreFlat() throws IOException {
        assertThat(read("1.2.0 without roles").features().orElseThrow().scales())
                .allMatch(s -> s.in2d());
        assertThat(read("1.2.0 zyx stack").features().orElseThrow().scales()).noneMatch(s -> s.in2d());
        assertThat(read("1.4.0 time").features().orElseThrow().scales())
                .extracting(s -> s.in2d())
                .containsExactly(false, true);
        assertThat(read("1.4.0 time").features().orElseThrow().selected())
                .isEqualTo(List.of(List.of(true, false), List.of(true, true)));
    }

    @Test
    void classesComeFromTheLabelsWhereNoneIsNamed() throws IOException {
        assertThat(read("1.4.0 no names").classes())
                .containsExactly(
                        new LabelClass("Label 1", 0xffe119),
                        new LabelClass("Label 2", 0x0082c8),
                        new LabelClass("Label 3", 0xe6194b));
        assertThat(read("1.2.0 without roles").classes())
                .containsExactly(
                        new LabelClass("a", 0xff0000), new LabelClass("b", 0xff0001), new LabelClass("c", 0xff0002));
    }

    @Test
    void pathsOfWindowsAreUnderstood() throws IOException {
        ImageLocation location = read("1.4.0 windows").lanes().get(0).location();
        assertThat(location.kind()).isEqualTo(ImageLocation.Kind.ABSOLUTE);
        assertThat(location.isFile()).isTrue();
        assertThat(location.fileName()).isEqualTo("C:/data/img.h5");
        assertThat(location.dataSet()).contains("data");
    }

    @TestFactory
    Stream<DynamicTest> otherProjectsAreRefusedWithAReason() {
        Map<String, String> reasons = Map.of(
                "autocontext", "is an Autocontext (2-stage) project",
                "object classification", "is an Object Classification (from pixel classification) project",
                "no version", "states no ilastik version",
                "sklearn", "its classifier is of the kind SklearnLazyflowClassifier",
                "single forest", "its classifier is of the kind VigraRfLazyflowClassifier",
                "future", "was written by ilastik 2.0.0");
        return reasons.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(
                        e.getKey(), () -> assertThatThrownBy(() -> read("refused " + e.getKey()))
                                .isInstanceOf(UnsupportedFileException.class)
                                .hasMessageContaining("refused " + e.getKey() + ".ilp: " + e.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> whatClaimsTooMuchIsRefusedAtOnce() {
        Map<String, String> reasons = Map.of(
                "many labels", "block0002 claims more labels than a project can have",
                "labels far away", "block0001 does not fit its blockSlice",
                "huge tree", "Tree_0/topology claims to hold more than the file can",
                "huge shape", "shape holds 1099511627776, which is no size of an image",
                "negative shape", "shape holds -5, which is no size of an image",
                "many classes", "names 100 classes; 99 are possible",
                "high label", "block0001 holds 150, which is no class number",
                "deep json", "axistags names no axes of an image");
        return reasons.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(
                        e.getKey(),
                        () -> assertTimeout(
                                Duration.ofSeconds(20), () -> assertThatThrownBy(() -> read("hostile " + e.getKey()))
                                        .isInstanceOf(BrokenFileException.class)
                                        .hasMessageContaining("hostile " + e.getKey() + ".ilp: ")
                                        .hasMessageContaining(e.getValue()))));
    }

    @Test
    void circlesAreNoTrap() throws IOException {
        Project project = read("hostile circle");
        assertThat(project.lanes()).hasSize(2);
        project.withoutForest().write(folder.resolve("hostile circle copy.ilp"));
        assertThat(read("hostile circle copy").lanes()).hasSize(2);
    }

    @Test
    void filesThatAreNoProjectAreRefused() throws IOException {
        assertThatThrownBy(() -> read("refused empty"))
                .isInstanceOf(BrokenFileException.class)
                .hasMessageContaining("is no ilastik project");
        Path text = Files.writeString(folder.resolve("text.txt"), "not HDF5 at all");
        assertThatThrownBy(() -> Project.read(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("text.txt");
        assertThatThrownBy(() -> Project.read(folder.resolve("absent.ilp")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("absent.ilp");
    }
}
