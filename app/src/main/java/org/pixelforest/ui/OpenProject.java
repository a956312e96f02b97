package org.pixelforest.ui;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.pixelforest.image.ImageSource;
import org.pixelforest.label.Labels;
import org.pixelforest.label.UndoHistory;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;

/**
 * The project that is open in the page: one immutable {@link State} in one place. Reading never waits; changes come one after the
 * other, each in the journal before it counts. They go on while the project file is written.
 */
final class OpenProject implements VisibleTiles.Stacks, Closeable {

    /**
     * Everything that a change can replace.
     *
     * @param project what is not undone: features, export settings, additions, the forest; its lanes and classes are those of the
     *     last save, {@link #content} has the present ones
     * @param content images, classes and labels as they are now
     * @param unsaved whether the project file lacks something of this
     * @param savedAt milliseconds since 1970, UTC
     */
    record State(Project project, Content content, UndoHistory<Step> history, boolean unsaved, long savedAt) {

        State withProject(Project changed) {
            return new State(changed, content, history, true, savedAt);
        }

        private State after(Content changed, UndoHistory<Step> steps) {
            return new State(project, changed, steps, true, savedAt);
        }
    }

    /** What a change of labels touched: for pages that must read them again. */
    record Touched(Step step, boolean undone) {}

    private static final Logger LOG = Logger.getLogger(OpenProject.class.getName());

    /** A journal below this size is never put in short. */
    private static final long COMPACT_BYTES = 16 << 20;

    private final String id;
    private final List<String> ids;
    private final AtomicReference<State> state;
    private final Object writing = new Object(); // held while the project file is written; taken before the monitor
    private final Map<String, PageImage> images = new ConcurrentHashMap<>();
    private final RecentImages recent;
    private volatile List<String> channels;
    private volatile Path file;
    private volatile Journal journal;
    private final String readOnlyReason;
    private volatile StoredView view;
    private final Optional<Alert> alert;
    private final boolean demo;
    private volatile boolean fresh;
    private long settings; // how often one was changed; guarded by this

    /** What a person should know after opening. */
    record Alert(String title, String message, String action) {}

    /** {@code journal}: null when it is read-only, for the reason given. */
    OpenProject(
            Path file,
            Journal journal,
            String readOnlyReason,
            State state,
            OpenedImages opened,
            RecentImages recent,
            List<String> ids,
            Optional<Alert> alert) {
        id = idOf(file);
        this.ids = new CopyOnWriteArrayList<>(ids);
        this.ids.remove(id);
        this.ids.add(id);
        this.file = file;
        this.journal = journal;
        this.readOnlyReason = readOnlyReason;
        this.state = new AtomicReference<>(state);
        images.putAll(opened.images());
        this.recent = recent;
        channels = opened.channels();
        this.alert = alert;
        view = StoredView.beside(file, state.project().additions().view());
        demo = DemoFolder.holds(file);
    }

    private static String idOf(Path file) {
        return Integer.toHexString(file.toAbsolutePath().toString().hashCode());
    }

    /** Whether a journal is long, and mostly of what no longer counts. */
    static boolean isLong(Journal journal, UndoHistory<Step> history) {
        return journal.size() > COMPACT_BYTES && journal.size() > 4 * JournalLine.bytes(history);
    }

    State state() {
        return state.get();
    }

    /** What is kept of the images; for opening more of them. */
    RecentImages recent() {
        return recent;
    }

    /** Tells open projects apart; stays as it is when the project is saved under another name. */
    String id() {
        return id;
    }

    /** The ids that strokes for this project may name, that of its file now last: it may have been saved under another name. */
    List<String> ids() {
        return List.copyOf(ids);
    }

    Path file() {
        return file;
    }

    boolean readOnly() {
        return journal == null;
    }

    /** Why it is read-only; null when it is not. */
    String readOnlyReason() {
        return readOnly() ? readOnlyReason : null;
    }

    /** What was noticed on opening. */
    Optional<Alert> alert() {
        return alert;
    }

    /** What the page remembers of the view, as JSON. */
    Optional<String> view() {
        return view.json();
    }

