package org.pixelforest.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pixelforest.Shared;
import org.pixelforest.classify.ModelCard;

class ModelCardTest {

    @Test
    void comesBackFromItsText() {
        ModelCard card = new ModelCard(
                "PixelForest 0.1.0",
                "f0",
                Optional.of("1ab"),
                List.of("Gaussian Smoothing (σ=1.0) in 2D"),
                List.of("CD45 \"RA\"", "<DNA>"),
                Optional.of(Long.MIN_VALUE),
                List.of("nucleus"),
                "2026-11-22T14:00:00Z");
        assertThat(card.toJson()).doesNotContain("\n").contains("\"<DNA>\"").contains("σ");
        assertThat(ModelCard.fromJson(card.toJson())).isEqualTo(card);
        ModelCard bare =
                new ModelCard("p", "f", Optional.empty(), List.of(), List.of(), Optional.empty(), List.of(), "");
        assertThat(ModelCard.fromJson(bare.toJson())).isEqualTo(bare);
        assertThat(ModelCard.fromJson("{\"program\":\"p\",\"forest\":\"f\",\"later\":1}"))
                .isEqualTo(bare);
    }

    @Test
    void refusesOtherTexts() {
        for (String text :
                List.of("", "[]", "{}", "null", "{\"program\":1", "{\"program\":\"a\",\"forest\":\"b\",\"seed\":[]}")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ModelCard.fromJson(text))
                    .withMessageContaining("model card");
        }
    }

    @Test
    void tellsOfClassifiersThatIlastikTrained() throws Exception {
        ModelCard card = Project.read(Shared.path("data/imc-testdata/TestData.ilp"))
                .modelCard()
                .orElseThrow();
        assertThat(card.program()).isEqualTo("ilastik 1.4.0");
        assertThat(card.classes()).containsExactly("nucleus", "cytoplasm", "background");
        assertThat(card.features()).hasSize(30).contains("Laplacian of Gaussian (σ=1.6) in 2D");
        assertThat(card.forest()).hasSize(64);
        assertThat(card.labels().orElseThrow()).hasSize(64);
    }
}
