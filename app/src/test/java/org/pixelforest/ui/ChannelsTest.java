package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelsTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 60", "24, 1", "24, 60", "24, 500"})
    void whatStatisticsReadIsBoundedHoweverManyChannelsThereAre(int images, int channels) {
        int edge = Channels.edge(images, channels);
        assertThat((long) images * channels * edge * edge).isLessThanOrEqualTo(1 << 22);
        assertThat(edge).isBetween(16, 256);
    }
}
