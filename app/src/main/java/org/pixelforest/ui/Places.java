package org.pixelforest.ui;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.pixelforest.classify.PixelClassifier;
import org.pixelforest.classify.TilePrediction;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;
import org.pixelforest.label.Labels;

/**
 * Where a stroke helps most: parts of all images that the forest is unsure of, that look unlike what is labelled, and that may belong
 * to classes with few labels. Tiles are looked at in turn, image by image, up to {@value #MAX_TILES} and {@value #MAX_SECONDS}
 * seconds, so that every image has its share however many there are.
 *
 * <p>Memory: the buffers of one {@link TilePrediction}, one tile of samples, and a few numbers a tile.
 */
final class Places implements Workspace.Member, QuietWork.Task {

    private static final int MAX_TILES = 384;
    private static final int MAX_SECONDS = 30;
    private static final int MAX_LABELLED = 200;
    private static final int SHOWN = 24;

    private final Workspace workspace;
    private final Foreground foreground;
    private volatile List<RankedPlaces.Place> places = List.of();

    Places(Workspace workspace, Foreground foreground) {
        this.workspace = workspace;
        this.foreground = foreground;
        workspace.hub().part("places", () -> places);
        workspace.join(this);
    }

    @Override
    public void opened(Optional<OpenProject> project) {
        places = List.of();
    }

    @Override
    public void compute(QuietWork.Newest of, BooleanSupplier proceed) throws IOException {
        Optional<PixelClassifier> classifier = foreground.classifier(of.project());
        if (classifier.isEmpty()) {
            return;
        }
        OpenProject project = of.project();
        List<PageImage> images =
                project.present().stream().filter(PageImage::readable).toList();
        Content content = project.state().content();
        RankedPlaces ranked = new RankedPlaces(content);
        addLabelled(ranked, images, content, proceed);
        Map<Shape, TilePrediction> predictions = new HashMap<>();
        long end = System.nanoTime() + MAX_SECONDS * 1_000_000_000L;
        int tiles = 0;
        int rounds = MAX_TILES;
        for (int round = 0; round < rounds; round++) {
            boolean any = false;
            for (PageImage image : images) {
                Optional<Region> tile = SampledTiles.tile(image.stack().shape(), round);
                if (tile.isEmpty() || tiles >= MAX_TILES || System.nanoTime() > end) {
                    continue;
                }
                if (!proceed.getAsBoolean()) {
                    throw new CancellationException();
                }
                any = true;
                tiles++;
                ImageSource stack = image.stack();
                if (!predictions.containsKey(stack.shape())) {
                    predictions.clear(); // only one set of buffers at a time
                    predictions.put(stack.shape(), new TilePrediction(classifier.get(), stack.shape()));
                }
                PatchScores.add(ranked, image.id(), stack, predictions.get(stack.shape()), tile.get(), content);
            }
            if (!any) {
                break;
            }
            if (round == 0) {
                publish(project, ranked);
            }
        }
        publish(project, ranked);
    }

    private void publish(OpenProject project, RankedPlaces ranked) {
        if (workspace.project().filter(p -> p == project).isPresent()) {
            places = ranked.best(SHOWN);
            workspace.hub().changed("places");
        }
    }

    /** What is labelled already is nothing new. */
    private static void addLabelled(
            RankedPlaces ranked, List<PageImage> images, Content content, BooleanSupplier proceed) throws IOException {
        List<PageImage> labelled = new ArrayList<>();
        List<Region> parts = new ArrayList<>();
        for (PageImage image : images) {
            Labels labels = content.labels(image.id());
            for (Region part : labels.occupied()) {
                labelled.add(image);
                parts.add(part);
            }
        }
        int step = Math.max(1, (parts.size() + MAX_LABELLED - 1) / MAX_LABELLED);
        for (int i = 0; i < parts.size(); i += step) {
            if (!proceed.getAsBoolean()) {
                throw new CancellationException();
            }
            ranked.known(PatchScores.look(labelled.get(i).stack(), parts.get(i)));
        }
    }
}
