package io.lockstep.verification.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.ChildCommand;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.config.ConfigurationCheck;
import io.lockstep.cli.config.GatewaySettings;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.gateways.simulated.SimulatedVenue;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.verification.crash.audit.CrashChecks;
import io.lockstep.verification.replay.JournalRewriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A node is killed three times and nothing is amiss; what is made amiss in what it leaves is found. */
class CrashTestCommandTest
{
    /** At a snapshot, as its incarnation begins, at a roll. */
    private static final long SEED = 7;
    private static final int KILLS = 5;

    @TempDir
    private static Path directory;
    private static Path node;
    private static CrashTestLeavings leavings;
    private static CommandRun run;
    private static JsonNode result;

    @BeforeAll
    static void kill()
    {
        node = directory.resolve("node");
        run = CommandRun.of("crash-test", "--kills", KILLS, "--seed", SEED, "--dir", node, "--json").exits(0);
        result = run.json();
        leavings = new CrashTestLeavings(node);
    }

    @Test
    void nothingIsLostRepeatedOrInvented()
    {
        assertThat(run.err()).startsWith("lockstep: seed=" + SEED + " kills=" + KILLS + " directory=" + node)
            .doesNotContain("FAILED");
        assertThat(result.get("kills").asInt()).isEqualTo(KILLS);
        assertThat(result.get("restarts").asInt()).isEqualTo(KILLS);
        for (final String key : List.of("lost", "duplicated", "invented", "divergences"))
        {
            assertThat(result.get(key).isInt()).as(key).isTrue();
            assertThat(result.get(key).asInt()).as(key).isZero();
        }
        assertThat(result.get("firstFailureSeed").isNull()).isTrue();
        assertThat(result.get("ledgerEqual").asBoolean()).isTrue();
        for (final String key : List.of("orders", "fills", "partialFills", "cancels", "replaces", "venueRejects",
            "inputs", "decisions", "incarnations", "recoveries", "fromSnapshot"))
        {
            assertThat(result.get(key).asLong()).as(key).isPositive();
        }
        final JsonNode recoveryMs = result.get("recoveryMs");
        assertThat(recoveryMs.get("p50").asLong()).isPositive();
        assertThat(recoveryMs.get("max").asLong()).isGreaterThanOrEqualTo(recoveryMs.get("p50").asLong());
    }

    @Test
    void leavesAJournalLikeAnyOther()
    {
        CommandRun.of("journal", "verify", node).exits(0);
        final JsonNode replay = CommandRun.of("replay", "--verify", "--journal", node, "--json").exits(0).json();
        assertThat(replay.get("decisionHash")).isEqualTo(result.get("decisionHash"));
        assertThat(replay.get("inputs")).isEqualTo(result.get("inputs"));
        final JsonNode info = CommandRun.of("journal", "info", node, "--json").exits(0).json();
        assertThat(info.get("incarnations")).isEqualTo(result.get("incarnations"));
        assertThat(info.get("cleanEnd").asBoolean()).isTrue();
        assertThat(Files.exists(Path.of("/dev/shm/lockstep-crash-test-" + ProcessHandle.current().pid()))).isFalse();
    }

    @Test
    void findsAVenueWithAnotherAccount()
    {
        // One that has never traded.
        final CrashTestOutcome outcome = check(node);
        assertThat(outcome.failures()).isNotEmpty().allSatisfy((failure) -> assertThat(failure).startsWith("ledger: "));
        assertThat(outcome.values().get("ledgerEqual")).isEqualTo(false);
        assertThat(outcome.values().get("divergences")).isEqualTo(0);
    }

    @Test
    void findsAJournalWithoutARecord()
    {
        // Sealed again as if it had never been there; then the next one's sequence tells.
        final Path changed = copyWithout(RecordKind.INPUT, 100);
        assertThat(check(changed).failures()).anySatisfy(
            (failure) -> assertThat(failure).startsWith("journal: ").contains("input sequence: expected 100"));
    }

