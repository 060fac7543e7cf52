package io.lockstep.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.aeron.Aeron;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.lockstep.cli.ChildCommand;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import io.lockstep.sequencer.aeron.DriverClient;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A node as an operator knows it: started, watched, told, stopped, killed, started again. */
class RunTest
{
    @TempDir
    private Path directory;
    private Path node;
    private Path config;

    @BeforeEach
    void writeConfig()
    {
        node = directory.resolve("node");
        config = TestData.write(directory.resolve("node.yaml"), CommandRun.of("config", "--example", "node").exits(0)
            .out());
    }

    private ChildCommand start()
    {
        return ChildCommand.start(directory, "run", "--config", "node.yaml", "--json").awaitErr("running in");
    }

    private JsonNode stat()
    {
        return CommandRun.of("stat", "--dir", node, "--json").exits(0).json();
    }

    private boolean hasInputs(final long more)
    {
        return Files.exists(node.resolve("counters.dat")) && stat().get("inputs").asLong() > more;
    }

    private CommandRun control(final Object... words)
    {
        return CommandRun.of("control", "--dir", node, "--json", java.util.List.of(words));
    }

    private long accepted(final Object... words)
    {
        final JsonNode answer = control(words).exits(0).json();
        assertThat(answer.get("accepted").asBoolean()).isTrue();
        assertThat(answer.get("reason").asText()).isIn("ACCEPTED", "NO_CHANGE");
        return answer.get("sequence").asLong();
    }

    private void refused(final String reason, final Object... words)
    {
        final JsonNode answer = control(words).exits(1).json();
        assertThat(answer.get("accepted").asBoolean()).isFalse();
        assertThat(answer.get("reason").asText()).isEqualTo(reason);
        assertThat(answer.get("sequence").asLong()).isPositive();
    }

    @Test
    void livesThroughOperatorsStopsAndKills()
    {
        final long first = firstRun();
        final long second = killed(first);
        final long third = stoppedBySigint(first, second);

        final JsonNode replay = CommandRun.of("replay", "--verify", "--journal", node, "--json").exits(0).json();
        assertThat(replay.get("divergences").asInt()).isZero();
        assertThat(replay.get("lastSequence").asLong()).isEqualTo(third);
        final JsonNode info = CommandRun.of("journal", "info", node, "--json").exits(0).json();
        assertThat(info.get("incarnations").asInt()).isEqualTo(3);
        assertThat(info.get("cleanEnd").asBoolean()).isTrue();
        CommandRun.of("journal", "verify", node).exits(0);
        logged();
    }

    /** Three lives in one file, what the operator did among it. */
    private void logged()
    {
        assertThat(node.resolve("log/node.0.log")).content()
            .contains(" INFO  node - starts: directory=" + node.toAbsolutePath())
            .contains(" recovery - replayed: inputs=0 snapshotSequence=0 lastSequence=0 incarnation=1")
            .containsPattern("ERROR trading [0-9]+ was RUNNING, is HALTED now, asked for by source=")
            .containsPattern("INFO  trading [0-9]+ was HALTED, is RUNNING now, asked for by source=")
            .containsPattern("WARN  command [0-9]+ not taken: INVALID_VALUE")
            .containsPattern("INFO  link - a gateway comes: sourceId=[0-9]+ process=")
            .contains(" incarnation begins: number=3 ")
            .containsPattern("INFO  node [0-9]+ stopped")
            .contains(" INFO  node - ended: lastSequence=");
    }

    private long firstRun()
    {
        try (ChildCommand child = start())
        {
            child.await(() -> hasInputs(500));
            final long before = stat().get("inputs").asLong();
            child.await(() -> hasInputs(before));
            assertThat(stat().get("pid").asLong()).isEqualTo(child.pid());
            assertThat(CommandRun.of("stat", "--dir", node).exits(0).out()).contains("inputs").contains("heartbeatMs");
            assertThat(CommandRun.of("stat", "--dir", node).err()).isEmpty();

            controls(child);
            inUse();
            state();

            child.signal("TERM");
            final JsonNode ended = child.run().exits(0).json();
            assertThat(ended.get("cleanEnd").asBoolean()).isTrue();
            assertThat(ended.get("recoveredInputs").asLong()).isZero();
            assertThat(ended.get("inputs")).isEqualTo(ended.get("lastSequence"));
            assertThat(ended.get("decisions").asLong()).isPositive();
            final CommandRun stat = CommandRun.of("stat", "--dir", node, "--json").exits(0);
            assertThat(stat.err()).contains("not running").contains(Long.toString(child.pid()));
            assertThat(stat.json().get("lastSequence")).isEqualTo(ended.get("lastSequence"));
            return ended.get("lastSequence").asLong();
        }
    }

