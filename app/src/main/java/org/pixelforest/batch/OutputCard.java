package org.pixelforest.batch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.pixelforest.project.Project;

/** What every output carries of its making: the model card of the forest, and the program that applied it. */
public final class OutputCard {

    private OutputCard() {}

    /** JSON of the project's card ({@link Project#modelCard}), or an empty text when it has no forest. */
    public static String of(Project project) {
        return project.modelCard()
                .map(card -> card.toJson("PixelForest " + version()))
                .orElse("");
    }

    /** The version of the build, e.g. {@code "0.1.0"}. */
    public static String version() {
        try (InputStream text = OutputCard.class.getResourceAsStream("/org/pixelforest/cli/version.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IllegalStateException("the program's own files cannot be read", e);
        }
    }
}
