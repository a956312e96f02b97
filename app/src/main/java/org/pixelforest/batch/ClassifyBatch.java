package org.pixelforest.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.export.Export;
import org.pixelforest.export.Format;
import org.pixelforest.export.Rounding;
import org.pixelforest.feature.FeatureTile;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.io.DatasetLayout;
import org.pixelforest.io.ImageFormat;
import org.pixelforest.io.ImageMetadata;
import org.pixelforest.io.Images;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;

/** Knows how each kind of result is computed and where it goes. */
public final class ClassifyBatch {

    private final ResultSource from;
    private final String modelCard;

    /** @param modelCard text that says what made the outputs, for formats that hold one; may be empty */
    public ClassifyBatch(ResultSource from, String modelCard) {
        this.from = from;
        this.modelCard = modelCard;
    }

    /** A batch, ready to run. */
    public Batch batch(BatchPlan plan, int threads, BatchListener listener) {
        return new Batch(plan, this::open, threads, listener);
    }

    private ImageWork open(PlannedImage image) throws IOException {
        ImageSource file = image.image().opener().open(image.axes());
        try {
            ImageSource source = image.match().apply(file);
            if (image.image().mask().isPresent()) {
                file = MaskedImage.open(
                        source, image.image().mask().get(), image.image().maskAxes());
                source = file;
            }
            if (!source.shape().equals(image.shape())) {
                throw new IOException(image.name() + ": was changed while the program ran");
            }
            List<Region> tiles = tiles(image);
            ImageWork.Computation computation = computation(image);
            Path folder = image.output().toAbsolutePath().getParent();
            Files.createDirectories(folder);
            return new ImageWork(image, source, sink(image), tiles, computation);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            file.close();
            throw e;
        }
    }

    /** The tiles of the image of which something is written. */
    private List<Region> tiles(PlannedImage image) {
        Shape shape = image.shape();
        FeatureTile cutter = FeatureTile.of(from.features(), shape, null);
        List<Region> tiles = new ArrayList<>();
        var box = image.export().box();
        for (int t = box.minT(); t < box.maxT(); t++) {
            for (Region tile : cutter.tiles(shape.whole(t))) {
                if (tile.intersects(box.region(t))) {
                    tiles.add(tile);
                }
            }
        }
        return tiles;
    }

    private ImageWork.Computation computation(PlannedImage image) throws IOException {
        Export what = image.export().source();
        return switch (what) {
            case PROBABILITIES, SIMPLE_SEGMENTATION, UNCERTAINTY -> {
                PixelClassifier classifier = from.required();
                yield (source, tile, scratch) -> {
                    Block probabilities = scratch.of(classifier, image.shape()).predict(source, tile);
                    if (source instanceof MaskedImage masked) {
                        masked.apply(probabilities);
                    }
                    return what.of(probabilities);
                };
            }
            case FEATURES -> (source, tile, scratch) -> from.features().compute(source, tile);
            case LABELS -> {
                Labels painted = from.labels()
                        .labels(image.image())
                        .orElseThrow(() -> new IOException(image.name()
                                + ": is not an image of the project, so there are no labels of it to write"));
                if (!painted.shape().equals(image.shape().withChannels(1))) {
                    throw new IOException(image.name() + ": has another size than its labels in the project");
                }
                yield (source, tile, scratch) -> painted(painted, tile);
            }
        };
    }

    private static Block painted(Labels labels, Region tile) {
        byte[] classes = labels.read(tile);
        Block block = Block.zeros(tile, 1);
        for (int i = 0; i < classes.length; i++) {
            block.samples()[i] = classes[i];
        }
        return block;
    }

    private ImageSink sink(PlannedImage image) throws IOException {
        Format format = image.export().format();
        if (format == Format.HDF5 || format == Format.COMPRESSED_HDF5) {
            return Images.createDataset(
                    image.output(),
                    DatasetLayout.ilastik(image.export().innerPath(), format == Format.COMPRESSED_HDF5),
                    image.export().shape(),
                    image.export().conversion().type(),
                    image.export().axes(),
                    metadata(image));
        }
        return Images.create(
                image.output(),
                ImageFormat.valueOf(format.name()),
                image.export().shape(),
                image.export().conversion().type(),
                image.export().axes(),
                metadata(image));
    }

    private ImageMetadata metadata(PlannedImage image) {
        var export = image.export();
        List<String> names = export.source() == Export.PROBABILITIES
                ? from.classes().stream().map(LabelClass::name).toList()
                : export.source() == Export.FEATURES ? from.features().names(image.shape()) : List.<String>of();
        List<String> written = names.isEmpty()
                ? names
                : names.subList(export.box().minC(), export.box().maxC());
        // Whoever asks for the bytes of the original program gets them, and nothing besides.
        if (export.conversion().rounding() == Rounding.TRUNCATE
                && export.format() == Format.TIFF
                && export.shape().c() <= 4) {
            return ImageMetadata.NONE;
        }
        Optional<ImageMetadata.ValueRange> range = export.source().isFraction()
                ? export.conversion()
                        .rescale()
                        .map(r -> new ImageMetadata.ValueRange(
                                r.output().min(), r.output().max()))
                        .or(() -> Optional.of(new ImageMetadata.ValueRange(0, 1)))
                : Optional.empty();
        return new ImageMetadata(written, modelCard, range);
    }
}
