package org.pixelforest.project;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.pixelforest.hdf5.Hdf5Writer;
import org.pixelforest.project.Revision.Section;

/** Writes images and labels. Lanes that were in the file before keep what is not changed, also under another number. */
final class LanesWriter {

    static final String INFOS = "Input Data/infos";
    static final String LABEL_SETS = "PixelClassification/LabelSets";
    static final String BOOKMARKS = "PixelClassification/Bookmarks";

    private final Revision revision;
    private final Project project;
    private final List<Lane> old;
    private final Hdf5Writer file;

    LanesWriter(Revision revision, Hdf5Writer file) {
        this.revision = revision;
        this.project = revision.project();
        this.old = revision.oldLanes();
        this.file = file;
    }

    /** What is to be written of the lanes; what is not copied is noted in the revision. */
    List<Section> sections() throws IOException {
        List<Section> sections = new ArrayList<>();
        Map<Lane.Stored, Integer> before = new HashMap<>();
        for (int i = 0; i < old.size(); i++) {
            before.put(old.get(i).stored().orElseThrow(), i);
        }
        boolean inPlace = !revision.isFirst() && revision.keeps(LanesWriter::stored);
        for (Lane.Stored gone : inPlace ? Set.<Lane.Stored>of() : before.keySet()) {
            revision.replace("/" + INFOS + "/" + gone.info());
            revision.replace("/" + LABEL_SETS + "/" + gone.labels());
            revision.replace("/" + BOOKMARKS + "/" + number(before.get(gone)));
        }
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < project.lanes().size(); i++) {
            Lane lane = project.lanes().get(i);
            Integer was = lane.stored().map(before::get).orElse(null);
            // A lane that stands twice in the list is a new one the second time.
            if (was == null || !taken.add(was)) {
                LaneGroups groups = LaneGroups.of(i);
                sections.add(() -> newLane(lane, groups));
            } else {
                LaneGroups groups = inPlace ? LaneGroups.of(lane.stored().get(), i) : LaneGroups.of(i);
                sections.addAll(keptLane(lane, was, groups, inPlace));
            }
        }
        return sections;
    }

    private static List<Lane.Stored> stored(Project project) {
        return project.lanes().stream()
                .map(l -> l.stored().orElse(new Lane.Stored("", "")))
                .toList();
    }

    private static String number(int lane) {
        return String.format(Locale.ROOT, "%04d", lane);
    }

    /** Where a lane stands in the new file. */
    private record LaneGroups(String info, String labels, String bookmarks) {

        static LaneGroups of(int lane) {
            return of(new Lane.Stored("lane" + number(lane), String.format(Locale.ROOT, "labels%03d", lane)), lane);
        }

        static LaneGroups of(Lane.Stored names, int lane) {
            return new LaneGroups(
                    INFOS + "/" + names.info(), LABEL_SETS + "/" + names.labels(), BOOKMARKS + "/" + number(lane));
        }
    }

    private boolean roles() throws IOException {
        return revision.isFirst() || !revision.lacks("Input Data/Role Names");
    }

    /** Whether places are named by kind, as ilastik does since 1.3.3. */
    private boolean kinds() {
        return !IlastikVersion.of(project.version()).orElseThrow().isBefore("1.3.3");
    }

    private void newLane(Lane lane, LaneGroups groups) throws IOException {
        LaneWriter writer = new LaneWriter(file);
        String raw = groups.info + (roles() ? "/Raw Data" : "");
        file.group(raw);
        writer.all(raw, lane);
        if (roles()) {
            String mask = groups.info + "/Prediction Mask";
            file.group(mask);
            if (lane.mask().kind() != ImageLocation.Kind.NONE) {
                writer.all(mask, lane.asMask());
            }
        }
        labels(lane, groups);
        writer.noBookmarks(groups.bookmarks);
    }

    private void labels(Lane lane, LaneGroups groups) throws IOException {
        file.group(groups.labels);
        IlastikVersion version = IlastikVersion.of(project.version()).orElseThrow();
        String order = LabelOrder.of(
                version, lane.axes(), lane.shape().orElse(lane.labels().shape()));
        LabelsWriter.write(file, groups.labels, lane.labels(), order);
    }

    private List<Section> keptLane(Lane lane, int was, LaneGroups groups, boolean inPlace) throws IOException {
        Lane before = old.get(was);
        LaneWriter writer = new LaneWriter(file);
        LaneGroups from = LaneGroups.of(before.stored().orElseThrow(), was);
        String role = !revision.lacks(from.info + "/Raw Data") ? "/Raw Data" : "";
        Set<String> members = new HashSet<>();
        List<Section> sections = new ArrayList<>();
        if (!lane.nickname().equals(before.nickname())) {
            members.addAll(SectionWriter.paths(from.info + role, "nickname"));
            sections.add(() -> writer.nickname(groups.info + role, lane));
        }
        if (!lane.location().equals(before.location())) {
            members.addAll(SectionWriter.paths(from.info + role, LaneWriter.PLACE));
            sections.add(() -> writer.place(groups.info + role, lane.location(), kinds()));
        }
        if (!lane.mask().equals(before.mask())) {
            String mask = "/Prediction Mask";
            members.addAll(SectionWriter.paths(from.info + mask, LaneWriter.PLACE));
            sections.add(() -> writer.place(groups.info + mask, lane.mask(), kinds()));
        }
        if (!lane.labels().equals(before.labels())) {
            members.addAll(SectionWriter.paths(from.labels, revision.names(from.labels)));
            sections.add(() -> labels(lane, groups));
        }
        members.forEach(revision::replace);
        if (!inPlace) {
            sections.add(0, () -> {
                revision.copy(file, from.info, groups.info, members);
                revision.copy(file, from.labels, groups.labels, members);
                revision.copy(file, from.bookmarks, groups.bookmarks, members);
            });
        }
        return sections;
    }
}
