package org.pixelforest.ui;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The HTTP server of the page: files, access checks and errors; what it serves under {@code /api} is added by {@code Routes}. See
 * docs/page-protocol.md.
 */
final class Server implements Closeable {

    static final String TOKEN_HEADER = "X-PixelForest-Token";
    static final int MAX_BODY = 1 << 20;
    static final int MAX_MESSAGE = 64 << 10;

    /** A number that is none, as the error of a forest without left-out samples, is a missing thing. */
    private static final TypeAdapter<Double> NUMBER = new TypeAdapter<>() {
        @Override
        public void write(JsonWriter out, Double value) throws IOException {
            out.value(value != null && Double.isFinite(value) ? value : null);
        }

        @Override
        public Double read(JsonReader in) throws IOException {
            return in.nextDouble();
        }
    };

    /** Nulls are written: a missing thing is null on the wire. */
    static final Gson JSON = new GsonBuilder()
            .serializeNulls()
            .disableHtmlEscaping()
            .registerTypeAdapter(double.class, NUMBER)
            .registerTypeAdapter(Double.class, NUMBER)
            .create();

    /** What no page of ours sends: worth a line in the log. */
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 413, 421);

    private static final Logger LOG = Logger.getLogger(Server.class.getName());

    private final Javalin javalin;
    private final Access access;
    private final String host;

    private Server(Javalin javalin, Access access, String host) {
        this.javalin = javalin;
        this.access = access;
        this.host = host;
    }

    /**
     * Starts a server.
     *
     * @param host the name or address to bind to, normally {@code "127.0.0.1"}
     * @param port 0 for any free port
     * @param token the secret of the address
     * @param api adds the routes under {@code /api}
     */
    static Server start(String host, int port, String token, Consumer<JavalinConfig> api) {
        // The port is known only after binding, so the checks look here.
        Access[] access = new Access[1];
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.maxRequestSize = MAX_BODY;
            config.http.generateEtags = false;
            config.jetty.host = host;
            config.jetty.port = port;
            config.jetty.modifyHttpConfiguration(http -> {
                http.setSendServerVersion(false);
                http.setSendDateHeader(false);
            });
            config.jetty.modifyWebSocketServletFactory(sockets -> {
                sockets.setMaxTextMessageSize(MAX_MESSAGE);
                sockets.setMaxBinaryMessageSize(MAX_MESSAGE);
            });
            config.routes.before(ctx -> {
                headers(ctx);
                check(ctx, access[0], false);
            });
            config.routes.wsBeforeUpgrade(ctx -> check(ctx, access[0], true));
            config.routes.exception(Problem.class, (problem, ctx) -> answer(ctx, problem));
            config.routes.exception(
                    HttpResponseException.class,
                    (e, ctx) -> answer(
                            ctx, new Problem(e.getStatus(), "Request not understood", plain(e), "Reload the page.")));
            config.routes.exception(Exception.class, (e, ctx) -> {
                LOG.log(Level.WARNING, e, () -> ctx.method() + " " + safe(ctx.path()));
                answer(
                        ctx,
                        new Problem(
                                500,
                                "Something went wrong here",
                                "The program could not do this; its log says why.",
                                "Try again; if it stays, save and restart."));
            });
            config.routes.error(404, ctx -> {
                if (ctx.path().startsWith("/api/")) {
                    ctx.contentType("application/json")
                            .result(JSON.toJson(Problem.missing("No such address: " + ctx.path())
                                    .answer()));
                }
            });
            api.accept(config);
            config.routes.get("/*", Server::file);
        });
        javalin.start();
        access[0] = new Access(token, hosts(host, javalin.port()));
        return new Server(javalin, access[0], host);
    }

    int port() {
        return javalin.port();
    }

    String token() {
        return access.token();
    }

    /** The address to open, token included. */
    String address() {
        String name = host.equals("0.0.0.0") || host.equals("::")
                ? "127.0.0.1"
                : host.contains(":") ? "[" + host + "]" : host;
        return "http://" + name + ":" + port() + "/?token=" + access.token();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    static Set<String> hosts(String host, int port) {
        Set<String> hosts = new TreeSet<>();
        List<String> names = new ArrayList<>(List.of("127.0.0.1", "localhost", "[::1]", host.toLowerCase(Locale.ROOT)));
        if (host.equals("0.0.0.0") || host.equals("::")) {
            names.addAll(ownNames());
        }
        for (String name : names) {
            String bracketed = name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
            hosts.add(bracketed + ":" + port);
            if (port == 80) {
                hosts.add(bracketed); // browsers leave out the usual port
            }
        }
        return hosts;
    }

    /** What this machine is called by others, when it is served on all of its addresses. */
    private static List<String> ownNames() {
        List<String> names = new ArrayList<>();
        try {
            names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException nameless) {
            // Then by its addresses alone.
        }
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(a -> names.add(a.getHostAddress().replaceAll("%.*", "")));
        } catch (SocketException unknown) {
            LOG.warning(() -> "the addresses of this machine are not known: " + unknown.getMessage());
        }
        return names;
    }

    private static void headers(Context ctx) {
        ctx.header(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' ws://"
                        + safe(ctx.header("Host")) + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Cross-Origin-Opener-Policy", "same-origin");
        ctx.header("Cross-Origin-Resource-Policy", "same-origin");
        ctx.header("Cache-Control", ctx.path().startsWith("/api/") ? "no-store" : "no-cache");
    }

    private static void check(Context ctx, Access access, boolean socket) {
        if (access == null) {
            throw new Problem(503, "Starting", "The server is starting.", "Try again in a moment.");
        }
        Optional<Access.Refusal> refusal = access.checkSender(ctx.header("Host"), ctx.header("Origin"));
        if (refusal.isEmpty() && socket && ctx.header("Origin") == null) {
            refusal = Optional.of(new Access.Refusal(403, "a WebSocket must say where it comes from"));
        }
        String site = ctx.header("Sec-Fetch-Site");
        if (refusal.isEmpty() && site != null && !site.equals("same-origin") && !site.equals("none")) {
            refusal = Optional.of(new Access.Refusal(403, "requests from another site are refused"));
        }
        if (refusal.isEmpty() && ctx.path().startsWith("/api/")) {
            refusal = access.checkToken(socket ? ctx.queryParam("token") : ctx.header(TOKEN_HEADER));
        }
        refusal.ifPresent(r -> {
            throw new Problem(r.status(), "Refused", r.reason(), "Use the address that the program printed.");
        });
    }

    private static void file(Context ctx) {
        PageFiles.PageFile file =
                PageFiles.find(ctx.path()).orElseThrow(() -> Problem.missing("No such address: " + safe(ctx.path())));
        ctx.contentType(file.type()).result(file.bytes());
    }

    private static void answer(Context ctx, Problem problem) {
        if (REFUSALS.contains(problem.status())) {
            LOG.warning(() -> "refused (" + problem.status() + ") " + ctx.method() + " " + safe(ctx.path()) + ": "
                    + printable(problem.getMessage()));
        }
        ctx.status(problem.status()).contentType("application/json").result(JSON.toJson(problem.answer()));
        ctx.skipRemainingHandlers();
    }

    private static String plain(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** A sentence that may quote a client, fit to stand in a log line. */
    static String printable(String text) {
        String line = String.valueOf(text).replaceAll("[^\\x20-\\x7e]", "?");
        return line.length() > 300 ? line.substring(0, 300) + "..." : line;
    }

    /** What a client sent, fit to stand in a header or a log line. */
    private static String safe(String text) {
        return text == null ? "" : text.replaceAll("[^A-Za-z0-9.:/_\\[\\]-]", "?");
    }
}