    @Test
    void findsAJournalWithoutADecision()
    {
        final long sequence = leavings.sequenceOfOrder();
        final Path changed = copyWithout(RecordKind.DECISION, sequence);
        final CrashTestOutcome outcome = check(changed);
        assertThat(outcome.values().get("divergences")).isEqualTo(1);
        assertThat(outcome.failures()).anySatisfy((failure) -> assertThat(failure).startsWith("replay: diverges"))
            .anySatisfy((failure) -> assertThat(failure).startsWith("decisions: the journal holds "))
            .anySatisfy((failure) -> assertThat(failure).startsWith("invented: 1 requests reached the venue"));
    }

    @Test
    void findsADecisionWithOtherContent()
    {
        final long sequence = leavings.sequenceOfOrder();
        final Path changed = JournalRewriter.copy(node, directory.resolve("other-decision"), (buffer, offset) ->
        {
            if (RecordDescriptor.sequence(buffer, offset) == sequence &&
                RecordDescriptor.templateId(buffer, offset) == NewOrderSingleDecoder.TEMPLATE_ID)
            {
                final int quantity = offset + RecordDescriptor.BODY_OFFSET +
                    NewOrderSingleDecoder.orderQtyLotsEncodingOffset();
                buffer.putLong(quantity, buffer.getLong(quantity) + 1);
            }
            return true;
        });
        assertThat(check(changed).failures()).anySatisfy((failure) -> assertThat(failure)
            .startsWith("invented: 1 requests reached the venue otherwise"));
    }

    private Path copyWithout(final RecordKind kind, final long sequence)
    {
        return JournalRewriter.copy(node, directory.resolve("without-" + kind),
            (buffer, offset) -> RecordDescriptor.kind(buffer, offset) != kind.value() ||
                RecordDescriptor.sequence(buffer, offset) != sequence);
    }

    /** Against the market as it was and what the venue was really asked. */
    private static CrashTestOutcome check(final Path journal)
    {
        final CrashTestOutcome outcome = new CrashTestOutcome(new CrashChecks());
        outcome.check(leavings.context().withDirectory(journal), new NodeDirectory(journal), leavings.settings(),
            new SimulatedVenue(leavings.settings().venue(), (buffer, offset, length, timeNs) ->
            {
            }), leavings.venueRecord());
        return outcome;
    }

    @Test
    void configurationIsAsTheCommandsReadIt()
    {
        final String text = CrashTestConfiguration.node(node, directory.resolve("aeron"), 2);
        final YamlSection root = YamlSection.parse(node.resolve("node.yaml"), text);
        final NodeContext context = NodeContext.read(root, text);
        root.refuseUnknown();
        ConfigurationCheck.run(root, context);
        final String gateways = CrashTestConfiguration.gateways(SEED, 1);
        final YamlSection gatewaysRoot = YamlSection.parse(node.resolve("gateways.yaml"), gateways);
        assertThat(GatewaySettings.read(gatewaysRoot).generator().seed()).isEqualTo(SEED);
        gatewaysRoot.refuseUnknown();
    }

    @Test
    void refusesBadOptions()
    {
        for (final String kills : List.of("0", "-1", "some", "1.5"))
        {
            final CommandRun refused = CommandRun.of("crash-test", "--kills", kills).exits(2);
            assertThat(refused.err()).contains("--kills");
            assertThat(refused.out()).isEmpty();
        }
        assertThat(CommandRun.of("crash-test", "--seed", "x").exits(2).err()).contains("--seed");
        assertThat(CommandRun.of("crash-test", "--dir", node).exits(3).err()).contains(node.toString())
            .contains("empty");
    }

    @Test
    void interruptedItLeavesNothing()
    {
        final Path dir = directory.resolve("interrupted");
        try (ChildCommand child = ChildCommand.start(directory, "crash-test", "--dir", dir))
        {
            child.await(() -> Files.exists(dir.resolve("counters.dat")));
            child.signal("INT");
            final CommandRun interrupted = child.run().exits(130);
            assertThat(interrupted.out()).isEmpty();
            assertThat(interrupted.err()).contains("seed=").doesNotContain("unexpected").doesNotContain("FAILED");
            assertThat(dir).doesNotExist();
            assertThat(Path.of("/dev/shm/lockstep-crash-test-" + child.pid())).doesNotExist();
        }
    }
}
