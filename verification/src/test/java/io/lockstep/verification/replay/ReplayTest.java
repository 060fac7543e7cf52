package io.lockstep.verification.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import io.lockstep.cli.output.NoticePrinter;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.gateways.recording.SyntheticRecording.Product;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.StateHashEncoder;
import io.lockstep.sbe.StrategyDefinitionDecoder;
import io.lockstep.sbe.StrategyDefinitionEncoder;
import io.lockstep.sequencer.config.LogContext;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.node.Node;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A replay decides for itself, and is not content with what the journal says; nor is a journal with what its file says. */
class ReplayTest
{
    @TempDir
    private static Path directory;
    private static Path source;
    private static JsonNode backtest;

    @BeforeAll
    static void makeJournal()
    {
        source = directory.resolve("source");
        backtest = CommandRun.of("backtest", "--config", TestData.backtestConfig(directory), "--json", "--out", source,
            "--data", TestData.recording(directory, "x.gz", Product.USDM, 1, 12_000)).exits(0).json();
    }

    private static boolean isKind(final DirectBuffer buffer, final int offset, final RecordKind kind)
    {
        return RecordDescriptor.kind(buffer, offset) == kind.value();
    }

    private static boolean isTemplate(final DirectBuffer buffer, final int offset, final int templateId)
    {
        return RecordDescriptor.templateId(buffer, offset) == templateId;
    }

    @Test
    void copyWithoutChangeIsTheSame()
    {
        final Path copy = JournalRewriter.copy(source, directory.resolve("same"), (buffer, offset) -> true);
        final JsonNode verified = CommandRun.of("journal", "verify", copy, "--json").exits(0).json();
        assertThat(verified).isEqualTo(CommandRun.of("journal", "verify", source, "--json").exits(0).json());
        CommandRun.of("replay", "--verify", "--journal", copy).exits(0);
    }

    @Test
    void decisionsAreMadeAgainFromTheInputsAlone()
    {
        final Path stripped = JournalRewriter.copy(source, directory.resolve("stripped"),
            (buffer, offset) -> !isKind(buffer, offset, RecordKind.DECISION) &&
                !isKind(buffer, offset, RecordKind.STATE_HASH));
        assertThat(CommandRun.of("journal", "info", stripped, "--json").exits(0).json().get("decisions").asInt())
            .isZero();
        final JsonNode replay = CommandRun.of("replay", "--journal", stripped, "--json").exits(0).json();
        for (final String key : List.of("inputs", "decisions", "stateHash", "decisionHash"))
        {
            assertThat(replay.get(key)).as(key).isEqualTo(backtest.get(key));
        }
        // To verify is another matter: what is missing is a difference.
        assertThat(CommandRun.of("replay", "--verify", "--journal", stripped, "--json").exits(1).json()
            .get("divergences").asInt()).isEqualTo(1);
    }

    @Test
    void otherDecisionIsFoundThoughTheJournalIsSealed()
    {
        final long sequence = sequenceOfOrder(3);
        final NewOrderSingleEncoder order = new NewOrderSingleEncoder();
        final NewOrderSingleDecoder before = new NewOrderSingleDecoder();
        final int[] ordinal = new int[1];
        final long[] quantity = new long[1];
        final Path changed = JournalRewriter.copy(source, directory.resolve("changed"), (buffer, offset) ->
        {
            if (RecordDescriptor.sequence(buffer, offset) == sequence &&
                isTemplate(buffer, offset, NewOrderSingleDecoder.TEMPLATE_ID))
            {
                final int body = offset + RecordDescriptor.BODY_OFFSET;
                before.wrap(buffer, body, NewOrderSingleDecoder.BLOCK_LENGTH, NewOrderSingleDecoder.SCHEMA_VERSION);
                quantity[0] = before.orderQtyLots();
                ordinal[0] = RecordDescriptor.ordinal(buffer, offset);
                order.wrap(buffer, body).orderQtyLots(quantity[0] + 1);
            }
            return true;
        });
        CommandRun.of("journal", "verify", changed).exits(0);
        final CommandRun run = CommandRun.of("replay", "--verify", "--journal", changed, "--json").exits(1);
        assertThat(run.json().get("divergences").asInt()).isEqualTo(1);
        final JsonNode divergence = run.json().get("firstDivergence");
        assertThat(divergence.get("sequence").asLong()).isEqualTo(sequence);
        assertThat(divergence.get("ordinal").asInt()).isEqualTo(ordinal[0]).isPositive();
        assertThat(divergence.get("stateAlone").asBoolean()).isFalse();
        assertThat(divergence.get("expected").get("message").get("orderQtyLots").asLong()).isEqualTo(quantity[0] + 1);
        assertThat(divergence.get("actual").get("message").get("orderQtyLots").asLong()).isEqualTo(quantity[0]);
        assertThat(CommandRun.of("replay", "--verify", "--journal", changed).exits(1).out().lines()
            .dropWhile((line) -> !line.startsWith("DIVERGENCE")).toList())
            .satisfiesExactly(
                (line) -> assertThat(line).endsWith("at sequence=" + sequence + " ordinal=" + ordinal[0]),
                (line) -> assertThat(line).startsWith("  journal:  ").contains("template=NewOrderSingle")
                    .contains("orderQtyLots=" + (quantity[0] + 1) + ","),
                (line) -> assertThat(line).startsWith("  replay:   ").contains("template=NewOrderSingle")
                    .contains("orderQtyLots=" + quantity[0] + ","));
        // Without --verify the journal's decisions are not looked at.
        assertThat(CommandRun.of("replay", "--journal", changed, "--json").exits(0).json().get("decisionHash"))
            .isEqualTo(backtest.get("decisionHash"));
    }

