package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.image.Shape;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;
import org.pixelforest.label.Stroke;

class JournalTest {

    private static final Shape SHAPE = Shape.of(1, 200, 300);

    @TempDir
    Path folder;

    /** Random strokes, class edits and undos: replaying the journal gives the same content at every point. */
    @Test
    void replayingGivesTheSameContent() throws IOException {
        Random random = new Random(4);
        Content start = new Content(
                List.of("a", "b"), LabelClass.TISSUE, Map.of("a", Labels.empty(SHAPE), "b", Labels.empty(SHAPE)));
        Path file = folder.resolve("x.ilp.journal");
        List<Content> states = new ArrayList<>(List.of(start));
        try (Journal journal = Journal.open(file).orElseThrow()) {
            for (int i = 0; i < 60; i++) {
                Content now = states.get(states.size() - 1);
                Step step = randomStep(now, random, i);
                journal.append(StepJson.write(step));
                states.add(now.with(step));
            }
        }
        Content replayed = start;
        List<Step> steps = new ArrayList<>();
        for (JsonObject line : Journal.read(file)) {
            Step step = StepJson.read(line, image -> SHAPE);
            steps.add(step);
            replayed = replayed.with(step);
            assertThat(replayed).isEqualTo(states.get(steps.size()));
        }
        assertThat(steps).hasSize(60);
        for (int i = steps.size() - 1; i >= 0; i--) {
            replayed = replayed.with(steps.get(i).inverse());
            assertThat(replayed).isEqualTo(states.get(i));
        }
    }

    private static Step randomStep(Content now, Random random, int i) {
        int classes = now.classes().size();
        switch (random.nextInt(8)) {
            case 0:
                return Steps.addClass(now, new LabelClass("class " + i, random.nextInt(0x1000000)), i);
            case 1:
                if (classes > 2) {
                    return Steps.deleteClass(now, 1 + random.nextInt(classes), i);
                }
                break;
            case 2:
                if (classes > 2) {
                    return Steps.mergeClass(now, 1, classes, i);
                }
                break;
            case 3:
                return Steps.clearClass(now, 1 + random.nextInt(classes), i);
            default:
        }
        String image = random.nextBoolean() ? "a" : "b";
        Stroke stroke = new Stroke(
                random.nextInt(classes + 1),
                1 + random.nextInt(20),
                0,
                0,
                List.of(
                        new Stroke.Point(random.nextInt(300), random.nextInt(200)),
                        new Stroke.Point(random.nextInt(300), random.nextInt(200))));
        Labels after = now.labels(image).with(stroke);
        Step.Painted painted = new Step.Painted(image, 0, 0, stroke.cls(), 5, List.of(0, 0, 1, 1));
        return Steps.paint(now, "stroke-" + i, "Stroke on " + image, image, after, Optional.of(painted), i);
    }

    @Test
    void aLineThatWasCutOffIsDropped() throws IOException {
        Path file = folder.resolve("x.ilp.journal");
        try (Journal journal = Journal.open(file).orElseThrow()) {
            journal.append(line(1));
            journal.append(line(2));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            int complete = (int) new String(whole, 0, length, StandardCharsets.UTF_8)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            try (Journal journal = Journal.open(file).orElseThrow()) {
                assertThat(journal.lines()).hasSize(complete);
                journal.append(line(3));
            }
            assertThat(Journal.read(file)).hasSize(complete + 1).last().isEqualTo(line(3));
        }
    }

    @Test
    void garbageAtTheEndLosesNothingBefore() throws IOException {
        Path file = folder.resolve("x.ilp.journal");
        try (Journal journal = Journal.open(file).orElseThrow()) {
            journal.append(line(1));
        }
        Files.write(file, new byte[] {0, 0, 0, '\n', '{', '}', '\n'}, StandardOpenOption.APPEND);
        assertThat(Journal.read(file)).containsExactly(line(1));
    }

    @Test
    void whoComesSecondDoesNotWrite() throws IOException {
        Path file = folder.resolve("x.ilp.journal");
        try (Journal first = Journal.open(file).orElseThrow()) {
            first.append(line(1));
            assertThat(Journal.open(file)).isEmpty();
            assertThat(Journal.read(file)).hasSize(1);
        }
        try (Journal again = Journal.open(file).orElseThrow()) {
            assertThat(again.lines()).hasSize(1);
        }
    }

    private static JsonObject line(int n) {
        JsonObject json = new JsonObject();
        json.addProperty("n", n);
        return json;
    }
}
