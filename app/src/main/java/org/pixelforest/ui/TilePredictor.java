package org.pixelforest.ui;

import java.io.IOException;
import java.util.List;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.classify.TilePrediction;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/** Predicts tiles of any level for one thread; keeps its buffers from tile to tile as long as classifier and size stay. */
final class TilePredictor {

    private PixelClassifier classifier;
    private Shape shape;
    private TilePrediction prediction;

    /** Planes of a tile, one a class, as {@link TileMessage} sends them. */
    byte[] predict(PixelClassifier newest, ImageSource stack, ViewedPart.Tile tile) throws IOException {
        if (newest != classifier || !stack.shape().equals(shape)) {
            prediction = new TilePrediction(newest, stack.shape());
            classifier = newest;
            shape = stack.shape();
        }
        int classes = newest.classes().size();
        int width = tile.region().width();
        int height = tile.region().height();
        int plane = width * height;
        float[] sums = new float[classes * plane];
        List<Region> parts = prediction.tiles(tile.full(shape));
        for (Region part : parts) {
            add(prediction.predict(stack, part), tile, sums, plane, width);
        }
        if (tile.level() > 0) {
            divide(tile, sums, plane, width);
        }
        return TileMessage.planes(sums, sums.length);
    }

    private static void add(Block block, ViewedPart.Tile tile, float[] sums, int plane, int width) {
        Region part = block.region();
        int level = tile.level();
        int partPixels = (int) part.pixels();
        for (int k = 0; k < block.channels(); k++) {
            for (int y = part.minY(); y < part.maxY(); y++) {
                int from = k * partPixels + (y - part.minY()) * part.width() - part.minX();
                int to = k * plane
                        + ((y >> level) - tile.region().minY()) * width
                        - tile.region().minX();
                for (int x = part.minX(); x < part.maxX(); x++) {
                    sums[to + (x >> level)] += block.samples()[from + x];
                }
            }
        }
    }

    /** Sums become means; pixels at the right and lower edge stand for fewer. */
    private void divide(ViewedPart.Tile tile, float[] sums, int plane, int width) {
        long edge = 1L << tile.level();
        float[] counts = new float[plane];
        for (int i = 0; i < plane; i++) {
            long y = tile.region().minY() + i / width;
            long x = tile.region().minX() + i % width;
            counts[i] = Math.min(edge, shape.y() - y * edge) * Math.min(edge, shape.x() - x * edge);
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= counts[i % plane];
        }
    }
}
