package io.lockstep.verification.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.ChildCommand;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.Jdks;
import io.lockstep.cli.LockstepCommand;
import io.lockstep.core.host.CoreHost;
import io.lockstep.journal.decode.RecordDecoder;
import io.lockstep.journal.text.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * One journal, many virtual machines: whatever compiles the code, collects the garbage, hashes identities, or speaks another
 * language, the decisions and the state are the same, byte for byte.
 */
class SameBytesTest
{
    private static final String EXPERIMENTAL = "-XX:+UnlockExperimentalVMOptions";

    /** Several changes at once where each alone would be as good: a difference names them all. */
    private static final Map<String, List<String>> VARIANTS = Map.ofEntries(
        Map.entry("usual", List.of()),
        Map.entry("interpreter", List.of("-Xint")),
        Map.entry("C1, identity hash at random", List.of("-XX:TieredStopAtLevel=1", EXPERIMENTAL, "-XX:hashCode=0")),
        Map.entry("C2, identity hash of the address", List.of("-XX:-TieredCompilation", EXPERIMENTAL,
            "-XX:hashCode=1")),
        Map.entry("Serial, small heap, one identity hash", List.of("-XX:+UseSerialGC", "-Xmx96m", EXPERIMENTAL,
            "-XX:hashCode=2")),
        Map.entry("Parallel, counted identity hash", List.of("-XX:+UseParallelGC", "-Xms256m", EXPERIMENTAL,
            "-XX:hashCode=3")),
        Map.entry("G1, assertions", List.of("-XX:+UseG1GC", "-ea", "-esa", EXPERIMENTAL, "-XX:hashCode=4")),
        Map.entry("Z, large heap", List.of("-XX:+UseZGC", "-Xmx2g", EXPERIMENTAL, "-XX:hashCode=5")),
        Map.entry("Epsilon", List.of(EXPERIMENTAL, "-XX:+UseEpsilonGC", "-Xmx2g", "-Xlog:disable")),
        Map.entry("uncompressed pointers", List.of("-XX:-UseCompressedOops", "-da")),
        Map.entry("Turkish, Kathmandu, ISO-8859-9", List.of("-Duser.language=tr", "-Duser.country=TR",
            "-Duser.timezone=Asia/Kathmandu", "-Dfile.encoding=ISO-8859-9")));

    /** Where the instructions are another processor's, as far as one can pretend. */
    private static final List<String> OLD_PROCESSOR = List.of("-XX:UseAVX=0", "-XX:-UseFMA", "-XX:-UseSHA");

    /** Between gateways and a node, or of a journal of several segments, incarnations or shards. */
    private static final Set<String> NOT_IN_A_BACKTEST = Set.of("Acknowledgement", "AllocateLimit", "Challenge",
        "CommandOutcome", "DecisionWithdrawn", "Heartbeat", "Hello", "LinkRefused", "OrderMassStatusRequest", "Resume",
        "SegmentStarted", "SkippedInput", "SnapshotWanted", "WithdrawStrategy");

    /** What no played market makes yet: other machines are not held against these. */
    private static final Set<String> NOT_PLAYED = Set.of("BreakerChanged", "ExecutionCorrected", "HeldOrderEnded",
        "HeldOrderReplaced", "ListEnded", "ListPlaced", "OrderInDoubt", "OrderRestated", "OrderTriggered",
        "ResetBreaker");

    /** Sections of a snapshot. */
    private static final Set<String> NOT_IN_A_JOURNAL = Set.of(
        "AccountSection", "BookLevels", "BookSection", "BreakerSection", "ClosedOrders", "CoreSection",
        "CorrectionSection", "EarlierClOrdIds", "HostState", "LegSection", "ListSection",
        "MachineSection", "MarketSection", "OrderSection", "OrderTimes", "PositionSection", "ProfitDaySection",
        "RatesSection", "ReferencePriceSection", "RiskSection", "ScopedLimitSection", "SignalClient",
        "SlotSection", "SnapshotBegin", "SnapshotEnd", "SourceState", "StrategySection", "StrategyState",
        "StrategyValues", "StrayOrders", "TimerState", "TradingStateSection", "UnacknowledgedDecision", "VenueIds",
        "VenueSection");

    @TempDir
    private static Path directory;
    private static Path journal;
    private static String decisionHash;
    private static String stateHash;

    /** A JDK, present or not, and how it is run. */
    record Machine(int feature, String name, List<String> options)
    {
        Path home()
        {
            final Path home = Jdks.home(feature);
            assumeTrue(home != null, () -> "JDK " + feature + " is not here: looked at " + Jdks.WHERE);
            return home;
        }

