package org.pixelforest.ui;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** A page at the end of a wire that is as slow as the test wants; has the prediction tiles it was sent. */
final class GivenPage {

    private final LinkedBlockingQueue<JsonObject> tiles = new LinkedBlockingQueue<>();
    private final Queue<Callback> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean slow;

    final PageConnection connection = new PageConnection(
            (Session) Proxy.newProxyInstance(
                    Session.class.getClassLoader(), new Class<?>[] {Session.class}, (self, method, arguments) -> {
                        if (method.getName().equals("sendBinary")) {
                            receive((ByteBuffer) arguments[0], (Callback) arguments[1]);
                            return null;
                        }
                        return method.getName().equals("isOpen") ? true : null;
                    }),
            "given");

    private void receive(ByteBuffer message, Callback callback) {
        byte[] head = new byte[message.order(ByteOrder.LITTLE_ENDIAN).getInt()];
        message.get(head);
        tiles.add(
                JsonParser.parseString(new String(head, StandardCharsets.UTF_8)).getAsJsonObject());
        if (slow) {
            waiting.add(callback);
        } else {
            callback.succeed();
        }
    }

    /** From now on nothing that is sent arrives. */
    GivenPage stalled() {
        slow = true;
        return this;
    }

    /** What was sent arrives, and all that follows. */
    void resume() {
        slow = false;
        for (Callback next = waiting.poll(); next != null; next = waiting.poll()) {
            next.succeed();
        }
    }

    /** How many tiles were sent to the page and not read by the test. */
    int sent() {
        return tiles.size();
    }

    /** The next tile; fails after half a minute. */
    JsonObject next() throws InterruptedException {
        JsonObject tile = tiles.poll(30, TimeUnit.SECONDS);
        if (tile == null) {
            throw new AssertionError("no tile came");
        }
        return tile;
    }
}
