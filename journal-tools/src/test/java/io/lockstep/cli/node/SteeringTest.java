package io.lockstep.cli.node;

import io.lockstep.cli.ChildCommand;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import io.lockstep.cli.argument.Directories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Operators and gateways of which there are too many, or that may not do what they try. */
class SteeringTest
{
    private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534",
        "--clear-groups");
    private static final String FEED = """
        aeron: {directory: "%s", driverTimeout: 2s}
        instruments:
          - {symbol: BTCUSDT, venue: SIM, tickSize: 0.01, lotSize: 0.001, baseCurrency: BTC, quoteCurrency: USDT}
        feed: {generator: {seed: 1, eventsPerSecond: 200}, pace: 1}
        """;
    private static final String NODE = """
        node: {directory: "%s", idle: backoff, reconcile: false, stallMax: 1h, clockStepMax: 1h}
        aeron: {directory: "%s"}
        journal: {segmentSize: 8MiB, reserveAhead: 1MiB, minFreeSpace: 1MiB}
        instruments:
          - {symbol: BTCUSDT, venue: SIM, tickSize: 0.01, lotSize: 0.001, baseCurrency: BTC, quoteCurrency: USDT}
        """;

    @TempDir
    private Path directory;
    private final List<ChildCommand> children = new ArrayList<>();

    @AfterEach
    void close()
    {
        children.forEach(ChildCommand::close);
        Directories.delete(aeron(), true);
    }

    private Path node()
    {
        return directory.resolve("node");
    }

    private Path aeron()
    {
        return NodeRig.aeronDirectory(directory, "lockstep-test-").resolveSibling(
            "lockstep-test-" + ProcessHandle.current().pid() + "-" + System.identityHashCode(this));
    }

    private ChildCommand run(final String command, final String name, final String text)
    {
        final Path config = TestData.write(directory.resolve(name), text);
        final ChildCommand child = ChildCommand.start(directory, command, "--config", config, "--json");
        children.add(child);
        return child;
    }

    private ChildCommand startNode()
    {
        return run("run", "node.yaml", NODE.formatted(node(), aeron())).awaitErr("running in");
    }

    private long stat(final String counter)
    {
        return CommandRun.of("stat", "--dir", node(), "--json").exits(0).json().get(counter).asLong();
    }

    @Test
    void shouldRefuseASecondFeedByNameAndLetItTakeOverFromADeadOne()
    {
        final ChildCommand node = startNode();
        final ChildCommand first = run("gateway", "feed.yaml", FEED.formatted(aeron())).awaitErr("gateways running");
        node.await(() -> stat("inputs") > 100);

        final String refusal = run("gateway", "feed.yaml", FEED.formatted(aeron())).run().exits(3).err();

        assertThat(refusal).contains("sourceId=1").contains("stream 1001").contains("pid " + first.pid() + " of ");
        assertThat(node.err()).contains("a gateway is refused: sourceId=1").contains("pid " + first.pid() + " of ");
        final long before = stat("inputs");
        node.await(() -> stat("inputs") > before + 100);
        assertThat(stat("silentGateways")).isZero();

        first.close();
        final ChildCommand second = run("gateway", "feed.yaml", FEED.formatted(aeron())).awaitErr("gateways running");
        node.awaitErr("a gateway takes over: sourceId=1");
        assertThat(node.err()).contains("to=pid " + second.pid() + " of ");
        final long after = stat("inputs");
        node.await(() -> stat("inputs") > after + 100);
    }

    @Test
    void shouldAnswerEachOfTwentyOperatorsAtOnce()
    {
        startNode();
        final List<CompletableFuture<CommandRun>> runs = new ArrayList<>();
        for (int i = 0; i < 20; i++)
        {
            final String value = Integer.toString(100 + i);
            final CompletableFuture<CommandRun> run = new CompletableFuture<>();
            runs.add(run);
            new Thread(() -> run.complete(CommandRun.of(
                "control", "--dir", node(), "--json", "limit", "maxOpenOrders", value))).start();
        }

        final Set<Long> sequences = runs.stream()
            .map((run) -> run.join().exits(0).json().get("sequence").asLong()).collect(Collectors.toSet());

        assertThat(sequences).hasSize(20).allMatch((sequence) -> sequence > 0);
        assertThat(stat("gateways")).as("operators are none").isZero();
    }

    private CommandRun control(final Object... words)
    {
        return CommandRun.of("control", "--dir", node(), List.of(words));
    }

    private String limits()
    {
        return control("limits").exits(0).out();
    }

    @Test
    void shouldSayOldAndNewListLimitsAndTakeThemBack()
    {
        ChildCommand node = run("run", "node.yaml", NODE.formatted(node(), aeron()) +
            "limits: {maxOpenOrders: 4, maxOrderNotional: 100}\n").awaitErr("running in");
        assertThat(control("limit", "maxOpenOrders", "2").exits(0).out())
            .contains("maxOpenOrders of all was 4 orders, is 2 orders");
        assertThat(control("limit", "maxOrderNotional", "250.5").exits(0).out())
            .contains("was 100 USDT, is 250.5 USDT");
        assertThat(control("--instrument", "BTCUSDT.SIM", "limit", "maxOrdersPerSecond", "3").exits(0).out())
            .contains("maxOrdersPerSecond of BTCUSDT.SIM was no limit, is 3 orders/s");
        node.await(() -> limits().contains("250.5 USDT") && limits().contains("BTCUSDT.SIM"));
        assertThat(control("--instrument", "BTCUSDT.SIM", "limit", "maxPositionQuantity", "3").exits(0).out())
            .contains("maxPositionQuantity of BTCUSDT.SIM was no limit, is 3 BTC");
        node.await(() -> limits().contains("3 BTC"));
        assertThat(control("--instrument", "BTCUSDT.SIM", "unset", "maxPositionQuantity").exits(0).out())
            .contains("was 3 BTC, is no limit");
        assertThat(limits().lines().map((line) -> line.replaceAll(" +", " "))).anyMatch((line) -> line.matches(
            "maxOpenOrders all 2 orders used 0 orders left 2 orders operator, sequence \\d+, configured 4"));
        assertThat(
            CommandRun.of("journal", "print", node(), "--template", "SetLimit", "--format", "json").exits(0).out())
            .contains(System.getProperty("user.name"));

        // Another start, with another text and one other value.
        Deployment.stop(node);
        node = run("run", "node.yaml", "# a comment\n" + NODE.formatted(node(), aeron()) +
            "limits: {maxOrderNotional: 120, maxOpenOrders: 4}\n").awaitErr("running in");
        assertThat(node.err())
            .contains("limit maxOpenOrders of all: an operator's 2 orders (sequence ")
            .contains("stays, configured is 4 orders; 'control unset maxOpenOrders' takes it back")
            .contains(
                "limit maxOrderNotional of all: 120 USDT as configured, before 100 USDT; an operator's 250.5 USDT")
            .contains("limit maxOrdersPerSecond of BTCUSDT.SIM: an operator's 3 orders/s");
        assertThat(stat("configurationDifferences")).isEqualTo(2);
        assertThat(CommandRun.of("stat", "--dir", node()).exits(0).out())
            .contains("At its start otherwise than configured");
        assertThat(control("unset", "maxOpenOrders").exits(0).out()).contains("was 2 orders, is 4 orders");
        assertThat(control("unset", "maxOpenOrders").exits(0).out()).contains("NO_CHANGE");
        assertThat(control("--instrument", "BTCUSDT.SIM", "unset", "maxOrdersPerSecond").exits(0).out())
            .contains("was 3 orders/s, is no limit");

        Deployment.stop(node);
        node = run("run", "node.yaml", NODE.formatted(node(), aeron())).awaitErr("running in");
        assertThat(node.err()).contains("limit maxOpenOrders of all: configured no more, 4 orders is taken back");
        node.await(() -> limits().contains("no limit is set"));
        Deployment.stop(node);
        CommandRun.of("replay", "--verify", "--journal", node()).exits(0);
    }

    @Test
    void shouldLetAnotherUserReadAndSayWhatHeMayNot() throws Exception
    {
        assumeNobody();
        startNode();
        execute("chmod", "755", directory.toString());
        execute("mkdir", "-p", directory.resolve("log").toString());
        execute("chmod", "777", directory.resolve("log").toString());
        execute("chmod", "-R", "a+rX", node().toString(), aeron().toString());

        for (final List<String> command : List.of(
            List.of("stat"), List.of("stat", "--json"), List.of("health"), List.of("journal", "info"),
            List.of("journal", "verify"), List.of("journal", "state")))
        {
            final List<Object> line = new ArrayList<>(command);
            line.addAll(command.get(0).equals("journal") ? List.of(node()) : List.of("--dir", node()));
            asNobody(line.toArray()).exits(0);
        }
        asNobody("health", "--driver", aeron()).exits(0);
        for (final Object[] command : List.of(
            new Object[]
            {"control", "--dir", node(), "halt"},
            new Object[]
            {"gateway", "--config", TestData.write(directory.resolve("g.yaml"), FEED.formatted(aeron()))}))
        {
            final long startNs = System.nanoTime();
            final CommandRun refused = asNobody(command).exits(3);
            assertThat(refused.err()).contains("aeron.directory=" + aeron()).contains("owner=").contains("cnc.dat")
                .doesNotContain("\tat ");
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs)).isLessThan(30);
        }
        execute("chmod", "-R", "go-rwx", node().toString());
        for (final String command : List.of("stat", "health", "control halt"))
        {
            final List<Object> line = new ArrayList<>(List.of(command.split(" ")));
            line.addAll(1, List.of("--dir", node()));
            assertThat(asNobody(line.toArray()).exits(3).err()).contains("expected").contains("user=")
                .doesNotContain("\tat ");
        }
    }

    private CommandRun asNobody(final Object... arguments)
    {
        try (ChildCommand child = ChildCommand.startBy(AS_NOBODY, directory, arguments))
        {
            return child.run();
        }
    }

    /** Only root can become another user, who must be able to read the classes. */
    private void assumeNobody() throws Exception
    {
        // Sources and libraries may lie where only this user can read them.
        boolean isNobody = true;
        for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator))
        {
            final List<String> command = new ArrayList<>(AS_NOBODY);
            command.addAll(List.of("test", "-r", entry));
            isNobody = isNobody && (!new File(entry).exists() || succeeds(command));
        }
        assumeThat(isNobody).as("no command can be run as another user here").isTrue();
    }

    private static boolean succeeds(final List<String> command) throws InterruptedException
    {
        try
        {
            return new ProcessBuilder(command).start().waitFor() == 0;
        }
        catch (final IOException ex)
        {
            return false;
        }
    }

    private static void execute(final String... command) throws Exception
    {
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }
}
