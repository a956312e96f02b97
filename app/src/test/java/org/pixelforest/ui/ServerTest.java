package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Speaks HTTP by hand, because a browser's client would not send what an attacker sends. */
class ServerTest {

    private static final String TOKEN = "a-token-for-this-test";
    private static Server server;

    private static final LogLines LOG = new LogLines();

    @BeforeAll
    static void start() {
        server = Server.start("127.0.0.1", 0, TOKEN, config -> {
            config.routes.get("/api/hello", ctx -> ctx.result("hello"));
            config.routes.post("/api/echo", ctx -> ctx.result(ctx.body()));
            config.routes.get("/api/broken", ctx -> {
                throw new IllegalStateException("the secret inner workings");
            });
            config.routes.ws("/api/events", ws -> ws.onMessage(m -> m.send(m.message())));
        });
    }

    @AfterAll
    static void stop() {
        server.close();
        LOG.close();
    }

    @Test
    void thePageNeedsNoToken() throws IOException {
        String answer = send("GET / HTTP/1.1", "Host: 127.0.0.1:" + server.port());
        assertThat(answer).startsWith("HTTP/1.1 200").contains("<title>PixelForest</title>");
        assertThat(answer)
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                .contains("X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer")
                .doesNotContain(TOKEN)
                .doesNotContain("Server: Jetty");
    }

    @Test
    void aNumberThatIsNoneIsAMissingThing() {
        record Point(double outOfBag, Double leftOut) {}
        assertThat(Server.JSON.toJson(new Point(Double.NaN, 0.25))).isEqualTo("{\"outOfBag\":null,\"leftOut\":0.25}");
        assertThat(Server.JSON.toJson(Map.of("error", Double.POSITIVE_INFINITY)))
                .isEqualTo("{\"error\":null}");
        assertThat(Server.JSON.toJson(List.of(2.0, 1e-9))).isEqualTo("[2.0,1.0E-9]");
    }

    @Test
    void theInterfaceNeedsTheToken() throws IOException {
        String host = "Host: localhost:" + server.port();
        assertThat(send("GET /api/hello HTTP/1.1", host))
                .startsWith("HTTP/1.1 401")
                .contains("\"title\":\"Refused\"");
        assertThat(send("GET /api/hello HTTP/1.1", host, "X-PixelForest-Token: wrong"))
                .startsWith("HTTP/1.1 401");
        assertThat(send("GET /api/hello?token=" + TOKEN + " HTTP/1.1", host)).startsWith("HTTP/1.1 401");
        assertThat(send("GET /api/hello HTTP/1.1", host, "X-PixelForest-Token: " + TOKEN))
                .startsWith("HTTP/1.1 200")
                .endsWith("hello");
    }

