package org.pixelforest.cli;

import java.io.PrintWriter;

/**
 * Where messages go. Results that another program may read go to {@code out}; progress, notices and errors to {@code err}.
 *
 * @param width columns of the terminal behind {@code err}; 0 when it is none
 */
record Console(PrintWriter out, PrintWriter err, int width) {

    boolean isTerminal() {
        return width > 0;
    }

    /** Something the user should know though the work goes on. */
    void warn(String message) {
        err.println("warning: " + message);
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
