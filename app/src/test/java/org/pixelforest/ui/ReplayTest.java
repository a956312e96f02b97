package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pixelforest.image.Shape;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;
import org.pixelforest.label.Stroke;
import org.pixelforest.label.UndoHistory;

/** A model of a session: strokes, undo, redo, saves; after a crash at any line the content is the one that was on the screen. */
class ReplayTest {

    private static final Shape SHAPE = Shape.of(1, 100, 100);

    private Content start() {
        return new Content(
                List.of("a", "b"), LabelClass.TISSUE, Map.of("a", Labels.empty(SHAPE), "b", Labels.empty(SHAPE)));
    }

    @Test
    void whateverTheMomentOfTheCrash() {
        Random random = new Random(11);
        List<JsonObject> lines = new ArrayList<>();
        Content now = start();
        Content saved = now;
        UndoHistory<Step> history = UndoHistory.empty();
        lines.add(JournalLine.mark(now));
        for (int i = 0; i < 150; i++) {
            int action = random.nextInt(10);
            if (action == 0) {
                if (random.nextBoolean()) {
                    lines.add(JournalLine.mark(now));
                } else {
                    // As when it is saved under another name, or put in short.
                    lines.addAll(JournalLine.group(List.of("before"), now, JournalLine.history(history), List.of()));
                }
                // The crash may come before the file is replaced, or after.
                expect(lines, saved, now, history);
                saved = now;
                expect(lines, saved, now, history);
                lines.add(JournalLine.saved(now));
            } else if (action < 3 && history.toUndo().isPresent()) {
                lines.add(JournalLine.undo(history.toUndo().get()));
                now = now.with(history.toUndo().get().inverse());
                history = history.undone();
            } else if (action < 5 && history.toRedo().isPresent()) {
                lines.add(JournalLine.redo(history.toRedo().get()));
                now = now.with(history.toRedo().get());
                history = history.redone();
            } else {
                Step step = stroke(now, random, i);
                now = now.with(step);
                history = history.done(step);
                lines.add(JournalLine.step(step));
            }
            expect(lines, saved, now, history);
        }
    }

    private static void expect(List<JsonObject> lines, Content file, Content screen, UndoHistory<Step> history) {
        Replay replay = Replay.of(lines, file);
        assertThat(replay.content()).isEqualTo(screen);
        assertThat(replay.history().size()).isEqualTo(history.size());
        assertThat(replay.foreign()).isFalse();
        Optional<Step> undo = replay.history().toUndo();
        assertThat(undo.map(Step::id)).isEqualTo(history.toUndo().map(Step::id));
        undo.ifPresent(step -> assertThat(replay.content().with(step.inverse()))
                .isEqualTo(screen.with(history.toUndo().get().inverse())));
    }

    @Test
    void strokesSurviveWhenAnotherProgramWroteTheFile() {
        Content file = start();
        Random random = new Random(5);
        Step one = stroke(file, random, 1);
        List<JsonObject> lines = List.of(JournalLine.mark(file), JournalLine.step(one));
        Content elsewhere = file.with(stroke(file, random, 2));
        Replay replay = Replay.of(lines, elsewhere);
        assertThat(replay.foreign()).isTrue();
        assertThat(replay.unsaved()).isTrue();
        assertThat(replay.content()).isEqualTo(elsewhere.with(one));
    }

    @Test
    void anImageThatWasRemovedStaysRemovedWhenAnotherProgramChangedTheList() {
        Content file = start();
        List<JsonObject> lines =
                List.of(JournalLine.mark(file), JournalLine.step(Steps.removeImage(file, "b", "b", 1)));
        Content elsewhere = new Content(
                List.of("b", "c"), LabelClass.TISSUE, Map.of("b", Labels.empty(SHAPE), "c", Labels.empty(SHAPE)));
        Replay replay = Replay.of(lines, elsewhere);
        assertThat(replay.foreign()).isTrue();
        assertThat(replay.content().images()).containsExactly("c");
        assertThat(replay.content()
                        .with(replay.history().toUndo().orElseThrow().inverse())
                        .images())
                .containsExactly("b", "c");
    }

    @Test
    void anEmptyJournalChangesNothing() {
        Replay replay = Replay.of(List.of(), start());
        assertThat(replay.content()).isEqualTo(start());
        assertThat(replay.foreign()).isFalse();
        assertThat(replay.unsaved()).isFalse();
    }

