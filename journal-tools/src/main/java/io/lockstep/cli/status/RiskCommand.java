package io.lockstep.cli.status;

import io.lockstep.cli.argument.DirectoryArgument;
import io.lockstep.cli.argument.NodeFinder;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.RiskListing;
import io.lockstep.journal.replay.ReplayRun;
import io.lockstep.journal.text.Json;
import io.lockstep.sequencer.journal.NodeDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Limits with what of them is used, from the newest snapshot and the journal behind it.
 */
@Command(name = "risk", description = {
    "Prints each limit of a node or of each of its shards: value, what of it is used and left, who has set it, and its newest refusal; and the trading states.",
    "The node may be running: the newest snapshot is taken and what follows in the journal is replayed, in this process."}, mixinStandardHelpOptions = true, footer =
    {
        "", "Example: lockstep risk --watch 5 /var/lib/lockstep/node-1"})
final class RiskCommand implements Callable<Integer>
{
    private static final long WATCH_MAX = TimeUnit.DAYS.toSeconds(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private DirectoryArgument argument;

    @Option(names = "--json", description = "Print one JSON object; with --watch one a line.")
    private boolean json;

    @Option(names = "--watch", paramLabel = "SECONDS", description = "Print anew every so many seconds, until it is interrupted.")
    private Long watch;

    @Override
    public Integer call()
    {
        if (watch != null && (watch < 1 || watch > WATCH_MAX))
        {
            throw new UsageException("--watch=" + watch + ": expected from 1 to " + WATCH_MAX + " seconds");
        }
        final NodeDirectory directory = new NodeDirectory(argument.orDefault());
        print(directory);
        while (watch != null && !Thread.currentThread().isInterrupted())
        {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(watch));
            print(directory);
        }
        return ExitStatus.DONE;
    }

    private void print(final NodeDirectory directory)
    {
        final Map<Integer, NodeDirectory> shards = NodeFinder.shards(directory.path());
        final PrintWriter out = spec.commandLine().getOut();
        if (json)
        {
            final Map<Integer, Object> valuesByShard = new TreeMap<>();
            shards.forEach((shard, of) -> valuesByShard.put(shard, listing(of).values()));
            out.println(Json.text(shards.isEmpty() ? listing(directory).values() : Map.of("shards", valuesByShard)));
        }
        else if (shards.isEmpty())
        {
            listing(directory).print(out);
        }
        else
        {
            shards.forEach((shard, of) ->
            {
                out.println("shard " + shard);
                listing(of).print(out);
            });
        }
        out.flush();
    }

    private static RiskListing listing(final NodeDirectory directory)
    {
        return new RiskListing(ReplayRun.fromSnapshot(directory));
    }
}
