package org.pixelforest.export;

import java.util.Locale;
import java.util.Optional;
import org.pixelforest.image.Block;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

/**
 * How one result is written, nothing left open.
 *
 * @param source what is written
 * @param format how it is stored
 * @param axes order of the axes written, slowest first
 * @param conversion from computed to written numbers
 * @param whole size of the whole result, channels of the source
 * @param box the part of it that is written
 * @param innerPath name of the data set in an HDF5 file
 * @param fileName pattern for {@link OutputName#of}
 */
public record ExportPlan(
        Export source,
        Format format,
        String axes,
        Conversion conversion,
        Shape whole,
        Cutout.Box box,
        String innerPath,
        String fileName) {

    /**
     * Closes what is open: the command line goes over the project, the project over the contract
     * ({@link ExportSettings#IMC} or {@link ExportSettings#ILASTIK}). Class numbers are never rescaled. Features take type and
     * ranges from the command line only, for what a project stores is meant for probabilities.
     *
     * @param whole size of the result, with as many channels as the source has
     * @param imageAxes axes of the image file, as {@link org.pixelforest.image.ImageSource#axes}
     * @throws IllegalArgumentException when the settings contradict each other or the image
     */
    public static ExportPlan of(
            ExportSettings commandLine,
            ExportSettings project,
            ExportSettings contract,
            Shape whole,
            String imageAxes) {
        ExportSettings asked = commandLine.orElse(project);
        ExportSettings all = asked.orElse(contract);
        Export source = source(commandLine, project, contract);
        Cutout.Box box = box(commandLine, project, whole);
        Format format = Format.of(all.format().orElse(Format.TIFF.title()));
        SampleType type = type(source, commandLine, asked, all);
        Conversion conversion = new Conversion(
                type,
                rescale(source, type, commandLine, asked, contract),
                all.rounding().orElse(Rounding.NEAREST));
        return new ExportPlan(
                source,
                format,
                axes(asked, contract, box.shape(), imageAxes),
                conversion,
                whole,
                box,
                all.innerPath().orElse("exported_data"),
                all.fileName().orElseThrow());
    }

    /** What will be written. */
    public static Export source(ExportSettings commandLine, ExportSettings project, ExportSettings contract) {
        return commandLine.orElse(project).orElse(contract).source().orElse(Export.PROBABILITIES);
    }

    /** Size of what is written. */
    public Shape shape() {
        return box.shape();
    }

    /**
     * The part of a computed block that is written, in numbers of the written type, its region counted from the corner of the
     * written image; empty when the block lies outside. May reuse the block's array.
     *
     * @param block all channels of the source
     */
    public Optional<Block> convert(Block block) {
        Region r = block.region();
        if (r.t() < box.minT() || r.t() >= box.maxT() || !r.intersects(box.region(r.t()))) {
            return Optional.empty();
        }
        Block part = isWhole(r, block.channels()) ? block : cut(block);
        float[] samples = part.samples();
        conversion.apply(samples, 0, Math.toIntExact(part.region().pixels() * part.channels()));
        Region p = part.region();
        Region moved = new Region(
                p.t() - box.minT(),
                p.minZ() - box.minZ(),
                p.minY() - box.minY(),
                p.minX() - box.minX(),
                p.maxZ() - box.minZ(),
                p.maxY() - box.minY(),
                p.maxX() - box.minX());
        return Optional.of(new Block(moved, part.channels(), samples));
    }

    private boolean isWhole(Region r, int channels) {
        return box.region(r.t()).contains(r) && box.minC() == 0 && box.maxC() == channels;
    }

    private Block cut(Block block) {
        Region r = block.region();
        Region cut = new Region(
                r.t(),
                Math.max(r.minZ(), box.minZ()),
                Math.max(r.minY(), box.minY()),
                Math.max(r.minX(), box.minX()),
                Math.min(r.maxZ(), box.maxZ()),
                Math.min(r.maxY(), box.maxY()),
                Math.min(r.maxX(), box.maxX()));
        Block part = Block.zeros(cut, box.maxC() - box.minC());
        for (int c = 0; c < part.channels(); c++) {
            for (int z = 0; z < cut.depth(); z++) {
                for (int y = 0; y < cut.height(); y++) {
                    int from = block.index(
                            c + box.minC(),
                            z + cut.minZ() - r.minZ(),
                            y + cut.minY() - r.minY(),
                            cut.minX() - r.minX());
                    System.arraycopy(block.samples(), from, part.samples(), part.index(c, z, y, 0), cut.width());
                }
            }
        }
        return part;
    }

    private static Cutout.Box box(ExportSettings commandLine, ExportSettings project, Shape whole) {
        if (commandLine.cutout().isPresent()) {
            return commandLine.cutout().get().within(whole);
        }
        try {
            return project.cutout().map(c -> c.within(whole)).orElse(Cutout.Box.of(whole));
        } catch (IllegalArgumentException e) {
            // The stored part was chosen for another image; as in ilastik it is dropped when the size differs.
            return Cutout.Box.of(whole);
        }
    }

    private static SampleType type(
            Export source, ExportSettings commandLine, ExportSettings asked, ExportSettings all) {
        if (source.countsClasses()) {
            return asked.type().orElse(SampleType.UINT8);
        }
        return (source.isFraction() ? all : commandLine).type().orElse(SampleType.FLOAT32);
    }

    private static Optional<Conversion.Rescale> rescale(
            Export source, SampleType type, ExportSettings commandLine, ExportSettings asked, ExportSettings contract) {
        if (source.countsClasses()) {
            return Optional.empty();
        }
        commandLine.outputRange().ifPresent(range -> requireFits(range, type));
        ExportSettings ranges = source.isFraction() ? asked : commandLine;
        Optional<Range> input = ranges.inputRange();
        Optional<Range> output = ranges.outputRange();
        if (source.isFraction()) {
            if (output.isPresent() && !type.floating() && !fits(output.get(), type)) {
                output = Optional.of(Range.upTo(type));
            }
            if (output.isEmpty() && contract.outputRange().isPresent() && !type.floating()) {
                output = Optional.of(Range.upTo(type));
            }
            if (output.isPresent() && input.isEmpty()) {
                input = Optional.of(Range.UNIT);
            }
        }
        if (input.isEmpty() && output.isPresent()) {
            throw new IllegalArgumentException("a range to write " + source
                    + " in needs the range they have: give --pipeline_result_drange as well");
        }
        Optional<Range> in = input;
        return output.flatMap(out -> in.map(i -> new Conversion.Rescale(i, out)));
    }

    private static void requireFits(Range range, SampleType type) {
        if (!type.floating() && !fits(range, type)) {
            throw new IllegalArgumentException("the range " + range.min() + " to " + range.max() + " does not fit into "
                    + type.name().toLowerCase(Locale.ROOT));
        }
    }

    private static boolean fits(Range range, SampleType type) {
        double highest = Range.upTo(type).max();
        double lowest = type.signed() ? -highest - 1 : 0;
        return Math.min(range.min(), range.max()) >= lowest && Math.max(range.min(), range.max()) <= highest;
    }

    private static String axes(ExportSettings asked, ExportSettings contract, Shape written, String imageAxes) {
        if (asked.axes().isPresent()) {
            String axes = asked.axes().get().strip();
            requireAxes(axes, written);
            return axes;
        }
        String axes = contract.axes().orElse(imageAxes.contains("c") ? imageAxes : imageAxes + "c");
        StringBuilder missing = new StringBuilder();
        for (char axis : "tz".toCharArray()) {
            if (axes.indexOf(axis) < 0 && written.along(axis) > 1) {
                missing.append(axis);
            }
        }
        return missing + axes;
    }

    private static void requireAxes(String axes, Shape written) {
        if (!axes.matches("[tczyx]+") || axes.chars().distinct().count() != axes.length()) {
            throw new IllegalArgumentException(
                    "an axis order has each of the letters t, z, y, x, c at most once (got: \"" + axes + "\")");
        }
        for (char axis : "tczyx".toCharArray()) {
            boolean needed = axis == 'y' || axis == 'x' || written.along(axis) > 1;
            if (needed && axes.indexOf(axis) < 0) {
                throw new IllegalArgumentException("the axis order \"" + axes + "\" leaves out " + axis
                        + ", along which there are " + written.along(axis) + " samples");
            }
        }
    }
}
