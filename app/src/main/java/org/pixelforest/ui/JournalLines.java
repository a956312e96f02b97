package org.pixelforest.ui;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a journal as they stand on the disk. What a crash may have left at the end is no part of them: a line that was cut
 * off, or a {@linkplain JournalLine#group group} that is not complete.
 *
 * @param lines whole lines; an empty object stands for one that cannot be read
 * @param end byte behind the last of them
 * @param damaged how many lines cannot be read, though something stands behind them
 */
record JournalLines(List<JsonObject> lines, long end, int damaged) {

    static final JournalLines NONE = new JournalLines(List.of(), 0, 0);

    static JournalLines read(InputStream in) throws IOException {
        Reader reader = new Reader();
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            int from = 0;
            for (int i = 0; i < n; i++) {
                if (buffer[i] == '\n') {
                    reader.line.write(buffer, from, i - from);
                    reader.ended();
                    from = i + 1;
                }
            }
            reader.line.write(buffer, from, n - from);
        }
        return reader.whole();
    }

    /** How many lines behind this one belong to it. */
    static long followers(JsonObject line) {
        return number(line, "holds") + number(line, "then");
    }

    private static long number(JsonObject line, String name) {
        JsonElement number = line.get(name);
        return number != null
                        && number.isJsonPrimitive()
                        && number.getAsJsonPrimitive().isNumber()
                ? Math.max(0, number.getAsLong())
                : 0;
    }

    private static final class Reader {

        private final List<JsonObject> lines = new ArrayList<>();
        private ByteArrayOutputStream line = new ByteArrayOutputStream();
        private long end;
        private int damaged;
        private long groupStart;
        private int groupFirst;
        private long groupLeft;

        void ended() {
            JsonObject json = parsed();
            if (groupLeft > 0) {
                groupLeft--;
            } else if (followers(json) > 0) {
                groupStart = end;
                groupFirst = lines.size();
                groupLeft = followers(json);
            }
            lines.add(json);
            end += line.size() + 1L;
            // A long line must not keep its memory for all that follow.
            line = new ByteArrayOutputStream();
        }

        private JsonObject parsed() {
            // Strict: a lenient parser finds something in much that is damaged.
            JsonReader reader = new JsonReader(new StringReader(line.toString(StandardCharsets.UTF_8)));
            reader.setStrictness(Strictness.STRICT);
            try {
                JsonElement json = JsonParser.parseReader(reader);
                if (json.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT) {
                    return json.getAsJsonObject();
                }
            } catch (IOException | JsonParseException | StackOverflowError broken) {
                // Counted below.
            }
            damaged++;
            return new JsonObject();
        }

        JournalLines whole() {
            return groupLeft == 0
                    ? new JournalLines(lines, end, damaged)
                    // NB: as good as never, so it may be looked at by a person: a count can be damaged too.
                    : new JournalLines(new ArrayList<>(lines.subList(0, groupFirst)), groupStart, damaged + 1);
        }
    }
}
