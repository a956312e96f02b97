package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        for (JsonObject line : Journal.read(file).lines()) {
            Step step = StepJson.read(line, image -> Optional.of(SHAPE));
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
                assertThat(journal.lines().lines()).hasSize(complete);
                journal.append(line(3));
            }
            assertThat(Journal.read(file).lines()).hasSize(complete + 1).last().isEqualTo(line(3));
        }
    }

    @Test
    void aDamagedLineLosesOnlyItself() throws IOException {
        Path file = folder.resolve("x.ilp.journal");
        try (Journal journal = Journal.open(file).orElseThrow()) {
            journal.append(List.of(line(1), line(2), line(3)));
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[9] = 'x';
        Files.write(file, bytes);
        Files.writeString(file, "{\"n\":", StandardOpenOption.APPEND);
        byte[] damaged = Files.readAllBytes(file);
        try (Journal journal = Journal.open(file).orElseThrow()) {
            JournalLines lines = journal.lines();
            assertThat(lines.damaged()).isEqualTo(1);
            assertThat(lines.lines()).containsExactly(line(1), new JsonObject(), line(3));
            assertThat(folder.resolve("x.ilp.journal.damaged")).hasBinaryContent(damaged);
            journal.append(line(4));
            assertThat(Journal.open(file)).as("is still locked").isEmpty();
        }
        assertThat(Journal.read(file).lines()).hasSize(4).last().isEqualTo(line(4));
    }

    @Test
    void aGroupThatIsNotCompleteDoesNotCount() throws IOException {
        Path file = folder.resolve("x.ilp.journal");
        Content content = new Content(List.of(), LabelClass.TISSUE, Map.of());
        try (Journal journal = Journal.open(file).orElseThrow()) {
            journal.append(line(1));
            journal.append(JournalLine.group(List.of(), content, List.of(line(2)), List.of(line(3))));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int length = 8; length <= whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThat(Journal.read(file).lines()).hasSize(length == whole.length ? 4 : 1);
        }
    }

    /** Put in short at any moment, through a kill after any byte, the journal says the same. */
    @Test
    void renewingIsAllOrNothing() throws IOException {
        Path file = folder.resolve("x.ilp.journal");
        Path next = folder.resolve("x.ilp.journal.next");
        Content start = new Content(List.of("a"), LabelClass.TISSUE, Map.of("a", Labels.empty(SHAPE)));
        Step one = stroke(start, 1);
        Step two = stroke(start.with(one), 2);
        Step three = stroke(start.with(one), 3);
        Content now = start.with(one).with(three);
        List<JsonObject> lines = List.of(
                JournalLine.step(one),
                JournalLine.mark(start.with(one)),
                JournalLine.step(two),
                JournalLine.undo(two),
                JournalLine.step(three));
        Replay replay = Replay.of(lines, start.with(one));
        List<JsonObject> brief =
                JournalLine.group(List.of(), start.with(one), JournalLine.history(replay.settled()), replay.later());
        try (Journal journal = Journal.open(file).orElseThrow()) {
            journal.append(lines);
        }
        byte[] before = Files.readAllBytes(file);
        try (Journal journal = Journal.open(file).orElseThrow()) {
            assertThat(journal.renew(brief)).isTrue();
            assertThat(next).doesNotExist();
            assertThat(Journal.open(file)).as("is still held").isEmpty();
        }
        byte[] after = Files.readAllBytes(file);
        for (int length = 0; length <= after.length; length += 7) {
            Files.write(file, before);
            Files.write(next, java.util.Arrays.copyOf(after, length));
            expect(file, start.with(one), now);
        }
        Files.write(file, after);
        expect(file, start.with(one), now);
        try (Journal journal = Journal.open(file).orElseThrow()) {
            journal.renew(brief);
            journal.append(JournalLine.undo(three));
        }
        expect(file, start.with(one), start.with(one));
    }

    private static void expect(Path file, Content saved, Content screen) throws IOException {
        try (Journal journal = Journal.open(file).orElseThrow()) {
            Replay replay = Replay.of(journal.lines().lines(), saved);
            assertThat(replay.content()).isEqualTo(screen);
            assertThat(replay.foreign()).isFalse();
        }
    }

    private static Step stroke(Content now, int at) {
        Stroke stroke = new Stroke(1, 5, 0, 0, List.of(new Stroke.Point(20 * at, 20 * at)));
        return Steps.paint(now, "stroke-" + at, "Stroke", "a", now.labels("a").with(stroke), Optional.empty(), at);
    }

    @Test
    void aLinkOrFolderOfTheNameIsLeftAsItIs() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "text\n");
        Path file = Files.createSymbolicLink(folder.resolve("x.ilp.journal"), precious);
        assertThatThrownBy(() -> Journal.open(file)).isInstanceOf(IOException.class);
        assertThat(precious).hasContent("text");
        Files.delete(file);
        try (Journal journal = Journal.open(file).orElseThrow()) {
            journal.append(line(1));
        }
    }

    @Test
    void afterAnInterruptItCanBeOpenedAgain() throws IOException {
        Path file = folder.resolve("x.ilp.journal");
        Journal journal = Journal.open(file).orElseThrow();
        journal.append(line(1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> journal.append(line(2))).isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(() -> journal.append(line(3))).isInstanceOf(IOException.class);
        journal.close();
        try (Journal again = Journal.open(file).orElseThrow()) {
            journal.close();
            assertThat(again.lines().lines().get(0)).isEqualTo(line(1));
            assertThat(Journal.open(file)).isEmpty();
        }
    }

    @Test
    void whoComesSecondDoesNotWrite() throws IOException {
        Path file = folder.resolve("x.ilp.journal");
        try (Journal first = Journal.open(file).orElseThrow()) {
            first.append(line(1));
            assertThat(Journal.open(file)).isEmpty();
            assertThat(Journal.read(file).lines()).hasSize(1);
        }
        try (Journal again = Journal.open(file).orElseThrow()) {
            assertThat(again.lines().lines()).hasSize(1);
        }
    }

    private static JsonObject line(int n) {
        JsonObject json = new JsonObject();
        json.addProperty("n", n);
        return json;
    }
}