    /** Remembers another view; that is no change of the project. */
    void view(String json) {
        if (!readOnly()) {
            view.set(json);
        }
    }

    /** Whether this is the project of the demo. */
    boolean demo() {
        return demo;
    }

    /** Whether it was made just now of a folder or image. */
    boolean fresh() {
        return fresh;
    }

    OpenProject asFresh() {
        fresh = true;
        return this;
    }

    /** Names of the project's channels in order; empty when no image carries names. */
    List<String> channelNames() {
        return channels;
    }

    /** For each channel whether the classifier may use it; empty when it may use all. */
    List<Boolean> usedChannels() {
        List<Integer> unused = state().project().additions().unusedChannels();
        return unused.isEmpty()
                ? List.of()
                : java.util.stream.IntStream.range(0, channelCount())
                        .mapToObj(c -> !unused.contains(c))
                        .toList();
    }

    /** How many channels an image must have to stand beside all others than this; 0 where that is open. */
    int channelsBeside(String id) {
        return !channels.isEmpty()
                ? channels.size()
                : present().stream()
                        .filter(i -> i.readable() && !i.id().equals(id))
                        .findFirst()
                        .map(i -> i.shape().c())
                        .orElse(0);
    }

    /** How many channels the classifier sees. */
    int channelCount() {
        return !channels.isEmpty()
                ? channels.size()
                : present().stream()
                        .filter(PageImage::readable)
                        .findFirst()
                        .map(i -> i.shape().c())
                        .orElse(0);
    }

    PageImage image(String id) {
        PageImage image = images.get(id);
        if (image == null || !state().content().images().contains(id)) {
            throw Problem.missing("There is no image " + id + " in this project.");
        }
        return image;
    }

    /** The images of the project in order. */
    List<PageImage> present() {
        return present(state());
    }

    /** The images of the project in order, as it was at some time. */
    List<PageImage> present(State then) {
        return then.content().images().stream().map(images::get).toList();
    }

    @Override
    public Optional<ImageSource> stack(String id) {
        PageImage image = images.get(id);
        return image != null && image.readable() && state().content().images().contains(id)
                ? Optional.of(image.stack())
                : Optional.empty();
    }

    /** Does a step; {@code make} sees the content as it is. */
    synchronized Touched step(Function<Content, Step> make) {
        State now = state();
        Step step = make.apply(now.content());
        write(JournalLine.step(step));
        state.set(now.after(now.content().with(step), now.history().done(step)));
        return new Touched(step, false);
    }

    /** Does a step unless one with its id was done before, taken back or not: a stroke that was sent twice. */
    synchronized Optional<Touched> stepOnce(String stepId, Function<Content, Step> make) {
        return knows(stepId) ? Optional.empty() : Optional.of(step(make));
    }

    private boolean knows(String stepId) {
        for (UndoHistory<Step> h = state().history(); h.toUndo().isPresent(); h = h.undone()) {
            if (h.toUndo().get().id().equals(stepId)) {
                return true;
            }
        }
        for (UndoHistory<Step> h = state().history(); h.toRedo().isPresent(); h = h.redone()) {
            if (h.toRedo().get().id().equals(stepId)) {
                return true;
            }
        }
        return false;
    }

    Touched undo() {
        Touched undone = undoNewest();
        if (undone.step().images().isPresent()) {
            saveReturned();
        }
        return undone;
    }

    private synchronized Touched undoNewest() {
        State now = state();
        Step step = now.history()
                .toUndo()
                .orElseThrow(() -> Problem.conflict("Nothing to undo", "There is nothing to take back.", ""));
        write(JournalLine.undo(step));
        state.set(now.after(now.content().with(step.inverse()), now.history().undone()));
        return new Touched(step, true);
    }