        @Override
        public String toString()
        {
            return "JDK " + feature + ", " + name;
        }
    }

    @BeforeAll
    static void writeJournal()
    {
        journal = directory.resolve("proof");
        final CoreHost host = ProofBacktest.write(journal);
        decisionHash = Json.hex(host.decisionHash());
        stateHash = Json.hex(host.core().stateHash());
    }

    static Stream<Machine> machines()
    {
        final List<Machine> machines = new ArrayList<>();
        for (final int feature : Jdks.features())
        {
            new java.util.TreeMap<>(VARIANTS).forEach(
                (name, options) -> machines.add(new Machine(feature, name, options)));
            if ("amd64".equals(System.getProperty("os.arch")))
            {
                machines.add(new Machine(feature, "old processor", OLD_PROCESSOR));
            }
        }
        return machines.stream();
    }

    @ParameterizedTest
    @MethodSource("machines")
    void replaysToTheSameBytes(final Machine machine)
    {
        final JsonNode replay = replay(machine, journal).exits(0).json();

        assertThat(replay.get("divergences").asInt()).isZero();
        assertThat(replay.get("decisionHash").asText()).isEqualTo(decisionHash);
        assertThat(replay.get("stateHash").asText()).isEqualTo(stateHash);
    }

    static Stream<Machine> writers()
    {
        return machines().filter((machine) -> Set.of("interpreter", "Turkish, Kathmandu, ISO-8859-9")
            .contains(machine.name()));
    }

    @ParameterizedTest
    @MethodSource("writers")
    void isWrittenAlike(final Machine machine)
    {
        final Path other = directory.resolve(machine.toString());
        final JsonNode written = write(machine, "proof", other);

        assertThat(written.get("decisionHash").asText()).isEqualTo(decisionHash);
        assertThat(written.get("stateHash").asText()).isEqualTo(stateHash);
        CommandRun.of("replay", "--verify", "--journal", other).exits(0);
        assertThat(printed(other)).isEqualTo(printed(journal)).hasSizeGreaterThan(1_000);
    }

    private static List<String> printed(final Path node)
    {
        return CommandRun.of("journal", "print", node, "--where", "template != RunMetadata").exits(0).out().lines()
            .toList();
    }

    /** Else equal hashes would prove nothing: a strategy that looks at identities is found out. */
    @Test
    void findsWhatDependsOnTheVirtualMachine()
    {
        final int feature = Runtime.version().feature();
        final Machine usual = new Machine(feature, "usual", List.of());
        final Machine other = new Machine(feature, "other", List.of(EXPERIMENTAL, "-XX:hashCode=2"));
        final Path impure = directory.resolve("impure");
        final Path again = directory.resolve("impure again");

        assertThat(write(usual, "impure", impure).get("decisionHash"))
            .isNotEqualTo(write(other, "impure", again).get("decisionHash"));
        final CommandRun replay = replay(other, impure).exits(1);
        assertThat(replay.json().get("divergences").asInt()).isEqualTo(1);
        // The bytes are whole: it is the decisions that differ.
        CommandRun.of("journal", "verify", impure).exits(0);
    }

    @Test
    void comparesJournalsThatHoldEveryKindOfMessage()
    {
        final JsonNode found = CommandRun.of("journal", "info", journal, "--json").exits(0).json().get("byTemplate");
        final Set<String> missing = new TreeSet<>(new RecordDecoder().templates());
        found.fieldNames().forEachRemaining(missing::remove);

        assertThat(missing).containsAll(NOT_IN_A_JOURNAL);
        missing.removeAll(NOT_IN_A_JOURNAL);
        assertThat(missing).containsAll(NOT_PLAYED);
        missing.removeAll(NOT_PLAYED);
        assertThat(missing).isEqualTo(new TreeSet<>(NOT_IN_A_BACKTEST));
    }

    private static CommandRun replay(final Machine machine, final Path node)
    {
        return run(machine, LockstepCommand.class, "replay", "--verify", "--journal", node, "--json");
    }

    private static JsonNode write(final Machine machine, final String strategy, final Path node)
    {
        return run(machine, ProofBacktest.class, strategy, node).exits(0).json();
    }

    private static CommandRun run(final Machine machine, final Class<?> main, final Object... arguments)
    {
        try (ChildCommand child = ChildCommand.start(machine.home(), machine.options(), main, directory, arguments))
        {
            return child.run();
        }
    }
}
