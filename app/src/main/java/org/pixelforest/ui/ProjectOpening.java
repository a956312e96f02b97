package org.pixelforest.ui;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.pixelforest.label.Labels;
import org.pixelforest.project.Project;

/** Opens projects: the file, its images, and what the journal beside it adds. */
final class ProjectOpening {

    private static final Logger LOG = Logger.getLogger(ProjectOpening.class.getName());

    private ProjectOpening() {}

    /** Opens a project file and what its journal adds; reads only when the journal is another program's or cannot be written. */
    static OpenProject open(Path file, Roots roots, Opening opening) throws IOException {
        Project project = Project.read(file);
        Writing writing = Writing.of(file);
        OpenedImages opened = null;
        boolean done = false;
        try {
            RecentImages recent = RecentImages.ofHeap();
            opened = OpenedImages.of(project, file, roots, recent, opening);
            Map<String, Labels> labels = new LinkedHashMap<>();
            opened.images().forEach((id, image) -> labels.put(id, image.lane().labels()));
            Content stored = new Content(List.copyOf(opened.images().keySet()), project.classes(), labels);
            Optional<JournalLines> readable = writing.lines(file);
            JournalLines lines = readable.orElse(JournalLines.NONE);
            Replay replay = Replay.of(lines.lines(), stored);
            Project restored = replay.renumbered() ? project.withoutForest() : project;
            for (JsonObject setting : replay.settings()) {
                restored = restored(restored, setting, file);
            }
            boolean set = !Settings.same(project, restored);
            if (writing.journal != null) {
                continued(writing.journal, lines, replay, stored);
            }
            OpenProject.State state = new OpenProject.State(
                    restored,
                    replay.content(),
                    replay.history(),
                    replay.unsaved() || set || !opened.moved().isEmpty(),
                    Files.getLastModifiedTime(file).toMillis());
            OpenProject open = new OpenProject(
                    file,
                    writing.journal,
                    writing.reason,
                    state,
                    opened,
                    recent,
                    replay.ids(),
                    alert(file, replay, readable, opened.moved()));
            done = true;
            return open;
        } finally {
            // NB: whatever went wrong, memory too: a journal that stayed locked could not be opened again.
            if (!done) {
                if (opened != null) {
                    opened.images().values().forEach(PageImage::close);
                }
                if (writing.journal != null) {
                    writing.journal.close();
                }
            }
        }
    }

    /** From here on the journal belongs to the file as it is now; a long one is put in short. */
    private static void continued(Journal journal, JournalLines lines, Replay replay, Content stored)
            throws IOException {
        boolean tidy = lines.damaged() > 0 || OpenProject.isLong(journal, replay.history());
        boolean needed = lines.lines().isEmpty() || replay.foreign() || replay.unfinished();
        if (tidy || needed) {
            List<JsonObject> held = JournalLine.history(replay.settled());
            List<JsonObject> group = JournalLine.group(replay.ids(), stored, held, replay.later());
            group.add(JournalLine.saved(stored));
            if (!(tidy && journal.renew(group)) && needed) {
                journal.append(group);
            }
        }
    }

    private static Optional<OpenProject.Alert> alert(
            Path file, Replay replay, Optional<JournalLines> lines, List<String> moved) {
        List<OpenProject.Alert> alerts = new ArrayList<>();
        if (lines.isEmpty()) {
            alerts.add(new OpenProject.Alert(
                    "The journal cannot be read",
                    "What was painted since " + file.getFileName() + " was saved is not shown.",
                    "See to it that " + Journal.beside(file) + " can be read, then open the project again."));
        }
        int damaged = lines.map(JournalLines::damaged).orElse(0);
        if (damaged > 0) {
            alerts.add(new OpenProject.Alert(
                    "The journal is damaged",
                    damaged + (damaged == 1 ? " line" : " lines") + " of "
                            + Journal.beside(file).getFileName()
                            + " cannot be read and what they held is missing; all others were. A copy was kept as "
                            + Journal.beside(file).getFileName() + ".damaged.",
                    "Look at the labels, then save."));
        }
        if (replay.foreign() && replay.unsaved()) {
            alerts.add(new OpenProject.Alert(
                    "The project was changed elsewhere",
                    "Another program saved " + file.getFileName()
                            + " while it held strokes that were not saved; they were painted on top.",
                    "Look at the labels, then save."));
        }
        if (!moved.isEmpty()) {
            alerts.add(new OpenProject.Alert(
                    moved.size() == 1 ? "An image has moved" : moved.size() + " images have moved",
                    String.join("; ", moved) + ".",
                    "Save to keep it so."));
        }
        return alerts.stream()
                .reduce((a, b) -> new OpenProject.Alert(
                        a.title(), a.message() + " " + b.title() + ": " + b.message(), a.action()));
    }

    /** A setting that does not fit the file, for another program changed that, is no reason to lose the strokes. */
    private static Project restored(Project project, JsonObject setting, Path file) {
        try {
            return Settings.apply(project, setting);
        } catch (RuntimeException misfit) {
            LOG.warning(() -> file + ": a setting is left out: " + Server.printable(misfit.getMessage()));
            return project;
        }
    }

    /** The journal, or null and why there is none that could be written. */
    private record Writing(Journal journal, String reason) {

        static Writing of(Path file) {
            Path folder = file.toAbsolutePath().getParent();
            if (!Files.isWritable(folder)) {
                return new Writing(null, "The folder " + folder + " cannot be written.");
            }
            if (!Files.isWritable(file)) {
                return new Writing(null, file.getFileName() + " cannot be written.");
            }
            try {
                return Journal.open(Journal.beside(file))
                        .map(journal -> new Writing(journal, null))
                        .orElse(new Writing(null, "The project is open in another program."));
            } catch (IOException e) {
                return new Writing(null, "The journal beside the project cannot be written: " + e.getMessage() + ".");
            }
        }

        /** What was done since the file was written; empty when that cannot be read. */
        Optional<JournalLines> lines(Path file) {
            try {
                return Optional.of(journal != null ? journal.lines() : Journal.read(Journal.beside(file)));
            } catch (IOException e) {
                LOG.warning(() -> file + ": its journal cannot be read: " + Server.printable(e.getMessage()));
                return Optional.empty();
            }
        }
    }
}
