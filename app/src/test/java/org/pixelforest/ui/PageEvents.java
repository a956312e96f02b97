package org.pixelforest.ui;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The socket of one window: everything the server sends it, in order. */
final class PageEvents implements Closeable, WebSocket.Listener {

    private final LinkedBlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final LinkedBlockingQueue<JsonObject> tiles = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream tile = new ByteArrayOutputStream();
    private int known; // used by the thread of the socket alone
    private WebSocket socket;

    /** Opens the socket of a window; {@code base} is the server's address without path, e.g. {@code "http://127.0.0.1:8080"}. */
    static PageEvents open(String base, String token, String page) {
        PageEvents events = new PageEvents();
        events.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", base)
                .buildAsync(
                        URI.create(base.replaceFirst("^http", "ws") + "/api/events?token=" + token + "&page=" + page),
                        events)
                .join();
        return events;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            JsonObject message = JsonParser.parseString(partial.toString()).getAsJsonObject();
            partial.setLength(0);
            if (message.has("parts") && message.getAsJsonObject("parts").has("classes")) {
                known = message.getAsJsonObject("parts")
                        .getAsJsonArray("classes")
                        .size();
            }
            received.add(message);
        }
        from.request(1);
        return null;
    }

    /** The JSON of a prediction tile, with {@code known}: how many classes the window had been told of when it came. */
    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        tile.writeBytes(part);
        if (last) {
            ByteBuffer whole = ByteBuffer.wrap(tile.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
            JsonObject head = JsonParser.parseString(
                            new String(whole.array(), 4, whole.getInt(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
            head.addProperty("known", known);
            tiles.add(head);
            tile.reset();
        }
        from.request(1);
        return null;
    }

    /** The next prediction tile; fails after half a minute. */
    JsonObject tile() throws InterruptedException {
        JsonObject next = tiles.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no tile came");
        }
        return next;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    void send(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** The next message as wanted; those before it are dropped. Fails after half a minute. */
    JsonObject next(Predicate<JsonObject> wanted) throws InterruptedException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (true) {
            JsonObject message = received.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (message == null) {
                throw new AssertionError("the message wanted never came");
            }
            if (wanted.test(message)) {
                return message;
            }
        }
    }

    JsonObject next(String event) throws InterruptedException {
        return next(message -> message.get("event").getAsString().equals(event));
    }

    /** The next value of a part of the state. */
    JsonObject nextWith(String part) throws InterruptedException {
        return next(message -> message.get("event").getAsString().equals("state")
                        && message.getAsJsonObject("parts").has(part))
                .getAsJsonObject("parts");
    }

    /** The status that the server closes the socket with. */
    int closed() throws Exception {
        return closed.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