    /** As if other code of the strategy had written the journal: its hash is part of the state. */
    @Test
    void codeThatWroteTheJournalIsNamed()
    {
        final long otherCode = 0xC0DEL;
        final StrategyDefinitionEncoder definition = new StrategyDefinitionEncoder();
        final Path changed = JournalRewriter.copy(source, directory.resolve("code"), (buffer, offset) ->
        {
            if (isTemplate(buffer, offset, StrategyDefinitionDecoder.TEMPLATE_ID))
            {
                definition.wrap(buffer, offset + RecordDescriptor.BODY_OFFSET).codeHash(otherCode);
            }
            return true;
        });
        final JsonNode replay = CommandRun.of("replay", "--verify", "--journal", changed, "--json").exits(1).json();
        assertThat(replay.get("firstDivergence").get("stateAlone").asBoolean()).isTrue();
        final JsonNode code = replay.get("codeDifferences").get(0);
        assertThat(code.get("strategy").asText()).isEqualTo("moving-average-crossover");
        assertThat(code.get("recorded").asText()).isEqualTo("000000000000c0de");
        assertThat(code.get("loaded").asText()).matches("[0-9a-f]{16}").isNotEqualTo("0000000000000000")
            .isNotEqualTo(code.get("recorded").asText());
        assertThat(CommandRun.of("replay", "--verify", "--journal", changed).exits(1).out().lines()
            .filter((line) -> line.startsWith("Note: ")).findFirst().orElseThrow())
            .contains("the code of strategy moving-average-crossover (instance " + code.get("instance").asText() +
                ") is other: the journal was written by code 000000000000c0de, here is code " +
                code.get("loaded").asText());
        assertThat(CommandRun.of("replay", "--verify", "--journal", source, "--json").exits(0).json()
            .get("codeDifferences")).isEmpty();
    }

    @Test
    void missingDecisionIsFound()
    {
        final long sequence = sequenceOfOrder(2);
        // All of the input's, or the ordinals would give it away before.
        final Path changed = JournalRewriter.copy(source, directory.resolve("missing"),
            (buffer, offset) -> !isKind(buffer, offset, RecordKind.DECISION) ||
                RecordDescriptor.sequence(buffer, offset) != sequence);
        CommandRun.of("journal", "verify", changed).exits(0);
        final JsonNode divergence = CommandRun.of("replay", "--verify", "--journal", changed, "--json").exits(1).json()
            .get("firstDivergence");
        assertThat(divergence.get("actual").get("sequence").asLong()).isEqualTo(sequence);
    }

    @Test
    void otherInputIsFoundByWhatFollowsFromIt()
    {
        final Path changed = JournalRewriter.copy(source, directory.resolve("input"), (buffer, offset) ->
        {
            if (isTemplate(buffer, offset, BestBidOfferDecoder.TEMPLATE_ID) &&
                RecordDescriptor.sequence(buffer, offset) < 2_000)
            {
                final int price = offset + RecordDescriptor.BODY_OFFSET +
                    BestBidOfferDecoder.bidPriceTicksEncodingOffset();
                buffer.putLong(price, buffer.getLong(price) - 7);
            }
            return true;
        });
        CommandRun.of("journal", "verify", changed).exits(0);
        assertThat(CommandRun.of("replay", "--verify", "--journal", changed, "--json").exits(1).json()
            .get("firstDivergence").get("sequence").asLong()).isPositive();
    }

