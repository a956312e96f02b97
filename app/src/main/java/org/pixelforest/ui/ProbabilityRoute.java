package org.pixelforest.ui;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/** Probabilities of any part of an image, whether a page looks there or not. One request at a time, so that memory is bounded. */
final class ProbabilityRoute {

    private static final long MAX_PIXELS = 1L << 18;
    private static final long MAX_FULL_PIXELS = 1L << 24;

    private final Workspace workspace;
    private final LiveUpdate liveUpdate;
    private final TilePredictor predictor = new TilePredictor();

    ProbabilityRoute(Workspace workspace, LiveUpdate liveUpdate) {
        this.workspace = workspace;
        this.liveUpdate = liveUpdate;
    }

    void answer(Context ctx) throws IOException {
        OpenProject project = workspace.required();
        PageImage image = project.image(ctx.pathParam("id"));
        Shape shape = image.stack().shape();
        int level = Query.number(ctx, "level", 0, 0, Pyramid.MAX_LEVEL);
        Region region = PixelRoutes.region(ctx, shape, level);
        ViewedPart.Tile tile = new ViewedPart.Tile(image.id(), level, region);
        if (region.pixels() > MAX_PIXELS || tile.full(shape).pixels() > MAX_FULL_PIXELS) {
            throw Problem.malformed("That is too large a part of the image to be predicted at once.");
        }
        Optional<PixelClassifier> classifier = liveUpdate.classifier(project);
        if (classifier.isEmpty()) {
            ctx.status(204);
            return;
        }
        byte[] planes;
        synchronized (predictor) {
            planes = predictor.predict(classifier.get(), image.stack(), tile);
        }
        PixelRoutes.bytes(ctx, planes);
    }
}
