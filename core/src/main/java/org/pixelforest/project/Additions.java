package org.pixelforest.project;

import java.util.List;
import java.util.Optional;
import org.pixelforest.classify.ModelCard;

/**
 * What this program keeps in a project beyond ilastik's own content: the group {@code /PixelForest}, which ilastik passes over.
 *
 * @param channelNames a name a channel of the images, or empty
 * @param seed of the next training
 * @param modelCard what made the stored forest
 * @param view how images are shown (contrast a channel, colours, groups), as JSON text that only the page understands
 * @param notes free text
 */
public record Additions(
        List<String> channelNames,
        Optional<Long> seed,
        Optional<ModelCard> modelCard,
        Optional<String> view,
        Optional<String> notes) {

    public static final Additions NONE =
            new Additions(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Additions {
        channelNames = List.copyOf(channelNames);
    }

    public Additions withChannelNames(List<String> names) {
        return new Additions(names, seed, modelCard, view, notes);
    }

    public Additions withSeed(Optional<Long> newSeed) {
        return new Additions(channelNames, newSeed, modelCard, view, notes);
    }

    public Additions withModelCard(Optional<ModelCard> card) {
        return new Additions(channelNames, seed, card, view, notes);
    }

    public Additions withView(Optional<String> json) {
        return new Additions(channelNames, seed, modelCard, json, notes);
    }

    public Additions withNotes(Optional<String> text) {
        return new Additions(channelNames, seed, modelCard, view, text);
    }
}
