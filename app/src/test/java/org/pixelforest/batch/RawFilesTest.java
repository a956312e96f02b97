package org.pixelforest.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.prepare.Preparation;

class RawFilesTest {

    @TempDir
    private Path work;

    private Path data;

    @BeforeEach
    void files() throws IOException {
        data = Files.createDirectories(work.resolve("data"));
        Files.createFile(data.resolve("b_ilastik.tiff"));
        Files.createFile(data.resolve("a_ilastik.tiff"));
        Files.createFile(data.resolve("a_full.tiff"));
    }

    private static List<Path> named(Object name) throws IOException {
        return RawFiles.named(List.of(name.toString()), Preparation.Format.IMC).stream()
                .map(RawFiles::file)
                .toList();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there that users do not have")
    void aFolderMayBeALink() throws IOException {
        Path link = Files.createSymbolicLink(work.resolve("link"), data);
        assertThat(named(link)).containsExactly(link.resolve("a_ilastik.tiff"), link.resolve("b_ilastik.tiff"));
        Path above = Files.createDirectories(work.resolve("above"));
        Files.createSymbolicLink(above.resolve("inside"), data);
        assertThat(named(above)).hasSize(2);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there that users do not have")
    void linksMayGoInCircles() throws IOException {
        Files.createSymbolicLink(data.resolve("again"), data);
        assertThat(named(data)).hasSize(2);
    }

    @Test
    void patterns() throws IOException {
        assertThat(named(data + "/a*.tiff"))
                .containsExactly(data.resolve("a_full.tiff"), data.resolve("a_ilastik.tiff"));
        assertThatThrownBy(() -> named(data + "/c*.tiff"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no file matches");
    }
}
