package org.pixelforest.ui;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/** The channels of the open project: their names, how bright they are, and how much the forest uses them. */
final class Channels implements Workspace.Member {

    private static final Logger LOG = Logger.getLogger(Channels.class.getName());

    /** Statistics read at most so many images, of each a part of at most so many pixels a side, and in all so many samples. */
    private static final int MAX_IMAGES = 24;

    private static final int EDGE = 256;
    private static final int MAX_SAMPLES = 1 << 22;

    private final Workspace workspace;
    private final AtomicReference<List<ChannelStatistics>> statistics = new AtomicReference<>();
    private final AtomicReference<List<Double>> importance = new AtomicReference<>();

    Channels(Workspace workspace) {
        this.workspace = workspace;
        workspace.hub().part("channels", this::json);
        workspace.hub().part("statistics", statistics::get);
        workspace.join(this);
    }

    @Override
    public void opened(Optional<OpenProject> project) {
        statistics.set(null);
        importance.set(null);
        if (project.isEmpty()) {
            return;
        }
        Thread thread = new Thread(() -> sample(project.get()), "statistics");
        thread.setDaemon(true);
        thread.start();
    }

    private void sample(OpenProject project) {
        try {
            List<PageImage> readable =
                    project.present().stream().filter(PageImage::readable).toList();
            int channels = project.channelCount();
            List<float[]> parts = new ArrayList<>();
            int images = Math.min(MAX_IMAGES, readable.size());
            int edge = edge(images, channels);
            for (int i = 0; i < images; i++) {
                // Spread over the list, which often goes patient by patient.
                ImageSource stack = readable.get((int) ((long) i * readable.size() / images))
                        .stack();
                parts.add(middle(stack, edge).samples());
            }
            List<ChannelStatistics> found = new ArrayList<>();
            for (int c = 0; c < channels; c++) {
                found.add(ChannelStatistics.of(channel(parts, c, channels)));
            }
            if (workspace.project().filter(p -> p == project).isPresent()) {
                statistics.set(found);
                workspace.hub().changed("statistics");
            }
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            LOG.log(Level.WARNING, "statistics of the channels failed", e);
        }
    }

    /** Of panels with many channels, smaller parts. */
    static int edge(int images, int channels) {
        return (int) Math.max(1, Math.min(EDGE, Math.sqrt(MAX_SAMPLES / Math.max(1.0, (double) images * channels))));
    }

    private static Block middle(ImageSource stack, int edge) throws IOException {
        Shape shape = stack.shape();
        int height = Math.min(edge, shape.y());
        int width = Math.min(edge, shape.x());
        int y = (shape.y() - height) / 2;
        int x = (shape.x() - width) / 2;
        int z = shape.z() / 2;
        return stack.read(new Region(0, z, y, x, z + 1, y + height, x + width));
    }

    private static float[] channel(List<float[]> parts, int c, int channels) {
        int count = parts.stream().mapToInt(p -> p.length / channels).sum();
        float[] samples = new float[count];
        int to = 0;
        for (float[] part : parts) {
            int pixels = part.length / channels;
            System.arraycopy(part, c * pixels, samples, to, pixels);
            to += pixels;
        }
        return samples;
    }

    /** How much the forest uses each channel, 1 = the most used. */
    void weigh(List<Double> used) {
        importance.set(used);
    }

    private List<Map<String, Object>> json() {
        return workspace.project().map(this::json).orElse(List.of());
    }

    private List<Map<String, Object>> json(OpenProject project) {
        List<String> names = project.channelNames().isEmpty()
                ? IntStream.range(0, project.channelCount())
                        .mapToObj(c -> "Channel " + c)
                        .toList()
                : project.channelNames();
        Map<String, String> targets = project.present().stream()
                .flatMap(i -> i.file().stream())
                .findFirst()
                .map(Panel::targetsNear)
                .orElse(Map.of());
        List<Panel.Channel> panel = Panel.of(names, targets);
        List<Double> used = importance.get();
        List<Boolean> allowed = project.usedChannels();
        List<Map<String, Object>> list = new ArrayList<>();
        for (int c = 0; c < panel.size(); c++) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", panel.get(c).name());
            json.put("target", panel.get(c).target());
            json.put("metal", panel.get(c).metal());
            json.put("used", allowed.isEmpty() || allowed.get(c));
            json.put("importance", used == null || used.size() != panel.size() ? null : used.get(c));
            list.add(json);
        }
        return list;
    }
}
