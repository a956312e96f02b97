package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page that was left open finds the program again after a restart. */
class LastAddressTest {

    private static final String TOKEN = "a-token-for-this-test";

    @TempDir
    private Path scratch;

    private PageServer.Options options() {
        return PageServer.Options.local().withRecent(scratch.resolve("recent.json"));
    }

    private static String start(PageServer.Options options) throws IOException {
        try (PageServer server = PageServer.start(options, "test")) {
            server.remember(options);
            return server.address();
        }
    }

    @Test
    void theAddressStaysTheSame() throws IOException {
        String first = start(options().asLastTime());
        assertThat(start(options().asLastTime())).isEqualTo(first);
        assertThat(start(options()
                        .withAddress("127.0.0.1", 0, Optional.of(TOKEN))
                        .asLastTime()))
                .as("what is asked for wins")
                .endsWith("?token=" + TOKEN);
    }

    @Test
    void aPortThatIsTakenIsLeftToWhoHasIt() throws IOException {
        PageServer.Options first = options().asLastTime();
        try (PageServer server = PageServer.start(first, "test")) {
            server.remember(first);
            String second = start(options().asLastTime());
            assertThat(second).isNotEqualTo(server.address());
        }
    }

    @Test
    void theSecretIsForItsUserAlone() throws IOException {
        Path file = LastAddress.beside(scratch.resolve("recent.json"));
        new LastAddress(4711, TOKEN).write(file);
        assertThat(LastAddress.read(file)).contains(new LastAddress(4711, TOKEN));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(LastAddress.read(file)).as("others know it").isEmpty();
        PageServer.Options open = options().withAddress("0.0.0.0", 0, Optional.empty());
        assertThat(open.asLastTime()).as("served to others").isEqualTo(open);
    }
}