    @Test
    void aClassEditAfterARemovalThatWasSavedIsNotLost() {
        Content file = start().with(painted(start(), "b", 3, 0));
        Step removal = Steps.removeImage(file, "b", "b", 1);
        Content saved = file.with(removal);
        // On the screen the labels of b are still known, and change with the classes.
        Step edit = Steps.deleteClass(saved, 1, 2);
        assertThat(edit.changes()).containsKey("b");
        Step stroke = painted(saved.with(edit), "a", 1, 1);
        List<JsonObject> lines = List.of(
                JournalLine.step(removal), JournalLine.mark(saved), JournalLine.step(edit), JournalLine.step(stroke));
        Replay replay = Replay.of(lines, withoutRemoved(saved));
        assertThat(replay.foreign()).isFalse();
        assertThat(replay.content()).isEqualTo(withoutRemoved(saved.with(edit).with(stroke)));
        assertThat(replay.history().size()).as("all but the removal").isEqualTo(2);
    }

    @Test
    void whatWasDoneBeforeARemovalThatWasSavedCanStillBeTakenBack() {
        Content file = start();
        Step stroke = painted(file, "a", 1, 0);
        Step removal = Steps.removeImage(file, "b", "b", 1);
        Content saved = file.with(stroke).with(removal);
        Replay replay = Replay.of(
                List.of(JournalLine.step(stroke), JournalLine.step(removal), JournalLine.mark(saved)),
                withoutRemoved(saved));
        assertThat(replay.history().size()).isEqualTo(1);
        Step undo = replay.history().toUndo().orElseThrow().inverse();
        assertThat(replay.content().with(undo).labels("a").isEmpty()).isTrue();
    }

    @Test
    void takingBackARemovalKeepsImagesThatWereAddedSince() {
        Content file = start();
        Step removal = Steps.removeImage(file, "a", "a", 1);
        Content more = file.with(removal).withImages(Map.of("c", Labels.empty(SHAPE)));
        Content back = more.with(removal.inverse());
        assertThat(back.images()).containsExactly("a", "b", "c");
        assertThat(back.with(removal).images()).containsExactly("b", "c");
        Replay replay =
                Replay.of(List.of(JournalLine.mark(back), JournalLine.step(removal), JournalLine.undo(removal)), back);
        assertThat(replay.content().images()).containsExactly("a", "b", "c");
    }

    @Test
    void classesOfAFileThatAnotherProgramChangedAreToldByName() {
        Content file = start();
        Step delete = Steps.deleteClass(file, 2, 1);
        Content without = file.with(delete);
        // "Class number 2" is the third of the file now.
        Step stroke = painted(without, "a", 2, 3);
        Step extra = Steps.addClass(without.with(stroke), new LabelClass("extra", 5), 4);
        Step inExtra = painted(without.with(stroke).with(extra), "b", 3, 5);
        List<JsonObject> lines = List.of(
                JournalLine.mark(without),
                JournalLine.step(stroke),
                JournalLine.step(extra),
                JournalLine.step(inExtra));
        List<LabelClass> others =
                List.of(new LabelClass("mine", 7), LabelClass.TISSUE.get(2), LabelClass.TISSUE.get(0));
        Content elsewhere = new Content(file.images(), others, file.labels());
        Replay replay = Replay.of(lines, elsewhere);
        assertThat(replay.foreign()).isTrue();
        assertThat(replay.content().classes()).hasSize(4).last().isEqualTo(new LabelClass("extra", 5));
        assertThat(replay.content().labels("a").highest()).isEqualTo(2);
        assertThat(replay.content().labels("b").highest()).isEqualTo(4);
        assertThat(replay.history()
                        .toUndo()
                        .orElseThrow()
                        .stroke()
                        .orElseThrow()
                        .cls())
                .isEqualTo(4);
        // What is written down at once leads to the same, after a kill too.
        List<JsonObject> again = new ArrayList<>(lines);
        again.addAll(JournalLine.group(List.of(), elsewhere, List.of(), replay.later()));
        Replay next = Replay.of(again, elsewhere);
        assertThat(next.foreign()).isFalse();
        assertThat(next.content()).isEqualTo(replay.content());
        assertThat(next.unsaved()).isTrue();
    }

    @Test
    void aClassThatIsGoneFromAFileComesBackWithItsStrokes() {
        Content file = start();
        Step stroke = painted(file, "a", 3, 0);
        Content elsewhere = new Content(file.images(), LabelClass.TISSUE.subList(0, 1), file.labels());
        Replay replay = Replay.of(List.of(JournalLine.mark(file), JournalLine.step(stroke)), elsewhere);
        assertThat(replay.content().classes()).containsExactly(LabelClass.TISSUE.get(0), LabelClass.TISSUE.get(2));
        assertThat(replay.content().labels("a").highest()).isEqualTo(2);
    }