    @Test
    void otherStateHashIsFound()
    {
        final StateHashEncoder hash = new StateHashEncoder();
        final List<Long> sequences = new ArrayList<>();
        final Path changed = JournalRewriter.copy(source, directory.resolve("hash"), (buffer, offset) ->
        {
            if (isKind(buffer, offset, RecordKind.STATE_HASH))
            {
                sequences.add(RecordDescriptor.sequence(buffer, offset));
                if (sequences.size() == 2)
                {
                    hash.wrap(buffer, offset + RecordDescriptor.BODY_OFFSET).stateHash(1);
                }
            }
            return true;
        });
        assertThat(sequences).hasSizeGreaterThan(1);
        final JsonNode divergence = CommandRun.of("replay", "--verify", "--journal", changed, "--json").exits(1).json()
            .get("firstDivergence");
        assertThat(divergence.get("sequence").asLong()).isEqualTo(sequences.get(1));
        assertThat(divergence.get("expected").get("template").asText()).isEqualTo("StateHash");
        assertThat(divergence.get("actual").get("template").asText()).isEqualTo("StateHash");
        assertThat(divergence.get("stateAlone").asBoolean()).isTrue();
        assertThat(divergence.get("equalUpToSequence").asLong()).isEqualTo(sequences.get(0)).isPositive();
        assertThat(CommandRun.of("replay", "--verify", "--journal", changed).exits(1).out())
            .contains("the state came apart behind sequence=" + sequences.get(0));
    }

    /** A layout of a version to come: whole by its checksum, and not to be read as this version's. */
    @Test
    void recordOfAnUnknownFormatIsRefused()
    {
        final long sequence = sequenceOfOrder(1);
        final Path changed = JournalRewriter.copy(source, directory.resolve("format"), (buffer, offset) ->
        {
            if (isKind(buffer, offset, RecordKind.INPUT) && RecordDescriptor.sequence(buffer, offset) == sequence)
            {
                buffer.putByte(offset + RecordDescriptor.FORMAT_OFFSET, (byte)(RecordDescriptor.FORMAT + 1));
            }
            return true;
        });
        final JsonNode verified = CommandRun.of("journal", "verify", changed, "--json").exits(1).json();
        assertThat(verified.get("firstBadSequence").asLong()).isEqualTo(sequence);
        assertThat(verified.get("problem").asText()).contains("record format: expected 1, found 2");
        assertThat(CommandRun.of("replay", "--journal", changed).exits(1).err()).contains("record format");
        assertThat(CommandRun.of("journal", "print", changed).exits(1).err()).contains("record format");
    }

    /** A part alone is compared, and what lies before it only leads there. */
    @Test
    void partFromASequenceOrASnapshotComesToTheStateOfTheWhole() throws IOException
    {
        final Path node = crashed("parts", 3_000);
        final JsonNode recovered = recover(node).exits(0).json();
        assertThat(recovered.get("recoveredInputs").asLong()).isEqualTo(3_000);
        assertThat(recovered.get("cleanEnd").asBoolean()).isTrue();
        final long last = recovered.get("lastSequence").asLong();
        assertThat(recovered.get("snapshotSequence").asLong()).isZero();
        assertThat(recover(node).exits(0).json().get("snapshotSequence").asLong()).as("of the clean end")
            .isEqualTo(last);

        final JsonNode whole = replay(node, "--to", 2_000);
        final JsonNode part = replay(node, "--from", 1_000, "--to", 2_000);
        assertThat(part.get("inputs").asLong()).isEqualTo(1_001);
        assertThat(part.get("firstSequence").asLong()).isEqualTo(1_000);
        assertThat(part.get("lastSequence").asLong()).isEqualTo(2_000);
        assertThat(part.get("stateHash")).isEqualTo(whole.get("stateHash"));
        assertThat(part.get("decisionHash")).isEqualTo(whole.get("decisionHash"));
        assertThat(state(node, "--at", 2_000).get("stateHash")).isEqualTo(whole.get("stateHash"));

        final JsonNode behind = replay(node, "--from", "snapshot");
        assertThat(behind.get("inputs").asLong()).as("behind the clean end").isZero();
        assertThat(behind.get("lastSequence").asLong()).isGreaterThan(last);
        assertThat(behind.get("stateHash")).isEqualTo(replay(node).get("stateHash"))
            .isEqualTo(state(node).get("stateHash"));
        CommandRun.of("replay", "--journal", node, "--from", "yesterday").exits(2);
    }

