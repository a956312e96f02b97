package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the program at random moments while strokes arrive, and saves, undos, edits of classes and removals of images among them.
 * What it had answered is there when it starts again. {@code -Dpixelforest.kills=200} kills more often.
 */
class KilledServerTest {

    private static final int KILLS = Integer.getInteger("pixelforest.kills", 3);
    private static final int WIDTH = 100;

    @TempDir
    private Path temp;

    /** What a person has. */
    private record Seen(Set<String> strokes, int labelled, List<String> classes, List<String> images) {

        Seen withStroke(String id) {
            Set<String> more = new HashSet<>(strokes);
            more.add(id);
            return new Seen(more, labelled + 1, classes, images);
        }

        Seen withoutImage(String image, Map<String, String> imageOf) {
            Set<String> left = new HashSet<>(strokes);
            left.removeIf(id -> imageOf.get(id).equals(image));
            return new Seen(left, left.size(), classes, less(images, image));
        }

        Seen withClass(String name) {
            List<String> more = new ArrayList<>(classes);
            more.add(name);
            return new Seen(strokes, labelled, more, images);
        }

        Seen withoutLastClass() {
            return new Seen(strokes, labelled, less(classes, classes.get(classes.size() - 1)), images);
        }

        private static List<String> less(List<String> list, String gone) {
            return list.stream().filter(name -> !name.equals(gone)).toList();
        }
    }

    /** Something to ask for, and what there is afterwards. */
    private record Request(String method, String path, String body, Seen after, boolean undoable) {}

    private final Random random = new Random(11);
    private final Map<String, String> imageOf = new HashMap<>();
    private int sent;

    @Test
    void whatWasAnsweredIsNeverLost() throws Exception {
        Path open = Study.withCrops(temp.toRealPath(), 3);
        List<Seen> possible = List.of();
        for (int kill = 0; kill <= KILLS; kill++) {
            try (PageProcess program = PageProcess.start(temp, "-Xmx300m", open)) {
                JsonObject state = program.state();
                open = Path.of(state.getAsJsonObject("project").get("path").getAsString());
                Seen seen = seen(program, state);
                if (!possible.isEmpty()) {
                    assertThat(seen).as("after %d kills", kill).isIn(possible);
                }
                assertThat(seen.labelled()).isEqualTo(seen.strokes().size());
                possible = untilKilled(program, seen);
            }
        }
        assertThat(possible.get(0).strokes()).as("strokes of the whole test").isNotEmpty();
    }

    /** What may be there when it is opened again: with or without what was not answered. */
    private List<Seen> untilKilled(PageProcess program, Seen first) throws InterruptedException {
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                program::close, CompletableFuture.delayedExecutor(random.nextInt(1000), TimeUnit.MILLISECONDS));
        Deque<Seen> before = new ArrayDeque<>();
        Seen seen = first;
        while (true) {
            Request next = request(seen, before);
            try {
                ok(program.send(next.method(), next.path(), next.body()));
            } catch (IOException killed) {
                end.join();
                return List.of(seen, next.after());
            }
            if (next.undoable()) {
                before.push(seen);
            } else if (next.path().equals("/api/undo")) {
                before.pop();
            }
            seen = next.after();
        }
    }

    private Request request(Seen seen, Deque<Seen> before) {
        int kind = random.nextInt(12);
        if (kind == 0) {
            return new Request("POST", "/api/save", "{}", seen, false);
        } else if (kind < 3 && !before.isEmpty()) {
            return new Request("POST", "/api/undo", "{}", before.peek(), false);
        } else if (kind == 3 && seen.classes().size() > 3) {
            String last = "/api/classes/" + seen.classes().size();
            return new Request("DELETE", last, null, seen.withoutLastClass(), true);
        } else if (kind == 4 && seen.classes().size() < 6) {
            String name = "class " + sent++;
            return new Request("POST", "/api/classes", "{\"name\":\"" + name + "\"}", seen.withClass(name), true);
        } else if (kind == 5 && seen.images().size() > 1) {
            String image = seen.images().get(1);
            return new Request("DELETE", "/api/images/" + image, null, seen.withoutImage(image, imageOf), true);
        }
        String image = seen.images().get(random.nextInt(seen.images().size()));
        String id = new UUID(7, sent).toString();
        imageOf.put(id, image);
        String stroke = stroke(id, image, 16 * (sent % WIDTH) + 8, 16 * (sent / WIDTH) + 8);
        sent++;
        return new Request("POST", "/api/strokes", stroke, seen.withStroke(id), true);
    }

    private static Seen seen(PageProcess program, JsonObject state) throws IOException, InterruptedException {
        return new Seen(
                strokes(program), labelled(state), texts(state, "classes", "name"), texts(state, "images", "id"));
    }

    private static List<String> texts(JsonObject state, String part, String name) {
        List<String> texts = new ArrayList<>();
        state.getAsJsonArray(part)
                .forEach(each -> texts.add(each.getAsJsonObject().get(name).getAsString()));
        return texts;
    }

    /** One pixel of its own, so that the number of labelled pixels is the number of strokes. */
    private static String stroke(String id, String image, int x, int y) {
        return "{\"id\":\"" + id + "\",\"page\":\"test\",\"image\":\"" + image
                + "\",\"t\":0,\"z\":0,\"class\":1,\"className\":\"nucleus\",\"brush\":1,\"points\":[" + x + "," + y
                + "],\"fill\":false}";
    }

    private static Set<String> strokes(PageProcess program) throws IOException, InterruptedException {
        Set<String> all = new HashSet<>();
        String before = "";
        while (true) {
            int known = all.size();
            for (JsonElement stroke : JsonParser.parseString(
                            ok(program.send("GET", "/api/strokes?limit=1000" + before, null)))
                    .getAsJsonArray()) {
                all.add(stroke.getAsJsonObject().get("id").getAsString());
                before = "&before=" + stroke.getAsJsonObject().get("id").getAsString();
            }
            if (all.size() == known) {
                return all;
            }
        }
    }

    private static int labelled(JsonObject state) {
        int sum = 0;
        for (String image : state.getAsJsonObject("counts").keySet()) {
            for (JsonElement count : state.getAsJsonObject("counts").getAsJsonArray(image)) {
                sum += count.getAsInt();
            }
        }
        return sum;
    }

    private static String ok(PageProcess.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text();
    }
}
