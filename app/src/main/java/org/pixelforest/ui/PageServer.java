package org.pixelforest.ui;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The labelling page, served on this machine until it is closed. */
public final class PageServer implements Closeable {

    private final Server server;
    private final List<Closeable> behind;

    private PageServer(Server server, List<Closeable> behind) {
        this.server = server;
        this.behind = behind;
    }

    /**
     * How the page is served.
     *
     * @param host the address to bind to; anything but this machine's own is open to the network
     * @param port 0 for any free one
     * @param token the secret of the address, or empty for a new random one
     * @param folders that the page may see, besides the one of what is opened
     * @param open a project, folder or image to open first, if any
     * @param recent where recent projects are remembered
     */
    public record Options(
            String host, int port, Optional<String> token, List<Path> folders, Optional<Path> open, Path recent) {

        /** On this machine alone, with nothing open. */
        public static Options local() {
            return new Options(
                    "127.0.0.1", 0, Optional.empty(), List.of(), Optional.empty(), RecentProjects.usualFile());
        }

        public Options opening(Path path) {
            return new Options(host, port, token, folders, Optional.of(path), recent);
        }

        public Options withFolders(List<Path> named) {
            return new Options(host, port, token, named, open, recent);
        }

        public Options withAddress(String newHost, int newPort, Optional<String> newToken) {
            return new Options(newHost, newPort, newToken, folders, open, recent);
        }

        /**
         * At the address of the last time, as far as nothing else was asked for and its port is free, so that a page that was left
         * open goes on. Only on this machine: a secret that others use is a new one each time.
         */
        public Options asLastTime() {
            Optional<LastAddress> last = isRemote() ? Optional.empty() : LastAddress.read(LastAddress.beside(recent));
            int before = last.filter(l -> port == 0 && l.isFree(host))
                    .map(LastAddress::port)
                    .orElse(port);
            return withAddress(host, before, token.or(() -> last.map(LastAddress::token)));
        }

        private boolean isRemote() {
            return !List.of("127.0.0.1", "localhost", "::1").contains(host);
        }

        public Options withRecent(Path file) {
            return new Options(host, port, token, folders, open, file);
        }
    }

    /**
     * Starts the server.
     *
     * @throws IOException when a folder does not exist or the project cannot be opened, with the reason in words
     */
    public static PageServer start(Options options, String version) throws IOException {
        Hub hub = new Hub();
        Roots roots = new Roots();
        for (Path folder : options.folders) {
            roots.allow(folder);
        }
        Workspace workspace = new Workspace(hub, roots);
        new ProjectParts(workspace);
        Channels channels = new Channels(workspace);
        LiveUpdate liveUpdate = new LiveUpdate(workspace, "PixelForest " + version);
        Quality quality = new Quality(workspace, channels);
        liveUpdate.listen(quality);
        QuietWork quiet = new QuietWork(liveUpdate);
        workspace.join(quiet);
        liveUpdate.listen(quiet);
        quiet.add(quality);
        quiet.add(new Places(workspace, liveUpdate));
        BatchJob batch = new BatchJob(workspace, liveUpdate);
        ExportJob exports = new ExportJob(workspace, liveUpdate, batch::files);
        boolean remote = options.isRemote();
        ProjectRoutes projects = new ProjectRoutes(workspace, new RecentProjects(options.recent), liveUpdate, remote);
        Suggestion suggestion = new Suggestion(workspace);
        PrepareJob prepare = new PrepareJob(workspace);
        FolderWatch watch = new FolderWatch(workspace);
        hub.part("server", () -> server(version, remote, roots));
        Server server = Server.start(options.host, options.port, options.token.orElseGet(Access::newToken), config -> {
            projects.add(config.routes);
            new ImageRoutes(workspace, liveUpdate).add(config.routes);
            new FileRoutes(workspace).add(config.routes);
            exports.add(config.routes);
            batch.add(config.routes);
            LabelRoutes labels = new LabelRoutes(workspace, liveUpdate);
            labels.add(config.routes);
            new LabelFiles(workspace, labels).add(config.routes);
            suggestion.add(config.routes);
            prepare.add(config.routes);
            watch.add(config.routes);
            config.routes.post("/api/reveal", new FileManager(workspace, remote)::reveal);
            new PixelRoutes(workspace, liveUpdate, quality).add(config.routes);
            new EventRoutes(workspace, liveUpdate).add(config.routes);
        });
        PageServer page = new PageServer(
                server, List.of(quiet, suggestion, prepare, watch, exports, batch, liveUpdate, workspace));
        FeatureCost.start(() -> hub.changed("features"));
        try {
            if (options.open.isPresent()) {
                Path open = options.open.get();
                roots.allow(
                        Files.isDirectory(open) ? open : open.toAbsolutePath().getParent());
                projects.open(open.toRealPath());
            }
        } catch (Problem problem) {
            page.close();
            throw new IOException(problem.getMessage());
        } catch (IOException | RuntimeException e) {
            page.close();
            throw e;
        }
        return page;
    }

    /** Keeps the address for {@link Options#asLastTime}, unless others use it. */
    public void remember(Options options) {
        if (!options.isRemote()) {
            new LastAddress(server.port(), server.token()).write(LastAddress.beside(options.recent));
        }
    }

    /** The address to open in a browser; whoever knows it may do everything. */
    public String address() {
        return server.address();
    }

    private static Map<String, Object> server(String version, boolean remote, Roots roots) {
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("version", version);
        server.put("cores", Runtime.getRuntime().availableProcessors());
        server.put("memory", Runtime.getRuntime().maxMemory());
        server.put("remote", remote);
        server.put("roots", roots.list());
        return server;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Closeable one : behind) {
            one.close();
        }
    }
}
