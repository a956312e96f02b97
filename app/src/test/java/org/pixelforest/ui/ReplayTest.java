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
        lines.add(line("mark", Replay.fingerprint(now)));
        for (int i = 0; i < 150; i++) {
            int action = random.nextInt(10);
            if (action == 0) {
                lines.add(line("mark", Replay.fingerprint(now)));
                // The crash may come before the file is replaced, or after.
                expect(lines, saved, now, history);
                saved = now;
            } else if (action < 3 && history.toUndo().isPresent()) {
                now = now.with(history.toUndo().get().inverse());
                history = history.undone();
                lines.add(line("undo", "true"));
            } else if (action < 5 && history.toRedo().isPresent()) {
                now = now.with(history.toRedo().get());
                history = history.redone();
                lines.add(line("redo", "true"));
            } else {
                Step step = stroke(now, random, i);
                now = now.with(step);
                history = history.done(step);
                JsonObject line = new JsonObject();
                line.add("step", StepJson.write(step));
                lines.add(line);
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
        JsonObject line = new JsonObject();
        line.add("step", StepJson.write(one));
        List<JsonObject> lines = List.of(line("mark", Replay.fingerprint(file)), line);
        Content elsewhere = file.with(stroke(file, random, 2));
        Replay replay = Replay.of(lines, elsewhere);
        assertThat(replay.foreign()).isTrue();
        assertThat(replay.unsaved()).isTrue();
        assertThat(replay.content()).isEqualTo(elsewhere.with(one));
    }

    @Test
    void anImageThatWasRemovedStaysRemovedWhenAnotherProgramChangedTheList() {
        Content file = start();
        JsonObject line = new JsonObject();
        line.add("step", StepJson.write(Steps.removeImage(file, "b", "b", 1)));
        List<JsonObject> lines = List.of(line("mark", Replay.fingerprint(file)), line);
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

    private static JsonObject line(String key, String value) {
        JsonObject json = new JsonObject();
        json.addProperty(key, value);
        return json;
    }
}
