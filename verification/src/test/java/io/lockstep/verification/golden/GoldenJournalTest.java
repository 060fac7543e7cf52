package io.lockstep.verification.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.CommandRun;
import io.lockstep.core.TradingCore;
import io.lockstep.sbe.MessageHeaderDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Journals of every version that there has been: each is read for ever, and those of the present logic version replay to the
 * bytes they hold.
 */
class GoldenJournalTest
{
    private static final String WHAT_TO_DO = """
        The core decides otherwise than logic version %d did when this journal was written. If that is meant, raise
        TradingCore.LOGIC_VERSION and make its golden journals; how, says golden/README.md. If not, it is a fault:\n%s""";

    /** Logic version since which a state has the hash that it has today. */
    private static final int HASHED_ALIKE_SINCE = 6;

    @TempDir
    private Path directory;

    static List<GoldenJournal> journals()
    {
        return GoldenJournal.all();
    }

    static List<GoldenJournal> journalsOfThisLogicVersion()
    {
        return journals().stream().filter((journal) -> journal.logicVersion() == TradingCore.LOGIC_VERSION).toList();
    }

    @Test
    void shouldKeepJournalsOfEveryLogicVersion()
    {
        for (int version = 1; version <= TradingCore.LOGIC_VERSION; version++)
        {
            final String directoryName = "logic-" + version;
            assertThat(journals()).as("golden journals of logic version %d; how to make them, says golden/README.md",
                version).extracting(GoldenJournal::toString)
                .contains(directoryName + "/backtest", directoryName + "/restart");
        }
        assertThat(journals()).allMatch(
            (journal) -> journal.directory().endsWith("logic-" + journal.logicVersion()));
    }

    /** What a version can decode that its golden journals do not hold is not shown to be read for ever. */
    @Test
    void shouldHoldEachInputAndDecisionOfThisLogicVersion()
    {
        final Set<String> templates = journalsOfThisLogicVersion().stream()
            .flatMap((journal) -> journal.records().stream()).map((record) -> record.get("template").asText())
            .collect(Collectors.toSet());
        assertThat(templates).contains("VenueDefinition", "SourceDefinition", "StrategyDefinition", "AccountReport",
            "AccountEntry", "AcceptAccount", "AccountDifference", "RateDefinition", "AllocateStrategy",
            "UnassignStrategy", "UnsetLimit",
            "OperatorOrder", "OperatorCancel", "Flatten",
            "TransferPosition", "ControlStrategy", "StrategySuspended", "OrderCause", "ExecutionOutOfPlace",
            "InputRefused", "OrderRefused", "ReconciliationDifference", "CommandResult", "StateTransition", "OrderHeld",
            "CalendarDefinition", "AssignCalendar", "MarkPrice", "FundingRate", "BreakerDefinition", "Signal",
            "SignalRouted");
    }

    /** The header of each message says the schema's version, so no decision has the same bytes under another one. */
    @ParameterizedTest
    @MethodSource("journalsOfThisLogicVersion")
    void shouldRaiseTheLogicVersionWithTheSchemas(final GoldenJournal journal)
    {
        assertThat(journal.outcome().get("schemaVersion").asInt())
            .as("a new schema version needs a new TradingCore.LOGIC_VERSION, now %d", TradingCore.LOGIC_VERSION)
            .isEqualTo(MessageHeaderDecoder.SCHEMA_VERSION);
    }

    @ParameterizedTest
    @MethodSource("journals")
    void shouldBeWhole(final GoldenJournal journal)
    {
        final Path node = journal.unpack(directory);
        final JsonNode outcome = journal.outcome();

        final JsonNode verified = CommandRun.of("journal", "verify", node, "--json").exits(0).json();
        assertThat(verified.get("cleanEnd").asBoolean()).isTrue();
        assertThat(verified.get("records").asInt()).isEqualTo(journal.records().size());
        final JsonNode info = CommandRun.of("journal", "info", node, "--json").exits(0).json();
        for (final String key : List.of("logicVersion", "schemaVersion", "inputs", "decisions", "lastSequence"))
        {
            assertThat(info.get(key)).as(key).isEqualTo(outcome.get(key));
        }
    }

    @ParameterizedTest
    @MethodSource("journals")
    void shouldSayWhatItSaidWhenItWasWritten(final GoldenJournal journal)
    {
        final Iterator<JsonNode> now = GoldenJournal.print(journal.unpack(directory)).iterator();
        for (final JsonNode then : journal.records())
        {
            assertSays(now.next(), then, "sequence=" + then.get("sequence") + " " + then.get("template").asText());
        }
        assertThat(now).isExhausted();
    }

