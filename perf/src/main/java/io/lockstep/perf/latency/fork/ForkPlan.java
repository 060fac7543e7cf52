package io.lockstep.perf.latency.fork;

import io.lockstep.perf.latency.load.LoadPlan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one JVM measures.
 *
 * @param rates            market events a second, one after another.
 * @param seconds          recorded of each path at each rate.
 * @param warmUpSeconds    of each path before anything is recorded.
 * @param flatOutSeconds   of each path with a loop, as fast as it goes; 0 for none.
 * @param orderEvery       of how many market events one makes an order.
 * @param rehearseNs       between two rehearsals of a node or a pipe that has nothing to do, 0 for none.
 * @param load             what makes the market events.
 * @param stages           whether to time the stages of the whole path instead of comparing paths.
 * @param journalDirectory for the journals; what is made there is deleted.
 * @param out              takes logs and result.
 */
public record ForkPlan(
    List<Integer> rates,
    int seconds,
    int warmUpSeconds,
    int flatOutSeconds,
    int orderEvery,
    long rehearseNs,
    LoadPlan load,
    boolean stages,
    Path journalDirectory,
    Path out)
{
    /** Those of the load come behind. */
    private static final int ARGUMENTS = 9;

    /** As the arguments of a process. */
    public List<String> arguments()
    {
        final List<String> arguments = new ArrayList<>(
            List.of(rates.stream().map(String::valueOf).collect(Collectors.joining(",")), String.valueOf(seconds),
                String.valueOf(warmUpSeconds), String.valueOf(flatOutSeconds), String.valueOf(orderEvery),
                String.valueOf(stages), journalDirectory.toString(), out.toString(), String.valueOf(rehearseNs)));
        arguments.addAll(load.arguments());
        return arguments;
    }

    public static ForkPlan parse(final String... arguments)
    {
        if (arguments.length < ARGUMENTS)
        {
            throw new IllegalArgumentException(
                "arguments=" + Arrays.toString(arguments) + ": expected " + ARGUMENTS + " and those of the load");
        }
        return new ForkPlan(Arrays.stream(arguments[0].split(",")).map(Integer::valueOf).toList(),
            Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]), Long.parseLong(arguments[8]),
            LoadPlan.parse(Arrays.copyOfRange(arguments, ARGUMENTS, arguments.length)),
            Boolean.parseBoolean(arguments[5]), Path.of(arguments[6]), Path.of(arguments[7]));
    }

    /** The interval log of what has this key at this rate. */
    public Path log(final int rate, final String key)
    {
        return out.resolve(rate + "-" + key + ".hlog");
    }

    /** The counts beside the logs. */
    public Path result()
    {
        return out.resolve("result.json");
    }
}
