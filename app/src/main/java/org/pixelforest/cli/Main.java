package org.pixelforest.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Set;
import org.pixelforest.batch.OutputCard;
import org.pixelforest.classify.WarmUp;

/** Where the program starts. */
public final class Main {

    private static final Set<String> CLASSIFYING = Set.of("classify", "run");

    private Main() {}

    public static void main(String[] args) {
        redirectErrors();
        if (args.length > 1 && CLASSIFYING.contains(args[0]) || List.of(args).contains("--warm-up")) {
            // Java compiles the inner loops while the command line is read and files are opened.
            WarmUp.start();
        }
        PrintWriter out = new PrintWriter(System.out, true);
        PrintWriter err = new PrintWriter(System.err, true);
        int status;
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            out.println("PixelForest " + version());
            status = 0;
        } else if (args.length == 1 && args[0].equals("--warm-up")) {
            status = TypicalRun.run();
        } else {
            status = CommandTree.run(new Console(out, err, Console.terminalWidth()), args);
        }
        out.flush();
        err.flush();
        System.exit(status);
    }

    /** The version of the build, e.g. {@code "0.1.0"}. */
    public static String version() {
        return OutputCard.version();
    }

    /** The launcher hides what Java itself says on stderr before the program runs, and hands the real one over as fd 3. */
    private static void redirectErrors() {
        if (!"3".equals(System.getProperty("pixelforest.stderr"))) {
            return;
        }
        try {
            Constructor<FileDescriptor> descriptor = FileDescriptor.class.getDeclaredConstructor(int.class);
            descriptor.setAccessible(true);
            System.setErr(new PrintStream(new FileOutputStream(descriptor.newInstance(3)), true));
        } catch (ReflectiveOperationException | RuntimeException e) {
            try {
                System.setErr(new PrintStream(new FileOutputStream("/dev/fd/3", true), true));
            } catch (IOException unreachable) {
                System.setErr(System.out);
            }
        }
    }
}
