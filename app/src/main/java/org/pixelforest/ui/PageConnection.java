package org.pixelforest.ui;

import io.javalin.websocket.WsContext;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** One open page: its socket, what it sees, and which tiles it was sent. */
final class PageConnection implements Hub.Connection {

    /** A slow page is not sent more than this many tiles at a time. */
    private static final int MAX_UNDERWAY = 8;

    private final Session session;
    private final String page;
    private final AtomicInteger underway = new AtomicInteger();
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
        if (session.isOpen()) {
            session.sendText(json, Callback.NOOP);
        }
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
