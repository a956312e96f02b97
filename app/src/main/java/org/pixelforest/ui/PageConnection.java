package org.pixelforest.ui;

import io.javalin.websocket.WsContext;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** One open page: its socket, what it sees, and which tiles it was sent. */
final class PageConnection implements Hub.Connection {

    /** A slow page is not sent more than this many tiles at a time. */
    private static final int MAX_UNDERWAY = 8;

    /** A page that takes nothing may have this many letters and bytes of messages waiting; of tiles, a quarter of it. */
    private static final long MAX_UNSENT = 32L << 20;

    private final Session session;
    private final String page;
    private final AtomicInteger underway = new AtomicInteger();
    private final AtomicLong unsent = new AtomicLong();
    private final SentTiles sent = new SentTiles(); // guarded by itself
    private volatile ViewedPart view;
    private volatile boolean hand;

    PageConnection(WsContext context) {
        this(context.session, Optional.ofNullable(context.queryParam("page")).orElse(""));
    }

    PageConnection(Session session, String page) {
        this.session = session;
        this.page = page;
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
            return sent.has(tile, model);
        }
    }

    /** Whether the page lacked this tile of this model; from now on it counts as there, for it will be sent. */
    boolean take(ViewedPart.Tile tile, long model, int classes) {
        synchronized (sent) {
            boolean lacked = !sent.has(tile, model);
            if (lacked) {
                sent.add(tile, model, classes, view);
            }
            return lacked;
        }
    }

    /** The page needs every tile anew. */
    void resend() {
        synchronized (sent) {
            sent.clear();
        }
    }

    /** The page needs every tile of an image anew. */
    void resend(String image) {
        synchronized (sent) {
            sent.forget(image);
        }
    }

    boolean busy() {
        return underway.get() >= MAX_UNDERWAY || unsent.get() > MAX_UNSENT / 4;
    }

    /** Sends a tile; {@code done} runs when the next may follow. */
    void send(ByteBuffer message, Runnable done) {
        int bytes = message.remaining();
        underway.incrementAndGet();
        unsent.addAndGet(bytes);
        Runnable finish = () -> {
            underway.decrementAndGet();
            unsent.addAndGet(-bytes);
            done.run();
        };
        session.sendBinary(message, Callback.from(finish, failure -> finish.run()));
    }
}
