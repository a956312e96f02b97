package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PanelTest {

    @Test
    void metalAndTargetAreFoundInTheNamesThatFilesUse() {
        Map<String, String> targets = Map.of("Ir191", "DNA1");
        assertThat(Panel.of(
                        List.of(
                                "mean",
                                "Ir191",
                                "Ir193",
                                "DNA1_Ir191",
                                "CD45(Sm152Di)",
                                "pan-Keratin",
                                "H3_2987",
                                "152Sm"),
                        targets))
                .containsExactly(
                        new Panel.Channel("Mean", "Mean", ""),
                        new Panel.Channel("Ir191 DNA1", "DNA1", "Ir191"),
                        new Panel.Channel("Ir193", "Ir193", "Ir193"),
                        new Panel.Channel("Ir191 DNA1", "DNA1", "Ir191"),
                        new Panel.Channel("Sm152 CD45", "CD45", "Sm152"),
                        new Panel.Channel("pan-Keratin", "pan-Keratin", ""),
                        new Panel.Channel("H3_2987", "H3_2987", ""),
                        new Panel.Channel("152Sm", "152Sm", ""));
    }

    @Test
    void panelTablesOfBothPipelinesAreUnderstood() {
        assertThat(Panel.targets(List.of("Metal Tag,Target,ilastik", "Ir191,\"DNA, first\",1", "Ir193,,1")))
                .containsExactly(Map.entry("Ir191", "DNA, first"));
        assertThat(Panel.targets(List.of("\uFEFFchannel,name,keep", "Sm152,CD45,1")))
                .containsExactly(Map.entry("Sm152", "CD45"));
        assertThat(Panel.targets(List.of("a,b", "1,2"))).isEmpty();
        assertThat(Panel.targets(List.of())).isEmpty();
    }
}