    /** What the check of the token takes for a file of the page must not be taken for the interface by what answers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%61pi/hello",
                "//api/hello",
                "/api;x/hello",
                "/./api/hello",
                "/%2e/api/hello",
                "/x/../api/hello",
                "/API/hello",
                "/api%2fhello",
                "/api/;/hello",
                "/\\api/hello"
            })
    void noSpellingOfAPathAvoidsTheToken(String path) throws IOException {
        assertThat(send("GET " + path + " HTTP/1.1", "Host: localhost:" + server.port()))
                .matches("(?s)HTTP/1\\.1 4\\d\\d.*")
                .doesNotEndWith("hello");
    }

    @Test
    void onAllAddressesEachOfThemIsServedAndNoOther() throws IOException {
        Set<String> hosts = Server.hosts("0.0.0.0", 8080);
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .forEach(a -> assertThat(hosts).contains(a.getHostAddress() + ":8080"));
        assertThat(hosts).contains("127.0.0.1:8080").doesNotContain("evil.example:8080");
        assertThat(Server.hosts("127.0.0.1", 80)).contains("127.0.0.1", "127.0.0.1:80");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1:1", "evil.example:80"})
    void aForeignHostIsRefused(String host) throws IOException {
        assertThat(send("GET / HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 421");
        assertThat(send("GET /api/hello HTTP/1.1", "Host: " + host, "X-PixelForest-Token: " + TOKEN))
                .startsWith("HTTP/1.1 421");
    }

    @Test
    void anotherSiteIsRefused() throws IOException {
        String host = "Host: 127.0.0.1:" + server.port();
        String token = "X-PixelForest-Token: " + TOKEN;
        assertThat(send("GET /api/hello HTTP/1.1", host, token, "Origin: http://evil.example"))
                .startsWith("HTTP/1.1 403");
        assertThat(send("GET /api/hello HTTP/1.1", host, token, "Origin: null")).startsWith("HTTP/1.1 403");
        assertThat(send("GET /api/hello HTTP/1.1", host, token, "Sec-Fetch-Site: cross-site"))
                .startsWith("HTTP/1.1 403");
        assertThat(send("GET /api/hello HTTP/1.1", host, token, "Origin: http://127.0.0.1:" + server.port()))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aWebSocketNeedsTokenAndOrigin() throws IOException {
        String host = "Host: 127.0.0.1:" + server.port();
        String origin = "Origin: http://127.0.0.1:" + server.port();
        List<String> upgrade = List.of(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(send("GET /api/events?token=wrong HTTP/1.1", with(upgrade, host, origin)))
                .startsWith("HTTP/1.1 401");
        assertThat(send("GET /api/events?token=" + TOKEN + " HTTP/1.1", with(upgrade, host)))
                .startsWith("HTTP/1.1 403");
        assertThat(send(
                        "GET /api/events?token=" + TOKEN + " HTTP/1.1",
                        with(upgrade, host, "Origin: http://evil.example")))
                .startsWith("HTTP/1.1 403");
        assertThat(send("GET /api/events?token=" + TOKEN + " HTTP/1.1", with(upgrade, host, origin)))
                .startsWith("HTTP/1.1 101");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../pom.xml",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/vendor/lit/../../../../etc/passwd",
                "/..%2f..%2fetc/passwd",
                "/vendor/lit/%2e%2e/%2e%2e/x.js",
                "/web/index.html",
                "/org/pixelforest/ui/Server.class",
                "/META-INF/MANIFEST.MF",
                "//etc/passwd"
            })
    void pathsLeadNowhereElse(String path) throws IOException {
        String answer = send("GET " + path + " HTTP/1.1", "Host: 127.0.0.1:" + server.port());
        assertThat(answer).matches("(?s)HTTP/1.1 (400|404).*").doesNotContain("root:", "<project");
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws IOException {
        String answer = send(
                "POST /api/echo HTTP/1.1",
                List.of(
                        "Host: 127.0.0.1:" + server.port(),
                        "X-PixelForest-Token: " + TOKEN,
                        "Content-Length: " + (Server.MAX_BODY + 1)),
                "x".repeat(Server.MAX_BODY + 1));
        assertThat(answer).startsWith("HTTP/1.1 413");
    }

    @Test
    void everyRefusalIsALineInTheLog() throws IOException {
        String host = "Host: 127.0.0.1:" + server.port();
        String token = "X-PixelForest-Token: " + TOKEN;
        LOG.clear();
        send("GET /api/hello HTTP/1.1", host, "X-PixelForest-Token: wrong");
        assertThat(LOG.take())
                .startsWith("refused (401) GET /api/hello: the token")
                .doesNotContain(TOKEN);
        send("GET /api/hello HTTP/1.1", "Host: evil.example", token);
        assertThat(LOG.take()).startsWith("refused (421) GET /api/hello").endsWith("evil.example");
        send("GET /api/hello HTTP/1.1", host, token, "Origin: http://evil.example");
        assertThat(LOG.take()).startsWith("refused (403) GET /api/hello").endsWith("http://evil.example");
        send(
                "GET /api/events?token=" + TOKEN + " HTTP/1.1",
                host,
                "Origin: http://evil.example",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(LOG.take()).startsWith("refused (403) GET /api/events").doesNotContain(TOKEN);
        send(
                "POST /api/echo HTTP/1.1",
                List.of(host, token, "Content-Length: " + (Server.MAX_BODY + 1)),
                "x".repeat(Server.MAX_BODY + 1));
        assertThat(LOG.take()).startsWith("refused (413) POST /api/echo");
        send("GET /api/hello HTTP/1.1", host, token);
        assertThat(LOG.isEmpty()).isTrue();
    }

    @Test
    void whatNobodyForesawIsOneSentenceAndALineInTheLog() throws IOException {
        LOG.clear();
        String answer =
                send("GET /api/broken HTTP/1.1", "Host: 127.0.0.1:" + server.port(), "X-PixelForest-Token: " + TOKEN);
        assertThat(answer)
                .startsWith("HTTP/1.1 500")
                .contains("its log says why")
                .doesNotContain("secret");
        assertThat(LOG.take()).isEqualTo("GET /api/broken");
    }

    @Test
    void theLibraryOfThePageIsServed() throws IOException {
        assertThat(send("GET /vendor/lit-html/lit-html.js HTTP/1.1", "Host: 127.0.0.1:" + server.port()))
                .startsWith("HTTP/1.1 200")
                .contains("text/javascript");
    }

    private static List<String> with(List<String> headers, String... more) {
        List<String> all = new ArrayList<>(headers);
        all.addAll(List.of(more));
        return all;
    }

    private static String send(String request, String... headers) throws IOException {
        return send(request, List.of(headers));
    }

    private static String send(String request, List<String> headers) throws IOException {
        return send(request, headers, "");
    }

    private static String send(String request, List<String> headers, String body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(5000);
            String head = request + "\r\n" + String.join("\r\n", headers) + "\r\n"
                    + (request.contains("/api/events") ? "" : "Connection: close\r\n") + "\r\n";
            try {
                socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
            } catch (IOException refusedEarly) {
                // The answer may come, and the connection close, before the whole body is sent.
            }
            InputStream in = socket.getInputStream();
            byte[] answer = request.contains("/api/events") ? in.readNBytes(12) : readAll(in);
            return new String(answer, StandardCharsets.UTF_8);
        }
    }

    private static byte[] readAll(InputStream in) throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try {
            in.transferTo(bytes);
        } catch (IOException closedEarly) {
            // What came before is the answer.
        }
        return bytes.toByteArray();
    }
}
