package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.io.ImageFormat;
import org.pixelforest.io.ImageMetadata;
import org.pixelforest.io.Images;
import org.pixelforest.label.Labels;
import org.pixelforest.project.Project;
import org.pixelforest.training.NewLanes;

/** What changes while a forest is being trained. */
@Timeout(300)
class LiveUpdateTest {

    private static final String FIRST =
            "[[true, false], [false, false], [false, false], [false, false], [false, false]," + " [false, false]]";
    private static final String AS_MANY = FIRST.replace("[true, false]", "[false, true]");
    private static final String MORE = FIRST.replace("[true, false]", "[true, true]");

    @TempDir
    private Path scratch;

    private static JsonElement features(String selected) {
        return JsonParser.parseString(
                "{\"scales\": [{\"sigma\": 1.0, \"in2d\": true}, {\"sigma\": 1.6, \"in2d\": true}]," + " \"selected\": "
                        + selected + "}");
    }

    private OpenProject painted(Workspace workspace) throws IOException {
        return painted(workspace, new Shape(1, 2, 1, 40, 50));
    }

    private OpenProject painted(Workspace workspace, Shape shape) throws IOException {
        Path image = scratch.resolve("a.tiff");
        try (ImageSink sink =
                Images.create(image, ImageFormat.TIFF, shape, SampleType.UINT8, "yxc", ImageMetadata.NONE)) {
            Block block = Block.zeros(shape.whole(0), 2);
            for (int i = 0; i < block.samples().length; i++) {
                block.samples()[i] = i * 7 % 251;
            }
            sink.write(block);
            sink.commit();
        }
        Path file = scratch.resolve("a.ilp");
        Project.create().withLanes(List.of(NewLanes.of(image, scratch))).write(file);
        OpenProject project = ProjectOpening.open(file, workspace.roots(), new Opening(workspace.hub()));
        project.set("features", features(FIRST));
        String id = project.present().get(0).id();
        project.step(content -> {
            Labels labels = content.labels(id);
            byte[] classes = new byte[200];
            for (int i = 0; i < classes.length; i++) {
                classes[i] = (byte) (1 + i / 100);
            }
            return Steps.paint(
                    content,
                    "a stroke",
                    "Stroke",
                    id,
                    labels.with(Region.of(10, 10, 20, 30), classes),
                    Optional.empty(),
                    0);
        });
        return project;
    }

    private static void paintAtRandom(OpenProject project) {
        String id = project.present().get(0).id();
        Region whole = project.present().get(0).shape().whole(0);
        byte[] classes = new byte[whole.height() * whole.width()];
        Random random = new Random(3);
        for (int i = 0; i < classes.length; i++) {
            classes[i] = (byte) (1 + random.nextInt(2));
        }
        project.step(content -> Steps.paint(
                content, "all", "Stroke", id, content.labels(id).with(whole, classes), Optional.empty(), 0));
    }

    private static Set<Thread> trainings() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals("train"))
                .collect(Collectors.toSet());
    }

    /** A forest is trained and about to be taken in when the features are changed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aForestOfOldFeaturesIsNotTakenForOneOfNewOnes(boolean live) throws Exception {
        for (String selected : List.of(AS_MANY, MORE)) {
            Set<Thread> others = trainings();
            Workspace workspace = new Workspace(new Hub(), new Roots());
            try (LiveUpdate liveUpdate = new LiveUpdate(workspace, "test")) {
                Thread training = trainings().stream()
                        .filter(t -> !others.contains(t))
                        .findFirst()
                        .orElseThrow();
                OpenProject project = painted(workspace);
                workspace.replace(project);
                synchronized (project) {
                    if (live) {
                        liveUpdate.live(true);
                    } else {
                        liveUpdate.once();
                    }
                    while (training.getState() != Thread.State.BLOCKED) {
                        Thread.sleep(5);
                    }
                    project.set("features", features(selected));
                }
                liveUpdate.outdated(project);
                // One that was asked for once may begin anew before it is told that the features are others.
                while (liveUpdate.classifier(project).isEmpty() || live && liveUpdate.model() != liveUpdate.target()) {
                    assertThat(liveUpdate
                                    .classifier(project)
                                    .map(c -> c.features())
                                    .filter(f -> !f.equals(
                                            project.state().project().features().orElseThrow())))
                            .isEmpty();
                    Thread.sleep(5);
                }
                PixelClassifier classifier = liveUpdate.classifier(project).orElseThrow();
                assertThat(classifier.features())
                        .isEqualTo(project.state().project().features().orElseThrow());
                classifier.check(project.present().get(0).stack().shape());
                assertThat(classifier.forest().usedFeatures()).contains(true);
                project.save(project.file());
                assertThat(Project.read(project.file())
                                .classifier()
                                .orElseThrow()
                                .forest()
                                .sha256())
                        .isEqualTo(classifier.forest().sha256());
            } finally {
                workspace.close();
            }
            Files.delete(scratch.resolve("a.tiff"));
            Files.delete(scratch.resolve("a.ilp"));
            Files.deleteIfExists(Journal.beside(scratch.resolve("a.ilp")));
        }
    }

    @Test
    void aTrainingThatIsCancelledLeavesTheForestAsItWas() throws Exception {
        Workspace workspace = new Workspace(new Hub(), new Roots());
        try (LiveUpdate liveUpdate = new LiveUpdate(workspace, "test")) {
            OpenProject project = painted(workspace, new Shape(1, 2, 1, 400, 500));
            workspace.replace(project);
            liveUpdate.once();
            while (liveUpdate.model() == 0) {
                Thread.sleep(5);
            }
            PixelClassifier before = liveUpdate.classifier(project).orElseThrow();
            long model = liveUpdate.model();
            paintAtRandom(project); // it takes seconds to train on
            liveUpdate.outdated(project);
            for (boolean live : new boolean[] {false, true}) {
                if (live) {
                    liveUpdate.live(true);
                } else {
                    liveUpdate.once();
                }
                while (liveUpdate.rested(0)) {
                    Thread.sleep(1);
                }
                liveUpdate.cancel();
                while (!liveUpdate.rested(0)) {
                    Thread.sleep(5);
                }
                Thread.sleep(100); // for one that would begin anew
                assertThat(liveUpdate.rested(0)).isTrue();
                assertThat(liveUpdate.isLive()).isFalse();
                assertThat(liveUpdate.model()).isEqualTo(model).isLessThan(liveUpdate.target());
                assertThat(liveUpdate.classifier(project)).containsSame(before);
                assertThat(project.state().project().forest()).contains(before.forest());
            }
        } finally {
            workspace.close();
        }
    }

    @Test
    void theForestOfAnotherProjectIsNobodysElse() throws Exception {
        Workspace workspace = new Workspace(new Hub(), new Roots());
        try (LiveUpdate liveUpdate = new LiveUpdate(workspace, "test")) {
            OpenProject project = painted(workspace);
            workspace.replace(project);
            liveUpdate.once();
            while (liveUpdate.model() == 0) {
                Thread.sleep(5);
            }
            assertThat(liveUpdate.classifier(project)).isPresent();
            long target = liveUpdate.target();
            workspace.replace(null);
            assertThat(liveUpdate.classifier(project)).isEmpty();
            liveUpdate.outdated(project);
            assertThat(liveUpdate.target()).isEqualTo(target);
        } finally {
            workspace.close();
        }
    }
}
