package org.pixelforest.ui;

import io.javalin.websocket.WsContext;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** One open page: its socket, what it sees, and which tiles it was sent. */
final class PageConnection implements Hub.Connection {

    /** A slow page is not sent more than this many tiles at a time. */
    private static final int MAX_UNDERWAY = 8;

    /** A page that takes nothing may have this many letters of messages waiting. */
    private static final long MAX_UNSENT = 32L << 20;

    private final Session session;
    private final String page;
    private final AtomicInteger underway = new AtomicInteger();
    private final AtomicLong unsent = new AtomicLong();
    private final Map<ViewedPart.Tile, Long> sent = new HashMap<>();
    private volatile ViewedPart view;
    private volatile boolean hand;

    PageConnection(WsContext context) {
        session = context.session;
        page = Optional.ofNullable(context.queryParam("page")).orElse("");
    }

    @Override
    public String page() {
        return page;
    }

    @Override
    public void send(String json) {
        if (!session.isOpen()) {
            return;
        }
        if (unsent.addAndGet(json.length()) > MAX_UNSENT) {
            // It connects again and reads everything, should it still be there.
            session.disconnect();
            return;
        }
        session.sendText(
                json,
                Callback.from(() -> unsent.addAndGet(-json.length()), failed -> unsent.addAndGet(-json.length())));
    }

    Optional<ViewedPart> view() {
        return Optional.ofNullable(view);
    }

    void view(ViewedPart seen) {
        ViewedPart before = view;
        view = seen;
        if (before == null || seen == null || !before.image().equals(seen.image())) {
            synchronized (sent) {
                sent.clear();
            }
        }
    }

    /** Whether something is painted or dragged on the page at this moment. */
    boolean hand() {
        return hand;
    }

    void hand(boolean down) {
        hand = down;
    }

    boolean open() {
        return session.isOpen();
    }

    /** Whether the page has this tile of this model, or of a newer one. */
    boolean has(ViewedPart.Tile tile, long model) {
        synchronized (sent) {
            return sent.getOrDefault(tile, -1L) >= model;
        }
    }

    boolean busy() {
        return underway.get() >= MAX_UNDERWAY;
    }

    /** Sends a tile, unless the page has it already; {@code done} runs when the next may follow. */
    void send(ViewedPart.Tile tile, long model, ByteBuffer message, Runnable done) {
        synchronized (sent) {
            if (sent.getOrDefault(tile, -1L) >= model) {
                return;
            }
            sent.put(tile, model);
        }
        underway.incrementAndGet();
        session.sendBinary(message, Callback.from(() -> finish(done), failure -> finish(done)));
    }

    private void finish(Runnable done) {
        underway.decrementAndGet();
        done.run();
    }
}
