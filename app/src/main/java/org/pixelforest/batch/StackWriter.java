package org.pixelforest.batch;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.io.DatasetLayout;
import org.pixelforest.io.DatasetPlace;
import org.pixelforest.io.ImageMetadata;
import org.pixelforest.io.Images;
import org.pixelforest.prepare.Crop;
import org.pixelforest.prepare.Panel;
import org.pixelforest.prepare.Preparation;
import org.pixelforest.prepare.PreparedStack;
import org.pixelforest.prepare.SteinbockCrops;

/**
 * Writes the prepared stacks of raw files, and a crop of each. Names and folders are those of the program whose files are
 * reproduced. Used from one thread, file by file in sorted order; works on several.
 *
 * <p>Memory: a stated number of samples for each thread, see {@link PreparedStack}, whatever the size of the image.
 */
public final class StackWriter {

    /** Where to write, instead of the usual folders. */
    public record Folders(Optional<Path> stacks, Optional<Path> crops, boolean withCrops) {}

    /** What was written of a raw file. A steinbock image smaller than the crop size has no crop. */
    public record Written(Path stack, Optional<Path> crop, Shape shape) {}

    private final Preparation preparation;
    private final Optional<Panel> panel;
    private final Folders folders;
    private final SteinbockCrops steinbockCrops;
    private final int threads;
    private final Set<Path> targets = new HashSet<>();

    /**
     * @param panel of a steinbock image
     * @param seed of the crops of a steinbock run; those of the IMC format follow from the names of the files
     */
    public StackWriter(Preparation preparation, Optional<Panel> panel, Folders folders, long seed, int threads) {
        this.preparation = preparation;
        this.panel = panel;
        this.folders = folders;
        this.steinbockCrops = new SteinbockCrops(seed, preparation.cropSize());
        this.threads = threads;
    }

    /**
     * Writes the stack and the crop of one file; each is seen under its name only when it is complete.
     *
     * @param progress told how many more pixels of stack and crop are finished, and their total as a negative number first
     */
    public Written write(RawFiles raw, LongConsumer progress) throws IOException {
        try (ImageSource image = open(raw.file());
                PreparedStack stack = view(image)) {
            Path target = claimed(stackFile(raw));
            Shape shape = stack.shape();
            Optional<Crop> crop = crop(raw, shape);
            Optional<Path> cropTarget = crop.map(c -> cropFile(raw, c));
            if (cropTarget.isPresent()) {
                claimed(cropTarget.get());
            }
            progress.accept(-shape.pixels() - crop.map(c -> c.region().pixels()).orElse(0L));
            write(stack, shape.whole(0), target, dataset(target, "img"), progress);
            UpToDate.remember(target, mark(raw));
            if (crop.isPresent()) {
                write(stack, crop.get().region(), cropTarget.get(), dataset(cropTarget.get(), "crop"), progress);
            }
            return new Written(target, cropTarget, shape);
        } catch (IllegalArgumentException unfit) {
            throw new IOException(raw.file() + ": " + unfit.getMessage(), unfit);
        } catch (IOException problem) {
            String message = String.valueOf(problem.getMessage());
            if (message.contains(raw.file().getFileName().toString()) || problem instanceof FileSystemException) {
                throw problem;
            }
            throw new IOException(raw.file() + ": " + message, problem);
        }
    }

    /** The stack of a file, if it was written already with this preparation and the file has not changed since. */
    public Optional<Path> upToDate(RawFiles raw) throws IOException {
        Path target = stackFile(raw);
        return UpToDate.is(target, mark(raw), raw.file(), Optional.of(raw.file()))
                ? Optional.of(target)
                : Optional.empty();
    }

    private String mark(RawFiles raw) throws IOException {
        return UpToDate.mark(preparation, panel, Files.size(raw.file()), Files.getLastModifiedTime(raw.file()));
    }

    /** The prepared stack as an image to classify, without writing it: named as its file would be, computed where it is read. */
    public BatchImage view(RawFiles raw) {
        return new BatchImage(new DatasetPlace(stackFile(raw), Optional.empty()), raw.file(), axes -> {
            ImageSource image = open(raw.file());
            try {
                return view(image);
            } catch (RuntimeException e) {
                image.close();
                throw e;
            }
        });
    }

    /** Pages are channels, whatever else the file takes them for. */
    private static ImageSource open(Path file) throws IOException {
        ImageSource image = Images.open(file);
        String axes = image.axes();
        boolean noChannels = image.shape().c() == 1 && !axes.contains("c");
        String pages = axes.contains("z") ? "z" : "t";
        if (noChannels && image.shape().z() * image.shape().t() > 1 && axes.contains(pages)) {
            image.close();
            return Images.open(file.toString(), Optional.of(axes.replace(pages, "c")));
        }
        return image;
    }

    private PreparedStack view(ImageSource image) {
        return preparation.of(panel.isPresent() ? panel.get().of(image) : image);
    }

    private Optional<Crop> crop(RawFiles raw, Shape shape) {
        if (!folders.withCrops()) {
            return Optional.empty();
        }
        return preparation.format() == Preparation.Format.STEINBOCK
                ? steinbockCrops.next(shape.y(), shape.x())
                : Optional.of(
                        Crop.of(raw.file().getFileName().toString(), shape.y(), shape.x(), preparation.cropSize()));
    }

    private Path stackFile(RawFiles raw) {
        String stem = stem(raw.file());
        if (preparation.format() == Preparation.Format.STEINBOCK) {
            return folders.stacks()
                    .orElseGet(() -> sibling(raw.folder(), "ilastik_img"))
                    .resolve(stem + ".h5");
        }
        Path beside = raw.file().resolveSibling(stem + suffix() + ".h5");
        return folders.stacks().map(f -> f.resolve(beside.getFileName())).orElse(beside);
    }

    private Path cropFile(RawFiles raw, Crop crop) {
        String usual = preparation.format() == Preparation.Format.STEINBOCK ? "ilastik_crops" : "crops";
        return folders.crops().orElseGet(() -> sibling(raw.folder(), usual)).resolve(crop.fileName(stem(raw.file())));
    }

    private static Path sibling(Path folder, String name) {
        boolean here = folder.toString().isEmpty() || folder.endsWith(".") || folder.endsWith("..");
        return (here ? folder.toAbsolutePath().normalize() : folder).resolveSibling(name);
    }

    /** {@code "_s2"} for a doubled stack. */
    private String suffix() {
        return "_s"
                + BigDecimal.valueOf(preparation.scale()).stripTrailingZeros().toPlainString();
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 1 ? name : name.substring(0, dot);
    }

    private Path claimed(Path target) throws IOException {
        if (!targets.add(target.toAbsolutePath().normalize())) {
            throw new IOException(target + ": is the output of another file of this run already; rename one of them");
        }
        return target;
    }

    private String dataset(Path target, String steinbock) {
        return preparation.format() == Preparation.Format.STEINBOCK ? steinbock : stem(target);
    }

    private void write(PreparedStack stack, Region region, Path target, String dataset, LongConsumer progress)
            throws IOException {
        Shape shape = Shape.of(stack.shape().c(), region.height(), region.width());
        DatasetLayout layout = preparation.format() == Preparation.Format.STEINBOCK
                ? DatasetLayout.steinbock(dataset)
                : DatasetLayout.prepared(dataset);
        ImageMetadata names = ImageMetadata.ofChannels(stack.channelNames());
        try (ImageSink sink = Images.createDataset(target, layout, shape, stack.sampleType(), stack.axes(), names)) {
            stack.write(region, sink, threads, progress);
            sink.commit();
        }
    }
}
