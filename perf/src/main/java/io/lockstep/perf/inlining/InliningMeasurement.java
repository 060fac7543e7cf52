package io.lockstep.perf.inlining;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads what the compiler has made of a node's loop and prints which calls are left in it.
 */
public final class InliningMeasurement
{
    /** Where the hot path begins. */
    static final String LOOP = "io.lockstep.sequencer.loop.Sequencer.doWork/0";

    private static final int CALLS_SHOWN = 40;

    private final PrintWriter out;

    public InliningMeasurement(final PrintWriter out)
    {
        this.out = out;
    }

    /** What a JVM needs so that its compiler writes the log; the file is whole when the JVM has ended. */
    public static List<String> options(final Path log)
    {
        return List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+LogCompilation", "-XX:LogFile=" + log);
    }

    /**
     * @return whether the loop was compiled and has no megamorphic call.
     */
    public boolean report(final Path log) throws IOException
    {
        final Map<String, CompiledMethod> methodByName = CompilationLog.read(log);
        if (!methodByName.containsKey(LOOP))
        {
            out.println("The compiler has not come to " + LOOP + ": more inputs are needed.");
            return false;
        }
        final HotPath path = new HotPath(methodByName, LOOP);
        out.println("Compiled by themselves from " + LOOP + " downwards:");
        path.methods().forEach((method) -> out.println("  " + shortened(method)));
        out.println("Calls that are left, by calls for each turn of the loop:");
        path.calls().stream().limit(CALLS_SHOWN).forEach(this::print);
        out.println("Megamorphic calls of Lockstep and Agrona: " + path.megamorphic().size());
        path.megamorphic().forEach(this::print);
        return path.megamorphic().isEmpty();
    }

    private void print(final HotPath.Step step)
    {
        out.printf(Locale.ROOT, "%9.3f  %-8s %s@%d -> %s%s%n", step.frequency(),
            step.site().kind().name().toLowerCase(Locale.ROOT), shortened(step.site().caller()), step.site().bci(),
            shortened(step.site().callee()),
            step.site().reason().isEmpty() ? "" : ": " + step.site().reason());
    }

    /** Class and method without the package. */
    private static String shortened(final String name)
    {
        final int method = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', method - 1) + 1, name.lastIndexOf('/'));
    }
}
