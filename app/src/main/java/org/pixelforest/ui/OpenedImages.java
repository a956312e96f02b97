package org.pixelforest.ui;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.pixelforest.project.FoundImage;
import org.pixelforest.project.ImageLocation;
import org.pixelforest.project.ImageSearch;
import org.pixelforest.project.Lane;
import org.pixelforest.project.Project;

/**
 * The images of a project as they are opened with it: each under an id of its own, looked for by content where they moved. An image
 * that is not the one that was labelled is not shown.
 *
 * @param images by id, in the order of the project
 * @param channels names of the project's channels in order; empty when no image carries names
 * @param moved where images were found that are elsewhere now, a sentence each
 */
record OpenedImages(Map<String, PageImage> images, List<String> channels, List<String> moved) {

    private static final Logger LOG = Logger.getLogger(OpenedImages.class.getName());

    /** Never fails for an image: what is wrong becomes part of it. */
    static OpenedImages of(Project project, Path file, Roots roots, RecentImages recent, Opening opening) {
        List<String> channels = project.additions().channelNames();
        int channelCount = channels.size();
        List<Lane> lanes = distinct(project.lanes());
        List<FoundImage> found = find(project.withLanes(lanes), file);
        Map<String, PageImage> images = new LinkedHashMap<>();
        List<String> moved = new ArrayList<>();
        opening.stage("Opening " + file.getFileName(), lanes.size());
        for (int i = 0; i < lanes.size(); i++) {
            opening.step();
            Lane lane = lanes.get(i);
            Optional<Path> now = movedTo(found, i, roots);
            if (now.isPresent()) {
                Path folder = file.toAbsolutePath().getParent();
                lane = lane.withLocation(
                        ImageLocation.of(now.get(), lane.location().dataSet(), folder));
                moved.add(lane.nickname() + " is now " + now.get());
            }
            Optional<Problem> problem = found.isEmpty() ? Optional.empty() : problem(lane, found.get(i), roots);
            PageImage image = problem.isPresent()
                    ? PageImage.failed(lane, file, problem.get())
                    : PageImage.open(lane, file, channels, channelCount, recent);
            if (image.readable()) {
                channels = channels.isEmpty() ? image.channelNames() : channels;
                channelCount = channelCount == 0 ? image.shape().c() : channelCount;
            }
            images.put(image.id(), image);
        }
        return new OpenedImages(images, channels, moved);
    }

    /** Lanes with the same id, as of images that were merged twice, keep their labels: the later ones get ids of their own. */
    private static List<Lane> distinct(List<Lane> lanes) {
        List<String> all = lanes.stream().map(PageImage::id).toList();
        Set<String> taken = new HashSet<>();
        List<Lane> distinct = new ArrayList<>();
        for (Lane lane : lanes) {
            // What is known of the content of their files is known of one of them only.
            Lane own = Collections.frequency(all, PageImage.id(lane)) == 1 ? lane : lane.withId(lane.id());
            for (int i = 2; !taken.add(PageImage.id(own)); i++) {
                String id = PageImage.id(lane) + "-" + i;
                own = all.contains(id) ? own : lane.withId(id);
            }
            distinct.add(own);
        }
        return distinct;
    }

    private static List<FoundImage> find(Project project, Path file) {
        try {
            return ImageSearch.find(project, file.toAbsolutePath().getParent(), List.of());
        } catch (IOException e) {
            LOG.log(Level.WARNING, file + ": its images are not looked for", e);
            return List.of();
        }
    }

    private static Optional<Path> movedTo(List<FoundImage> found, int lane, Roots roots) {
        return found.isEmpty() || found.get(lane).outcome() != FoundImage.Outcome.MOVED
                ? Optional.empty()
                : found.get(lane).file().filter(image -> allowed(roots, image));
    }

    private static boolean allowed(Roots roots, Path image) {
        try {
            return roots.allows(image.toRealPath());
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static Optional<Problem> problem(Lane lane, FoundImage found, Roots roots) {
        return switch (found.outcome()) {
            case CHANGED ->
                lane.labels().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Problem.conflict(
                                "Image has changed",
                                lane.location().fileName()
                                        + " is no longer the file that was labelled: its content differs.",
                                "Put it back, or replace with file to go on with this one."));
            case AMBIGUOUS ->
                Optional.of(Problem.conflict(
                        "Several files may be the image",
                        lane.location().fileName() + " is not there; it may be "
                                + found.candidates().stream()
                                        .filter(candidate -> allowed(roots, candidate))
                                        .map(Path::toString)
                                        .collect(Collectors.joining(", "))
                                + ".",
                        "Replace with file."));
            default -> Optional.empty();
        };
    }
}
