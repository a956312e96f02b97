package org.pixelforest.project;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pixelforest.classify.ModelCard;
import org.pixelforest.forest.RandomForest;

/** Reads the group {@code /PixelForest}; docs/projects.md describes it. */
final class StoredAdditions {

    static final String GROUP = "PixelForest";
    static final String IMAGES = "Images";

    private StoredAdditions() {}

    /** A model card that describes another forest (trained by ilastik since) is left out. */
    static Additions read(StoredGroup group, Optional<RandomForest> forest, List<String> remarks) throws IOException {
        Optional<ModelCard> card = Optional.empty();
        Optional<String> json = group.text("ModelCard");
        if (json.isPresent() && forest.isPresent()) {
            try {
                String sha256 = forest.get().sha256();
                card = Optional.of(ModelCard.fromJson(json.get()))
                        .filter(c -> c.forest().equals(sha256));
            } catch (IllegalArgumentException e) {
                remarks.add("The model card in the project cannot be read and is passed over.");
            }
        }
        return new Additions(
                group.texts("ChannelNames").orElse(List.of()),
                group.longs("Seed").filter(s -> s.length == 1).map(s -> s[0]),
                card,
                group.text("View"),
                group.text("Notes"),
                group.longs("UnusedChannels").stream()
                        .flatMapToLong(java.util.Arrays::stream)
                        .filter(c -> c >= 0 && c <= Integer.MAX_VALUE)
                        .mapToObj(c -> (int) c)
                        .toList());
    }

    /** Fingerprints belong to the id of an image, for another program may have removed lanes since. */
    static List<Lane> withFingerprints(StoredGroup group, List<Lane> lanes) throws IOException {
        Optional<StoredGroup> images = group.group(IMAGES);
        if (images.isEmpty()) {
            return lanes;
        }
        List<Lane> known = new ArrayList<>();
        for (Lane lane : lanes) {
            Optional<StoredGroup> image = canName(lane.id()) ? images.get().group(lane.id()) : Optional.empty();
            if (image.isPresent()) {
                known.add(lane.withFingerprint(fingerprint(image.get())));
            } else {
                known.add(lane);
            }
        }
        return known;
    }

    /** Whether a group can be called after the id of an image. */
    static boolean canName(String id) {
        return !id.isBlank() && !id.contains("/") && !id.equals(".") && !id.equals("..") && id.indexOf('\0') < 0;
    }

    private static Optional<Fingerprint> fingerprint(StoredGroup image) throws IOException {
        Optional<long[]> size = image.longs("Size").filter(s -> s.length == 1);
        Optional<String> sha256 = image.text("Sha256");
        return size.isPresent() && sha256.isPresent()
                ? Optional.of(new Fingerprint(
                        size.get()[0], sha256.get(), image.text("Stamp").orElse("")))
                : Optional.empty();
    }
}
