package org.pixelforest.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pixelforest.batch.RawFiles;
import org.pixelforest.prepare.Panel;
import org.pixelforest.prepare.Preparation;
import picocli.CommandLine.Option;

/** How raw stacks are prepared. */
final class PrepareOptions {

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description =
                    "imc (default; 16 bit, as CellProfiler writes it) or steinbock (float, as 'steinbock classify ilastik "
                            + "prepare' writes it, into the sibling folders ilastik_img and ilastik_crops).")
    private String format = "imc";

    @Option(
            names = "--channels",
            split = ",",
            paramLabel = "NAME",
            description = "Channels to keep, in this order: names from the list beside the stack, or positions from 1.")
    private List<String> channels = new ArrayList<>();

    @Option(names = "--no-mean", description = "Put no mean of the channels in front.")
    private boolean noMean;

    @Option(names = "--mean-factor", paramLabel = "N", description = "What the mean is multiplied with, default 100.")
    private Double meanFactor;

    @Option(names = "--scale", paramLabel = "N", description = "Enlargement, default 2; 1 for none.")
    private Double scale;

    @Option(
            names = "--panel",
            paramLabel = "FILE",
            description =
                    "For steinbock: its panel.csv, whose column ilastik groups the channels; default the one beside the folder "
                            + "of the images, if there is one.")
    private Path panel;

    /** @param cropSize empty for the usual one */
    Preparation preparation(Optional<Integer> cropSize) throws RefusedException {
        Preparation usual =
                switch (format.toLowerCase(Locale.ROOT)) {
                    case "imc" -> Preparation.IMC;
                    case "steinbock" -> Preparation.STEINBOCK;
                    default -> throw new RefusedException("--format must be imc or steinbock (got: " + format + ")");
                };
        return new Preparation(
                usual.format(),
                channels.stream().map(String::strip).toList(),
                !noMean,
                meanFactor == null ? usual.meanFactor() : meanFactor,
                scale == null ? usual.scale() : scale,
                cropSize.orElse(usual.cropSize()));
    }

    /** The table that groups the channels of steinbock images, if there is one. */
    Optional<Panel> panel(Preparation preparation, List<RawFiles> raws) throws IOException, RefusedException {
        if (preparation.format() != Preparation.Format.STEINBOCK) {
            if (panel != null) {
                throw new RefusedException("--panel belongs to --format steinbock; use --channels");
            }
            return Optional.empty();
        }
        Path file = panel != null
                ? panel
                : raws.get(0).folder().toAbsolutePath().normalize().resolveSibling("panel.csv");
        if (panel == null && !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Panel.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(file + ": " + e.getMessage(), e);
        }
    }
}