    /** An image that was removed, saved and brought back is not in the file, and the journal does not hold images. */
    private void saveReturned() {
        // What is being written just now may lack it.
        synchronized (writing) {
            State now = state();
            Set<String> saved =
                    now.project().lanes().stream().map(PageImage::id).collect(Collectors.toSet());
            if (!saved.containsAll(now.content().images())) {
                try {
                    save(file);
                } catch (IOException | Problem e) {
                    LOG.log(Level.WARNING, file + ": an image that was brought back is not saved yet", e);
                }
            }
        }
    }

    synchronized Touched redo() {
        State now = state();
        Step step = now.history()
                .toRedo()
                .orElseThrow(() -> Problem.conflict("Nothing to redo", "There is nothing to do again.", ""));
        write(JournalLine.redo(step));
        state.set(now.after(now.content().with(step), now.history().redone()));
        return new Touched(step, false);
    }

    /** Changes a setting that is not undone; {@link Settings} knows the names and values. */
    synchronized void set(String name, JsonElement value) {
        JsonObject setting = new JsonObject();
        setting.add(name, value);
        State now = state();
        Project changed = Settings.apply(now.project(), setting);
        write(JournalLine.set(setting));
        state.set(now.withProject(changed));
        settings++;
    }

    /** Replaces what training makes if the project is still as {@code fits} says; not journalled, for it can be made again. */
    synchronized boolean update(Predicate<State> fits, UnaryOperator<Project> change) {
        State now = state();
        if (!fits.test(now)) {
            return false;
        }
        state.set(new State(change.apply(now.project()), now.content(), now.history(), now.unsaved(), now.savedAt()));
        return true;
    }

    /** Adds images that were opened before. They are part of the project file at once: the project is saved, or nothing changes. */
    void add(List<PageImage> added) {
        synchronized (writing) {
            addNow(added);
        }
    }

    private synchronized void addNow(List<PageImage> added) {
        State now = state();
        Map<String, Labels> labels = new LinkedHashMap<>();
        // The first images bring the panel, as they do when a project is made of them.
        List<String> panel =
                images.isEmpty() && channels.isEmpty() ? added.get(0).channelNames() : channels;
        Map<String, PageImage> all = new LinkedHashMap<>(images);
        for (PageImage image : added) {
            all.put(image.id(), image);
            labels.put(image.id(), image.lane().labels());
        }
        keep(now.after(now.content().withImages(labels), now.history()), all, panel, added);
    }

    /** Replaces an image's lane, e.g. its file, name or axes, labels kept, and saves. An image without labels may change its size. */
    void replace(PageImage replaced) {
        synchronized (writing) {
            replaceNow(replaced);
        }
    }

    private synchronized void replaceNow(PageImage replaced) {
        State next = state();
        String id = replaced.id();
        Labels empty = Labels.empty(replaced.lane().labels().shape());
        if (!next.content().labels(id).shape().equals(empty.shape())) {
            if (!next.content().labels(id).isEmpty()) {
                replaced.close();
                throw Problem.conflict("Labels would not fit", "The image was painted on.", "Leave it as it is.");
            }
            next = next.after(next.content().withImages(Map.of(id, empty)), next.history());
        }
        Map<String, PageImage> all = new LinkedHashMap<>(images);
        PageImage old = all.put(id, replaced);
        keep(next, all, channels, List.of(replaced));
        if (old != null) {
            old.close();
        }
    }

    /** Saves a state before it counts; {@code opened} are closed when that fails. */
    private void keep(State next, Map<String, PageImage> all, List<String> panel, List<PageImage> opened) {
        State saved;
        try {
            mark(next);
            saved = saved(next, project(next, all, panel).write(file));
        } catch (IOException | RuntimeException e) {
            opened.forEach(PageImage::close);
            if (e instanceof RuntimeException problem) {
                throw problem;
            }
            throw new Problem(
                    507, "Not saved", file + ": " + e.getMessage(), "The project is as it was before; try again.");
        }
        images.putAll(all);
        channels = panel;
        state.set(saved);
    }

    /** The project as it would be saved now. */
    Project project() {
        return project(state(), images, channels);
    }

