package org.pixelforest.cli;

import java.io.PrintWriter;

/**
 * Where messages go. Results that another program may read go to {@code out}; progress, notices and errors to {@code err}.
 *
 * @param width columns of the terminal behind {@code err}; 0 when it is none
 */
record Console(PrintWriter out, PrintWriter err, int width) {

    private static final boolean WINDOWS = "windows".equals(System.getProperty("pixelforest.terminal"));

    boolean isTerminal() {
        return width > 0;
    }

    /** Something the user should know though the work goes on. */
    void warn(String message) {
        err.println("warning: " + message);
    }

    /** Puts a line, as much of it as fits, in the place of the one that is being written; nothing where there is no terminal. */
    void rewrite(String line) {
        if (isTerminal()) {
            String shown = line.substring(0, Math.min(line.length(), width - 1));
            // Terminals of Windows may not know the code that empties the rest of a line.
            err.print("\r" + shown + (WINDOWS ? " ".repeat(width - 1 - shown.length()) + "\r" + shown : "\033[K"));
            err.flush();
        }
    }

    /** Columns of the terminal, as the launcher or Java knows them; 0 when messages go to a file or another program. */
    static int terminalWidth() {
        String told = System.getProperty("pixelforest.terminal");
        if (told != null && told.matches("\\d{1,4}")) {
            return Integer.parseInt(told);
        }
        return "windows".equals(told) && System.console() != null ? 80 : 0;
    }
}
