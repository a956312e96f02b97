package org.pixelforest.cli;

import java.awt.Desktop;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pixelforest.ui.PageServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "open",
        header = "Open the labelling page in the browser.",
        description = {
            "Starts a server on this machine alone, opens a project, a folder or an image, and the page in the browser.",
            "The server runs until it is interrupted (Ctrl-C)."
        },
        footer = {
            "%nExamples:",
            "  pixelforest open analysis",
            "  pixelforest open lung.ilp",
            "  pixelforest open --no-browser --port 8765 analysis"
        })
final class OpenCommand implements Callable<Integer> {

    // Loggers are forgotten when nobody holds them.
    private static final List<Logger> QUIET = new ArrayList<>();

    private final Console console;

    @Parameters(paramLabel = "FOLDER|PROJECT|IMAGE", arity = "0..1", description = "What to open first.")
    private Path path;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Another folder that the page may see; may be repeated.")
    private List<Path> folders = List.of();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port; by default that of the last time, or any free one.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to serve on. Anything but this machine's own is reachable from the network.")
    private String host;

    @Option(
            names = "--token",
            paramLabel = "TEXT",
            description = "Secret of the address; by default random, and kept for the next time.")
    private String token;

    @Option(names = "--no-browser", description = "Only print the address.")
    private boolean noBrowser;

    @Mixin
    private MemoryOption memory = new MemoryOption();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    OpenCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, RefusedException {
        memory.check();
        if (token != null && token.length() < 16) {
            throw new RefusedException("--token needs at least 16 characters, so that nobody guesses it");
        }
        // The server's libraries tell how they start; people need the address.
        for (String library : List.of("io.javalin", "org.eclipse.jetty")) {
            Logger logger = Logger.getLogger(library);
            logger.setLevel(Level.WARNING);
            QUIET.add(logger);
        }
        List<Path> named = !folders.isEmpty() || path != null
                ? folders
                : List.of(Path.of("").toAbsolutePath());
        PageServer.Options options = PageServer.Options.local()
                .withFolders(named)
                .withAddress(host, port, Optional.ofNullable(token))
                .asLastTime();
        if (path != null) {
            options = options.opening(path);
        }
        try (PageServer server = PageServer.start(options, Main.version())) {
            if (token == null) {
                server.remember(options);
            }
            if (!List.of("127.0.0.1", "localhost", "::1").contains(host)) {
                console.err()
                        .println(
                                "Warning: the page is reachable from the network, unencrypted; whoever knows the address"
                                        + " may read and change files in the open folders.");
            }
            console.out().println("PixelForest is at " + server.address());
            console.out().println("Stop it with Ctrl-C.");
            console.out().flush();
            if (!noBrowser) {
                browse(server.address());
            }
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "stop"));
            stopped.await();
        }
        return 0;
    }

    /** Opens the browser where there is one; the address is on the screen in any case. */
    private static void browse(String address) {
        try {
            String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            if (os.contains("linux")) {
                if (System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null) {
                    new ProcessBuilder("xdg-open", address)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
                }
            } else if (Desktop.isDesktopSupported() && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
                Desktop.getDesktop().browse(URI.create(address));
            }
        } catch (IOException | RuntimeException noBrowser) {
            // The address was printed.
        }
    }
}
