package org.pixelforest.project;

import java.io.IOException;
import java.util.List;
import org.pixelforest.hdf5.Data;
import org.pixelforest.hdf5.Datatype;
import org.pixelforest.hdf5.Hdf5Writer;
import org.pixelforest.image.AxisTags;
import org.pixelforest.image.Shape;

/** Writes what is said of the image of a lane. */
final class LaneWriter {

    /** Members that say where an image is. */
    static final List<String> PLACE = List.of("filePath", "__class__", "location", "inner_path", "fromstack", "url");

    /** An empty list of bookmarks, as ilastik's Python writes it. */
    private static final byte[] NO_BOOKMARKS = {'(', 'l', 'p', '0', '\n', '.'};

    private final Hdf5Writer file;

    LaneWriter(Hdf5Writer file) {
        this.file = file;
    }

    /** Everything about a new image. {@code group}: of its role, e.g. {@code Input Data/infos/lane0000/Raw Data}. */
    void all(String group, Lane lane) throws IOException {
        place(group, lane.location(), true);
        file.write(group + "/allowLabels", true);
        file.write(group + "/normalizeDisplay", false);
        file.write(group + "/display_mode", "default");
        file.write(group + "/datasetId", lane.id());
        file.write(group + "/axistags", AxisTags.json(lane.axes()));
        if (lane.shape().isPresent()) {
            file.write(group + "/shape", Data.of(size(lane.axes(), lane.shape().get())));
        }
        nickname(group, lane);
    }

    void nickname(String group, Lane lane) throws IOException {
        file.write(group + "/nickname", lane.nickname());
    }

    private static long[] size(String axes, Shape shape) {
        return axes.chars().mapToLong(axis -> shape.along((char) axis)).toArray();
    }

    /** @param kinds whether to name the kind of place, as ilastik does since 1.3.3 */
    void place(String group, ImageLocation location, boolean kinds) throws IOException {
        file.write(group + "/filePath", location.path());
        boolean embedded = location.kind() == ImageLocation.Kind.EMBEDDED;
        file.write(
                group + "/location",
                switch (location.kind()) {
                    case EMBEDDED -> "ProjectInternal";
                    case MEMORY -> "PreloadedArray";
                    default -> "FileSystem";
                });
        if (embedded) {
            file.write(group + "/inner_path", location.path());
            file.write(group + "/fromstack", true);
        }
        if (location.kind() == ImageLocation.Kind.REMOTE) {
            file.write(group + "/url", location.path());
        }
        if (kinds) {
            file.write(
                    group + "/__class__",
                    switch (location.kind()) {
                        case RELATIVE -> "RelativeFilesystemDatasetInfo";
                        case EMBEDDED -> "ProjectInternalDatasetInfo";
                        case REMOTE -> "MultiscaleUrlDatasetInfo";
                        case MEMORY -> "PreloadedArrayDatasetInfo";
                        default -> "FilesystemDatasetInfo";
                    });
        }
    }

    void noBookmarks(String path) throws IOException {
        file.write(
                path,
                Data.bytes(Datatype.opaque(NO_BOOKMARKS.length, ""), NO_BOOKMARKS)
                        .scalar());
        file.attribute(path, "version", 1L);
    }
}