    private static JsonNode replay(final Path node, final Object... options)
    {
        return CommandRun.of("replay", "--verify", "--json", "--journal", node, List.of(options)).exits(0).json();
    }

    private static JsonNode state(final Path node, final Object... options)
    {
        return CommandRun.of("journal", "state", "--json", node, List.of(options)).exits(0).json();
    }

    private static CommandRun recover(final Path node)
    {
        final Path config = TestData.write(node.resolve("node.yaml"),
            "node: {directory: \"" + node + "\", time: recorded}\n");
        return CommandRun.of("recover", "--config", config, "--json");
    }

    /** As a node leaves it that is killed behind the input of this sequence. */
    private static Path crashed(final String name, final long sequence)
    {
        return JournalRewriter.copy(source, directory.resolve(name),
            (buffer, offset) -> RecordDescriptor.sequence(buffer, offset) <= sequence
                && !isKind(buffer, offset, RecordKind.CLEAN_END));
    }

    @Test
    void stateIsThatOfOneInstrumentOrOfAll() throws IOException
    {
        final JsonNode all = state(source);
        final JsonNode one = state(source, "--instrument", TestData.instrument(Product.USDM));
        assertThat(one.get("stateHash")).isEqualTo(all.get("stateHash"));
        assertThat(one.get("state")).isNotEmpty().hasSizeLessThan(all.get("state").size());
        assertThat(one.get("state").findValuesAsText("instrumentId")).containsOnly("0");
        assertThat(CommandRun.of("journal", "state", source, "--instrument", "X.Y").exits(2).err()).contains("X.Y");
        assertThat(CommandRun.of("journal", "state", source, "--at", 10_000_000).exits(2).err())
            .contains("--at=10000000");
    }

    @Test
    void decisionsThatACrashCutOffAreCompletedAndCounted()
    {
        final long sequence = sequenceOfInputWithDecisions(2);
        final boolean[] isBehind = new boolean[1];
        final Path crashed = JournalRewriter.copy(source, directory.resolve("crashed"), (buffer, offset) ->
        {
            isBehind[0] |= RecordDescriptor.sequence(buffer, offset) == sequence &&
                !isKind(buffer, offset, RecordKind.INPUT);
            return !isBehind[0];
        });
        assertThat(CommandRun.of("replay", "--verify", "--journal", crashed, "--json").exits(0).json()
            .get("lastSequence").asLong()).isEqualTo(sequence);
        final String text = "node: {directory: \"" + crashed + "\", time: recorded}\n";
        final NodeContext context = NodeContext.read(YamlSection.parse(Path.of("node.yaml"), text), text);
        final Node.Result result = new Node(context,
            new NoticePrinter(new java.io.PrintWriter(java.io.OutputStream.nullOutputStream()), LogContext.DEFAULT)
            {
                @Override
                public void onReady()
                {
                }

                @Override
                public void onStopping()
                {
                }
            }).run(() -> true);
        assertThat(result.recoveredInputs()).isEqualTo(sequence);
        assertThat(CommandRun.of("journal", "verify", crashed, "--json").exits(0).json().get("cleanEnd").asBoolean())
            .isTrue();
        CommandRun.of("replay", "--verify", "--journal", crashed).exits(0);
        assertThat(decisionsOf(crashed, sequence)).isEqualTo(decisionsOf(source, sequence)).hasSizeGreaterThan(1);
    }

    private static List<String> decisionsOf(final Path journal, final long sequence)
    {
        return CommandRun.of("journal", "print", journal, "--where", "kind = DECISION and sequence = " + sequence)
            .exits(0).out().lines().toList();
    }

    private static long sequenceOfInputWithDecisions(final int count)
    {
        try (JournalReader reader = new JournalReader(new NodeDirectory(source)))
        {
            while (reader.next())
            {
                if (isKind(reader.buffer(), reader.offset(), RecordKind.DECISION) &&
                    RecordDescriptor.ordinal(reader.buffer(), reader.offset()) == count)
                {
                    return RecordDescriptor.sequence(reader.buffer(), reader.offset());
                }
            }
        }
        throw new AssertionError("no input with " + count + " decisions");
    }

