package org.pixelforest.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One run of the program within the test, as a user would type it.
 *
 * @param status exit status
 * @param out what went to standard output
 * @param err what went to standard error
 */
public record CommandLineRun(int status, String out, String err) {

    public static CommandLineRun of(Object... arguments) {
        String[] args = new String[arguments.length];
        for (int i = 0; i < args.length; i++) {
            args[i] = arguments[i].toString();
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = CommandTree.run(new Console(new PrintWriter(out, true), new PrintWriter(err, true), 0), args);
        return new CommandLineRun(status, out.toString(), err.toString());
    }

    /** Lines of standard error that tell of a failure. */
    java.util.List<String> errors() {
        return err.lines()
                .filter(l -> l.startsWith("error: ") || l.startsWith("pixelforest: "))
                .toList();
    }
}
