package io.lockstep.perf.latency.load;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which load is measured with: a recording's, or a generated one where there is none.
 *
 * @param data    recordings and directories of them; empty to generate.
 * @param symbols of the instruments that are taken; empty for all.
 * @param events  market events that are taken, from the beginning.
 */
public record LoadPlan(List<Path> data, List<String> symbols, int events)
{
    public static final LoadPlan GENERATED = new LoadPlan(List.of(), List.of(), 0);

    private static final int ARGUMENTS = 2;

    /** As the last arguments of a process. */
    public List<String> arguments()
    {
        final List<String> arguments = new ArrayList<>(List.of(String.join(",", symbols), String.valueOf(events)));
        data.forEach((path) -> arguments.add(path.toAbsolutePath().toString()));
        return arguments;
    }

    public static LoadPlan parse(final String... arguments)
    {
        return new LoadPlan(Arrays.stream(arguments).skip(ARGUMENTS).map(Path::of).toList(),
            arguments[0].isEmpty() ? List.of() : List.of(arguments[0].split(",")), Integer.parseInt(arguments[1]));
    }

    /**
     * Makes the load; a recording is read whole, and encoded.
     *
     * @param orderEvery of how many messages one makes an order.
     * @param err        is told what was found in a recording.
     */
    public Load load(final int orderEvery, final PrintWriter err)
    {
        return data.isEmpty() ? GeneratedWorkload.load(orderEvery) : TapeLoad.read(this, orderEvery, err);
    }
}
