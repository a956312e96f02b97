package org.pixelforest.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

class ChannelMatchTest {

    private static final List<String> PANEL = List.of("mean", "Ir191", "CD3", "CD20", "E-Cadherin");
    private static final Region WHOLE = Region.of(0, 0, 2, 3);

    /** Every channel of this image holds its own name's hash, so that a channel can be known by what it holds. */
    private record Named(List<String> channelNames, int channels) implements ImageSource {

        Named(List<String> names) {
            this(names, names.size());
        }

        @Override
        public Shape shape() {
            return Shape.of(channels, 2, 3);
        }

        @Override
        public SampleType sampleType() {
            return SampleType.FLOAT32;
        }

        @Override
        public String axes() {
            return "cyx";
        }

        @Override
        public Block read(Region region) {
            Block block = Block.zeros(region, channels);
            int pixels = (int) region.pixels();
            for (int i = 0; i < block.samples().length; i++) {
                block.samples()[i] = channelNames.isEmpty()
                        ? i / pixels
                        : channelNames.get(i / pixels).hashCode();
            }
            return block;
        }

        @Override
        public void close() {}
    }

    @Test
    void anyOrderGivesTheSamePixels() throws Exception {
        float[] expected = new Named(PANEL).read(WHOLE).samples();
        Random random = new Random(4);
        for (int i = 0; i < 50; i++) {
            List<String> shuffled = new ArrayList<>(PANEL);
            shuffled.add("Tb159");
            shuffled.add("Tb159");
            Collections.shuffle(shuffled, random);
            ImageSource image = new Named(shuffled);
            ChannelMatch match = ChannelMatch.of(PANEL, 5, image);
            ImageSource matched = match.apply(image);
            assertThat(match.byName()).isTrue();
            assertThat(matched.channelNames()).isEqualTo(PANEL);
            assertThat(matched.shape().c()).isEqualTo(5);
            assertThat(matched.read(WHOLE).samples()).isEqualTo(expected);
        }
    }

    @Test
    void aMissingChannelIsNamed() {
        List<String> other = List.of("mean", "Ir191", "CD4", "CD20", "E-Cadherin");
        assertThatThrownBy(() -> ChannelMatch.of(PANEL, 5, new Named(other)))
                .isInstanceOfSatisfying(ChannelMismatchException.class, e -> {
                    assertThat(e).hasMessageContaining("CD3").hasMessageContaining("CD4");
                    assertThat(e.missing()).containsExactly("CD3");
                    assertThat(e.unused()).containsExactly("CD4");
                });
    }

    @Test
    void withoutNamesPositionAndCountDecide() throws Exception {
        ImageSource nameless = new Named(List.of(), 5);
        ChannelMatch match = ChannelMatch.of(PANEL, 5, nameless);
        assertThat(match.byName()).isFalse();
        assertThat(match.apply(nameless)).isSameAs(nameless);
        assertThat(ChannelMatch.of(List.of(), 5, new Named(PANEL)).byName()).isFalse();
        for (int channels : new int[] {1, 4, 6}) {
            assertThatThrownBy(() -> ChannelMatch.of(PANEL, 5, new Named(List.of(), channels)))
                    .isInstanceOf(ChannelMismatchException.class)
                    .hasMessageContaining(channels == 1 ? "1 channel," : channels + " channels")
                    .hasMessageContaining("trained on 5");
        }
    }

    @Test
    void namesThatOccurTwiceAreAmbiguousOnceTheyMove() throws Exception {
        List<String> twice = List.of("a", "b", "b");
        assertThat(ChannelMatch.of(twice, 3, new Named(twice)).order()).containsExactly(0, 1, 2);
        assertThatThrownBy(() -> ChannelMatch.of(twice, 3, new Named(List.of("b", "a", "b"))))
                .isInstanceOf(ChannelMismatchException.class);
        assertThatThrownBy(() -> ChannelMatch.of(List.of("b", "b", "a"), 3, new Named(List.of("a", "b"))))
                .isInstanceOf(ChannelMismatchException.class);
    }

    @Test
    void blanksAroundNamesDoNotMatter() throws Exception {
        assertThat(ChannelMatch.of(List.of("b", " a"), 2, new Named(List.of("a ", "b")))
                        .order())
                .containsExactly(1, 0);
    }
}