    private void controls(final ChildCommand child)
    {
        final long halt = accepted("halt");
        child.await(() -> stat().get("tradingMode").asInt() == 2);
        final long resume = accepted("resume");
        assertThat(resume).isGreaterThan(halt);
        child.await(() -> stat().get("tradingMode").asInt() == 0);
        accepted("reduce-only");
        accepted("kill");
        child.await(() -> stat().get("tradingMode").asInt() == 3);
        accepted("kill");
        accepted("resume");
        accepted("limit", "maxOrdersPerSecond", "7");
        accepted("limit", "maxOrderNotional", "1234.5", "--instrument", "BTCUSDT.SIMULATED");
        accepted("strategy", "moving-average-crossover", "stop");
        accepted("strategy", "moving-average-crossover", "start");
        assertThat(control("strategy", "moving-average", "stop").exits(2).err())
            .contains(
                "NAME=moving-average: expected a strategy's instance of the node, or a strategy; did you mean 'moving-average-cross");
        refused("INVALID_VALUE", "limit", "maxOrdersPerSecond", "1e9");
        assertThat(control("limit", "maxOrderNotional", "5", "--instrument", "X.Y").exits(2).err()).contains("X.Y");
        assertThat(control("limit", "maxFun", "5").exits(2).err()).contains("limit=maxFun").contains("maxOpenOrders");
        assertThat(control("limit", "maxOpenOrders", "some").exits(2).err()).contains("value=some");
        assertThat(control("limit", "maxOpenOrders").exits(2).err()).contains("NAME VALUE");
        assertThat(control("strategy", "momentum", "pause").exits(2).err()).contains("expected start, stop or resume");
        assertThat(control("dance").exits(2).err()).contains("command=dance");
        assertThat(CommandRun.of("control", "--dir", node, "halt").exits(0).out()).startsWith("accepted: ");
        accepted("resume");
        final String journaled = CommandRun.of("journal", "print", node, "--template", "SetTradingMode").exits(0).out();
        final String user = "user=" + System.getProperty("user.name");
        assertThat(journaled).containsPattern(halt + "\\.0 \\S+ INPUT SetTradingMode mode=HALTED, .*" + user)
            .containsPattern(resume + "\\.0 \\S+ INPUT SetTradingMode mode=RUNNING, .*" + user);
    }

    /** Of a node that runs, by another process; it goes on meanwhile. */
    private void state()
    {
        final JsonNode first = CommandRun.of("journal", "state", node, "--json").exits(0).json();
        final JsonNode same = CommandRun.of("journal", "state", node, "--at", first.get("sequence").asLong(), "--json")
            .exits(0).json();
        assertThat(first.get("sequence").asLong()).isPositive();
        assertThat(same).isEqualTo(first);
    }

    private void inUse()
    {
        try (ChildCommand second = ChildCommand.start(directory, "run", "--config", "node.yaml", "--json"))
        {
            final CommandRun run = second.run().exits(3);
            assertThat(run.err()).contains("in use by another live process").contains("node");
            assertThat(run.out()).isEmpty();
        }
    }

    private long killed(final long lastSequence)
    {
        try (ChildCommand child = start())
        {
            child.await(() -> hasInputs(1_000));
            assertThat(stat().get("recoveredInputs").asLong()).as("behind the snapshot of the clean end").isZero();
            child.signal("KILL");
            assertThat(child.run().exitCode()).isEqualTo(137);
        }
        final JsonNode verified = CommandRun.of("journal", "verify", node, "--json").exits(0).json();
        assertThat(verified.get("cleanEnd").asBoolean()).isFalse();
        final JsonNode replay = CommandRun.of("replay", "--verify", "--journal", node, "--json").exits(0).json();
        assertThat(replay.get("lastSequence").asLong()).isGreaterThan(lastSequence + 1_000);
        return replay.get("lastSequence").asLong();
    }

    private long stoppedBySigint(final long snapshotSequence, final long lastSequence)
    {
        try (ChildCommand child = start())
        {
            child.await(() -> hasInputs(500));
            child.signal("INT");
            final JsonNode ended = child.run().exits(0).json();
            assertThat(ended.get("cleanEnd").asBoolean()).isTrue();
            assertThat(ended.get("recoveredInputs").asLong()).isEqualTo(lastSequence - snapshotSequence);
            assertThat(ended.get("lastSequence").asLong())
                .isEqualTo(lastSequence + ended.get("inputs").asLong());
            return ended.get("lastSequence").asLong();
        }
    }

