package org.pixelforest.cli;

import java.util.Optional;
import java.util.function.Function;
import org.pixelforest.export.Conversion;
import org.pixelforest.export.Cutout;
import org.pixelforest.export.Export;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.export.Format;
import org.pixelforest.export.Range;
import org.pixelforest.export.Rounding;
import picocli.CommandLine.Option;

/** What is written and how, in ilastik's words. What is not given here, the project decides, and then the IMC contract. */
final class ExportOptions {

    @Option(
            names = "--export_source",
            paramLabel = "NAME",
            description = {
                "What to write: Probabilities (default), \"Simple Segmentation\", Uncertainty, Features or Labels."
            })
    private String source;

    @Option(
            names = "--output_format",
            paramLabel = "NAME",
            description = "tiff (default), \"multipage tiff\", hdf5, \"compressed hdf5\", numpy or png.")
    private String format;

    @Option(
            names = "--output_filename_format",
            paramLabel = "PATTERN",
            description = {
                "Name of each output, default {dataset_dir}/{nickname}_{result_type}.tiff. Known keys: {dataset_dir}, {nickname}, "
                        + "{result_type}, {roi}, {x_start}, {x_stop} and so on. End it with an extension."
            })
    private String fileName;

    @Option(
            names = "--output_internal_path",
            paramLabel = "PATH",
            description = "Name of the data set in an HDF5 output, default exported_data.")
    private String innerPath;

    @Option(
            names = "--output_axis_order",
            paramLabel = "AXES",
            description = "Order of the axes written, e.g. yxc (default) or cyx.")
    private String axes;

    @Option(
            names = "--export_dtype",
            paramLabel = "TYPE",
            description = "uint8, uint16 (default), uint32, int8, int16, int32, float32 or float64.")
    private String type;

    @Option(
            names = "--pipeline_result_drange",
            paramLabel = "RANGE",
            description = "Range of the computed numbers, \"(0.0,1.0)\" by default,")
    private String inputRange;

    @Option(
            names = "--export_drange",
            paramLabel = "RANGE",
            description = "that is mapped to this range, \"(0,65535)\" for uint16.")
    private String outputRange;

    @Option(
            names = "--cutout_subregion",
            paramLabel = "BOX",
            description =
                    "Write only this part: \"[(y0,x0,c0),(y1,x1,c1)]\", the second corner not included; None leaves an end "
                            + "open. Volumes have z, series t in front.")
    private String cutout;

    @Option(
            names = "--rounding",
            paramLabel = "HOW",
            description =
                    "nearest (default; as ilastik 1.4.2 and later) or truncate (the very bytes of ilastik up to 1.4.1). "
                            + "Never more than 1 apart.")
    private String rounding;

    /** The settings that were given. */
    ExportSettings settings() throws RefusedException {
        return new ExportSettings(
                read("--export_source", source, Export::of),
                read("--output_format", format, text -> Format.of(text).title()),
                read("--export_dtype", type, Conversion::typeOf),
                Optional.ofNullable(axes),
                read("--pipeline_result_drange", inputRange, Range::of),
                read("--export_drange", outputRange, Range::of),
                Optional.ofNullable(fileName),
                Optional.ofNullable(innerPath),
                read("--cutout_subregion", cutout, Cutout::of),
                read("--rounding", rounding, Rounding::of));
    }

    private static <T> Optional<T> read(String option, String text, Function<String, T> parser)
            throws RefusedException {
        try {
            return Optional.ofNullable(text).map(parser);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(option + ": " + e.getMessage(), e);
        }
    }
}
