package org.pixelforest.project;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pixelforest.image.AxisTags;
import org.pixelforest.image.Shape;
import org.pixelforest.label.Labels;

/** Reads a group of {@code Input Data/infos} and the labels that belong to it. */
final class LaneReader {

    private static final String RAW_DATA = "Raw Data";
    private static final String MASK = "Prediction Mask";

    private final IlastikVersion version;
    private final StoredGroup lane;
    private final StoredGroup info;
    private final boolean roles;

    /** A lane holds a group a role; before there were roles, it was itself the one. */
    LaneReader(IlastikVersion version, StoredGroup lane) throws IOException {
        this.version = version;
        this.lane = lane;
        roles = lane.group().find(RAW_DATA).isPresent();
        info = roles ? lane.group(RAW_DATA).orElseThrow() : lane;
    }

    Lane read(String name, String labelsName, Optional<StoredGroup> labels) throws IOException {
        Optional<long[]> size = info.longs("shape");
        String axes = axes(size);
        Optional<Shape> shape = size.isEmpty() ? Optional.empty() : Optional.of(shape(size.get(), axes));
        Labels painted = labels(labels, axes, shape);
        return new Lane(
                info.text("nickname").orElse(name),
                location(info),
                roles && lane.group(MASK).isPresent()
                        ? location(lane.group(MASK).get())
                        : ImageLocation.NOWHERE,
                axes,
                shape,
                painted,
                info.text("datasetId").orElse(name),
                Optional.empty(),
                Optional.of(new Lane.Stored(name, labelsName)));
    }

    private Labels labels(Optional<StoredGroup> group, String axes, Optional<Shape> shape) throws IOException {
        if (group.isEmpty()) {
            return Labels.empty(shape.orElse(new Shape(1, 1, 1, 1, 1)));
        }
        // Without the image's size, only the common case of a plane can be told.
        String order = LabelOrder.of(version, axes, shape.orElse(new Shape(1, 1, 1, 1, 1)));
        Shape image = shape.isPresent() ? shape.get() : LabelBlocks.reach(group.get(), order);
        return LabelBlocks.read(group.get(), order, image);
    }

    private String axes(Optional<long[]> size) throws IOException {
        Optional<String> tags = info.text("axistags");
        Optional<String> axes = tags.flatMap(AxisTags::parse);
        if (tags.isPresent() && axes.isEmpty()) {
            throw info.broken("axistags", "names no axes of an image");
        }
        Optional<String> old = info.text("axisorder").filter(AxisTags::sound);
        return axes.or(() -> old).orElseGet(() -> guess(size));
    }

    /** What ilastik takes for granted when a file names no axes. */
    private static String guess(Optional<long[]> size) {
        if (size.isEmpty()) {
            return "yxc";
        }
        return switch (size.get().length) {
            case 2 -> "yx";
            case 4 -> "zyxc";
            case 5 -> "tzyxc";
            default -> size.get()[size.get().length - 1] <= 4 ? "yxc" : "zyx";
        };
    }

    private Shape shape(long[] size, String axes) throws IOException {
        if (size.length != axes.length()) {
            throw info.broken("shape", "has " + size.length + " numbers for the axes " + axes);
        }
        int[] tczyx = {1, 1, 1, 1, 1};
        for (int i = 0; i < size.length; i++) {
            if (size[i] < 1 || size[i] > Integer.MAX_VALUE) {
                throw info.broken("shape", "holds " + size[i] + ", which is no size of an image");
            }
            tczyx["tczyx".indexOf(axes.charAt(i))] = (int) size[i];
        }
        Shape shape = new Shape(tczyx[0], tczyx[1], tczyx[2], tczyx[3], tczyx[4]);
        try {
            Labels.empty(shape);
        } catch (IllegalArgumentException e) {
            throw info.broken("shape", "is not the size of an image: " + e.getMessage());
        }
        return shape;
    }

    static ImageLocation location(StoredGroup info) throws IOException {
        Optional<String> path = info.text("filePath");
        Optional<String> inner = info.text("inner_path");
        String kind = info.text("__class__").orElse("");
        String place = info.text("location").orElse("");
        if (kind.equals("ProjectInternalDatasetInfo") || place.equals("ProjectInternal")) {
            Optional<String> embedded = inner.or(() -> path);
            if (embedded.isEmpty()) {
                Optional<String> id = info.text("datasetId");
                embedded = id.map(i -> "/Input Data/local_data/" + i);
            }
            return embedded.map(p -> new ImageLocation(ImageLocation.Kind.EMBEDDED, p))
                    .orElse(ImageLocation.NOWHERE);
        }
        if (kind.equals("PreloadedArrayDatasetInfo") || place.equals("PreloadedArray")) {
            return new ImageLocation(ImageLocation.Kind.MEMORY, path.orElse(""));
        }
        Optional<String> url = info.text("url");
        if (url.isPresent()) {
            return new ImageLocation(ImageLocation.Kind.REMOTE, url.get());
        }
        return path.filter(p -> !p.isBlank()).map(LaneReader::located).orElse(ImageLocation.NOWHERE);
    }

    private static ImageLocation located(String path) {
        List<String> schemes = List.of("http://", "https://", "dvid://", "precomputed://", "s3://");
        if (schemes.stream().anyMatch(path.toLowerCase(Locale.ROOT)::startsWith)) {
            return new ImageLocation(ImageLocation.Kind.REMOTE, path);
        }
        boolean full = path.startsWith("/") || path.startsWith("\\") || path.matches("(?s)[A-Za-z]:[/\\\\].*");
        return new ImageLocation(full ? ImageLocation.Kind.ABSOLUTE : ImageLocation.Kind.RELATIVE, path);
    }
}