    @Test
    void stopsWhenToldSoAtOnce()
    {
        try (ChildCommand child = start())
        {
            child.signal("TERM");
            assertThat(child.run().exits(0).json().get("cleanEnd").asBoolean()).isTrue();
        }
    }

    /** In containers every node is process 1, the dead one and its successor; neither lock nor driver waits for the other. */
    @Test
    void comesBackAsTheProcessThatItsPredecessorWas() throws Exception
    {
        final List<String> launcher = List.of("unshare", "--pid", "--fork", "--kill-child");
        assumeThat(new ProcessBuilder("unshare", "--pid", "--fork", "true").redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor())
            .as("status of unshare: a process cannot be process 1 here").isZero();
        for (int incarnation = 1; incarnation <= 2; incarnation++)
        {
            final long expected = incarnation;
            try (ChildCommand child = ChildCommand.startBy(launcher, directory, "run", "--config", "node.yaml"))
            {
                child.await(() -> hasInputs(50) && stat().get("incarnation").asLong() == expected);
                assertThat(stat().get("pid").asLong()).isEqualTo(1);
                final List<ProcessHandle> node1 = ProcessHandle.of(child.pid()).orElseThrow().descendants().toList();
                assertThat(node1).hasSize(1);
                child.signal("KILL");
                node1.get(0).onExit().join();
            }
        }
        CommandRun.of("replay", "--verify", "--journal", node).exits(0);
        IoUtil.delete(context().driverDirectory().toFile(), false);
    }

    private NodeContext context() throws IOException
    {
        final String text = Files.readString(config).replace("directory: node ", "directory: \"" + node + "\" ");
        return NodeContext.read(YamlSection.parse(config, text), text);
    }

    /** One that hears everything and says nothing: the stop waits as long as it is told to, and no longer. */
    @Test
    void stopsInTimeThoughTheVenueDoesNotAnswer() throws Exception
    {
        TestData.write(config, Files.readString(config).replaceAll("(?m)^venue:.*(\\n[ #].*)*", "")
            .replace("fast: 8, slow: 32", "fast: 2, slow: 4").replace("confirmations: 2", "confirmations: 0")
            .replace("reconcile: true ", "reconcile: false").replace("gatewayTimeout: 1s", "gatewayTimeout: 0 ")
            .replace("stopTimeout: 5s", "stopTimeout: 1s"));
        try (ChildCommand child = start();
            SilentVenue venue = new SilentVenue(context().driverDirectory()))
        {
            child.await(() -> venue.decisions() > 0);
            final long startNs = System.nanoTime();
            child.signal("TERM");
            assertThat(child.run().exits(0).json().get("cleanEnd").asBoolean()).isTrue();
            assertThat(System.nanoTime() - startNs).isBetween(1_000_000_000L, 11_000_000_000L);
        }
        final JsonNode state = CommandRun.of("stat", "--dir", node, "--json").exits(0).json();
        assertThat(state.get("snapshotSequence")).as("the last snapshot").isEqualTo(state.get("lastSequence"));
        assertThat(state.get("openOrders").asLong()).as("nobody said that they are cancelled").isPositive();
        final String journal = CommandRun.of("journal", "print", node).exits(0).out();
        assertThat(journal).contains(" OrderCancelRequest ");
        assertThat(journal.substring(journal.indexOf(" NodeStopping ")))
            .containsSubsequence(" NodeStopped", " CleanEnd ")
            .doesNotContain(" NewOrderSingle ");
    }

