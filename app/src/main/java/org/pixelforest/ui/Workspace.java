package org.pixelforest.ui;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the server holds: the open project, if any, the folders it may touch, the pages that listen. */
final class Workspace implements Closeable {

    private static final Logger LOG = Logger.getLogger(Workspace.class.getName());

    /** Takes part in opening and closing projects. */
    interface Member {
        /** Called after another project was opened, or with nothing after the last was closed. */
        void opened(Optional<OpenProject> project);
    }

    private final Hub hub;
    private final Roots roots;
    private final AtomicReference<OpenProject> open = new AtomicReference<>();
    private final CopyOnWriteArrayList<Member> members = new CopyOnWriteArrayList<>();

    Workspace(Hub hub, Roots roots) {
        this.hub = hub;
        this.roots = roots;
    }

    Hub hub() {
        return hub;
    }

    Roots roots() {
        return roots;
    }

    void join(Member member) {
        members.add(member);
    }

    Optional<OpenProject> project() {
        return Optional.ofNullable(open.get());
    }

    /** The open project; 409 when there is none. */
    OpenProject required() {
        return project()
                .orElseThrow(() -> Problem.conflict(
                        "No project is open", "Open a project or a folder first.", "Go to the start page."));
    }

    /** Puts a project in place of the present one, which is closed. */
    synchronized void replace(OpenProject project) throws IOException {
        exchange(project);
        hub.changed();
        hub.event("reset", java.util.Map.of());
    }

    @Override
    public void close() throws IOException {
        exchange(null);
        hub.close();
    }

    private void exchange(OpenProject project) {
        OpenProject old = open.getAndSet(project);
        for (Member member : members) {
            try {
                member.opened(Optional.ofNullable(project));
            } catch (RuntimeException e) {
                // The others must not go on with the old one.
                LOG.log(Level.WARNING, "part of a project is not open", e);
            }
        }
        if (old != null) {
            try {
                old.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, old.file() + " was not closed well", e);
            }
        }
    }
}
