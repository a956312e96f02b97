package org.pixelforest.ui;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import org.pixelforest.image.ImageSource;
import org.pixelforest.label.Labels;
import org.pixelforest.label.UndoHistory;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;

/**
 * The project that is open in the page: one immutable {@link State} in one place. Reading never waits; changes come one after the
 * other, each in the journal before it counts.
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

    private final String id;
    private final AtomicReference<State> state;
    private final Map<String, PageImage> images = new ConcurrentHashMap<>();
    private final RecentImages recent;
    private volatile List<String> channels;
    private volatile Path file;
    private volatile Journal journal;
    private final boolean foreign;
    private final boolean demo;
    private volatile boolean fresh;

    private OpenProject(
            Path file,
            Journal journal,
            State state,
            Map<String, PageImage> images,
            RecentImages recent,
            List<String> channels,
            boolean foreign) {
        id = Integer.toHexString(file.toAbsolutePath().toString().hashCode());
        this.file = file;
        this.journal = journal;
        this.state = new AtomicReference<>(state);
        this.images.putAll(images);
        this.recent = recent;
        this.channels = channels;
        this.foreign = foreign;
        demo = DemoFolder.holds(file);
    }

    /** Opens a project file and what its journal adds; reads only when another program has the journal. */
    static OpenProject open(Path file, Opening opening) throws IOException {
        Project project = Project.read(file);
        Path journalFile = Journal.beside(file);
        Optional<Journal> journal = Files.isWritable(file.toAbsolutePath().getParent()) && Files.isWritable(file)
                ? Journal.open(journalFile)
                : Optional.empty();
        try {
            RecentImages recent = RecentImages.ofHeap();
            Map<String, PageImage> images = new LinkedHashMap<>();
            List<String> channels = project.additions().channelNames();
            int channelCount = channels.size();
            opening.stage("Opening " + file.getFileName(), project.lanes().size());
            for (Lane lane : project.lanes()) {
                opening.step();
                PageImage image = PageImage.open(lane, file, channels, channelCount, recent);
                if (image.readable()) {
                    channels = channels.isEmpty() ? image.channelNames() : channels;
                    channelCount = channelCount == 0 ? image.shape().c() : channelCount;
                }
                images.put(image.id(), image);
            }
            Map<String, Labels> labels = new LinkedHashMap<>();
            images.forEach((id, image) -> labels.put(id, image.lane().labels()));
            Content stored = new Content(List.copyOf(images.keySet()), project.classes(), labels);
            List<JsonObject> lines = journal.isPresent() ? journal.get().lines() : Journal.read(journalFile);
            Replay replay = Replay.of(lines, stored);
            Project restored = replay.renumbered() ? project.withoutForest() : project;
            for (JsonObject setting : replay.settings()) {
                restored = restored(restored, setting, journalFile);
            }
            if (journal.isPresent() && (lines.isEmpty() || replay.foreign())) {
                // From here on the journal belongs to the file as it is now.
                journal.get().append(line("mark", Replay.fingerprint(stored)));
                if (replay.unsaved()) {
                    for (Step step : undoSteps(replay.history())) {
                        journal.get().append(stepLine(step));
                    }
                }
            }
            State state = new State(
                    restored,
                    replay.content(),
                    replay.history(),
                    replay.unsaved(),
                    Files.getLastModifiedTime(file).toMillis());
            return new OpenProject(
                    file, journal.orElse(null), state, images, recent, channels, replay.foreign() && replay.unsaved());
        } catch (IOException | RuntimeException e) {
            if (journal.isPresent()) {
                journal.get().close();
            }
            throw e;
        }
    }

    /** A setting that does not fit the file, for another program changed that, is no reason to lose the strokes. */
    private static Project restored(Project project, JsonObject setting, Path journal) {
        try {
            return Settings.apply(project, setting);
        } catch (RuntimeException misfit) {
            LOG.warning(() -> journal + ": a setting is left out: " + Server.printable(misfit.getMessage()));
            return project;
        }
    }

    private static List<Step> undoSteps(UndoHistory<Step> history) {
        List<Step> steps = new ArrayList<>();
        for (UndoHistory<Step> h = history; h.toUndo().isPresent(); h = h.undone()) {
            steps.add(0, h.toUndo().get());
        }
        return steps;
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

    Path file() {
        return file;
    }

    boolean readOnly() {
        return journal == null;
    }

    /** Whether another program changed the file since the journal was written. */
    boolean changedElsewhere() {
        return foreign;
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
        write(stepLine(step));
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

    synchronized Touched undo() {
        State now = state();
        Step step = now.history()
                .toUndo()
                .orElseThrow(() -> Problem.conflict("Nothing to undo", "There is nothing to take back.", ""));
        write(line("undo", step.id()));
        state.set(now.after(now.content().with(step.inverse()), now.history().undone()));
        return new Touched(step, true);
    }

    synchronized Touched redo() {
        State now = state();
        Step step = now.history()
                .toRedo()
                .orElseThrow(() -> Problem.conflict("Nothing to redo", "There is nothing to do again.", ""));
        write(line("redo", step.id()));
        state.set(now.after(now.content().with(step), now.history().redone()));
        return new Touched(step, false);
    }

    /** Changes a setting that is not undone; {@link Settings} knows the names and values. */
    synchronized void set(String name, JsonElement value) {
        JsonObject setting = new JsonObject();
        setting.add(name, value);
        State now = state();
        Project changed = Settings.apply(now.project(), setting);
        JsonObject line = new JsonObject();
        line.add("set", setting);
        write(line);
        state.set(now.withProject(changed));
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

    /** Adds images that were opened before. They are part of the project file at once: the project is saved. */
    synchronized void add(List<PageImage> added) throws IOException {
        requireWritable();
        State now = state();
        Map<String, Labels> labels = new LinkedHashMap<>();
        if (images.isEmpty() && channels.isEmpty()) {
            // The first images bring the panel, as they do when a project is made of them.
            channels = added.get(0).channelNames();
        }
        for (PageImage image : added) {
            images.put(image.id(), image);
            labels.put(image.id(), image.lane().labels());
        }
        state.set(now.after(now.content().withImages(labels), now.history()));
        save(file);
    }

    /** Replaces an image's lane, e.g. its file, name or axes, labels kept, and saves. An image without labels may change its size. */
    synchronized void replace(PageImage replaced) throws IOException {
        requireWritable();
        State now = state();
        String id = replaced.id();
        Labels empty = Labels.empty(replaced.lane().labels().shape());
        if (!now.content().labels(id).shape().equals(empty.shape())) {
            if (!now.content().labels(id).isEmpty()) {
                throw Problem.conflict("Labels would not fit", "The image was painted on.", "Leave it as it is.");
            }
            state.set(now.after(now.content().withImages(Map.of(id, empty)), now.history()));
        }
        PageImage old = images.put(replaced.id(), replaced);
        if (old != null) {
            old.close();
        }
        save(file);
    }

    /** The project as it would be saved now. */
    Project project() {
        State now = state();
        List<Lane> lanes = now.content().images().stream()
                .map(id -> images.get(id).lane().withLabels(now.content().labels(id)))
                .toList();
        Project project =
                now.project().withLanes(lanes).withClasses(now.content().classes());
        return channels.isEmpty()
                ? project
                : project.withAdditions(project.additions().withChannelNames(channels));
    }

    /** Writes the project file; under another name, the project goes on under that name. */
    synchronized void save(Path target) throws IOException {
        State now = state();
        JsonObject mark = line("mark", Replay.fingerprint(now.content()));
        Project written;
        if (target.equals(file)) {
            requireWritable();
            write(mark);
            written = project().write(target);
        } else {
            written = saveElsewhere(target, mark);
        }
        state.set(new State(written, now.content(), now.history(), false, System.currentTimeMillis()));
    }

    private Project saveElsewhere(Path target, JsonObject mark) throws IOException {
        // NB: first, so that a file that another program has open is not replaced.
        Journal moved = Journal.open(Journal.beside(target))
                .orElseThrow(() -> Problem.conflict(
                        "File is in use", target + " is open in another program.", "Choose another name."));
        Project written;
        try {
            written = project().write(target);
            List<JsonObject> lines = historyLines(state().history());
            lines.add(mark);
            moved.restart(lines);
        } catch (IOException | RuntimeException e) {
            moved.close();
            throw e;
        }
        // Paths that start in the project's folder are others now.
        for (Lane lane : written.lanes()) {
            images.computeIfPresent(PageImage.id(lane), (same, image) -> image.in(lane));
        }
        if (journal != null) {
            journal.close();
        }
        journal = moved;
        file = target;
        return written;
    }

    /** Lines of a journal that fill a history as it is. */
    private static List<JsonObject> historyLines(UndoHistory<Step> history) {
        UndoHistory<Step> all = history;
        List<JsonObject> undone = new ArrayList<>();
        for (; all.toRedo().isPresent(); all = all.redone()) {
            undone.add(0, line("undo", all.toRedo().get().id()));
        }
        List<JsonObject> lines = new ArrayList<>();
        undoSteps(all).forEach(step -> lines.add(stepLine(step)));
        lines.addAll(undone);
        return lines;
    }

    private void requireWritable() {
        if (journal == null) {
            throw Problem.conflict(
                    "Read-only",
                    file.getFileName() + " is open in another program or cannot be written.",
                    "Save it under another name.");
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
                    "The journal beside the project cannot be written: " + e.getMessage() + ".",
                    "Make room on the disk; the page keeps what is not stored yet.");
        }
    }

    private static JsonObject stepLine(Step step) {
        JsonObject line = new JsonObject();
        line.add("step", StepJson.write(step));
        return line;
    }

    private static JsonObject line(String key, String value) {
        JsonObject line = new JsonObject();
        line.addProperty(key, value);
        return line;
    }

    @Override
    public void close() throws IOException {
        images.values().forEach(PageImage::close);
        if (journal != null) {
            journal.close();
        }
    }
}
