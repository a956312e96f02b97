package org.pixelforest.ui;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.Closeable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
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
            received.add(JsonParser.parseString(partial.toString()).getAsJsonObject());
            partial.setLength(0);
        }
        from.request(1);
        return null;
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
