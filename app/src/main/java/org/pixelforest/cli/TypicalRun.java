package org.pixelforest.cli;

import java.io.PrintWriter;
import java.io.Writer;

/**
 * Does in small what users do, so that the launcher can put the classes of such a run into an archive that later starts load at
 * once.
 */
final class TypicalRun {

    private TypicalRun() {}

    static int run() {
        Console silent = new Console(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), 0);
        return CommandTree.run(silent, "classify", "--help");
    }
}
