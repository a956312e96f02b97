package org.pixelforest.ui;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** What the server holds: the open project, if any, the folders it may touch, the pages that listen. */
final class Workspace implements Closeable {

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
        OpenProject old = open.getAndSet(project);
        for (Member member : members) {
            member.opened(Optional.ofNullable(project));
        }
        if (old != null) {
            old.close();
        }
        hub.changed();
        hub.event("reset", java.util.Map.of());
    }

    @Override
    public void close() throws IOException {
        OpenProject old = open.getAndSet(null);
        for (Member member : members) {
            member.opened(Optional.empty());
        }
        if (old != null) {
            old.close();
        }
        hub.close();
    }
}
