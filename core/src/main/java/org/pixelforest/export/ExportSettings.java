package org.pixelforest.export;

import java.util.Optional;
import org.pixelforest.image.SampleType;

/**
 * What a person or a project asks of an export; every field may be left open. {@link ExportPlan} closes what stays open.
 *
 * @param source what is written
 * @param format title of a {@link Format}; kept as text, for a project may name one that only other programs know
 * @param type number type of the samples written
 * @param axes order of the axes written, slowest first, letters of {@code tzyxc}
 * @param inputRange range of the computed numbers that is mapped to {@code outputRange}
 * @param outputRange range of the written numbers
 * @param fileName pattern of the file's name, see {@link OutputName}
 * @param innerPath name of the data set within an HDF5 file
 * @param cutout the part that is written
 * @param rounding how numbers become integers
 */
public record ExportSettings(
        Optional<Export> source,
        Optional<String> format,
        Optional<SampleType> type,
        Optional<String> axes,
        Optional<Range> inputRange,
        Optional<Range> outputRange,
        Optional<String> fileName,
        Optional<String> innerPath,
        Optional<Cutout> cutout,
        Optional<Rounding> rounding) {

    /** Nothing asked. */
    public static final ExportSettings NONE = new ExportSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /**
     * What the next step of the IMC segmentation pipeline reads: {@code NAME_Probabilities.tiff} beside the image, y x c, uint16,
     * 0..1 mapped to 0..65535.
     */
    public static final ExportSettings IMC = new ExportSettings(
            Optional.of(Export.PROBABILITIES),
            Optional.of(Format.TIFF.title()),
            Optional.of(SampleType.UINT16),
            Optional.of("yxc"),
            Optional.of(Range.UNIT),
            Optional.of(new Range(0, 65535)),
            Optional.of("{dataset_dir}/{nickname}_{result_type}.tiff"),
            Optional.of("exported_data"),
            Optional.empty(),
            Optional.of(Rounding.NEAREST));

    /** The same for images of several planes: a page for each, axes as in the image. */
    public static final ExportSettings IMC_STACKS = new ExportSettings(
            IMC.source,
            Optional.of(Format.MULTIPAGE_TIFF.title()),
            IMC.type,
            Optional.empty(),
            IMC.inputRange,
            IMC.outputRange,
            IMC.fileName,
            IMC.innerPath,
            IMC.cutout,
            IMC.rounding);

    /** What ilastik writes when neither project nor command line says more: numbers and axes as they are, in compressed HDF5. */
    public static final ExportSettings ILASTIK = new ExportSettings(
            Optional.of(Export.PROBABILITIES),
            Optional.of(Format.COMPRESSED_HDF5.title()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("{dataset_dir}/{nickname}_{result_type}"),
            Optional.of("exported_data"),
            Optional.empty(),
            Optional.of(Rounding.NEAREST));

    /** These settings, and where one is open, the other's. */
    public ExportSettings orElse(ExportSettings other) {
        return new ExportSettings(
                source.or(other::source),
                format.or(other::format),
                type.or(other::type),
                axes.or(other::axes),
                inputRange.or(other::inputRange),
                outputRange.or(other::outputRange),
                fileName.or(other::fileName),
                innerPath.or(other::innerPath),
                cutout.or(other::cutout),
                rounding.or(other::rounding));
    }
}
