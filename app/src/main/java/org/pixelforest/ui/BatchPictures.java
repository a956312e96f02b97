package org.pixelforest.ui;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.io.Images;

/** Pictures of files of the batch list and of what was written of them, opened for each request. */
final class BatchPictures {

    private static final long TILE_BYTES = 32L << 20;
    private static final long MAX_SAMPLES = 1L << 22;

    private BatchPictures() {}

    static void raw(Context ctx, String place) throws IOException {
        try (ImageSource source = Images.open(place)) {
            String type = source.sampleType().name().toLowerCase(Locale.ROOT);
            String sent = type.equals("uint8") || type.equals("uint16") ? type : "float32";
            PixelRoutes.bytes(ctx, PixelRoutes.planes(ctx, pyramid(source), source.shape(), sent));
        }
    }

    /** 204 when there is no output. */
    static void output(Context ctx, Optional<String> file) throws IOException {
        if (file.isEmpty() || !Files.isRegularFile(Path.of(file.get()))) {
            ctx.status(204);
            return;
        }
        try (ImageSource source = Images.open(file.get())) {
            int level = Query.number(ctx, "level", 0, 0, Pyramid.MAX_LEVEL);
            Region region = PixelRoutes.region(ctx, source.shape(), level);
            if (region.pixels() * source.shape().c() > MAX_SAMPLES) {
                throw Problem.malformed("That is too large a part of the image to be sent at once.");
            }
            int[] all = IntStream.range(0, source.shape().c()).toArray();
            PixelRoutes.bytes(ctx, PixelRoutes.encode(pyramid(source).read(all, level, region), "uint16"));
        }
    }

    private static Pyramid pyramid(ImageSource source) {
        return new Pyramid(source, new RecentTiles(TILE_BYTES));
    }
}
