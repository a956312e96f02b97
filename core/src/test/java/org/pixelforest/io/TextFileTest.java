package org.pixelforest.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {

    @TempDir
    private Path work;

    @Test
    void replacesAndLeavesNothingBeside() throws IOException {
        Path file = work.resolve("new/folder/report.json");
        TextFile.write(file, "first");
        TextFile.write(file, "µ");
        assertThat(Files.readString(file)).isEqualTo("µ");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    /** Files made as temporary ones can be read by nobody else. */
    @Test
    void othersMayReadWhatTheyMayReadOtherwise() throws IOException {
        Path file = work.resolve("report.json");
        TextFile.write(file, "text");
        Path usual = Files.createFile(work.resolve("usual"));
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(usual));
        }
    }

    @Test
    void aFolderIsNotReplaced() throws IOException {
        Path folder = Files.createDirectory(work.resolve("folder"));
        assertThatThrownBy(() -> TextFile.write(folder, "text")).hasMessageContaining("is a folder");
        try (Stream<Path> files = Files.list(work)) {
            assertThat(files).containsExactly(folder);
        }
    }
}
