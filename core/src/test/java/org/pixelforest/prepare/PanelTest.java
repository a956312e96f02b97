package org.pixelforest.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.Region;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

class PanelTest {

    private static final MemoryImage THREE =
            new MemoryImage(Shape.of(3, 1, 1), SampleType.FLOAT32, new float[] {2, 4, 8});

    @Test
    void groupsAscendAndChannelsOfOneGroupAreAveraged() throws IOException {
        Panel panel = Panel.parse("\uFEFFchannel,name,keep,ilastik\r\nAg107,\"CK, \"\"5\"\"\",1,2\r\nIr191,DNA,0,7\r\n"
                + "Eu153,,1,1\r\nYb172,CD8,1,2.0\r\n\r\n");
        ImageSource grouped = panel.of(THREE);
        assertThat(grouped.channelNames()).containsExactly("Eu153", "CK, \"5\" / CD8");
        assertThat(grouped.read(Region.of(0, 0, 1, 1)).samples()).containsExactly(4, 5);
    }

    @Test
    void withoutGroupsAllChannelsAreUsed() throws IOException {
        ImageSource all = Panel.parse("channel,name\na,x\nb,y\nc,\n").of(THREE);
        assertThat(all.channelNames()).containsExactly("x", "y", "c");
        assertThat(all.read(Region.of(0, 0, 1, 1)).samples()).containsExactly(2, 4, 8);
    }

    @Test
    void whatIsNoPanelIsRefusedInOneLine() {
        assertThatThrownBy(() -> Panel.parse("")).hasMessageContaining("no column \"channel\"");
        assertThatThrownBy(() -> Panel.parse("channel,ilastik\na,one"))
                .hasMessage("line 2: the column \"ilastik\" must hold a whole number or nothing (got: one)");
        assertThatThrownBy(() -> Panel.parse("channel\na\n").of(THREE))
                .hasMessage("the image has 3 channels, but the panel keeps 1");
    }
}
