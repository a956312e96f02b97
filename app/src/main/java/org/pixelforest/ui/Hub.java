package org.pixelforest.ui;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.Closeable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells every open page what changed. The state has named parts; whoever changes one says so, and pages get it within 50 ms,
 * however often it changes in between.
 */
final class Hub implements Closeable {

    private static final Logger LOG = Logger.getLogger(Hub.class.getName());

    private static final long MILLIS_BETWEEN = 50;
    private static final int MOST_UNHEARD = 10;

    /** Takes the messages of one page. */
    interface Connection {
        void send(String json);

        String page();
    }

    private final String session = UUID.randomUUID().toString();
    private final Map<String, Supplier<Object>> parts = new ConcurrentHashMap<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Set<String> pending = new LinkedHashSet<>();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "events");
        thread.setDaemon(true);
        return thread;
    });
    private final Object telling = new Object();

    /** From before the first page was there, as of the project that the program was started with. */
    private final Queue<String> unheard = new ConcurrentLinkedQueue<>();

    private long revision = 1;
    private boolean scheduled;

    /** Names a part of the state and says where its value comes from. */
    void part(String name, Supplier<Object> value) {
        parts.put(name, value);
    }

    /** Names of parts that changed; returns the new revision. */
    synchronized long changed(String... names) {
        revision++;
        for (String name : names) {
            pending.add(name);
        }
        if (!pending.isEmpty() && !scheduled) {
            scheduled = true;
            clock.schedule(this::flush, MILLIS_BETWEEN, TimeUnit.MILLISECONDS);
        }
        return revision;
    }

    synchronized long revision() {
        return revision;
    }

    /** The whole state, as a page reads it first. */
    JsonObject state() {
        JsonObject state = new JsonObject();
        state.addProperty("revision", revision());
        state.addProperty("session", session);
        Map<String, JsonElement> values = values(parts.keySet());
        parts.keySet().forEach(name -> state.add(name, values.getOrDefault(name, JsonNull.INSTANCE)));
        return state;
    }

    /** What is to be said of some parts. One that cannot be told is left out: the others are as true as ever. */
    private Map<String, JsonElement> values(Set<String> names) {
        Map<String, JsonElement> values = new LinkedHashMap<>();
        for (String name : names) {
            Supplier<Object> value = parts.get(name);
            if (value == null) {
                continue;
            }
            try {
                values.put(name, Server.JSON.toJsonTree(value.get()));
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "the state of " + name + " cannot be told", e);
            }
        }
        return values;
    }

    /** Sends an event at once; {@code fields} are those of the protocol besides {@code event} and {@code revision}. */
    void event(String name, Map<String, Object> fields) {
        String json = message(name, fields);
        connections.forEach(c -> c.send(json));
    }

    /** A toast ({@code "status"}) or an alert ({@code "alert"}) on every page. */
    void message(String level, String title, String text, String action) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("level", level);
        fields.put("title", title);
        fields.put("message", text);
        fields.put("action", action);
        if (connections.isEmpty() && unheard.size() < MOST_UNHEARD) {
            unheard.add(message("message", fields));
        }
        event("message", fields);
    }

    void connect(Connection connection) {
        connections.add(connection);
        connection.send(message("hello", Map.of("session", session)));
        // What happened before the first page came, e.g. while the project was opened.
        for (String text = unheard.poll(); text != null; text = unheard.poll()) {
            connection.send(text);
        }
    }

    void disconnect(Connection connection) {
        connections.remove(connection);
    }

    Set<Connection> connections() {
        return Set.copyOf(connections);
    }

    private String message(String name, Map<String, Object> fields) {
        return message(name, revision(), fields);
    }

    private static String message(String name, long revision, Map<String, Object> fields) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", name);
        json.put("revision", revision);
        json.putAll(fields);
        return Server.JSON.toJson(json);
    }

    /** Tells now what changed until now. One at a time: the values that pages get last are the newest. */
    void flush() {
        synchronized (telling) {
            Set<String> names;
            long now;
            synchronized (this) {
                names = new LinkedHashSet<>(pending);
                // NB: before the values, so that none is taken for newer than it is.
                now = revision;
                pending.clear();
                scheduled = false;
            }
            if (!names.isEmpty() && !connections.isEmpty()) {
                String json = message("state", now, Map.of("parts", values(names)));
                connections.forEach(c -> c.send(json));
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
