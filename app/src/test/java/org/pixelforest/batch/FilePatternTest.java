package org.pixelforest.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePatternTest {

    @TempDir
    private Path work;

    @BeforeEach
    void files() throws IOException {
        for (String name :
                new String[] {"a/1_s2.h5", "a/2_s2.h5", "a/2.h5", "b/3_s2.h5", "b/.4_s2.h5", "b/c/5_s2.h5"}) {
            Path file = work.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }

    private String matching(String pattern) throws IOException {
        return FilePattern.files(work + "/" + pattern).stream()
                .map(f -> work.relativize(f).toString().replace('\\', '/'))
                .toList()
                .toString();
    }

    @Test
    void matchesPartByPartAsAShellDoes() throws IOException {
        assertThat(matching("a/*_s2.h5")).isEqualTo("[a/1_s2.h5, a/2_s2.h5]");
        assertThat(matching("*/*_s2.h5")).isEqualTo("[a/1_s2.h5, a/2_s2.h5, b/3_s2.h5]");
        assertThat(matching("?/c/{4,5}_s2.h5")).isEqualTo("[b/c/5_s2.h5]");
        assertThat(matching("b/.[0-9]_s2.h5")).isEqualTo("[b/.4_s2.h5]");
        assertThat(matching("[a-z]/2.h5")).isEqualTo("[a/2.h5]");
        assertThat(matching("nowhere/*.h5")).isEqualTo("[]");
        assertThat(matching("b/*")).as("no folders").isEqualTo("[b/3_s2.h5]");
    }

    @Test
    void aFileThatIsThereIsNoPattern() throws IOException {
        Path file = Files.createFile(work.resolve("a [1].h5"));
        assertThat(FilePattern.is(file.toString())).isFalse();
        assertThat(FilePattern.is(file + "/img")).isFalse();
        assertThat(FilePattern.is(work + "/a [2].h5")).isTrue();
        assertThat(FilePattern.is(work + "/a.h5")).isFalse();
    }

    /** As an asterisk on Windows, no name of a file has a zero in it anywhere. */
    @Test
    void aPatternNeedNotBeAPossibleName() throws IOException {
        assertThat(FilePattern.is(work + "/\0*.h5")).isTrue();
        assertThat(matching("\0*.h5")).isEqualTo("[]");
    }
}