    private Project project(State of, Map<String, PageImage> all, List<String> panel) {
        List<Lane> lanes = of.content().images().stream()
                .map(id -> all.get(id).lane().withLabels(of.content().labels(id)))
                .toList();
        Project project = of.project().withLanes(lanes).withClasses(of.content().classes());
        return project.withAdditions(
                (panel.isEmpty() ? project.additions() : project.additions().withChannelNames(panel))
                        .withView(view.json()));
    }

    /** Writes the project file; under another name, the project goes on under that name. */
    void save(Path target) throws IOException {
        synchronized (writing) {
            if (target.equals(file)) {
                save();
            } else {
                saveElsewhere(target);
            }
        }
    }

    /** Strokes do not wait for the file: what comes meanwhile stands behind the mark in the journal. */
    private void save() throws IOException {
        State of;
        Project present;
        long known;
        synchronized (this) {
            of = state();
            mark(of);
            present = project();
            known = settings;
        }
        Project written = present.write(file);
        synchronized (this) {
            State now = state();
            boolean same = now.content() == of.content();
            noteSaved(of, written);
            Project project =
                    now.project() == of.project() ? written : now.project().since(written);
            state.set(new State(
                    project, now.content(), now.history(), !same || known != settings, System.currentTimeMillis()));
            if (same) {
                shorten();
            }
        }
    }

    /** Puts a long journal in short. The file has everything. */
    private void shorten() {
        State now = state();
        if (isLong(journal, now.history())) {
            List<JsonObject> group = group();
            group.add(JournalLine.saved(now.content()));
            journal.renew(group);
        }
    }

    private void mark(State of) {
        requireWritable();
        write(JournalLine.mark(of.content()));
    }

    /** The state once its project was written. */
    private State saved(State of, Project written) {
        noteSaved(of, written);
        return new State(written, of.content(), of.history(), false, System.currentTimeMillis());
    }

    private void noteSaved(State of, Project written) {
        try {
            journal.append(JournalLine.saved(of.content()));
        } catch (IOException e) {
            // Settings are applied once more at the next opening, which changes nothing.
            LOG.log(Level.WARNING, file + ": the journal does not know of the last save", e);
        }
        view.saved(written.additions().view());
    }

    private synchronized void saveElsewhere(Path target) throws IOException {
        // NB: first, so that a file that another program has open is not replaced.
        Journal moved = Journal.open(Journal.beside(target))
                .orElseThrow(() -> Problem.conflict(
                        "File is in use", target + " is open in another program.", "Choose another name."));
        Project written = null;
        try {
            // Until the file is there, this counts for nothing, and from then on it is all that counts.
            moved.append(group());
            written = project().write(target);
        } finally {
            if (written == null) {
                moved.close();
                if (!Files.exists(target)) {
                    Files.deleteIfExists(Journal.beside(target));
                }
            }
        }
        // Paths that start in the project's folder are others now.
        for (Lane lane : written.lanes()) {
            images.computeIfPresent(PageImage.id(lane), (same, image) -> image.in(lane));
        }
        view.write();
        if (journal != null) {
            journal.close();
        }
        journal = moved;
        file = target;
        view = StoredView.beside(target, written.additions().view());
        ids.remove(idOf(target));
        ids.add(idOf(target));
        state.set(saved(state(), written));
    }

    /** Lines that stand for all that were written so far, once the project is saved. */
    private List<JsonObject> group() {
        State now = state();
        return JournalLine.group(ids, now.content(), JournalLine.history(now.history()), List.of());
    }

    private void requireWritable() {
        if (journal == null) {
            throw Problem.conflict("Read-only", readOnlyReason, "Save it under another name.");
        }
    }

    private void write(JsonObject line) {
        requireWritable();
        try {
            journal.append(line);
        } catch (IOException e) {
            throw new Problem(
                    507,
                    "Not stored",
                    "The journal beside the project cannot be written: " + FileFault.message(e) + ".",
                    "Make room on the disk; the page keeps what is not stored yet.");
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (writing) {
            closeNow();
        }
    }

    private synchronized void closeNow() throws IOException {
        images.values().forEach(PageImage::close);
        if (journal != null) {
            view.write();
            journal.close();
        }
    }
}
