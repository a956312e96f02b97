package org.pixelforest.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.forest.ConfusionMatrix;
import org.pixelforest.project.Project;

class DemoTest {

    @TempDir
    private Path folder;

    @Test
    void aWholeStudyIsMadeAndComesCloseToTheTruth() throws IOException {
        List<String> said = new ArrayList<>();
        Path demo = folder.resolve("demo");
        ConfusionMatrix all = Demo.run(demo, 2, "PixelForest test", said::add);

        assertThat(all.accuracy()).isGreaterThan(0.82);
        for (int k = 0; k < 3; k++) {
            assertThat(all.f1(k)).as("F1 of class " + (k + 1)).isGreaterThan(0.75);
        }
        assertThat(String.join("\n", said)).contains("held out").contains("Demo3_s0_a1_ac");

        Project project = Project.read(demo.resolve("demo.ilp"));
        assertThat(project.lanes()).hasSize(4);
        assertThat(project.classifier().orElseThrow().channelNames()).startsWith("mean", "Pr141");
        assertThat(project.lanes().get(0).location().file(demo).orElseThrow()).exists();
        assertThat(project.lanes().get(3).labels().isEmpty()).isTrue();

        BufferedImage sheet = ImageIO.read(demo.resolve("contact-sheet.png").toFile());
        assertThat(sheet.getWidth()).isGreaterThan(1500);
        String page = new String(Files.readAllBytes(demo.resolve("contact-sheet.html")), StandardCharsets.UTF_8);
        assertThat(page.split("data:image/jpeg;base64,", -1)).hasSize(4 * 5 + 1);
        assertThat(page).doesNotContain("http");
    }

    @Test
    void aFolderOfSomeoneElseIsLeftAlone() throws IOException {
        Path file = Files.write(folder.resolve("mine.txt"), new byte[] {1});
        assertThatThrownBy(() -> Demo.run(folder, 1, "", line -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not empty");
        assertThat(folder).isDirectoryNotContaining(f -> !f.equals(file));
    }
}