    @Test
    void flippedBitIsFoundAnywhereInARecord() throws IOException
    {
        final long sequence = sequenceOfOrder(1);
        final byte[] record = recordOf(sequence);
        for (final int at : new int[]{RecordDescriptor.SEQUENCE_OFFSET, RecordDescriptor.WALL_TIME_OFFSET,
            RecordDescriptor.CHAIN_OFFSET, RecordDescriptor.CHECKSUM_OFFSET, RecordDescriptor.BODY_OFFSET + 1,
            record.length - 1})
        {
            final Path changed = copy(directory.resolve("flipped-" + at));
            flip(changed, record, at);
            final CommandRun run = CommandRun.of("journal", "verify", changed, "--json").exits(1);
            assertThat(run.json().get("problem").asText()).isNotEmpty();
            assertThat(run.json().get("cleanEnd").asBoolean()).isFalse();
            if (at != RecordDescriptor.SEQUENCE_OFFSET)
            {
                assertThat(run.json().get("firstBadSequence").asLong()).isEqualTo(sequence);
            }
            assertThat(CommandRun.of("replay", "--journal", changed).exits(1).err()).contains("journal damaged");
            assertThat(CommandRun.of("journal", "print", changed).exits(1).err()).contains("journal damaged");
        }
    }

    @Test
    void truncatedJournalIsNoWholeOne() throws IOException
    {
        final Path changed = copy(directory.resolve("truncated"));
        try (RandomAccessFile file = new RandomAccessFile(queueFile(changed).toFile(), "rw"))
        {
            final long length = file.length();
            // What was cut off reads as zeros, as after a crash of the machine.
            file.setLength(2_000_000);
            file.setLength(length);
        }
        final JsonNode verified = CommandRun.of("journal", "verify", changed, "--json").json();
        assertThat(verified.get("cleanEnd").asBoolean()).isFalse();
        assertThat(verified.get("records").asLong()).isLessThan(
            CommandRun.of("journal", "verify", source, "--json").json().get("records").asLong());
    }

    @Test
    void emptyJournalAndNoJournalAreTold() throws IOException
    {
        final Path empty = Files.createDirectories(directory.resolve("empty"));
        for (final String command : List.of("info", "print", "verify"))
        {
            assertThat(CommandRun.of("journal", command, empty).exits(2).err()).contains(empty.toString());
            assertThat(CommandRun.of("journal", command, directory.resolve("nowhere")).exits(2).err())
                .contains("nowhere");
        }
        assertThat(CommandRun.of("replay", "--journal", empty).exits(2).err()).contains(empty.toString());
        Files.createDirectories(empty.resolve("journal/000001"));
        CommandRun.of("journal", "verify", empty).exits(1);
    }

    private static long sequenceOfOrder(final int number)
    {
        try (JournalReader reader = new JournalReader(new NodeDirectory(source)))
        {
            int count = 0;
            while (reader.next())
            {
                if (isTemplate(reader.buffer(), reader.offset(), NewOrderSingleDecoder.TEMPLATE_ID) &&
                    ++count == number)
                {
                    return RecordDescriptor.sequence(reader.buffer(), reader.offset());
                }
            }
        }
        throw new AssertionError("fewer than " + number + " orders");
    }

    /** The input of a sequence. */
    private static byte[] recordOf(final long sequence)
    {
        try (JournalReader reader = new JournalReader(new NodeDirectory(source)))
        {
            while (reader.next())
            {
                if (isKind(reader.buffer(), reader.offset(), RecordKind.INPUT) &&
                    RecordDescriptor.sequence(reader.buffer(), reader.offset()) == sequence)
                {
                    final byte[] record = new byte[reader.length()];
                    reader.buffer().getBytes(reader.offset(), record);
                    return record;
                }
            }
        }
        throw new AssertionError("no input of sequence=" + sequence);
    }

    private static Path copy(final Path target) throws IOException
    {
        try (Stream<Path> files = Files.walk(source))
        {
            for (final Path file : files.toList())
            {
                Files.copy(file, target.resolve(source.relativize(file).toString()));
            }
        }
        return target;
    }

    private static Path queueFile(final Path node) throws IOException
    {
        try (Stream<Path> files = Files.walk(node))
        {
            return files.filter((file) -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
    }

    private static void flip(final Path node, final byte[] record, final int at) throws IOException
    {
        final Path file = queueFile(node);
        final UnsafeBuffer bytes = new UnsafeBuffer(Files.readAllBytes(file));
        int position = 0;
        while (!isAt(bytes, position, record))
        {
            position += Integer.BYTES;
        }
        try (RandomAccessFile target = new RandomAccessFile(file.toFile(), "rw"))
        {
            target.seek(position + at);
            target.write(record[at] ^ 0x10);
        }
    }

    private static boolean isAt(final UnsafeBuffer bytes, final int position, final byte[] record)
    {
        for (int i = 0; i < record.length; i++)
        {
            if (bytes.getByte(position + i) != record[i])
            {
                return false;
            }
        }
        return true;
    }
}