    @Test
    void undoOnAFileThatWasChangedElsewhereMeansTheStepThatItNames() {
        Content file = start();
        Step one = painted(file, "a", 1, 0);
        Step two = painted(file.with(one), "b", 2, 1);
        Content saved = file.with(one).with(two);
        List<JsonObject> lines = List.of(
                JournalLine.step(one),
                JournalLine.step(two),
                JournalLine.mark(saved),
                JournalLine.undo(two),
                JournalLine.undo(one),
                JournalLine.redo(one));
        Content elsewhere = saved.with(painted(saved, "a", 3, 60));
        Replay replay = Replay.of(lines, elsewhere);
        assertThat(replay.foreign()).isTrue();
        assertThat(replay.content().labels("b").isEmpty()).isTrue();
        assertThat(replay.content().labels("a")).isEqualTo(elsewhere.labels("a"));
    }

    @Test
    void anUndoOfAStepThatCannotBeReadTakesNothingElseBack() {
        Content file = start();
        Step one = painted(file, "a", 1, 0);
        Step two = painted(file.with(one), "b", 2, 1);
        List<JsonObject> lines =
                List.of(JournalLine.mark(file), JournalLine.step(one), new JsonObject(), JournalLine.undo(two));
        assertThat(Replay.of(lines, file).content()).isEqualTo(file.with(one));
    }

    @Test
    void aSaveThatFailedLosesNoSettings() {
        Content file = start();
        JsonObject set = new JsonObject();
        set.addProperty("view", 1);
        List<JsonObject> lines = new ArrayList<>(
                List.of(JournalLine.mark(file), JournalLine.saved(file), JournalLine.set(set), JournalLine.mark(file)));
        assertThat(Replay.of(lines, file).settings()).containsExactly(set);
        assertThat(Replay.of(lines, file).unsaved()).isFalse();
        lines.add(JournalLine.saved(file));
        assertThat(Replay.of(lines, file).settings()).isEmpty();
    }

    @Test
    void aGroupForAFileThatWasNeverWrittenDoesNotCount() {
        Content file = start();
        Step stroke = painted(file, "a", 1, 0);
        Content other = file.with(painted(file, "b", 2, 1));
        List<JsonObject> lines = new ArrayList<>(List.of(JournalLine.mark(file), JournalLine.step(stroke)));
        lines.addAll(
                JournalLine.group(List.of("x"), other, List.of(JournalLine.step(painted(file, "b", 2, 1))), List.of()));
        Replay before = Replay.of(lines, file);
        assertThat(before.unfinished()).isTrue();
        assertThat(before.foreign()).isFalse();
        assertThat(before.content()).isEqualTo(file.with(stroke));
        Replay after = Replay.of(lines, other);
        assertThat(after.foreign()).isFalse();
        assertThat(after.unsaved()).isFalse();
        assertThat(after.content()).isEqualTo(other);
        assertThat(after.history().size()).isEqualTo(1);
        assertThat(after.ids()).containsExactly("x");
    }

    /** What a file holds: nothing of images that were removed. */
    private static Content withoutRemoved(Content content) {
        Map<String, Labels> labels = new java.util.LinkedHashMap<>(content.labels());
        labels.keySet().retainAll(content.images());
        return new Content(content.images(), content.classes(), labels);
    }

    private static Step painted(Content now, String image, int cls, int at) {
        Stroke stroke = new Stroke(cls, 5, 0, 0, List.of(new Stroke.Point(at + 8, at + 8)));
        return Steps.paint(
                now,
                "stroke-" + image + cls + at,
                "Stroke on " + image,
                image,
                now.labels(image).with(stroke),
                Optional.of(new Step.Painted(image, 0, 0, cls, 9, List.of(0, 0, 1, 1))),
                at);
    }

    private static Step stroke(Content now, Random random, int i) {
        String image = random.nextBoolean() ? "a" : "b";
        Stroke stroke = new Stroke(
                1 + random.nextInt(3),
                1 + random.nextInt(9),
                0,
                0,
                List.of(new Stroke.Point(random.nextInt(100), random.nextInt(100))));
        return Steps.paint(now, "s" + i, "Stroke", image, now.labels(image).with(stroke), Optional.empty(), i);
    }
}
