package org.pixelforest.classify;

import java.io.IOException;
import java.util.List;
import org.pixelforest.image.Block;
import org.pixelforest.image.ForwardedSource;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/** Some channels of an image in an order of their own. */
final class ChosenChannels extends ForwardedSource {

    private final List<Integer> order;

    ChosenChannels(ImageSource image, List<Integer> order) {
        super(image);
        this.order = order;
    }

    @Override
    public Shape shape() {
        return super.shape().withChannels(order.size());
    }

    @Override
    public List<String> channelNames() {
        List<String> names = super.channelNames();
        return names.isEmpty() ? names : order.stream().map(names::get).toList();
    }

    @Override
    public Block read(Region region) throws IOException {
        Block all = super.read(region);
        Block chosen = Block.zeros(region, order.size());
        int pixels = (int) region.pixels();
        for (int c = 0; c < order.size(); c++) {
            System.arraycopy(all.samples(), order.get(c) * pixels, chosen.samples(), c * pixels, pixels);
        }
        return chosen;
    }
}