    /** The disk is full in mid-flight: what was appended is there, and the next start goes on when there is room. */
    @Test
    void endsWithThreeOnAFullDiskAndGoesOnWhenThereIsRoom() throws Exception
    {
        final Path disk = Files.createDirectories(directory.resolve("disk"));
        assumeThat(mount("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk.toString()))
            .as("status of mount: a file system of a few megabytes cannot be had here").isZero();
        try
        {
            node = disk.resolve("node");
            TestData.write(config, Files.readString(config).replace("directory: node ", "directory: \"" + node + "\" ")
                .replace("segmentSize: 256MiB", "segmentSize: 1MiB")
                .replace("reserveAhead: 32MiB", "reserveAhead: 512KiB")
                .replace("minFreeSpace: 256MiB", "minFreeSpace: 0B").replaceAll("eventsPerSecond: \\d+",
                    "eventsPerSecond: 20000"));
            final CommandRun run = runToItsEnd().exits(3);
            assertThat(run.err()).contains("the loop failed: stage=JOURNAL_")
                .contains("everything before it is in the journal")
                .contains("No space left on device").doesNotContain("\tat ");
            CommandRun.of("journal", "verify", node).exits(0);
            final long last = CommandRun.of("replay", "--verify", "--journal", node, "--json").exits(0).json()
                .get("lastSequence").asLong();
            assertThat(mount("mount", "-o", "remount,size=100m", disk.toString())).isZero();
            assertThat(
                CommandRun.of("recover", "--config", config, "--json").exits(0).json().get("lastSequence").asLong())
                .isGreaterThan(last);
        }
        finally
        {
            assertThat(mount("umount", "-l", disk.toString())).isZero();
        }
    }

    private CommandRun runToItsEnd()
    {
        try (ChildCommand child = ChildCommand.start(directory, "run", "--config", "node.yaml"))
        {
            return child.run();
        }
    }

    private static int mount(final String... command) throws Exception
    {
        return new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    @Test
    void cannotRunWhereAPortIsTaken() throws Exception
    {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("localhost", 0)))
        {
            final String text = Files.readString(config).replace("{channel: \"aeron:ipc\", stream: 1001}",
                "{channel: \"aeron:udp?endpoint=localhost:" + socket.getLocalPort() + "\", stream: 1001}");
            TestData.write(config, text);
            try (ChildCommand child = ChildCommand.start(directory, "run", "--config", "node.yaml", "--json"))
            {
                final CommandRun run = child.run().exits(3);
                assertThat(run.err()).contains("localhost:" + socket.getLocalPort());
                assertThat(run.out()).isEmpty();
            }
        }
    }

    @Test
    void saysThatWhoeverReachesAnAddressIsBelieved() throws Exception
    {
        final int port;
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("localhost", 0)))
        {
            port = socket.getLocalPort();
        }
        final String channel = "aeron:udp?endpoint=localhost:" + port;
        TestData.write(config, Files.readString(config).replace("{channel: \"aeron:ipc\", stream: 1001}",
            "{channel: \"aeron:ipc\", stream: 1001}\n    - {channel: \"" + channel + "\", stream: 1001}"));
        try (ChildCommand child = start())
        {
            child.awaitErr("running in");
            assertThat(child.err()).contains("aeron.keys: none is set, so whoever reaches " + channel)
                .doesNotContain("whoever reaches aeron:ipc");
        }
    }

    @Test
    void cannotRunWithoutItsDriverOrDirectory() throws Exception
    {
        final String text = Files.readString(config);
        TestData.write(config, text.replace("embedded: true", "embedded: false" +
            "\n  directory: " + directory.resolve("no-driver")));
        try (ChildCommand child = ChildCommand.start(directory, "run", "--config", "node.yaml"))
        {
            assertThat(child.run().exits(3).err()).contains("no-driver").contains("media driver");
        }
        TestData.write(directory.resolve("file"), "in the way");
        TestData.write(config, text.replace("directory: node ", "directory: file/node "));
        try (ChildCommand child = ChildCommand.start(directory, "run", "--config", "node.yaml"))
        {
            assertThat(child.run().exits(2).err()).contains("node.directory=file/node");
        }
    }

    @Test
    void statAndControlWhereNothingRuns()
    {
        assertThat(CommandRun.of("stat", "--dir", node).exits(2).err()).contains(node.toString());
        assertThat(CommandRun.of("control", "--dir", node, "halt").exits(2).err()).contains(node.toString());
    }

    @Test
    void controlSaysThatTheDriverHasGone() throws Exception
    {
        final String aeronDirectory = directory.resolve("driver").toString();
        Files.createDirectories(node);
        TestData.write(node.resolve("config.yaml"), Files.readString(config).replace("embedded: true",
            "embedded: false\n  directory: " + aeronDirectory));
        final MediaDriver driver = MediaDriver.launch(new MediaDriver.Context().aeronDirectoryName(aeronDirectory)
            .threadingMode(ThreadingMode.SHARED));
        try (ChildCommand child = ChildCommand.start(directory, "control", "--dir", "node", "halt"))
        {
            try (Aeron aeron = DriverClient.connect(new Aeron.Context().aeronDirectoryName(aeronDirectory));
                Subscription ingress = aeron.addSubscription("aeron:ipc", 1001))
            {
                // It says Hello, and nobody answers.
                child.await(() -> ingress.poll((buffer, offset, length, header) ->
                {
                }, 1) > 0);
            }
            driver.close();
            assertThat(child.run().exits(3).err()).contains("--dir=node: the node's media driver has gone")
                .doesNotContain("unexpected error");
        }
        finally
        {
            driver.close();
        }
    }
}
