package org.pixelforest.ui;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.javalin.config.RoutesConfig;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.eclipse.jetty.websocket.api.exceptions.MessageTooLargeException;

/** The WebSocket of the pages: section 3 of docs/page-protocol.md. */
final class EventRoutes {

    private static final Logger LOG = Logger.getLogger(EventRoutes.class.getName());

    private final Workspace workspace;
    private final LiveUpdate liveUpdate;
    private final Map<String, PageConnection> pages = new ConcurrentHashMap<>();

    EventRoutes(Workspace workspace, LiveUpdate liveUpdate) {
        this.workspace = workspace;
        this.liveUpdate = liveUpdate;
    }

    void add(RoutesConfig routes) {
        routes.ws("/api/events", ws -> {
            ws.onConnect(ctx -> {
                // NB: browsers let the clock of a hidden page tick once a minute.
                ctx.session.setIdleTimeout(Duration.ofMinutes(3));
                PageConnection page = new PageConnection(ctx);
                pages.put(ctx.sessionId(), page);
                workspace.hub().connect(page);
                liveUpdate.connected(page);
            });
            ws.onMessage(ctx -> message(ctx, ctx.message()));
            ws.onBinaryMessage(ctx -> refuse(ctx, 1003, "text only"));
            ws.onClose(this::gone);
            ws.onError(ctx -> {
                if (ctx.error() instanceof MessageTooLargeException tooLarge) {
                    LOG.warning(() -> "refused (1009) a message: " + Server.printable(tooLarge.getMessage()));
                }
                gone(ctx);
            });
        });
    }

    private static void refuse(WsContext ctx, int status, String reason) {
        LOG.warning(() -> "refused (" + status + ") a message: " + reason);
        ctx.closeSession(status, reason);
    }

    private void gone(WsContext ctx) {
        PageConnection page = pages.remove(ctx.sessionId());
        if (page != null) {
            workspace.hub().disconnect(page);
            liveUpdate.disconnected(page);
        }
    }

    private void message(WsContext ctx, String text) {
        PageConnection page = pages.get(ctx.sessionId());
        if (page == null) {
            return;
        }
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            switch (json.get("event").getAsString()) {
                case "ping" ->
                    page.send("{\"event\":\"pong\",\"revision\":"
                            + workspace.hub().revision() + "}");
                case "view" -> liveUpdate.viewed(page, view(json).orElse(null));
                case "hand" -> page.hand(json.get("down").getAsBoolean());
                default -> refuse(ctx, 1008, "unknown event");
            }
        } catch (RuntimeException | StackOverflowError malformed) {
            refuse(ctx, 1007, "malformed message");
        }
    }

    private static Optional<ViewedPart> view(JsonObject json) {
        JsonElement image = json.get("image");
        if (image == null || image.isJsonNull()) {
            return Optional.empty();
        }
        List<Double> box = numbers(json.getAsJsonArray("box"), 4);
        JsonElement pointer = json.get("pointer");
        int level = json.get("level").getAsInt();
        int t = json.has("t") ? json.get("t").getAsInt() : 0;
        int z = json.has("z") ? json.get("z").getAsInt() : 0;
        if (level < 0 || level > Pyramid.MAX_LEVEL || t < 0 || z < 0) {
            throw new IllegalArgumentException("view out of range");
        }
        return Optional.of(new ViewedPart(
                image.getAsString(),
                t,
                z,
                level,
                box,
                pointer == null || pointer.isJsonNull()
                        ? Optional.empty()
                        : Optional.of(numbers(pointer.getAsJsonArray(), 2))));
    }

    private static List<Double> numbers(JsonArray array, int count) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(n -> numbers.add(n.getAsDouble()));
        if (numbers.size() != count || numbers.stream().anyMatch(n -> !Double.isFinite(n))) {
            throw new IllegalArgumentException("numbers expected");
        }
        return numbers;
    }
}