    /** Fields that came later are there, and empty, or say what one of those that were there means. */
    private static void assertSays(final JsonNode now, final JsonNode then, final String where)
    {
        if (then.isArray())
        {
            assertThat(now.size()).as(where).isEqualTo(then.size());
            for (int i = 0; i < then.size(); i++)
            {
                assertSays(now.get(i), then.get(i), where + "[" + i + "]");
            }
            return;
        }
        if (!then.isObject())
        {
            // An enum without a value was once printed as its code.
            final boolean isNullEnum = now.isNull() && then.asText().equals("255");
            assertThat(isNullEnum || now.equals(then)).as(where + ": was " + then + ", is " + now).isTrue();
            return;
        }
        for (final Map.Entry<String, JsonNode> field : now.properties())
        {
            final String path = where + "." + field.getKey();
            if (then.has(field.getKey()))
            {
                assertSays(field.getValue(), then.get(field.getKey()), path);
            }
            else if (!isMeaning(field.getKey(), then))
            {
                assertThat(field.getValue().isNull() || field.getValue().asText("-").isEmpty())
                    .as(path + "=" + field.getValue()).isTrue();
            }
        }
        then.fieldNames().forEachRemaining((name) -> assertThat(now.has(name)).as(where + "." + name).isTrue());
    }

    private static boolean isMeaning(final String name, final JsonNode then)
    {
        return then.has(name + "Ns") || then.has(name + "Id") ||
            then.has(name.replaceFirst("(Decimal|Unit)$", ""));
    }

    @ParameterizedTest
    @MethodSource("journalsOfThisLogicVersion")
    void shouldReplayToTheBytesOfItsLogicVersion(final GoldenJournal journal)
    {
        final JsonNode outcome = journal.outcome();
        final CommandRun run = CommandRun.of(
            "replay", "--verify", "--journal", journal.unpack(directory), "--json");

        assertThat(run.exitCode()).as(WHAT_TO_DO, journal.logicVersion(), run.out() + run.err()).isZero();
        for (final String key : List.of("inputs", "decisions", "lastSequence", "stateHash", "decisionHash"))
        {
            assertThat(run.json().get(key)).as(WHAT_TO_DO, journal.logicVersion(), key).isEqualTo(outcome.get(key));
        }
    }

    /**
     * An upgrade begins with one. Up to logic version 4 a version added to the state without changing the hash of what was there
     * before; before version {@value #HASHED_ALIKE_SINCE} the state comes to another hash now, and what this version saves of it to the same.
     */
    @Test
    void shouldRestoreTheSnapshotsOfEachLogicVersion()
    {
        int snapshots = 0;
        for (final GoldenJournal journal : journals())
        {
            final JsonNode states = journal.outcome().path("snapshots");
            if (!states.isEmpty())
            {
                final Path node = journal.unpack(directory.resolve(String.valueOf(journal.logicVersion()))
                    .resolve(journal.toString()));
                final JsonNode now = GoldenJournal.snapshotStates(node);
                if (journal.logicVersion() < HASHED_ALIKE_SINCE)
                {
                    assertThat(now.fieldNames()).toIterable().as(journal.toString())
                        .containsExactlyElementsOf(states::fieldNames);
                    assertThat(GoldenJournal.savedAgain(node)).as(journal.toString()).isEqualTo(now);
                }
                else
                {
                    assertThat(now).as(journal.toString()).isEqualTo(states);
                }
                snapshots += states.size();
            }
        }
        assertThat(snapshots).isGreaterThan(1);
    }

    /** A snapshot of the present logic version comes out with the hash it had, and the journal goes on from there. */
    @Test
    void shouldGoOnFromTheSnapshotsOfItsLogicVersion()
    {
        final GoldenJournal journal = new GoldenJournal(
            GoldenJournal.ROOT.resolve("logic-" + TradingCore.LOGIC_VERSION),
            "backtest");
        final Path node = journal.unpack(directory);
        final JsonNode snapshots = journal.outcome().get("snapshots");
        assertThat(snapshots).as("snapshots of logic version %d", TradingCore.LOGIC_VERSION).isNotEmpty();

        assertThat(GoldenJournal.snapshotStates(node)).as(WHAT_TO_DO, journal.logicVersion(), "snapshots")
            .isEqualTo(snapshots);
        final JsonNode replay = CommandRun.of("replay", "--verify", "--from", "snapshot", "--journal", node, "--json")
            .exits(0).json();
        assertThat(replay.get("firstSequence").asLong()).isGreaterThan(1);
        for (final String key : List.of("lastSequence", "stateHash", "decisionHash"))
        {
            assertThat(replay.get(key)).as(key).isEqualTo(journal.outcome().get(key));
        }
    }
}
