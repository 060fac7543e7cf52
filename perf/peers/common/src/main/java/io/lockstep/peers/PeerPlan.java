package io.lockstep.peers;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the JVM of a {@link Peer} measures.
 *
 * @param variant          of the peer, one that it knows.
 * @param rates            events a second, one after another.
 * @param seconds          recorded at each rate.
 * @param warmUpSeconds    before anything is recorded.
 * @param flatOutSeconds   as fast as it goes; 0 for none.
 * @param answerEvery      of how many events one is answered.
 * @param eventLength      in bytes, where events are bytes.
 * @param answerLength     in bytes, where answers are.
 * @param isRestarted      whether it is ended and started once more.
 * @param journalDirectory for journals; what is made there is deleted.
 * @param out              takes logs and result.
 */
public record PeerPlan(
    String variant,
    List<Integer> rates,
    int seconds,
    int warmUpSeconds,
    int flatOutSeconds,
    int answerEvery,
    int eventLength,
    int answerLength,
    boolean isRestarted,
    Path journalDirectory,
    Path out)
{
    private static final int ARGUMENTS = 11;

    /** As the arguments of a process. */
    public List<String> arguments()
    {
        return List.of(variant, rates.stream().map(String::valueOf).collect(Collectors.joining(",")),
            String.valueOf(seconds), String.valueOf(warmUpSeconds), String.valueOf(flatOutSeconds),
            String.valueOf(answerEvery), String.valueOf(eventLength), String.valueOf(answerLength),
            String.valueOf(isRestarted), journalDirectory.toString(), out.toString());
    }

    public static PeerPlan parse(final String... arguments)
    {
        if (arguments.length != ARGUMENTS)
        {
            throw new IllegalArgumentException("arguments=" + Arrays.toString(arguments) + ": expected " + ARGUMENTS);
        }
        return new PeerPlan(arguments[0], Arrays.stream(arguments[1].split(",")).map(Integer::valueOf).toList(),
            Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5]), Integer.parseInt(arguments[6]), Integer.parseInt(arguments[7]),
            Boolean.parseBoolean(arguments[8]), Path.of(arguments[9]), Path.of(arguments[10]));
    }

    /** The interval log of latencies at this rate. */
    public Path log(final int rate)
    {
        return out.resolve(rate + ".hlog");
    }

    /** The interval log of the gaps in time while nobody works. */
    public Path hiccupLog()
    {
        return out.resolve("hiccup.hlog");
    }

    /** The counts beside the logs. */
    public Path result()
    {
        return out.resolve("result.properties");
    }

    /** Whether the event is to be answered. */
    public boolean isAsking(final long event)
    {
        return event % answerEvery == 0;
    }
}
