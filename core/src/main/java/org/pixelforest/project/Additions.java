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
 * @param unusedChannels numbers of the channels, from 0, whose features the training leaves out; the forest still counts them
 */
public record Additions(
        List<String> channelNames,
        Optional<Long> seed,
        Optional<ModelCard> modelCard,
        Optional<String> view,
        Optional<String> notes,
        List<Integer> unusedChannels) {

    public static final Additions NONE =
            new Additions(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public Additions {
        channelNames = List.copyOf(channelNames);
        unusedChannels = List.copyOf(unusedChannels);
    }

    public Additions withChannelNames(List<String> names) {
        return new Additions(names, seed, modelCard, view, notes, unusedChannels);
    }

    public Additions withSeed(Optional<Long> newSeed) {
        return new Additions(channelNames, newSeed, modelCard, view, notes, unusedChannels);
    }

    public Additions withModelCard(Optional<ModelCard> card) {
        return new Additions(channelNames, seed, card, view, notes, unusedChannels);
    }

    public Additions withView(Optional<String> json) {
        return new Additions(channelNames, seed, modelCard, json, notes, unusedChannels);
    }

    public Additions withNotes(Optional<String> text) {
        return new Additions(channelNames, seed, modelCard, view, text, unusedChannels);
    }

    public Additions withUnusedChannels(List<Integer> channels) {
        return new Additions(channelNames, seed, modelCard, view, notes, channels);
    }
}
