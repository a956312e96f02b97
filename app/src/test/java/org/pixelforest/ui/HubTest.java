package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubTest {

    private final Hub hub = new Hub();
    private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();

    @BeforeEach
    void connect() throws InterruptedException {
        hub.connect(new Hub.Connection() {
            @Override
            public void send(String json) {
                received.add(json);
            }

            @Override
            public String page() {
                return "page";
            }
        });
        next(); // hello
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private JsonObject next() throws InterruptedException {
        return JsonParser.parseString(received.take()).getAsJsonObject();
    }

    @Test
    void aPartThatCannotBeToldTakesNoOtherWithIt() throws InterruptedException {
        hub.part("whole", () -> 5);
        hub.part("broken", () -> {
            throw new IllegalStateException("on purpose, in a test");
        });
        assertThat(hub.state().get("whole").getAsInt()).isEqualTo(5);
        assertThat(hub.state().get("broken").isJsonNull()).isTrue();
        hub.changed("broken", "whole");
        JsonObject parts = next().getAsJsonObject("parts");
        assertThat(parts.get("whole").getAsInt()).isEqualTo(5);
        assertThat(parts.has("broken")).as("stays as it was").isFalse();
    }

    /** A page passes over what is older than the state it read. */
    @Test
    void anEventIsAsOldAsTheValuesInIt() throws InterruptedException {
        long[] before = new long[1];
        hub.part("a", () -> {
            before[0] = hub.revision();
            hub.changed(); // another project is opened while the value is made
            return 1;
        });
        hub.changed("a");
        assertThat(next().get("revision").getAsLong()).isEqualTo(before[0]);
    }
}
