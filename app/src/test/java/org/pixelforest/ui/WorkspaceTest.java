package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkspaceTest {

    @Test
    void aMemberThatFailsKeepsNoOtherFromAnotherProject() throws IOException {
        List<Optional<OpenProject>> opened = new ArrayList<>();
        try (LogLines log = new LogLines();
                Workspace workspace = new Workspace(new Hub(), new Roots())) {
            workspace.join(project -> {
                throw new IllegalStateException("on purpose, in a test");
            });
            workspace.join(opened::add);
            workspace.replace(null);
            assertThat(opened).containsExactly(Optional.empty());
            assertThat(log.take()).contains("not open");
        }
    }
}
