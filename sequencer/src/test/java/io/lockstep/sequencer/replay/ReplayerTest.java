package io.lockstep.sequencer.replay;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.journal.JournalCopy;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The same journal gives the same decisions; any other decision is named; what a crash has cut off is made again. */
class ReplayerTest
{
    private static final int TRADES = 30;

    /** Two incarnations that ended cleanly and a third that was left. */
    @TempDir
    private static Path good;

    @TempDir
    private Path directory;

    @BeforeAll
    static void writeAGoodJournal()
    {
        final WireRecords feed = new WireRecords(7, 70);
        final OfflineNode node = new OfflineNode(good, "timerMs: 2");
        node.run(true, OfflineNode.trades(feed, TRADES));
        node.run(true, OfflineNode.trades(feed, TRADES));
        node.run(false, OfflineNode.trades(feed, TRADES));
    }

    private Path write(final JournalCopy copy)
    {
        final Path node = directory.resolve("copy");
        copy.write(node);
        return node;
    }

    private static boolean isOrder(final UnsafeBuffer record)
    {
        return RecordDescriptor.templateId(record, 0) == NewOrderSingleDecoder.TEMPLATE_ID;
    }

    private static List<UnsafeBuffer> orders(final Path node)
    {
        return JournalCopy.read(node).records().stream().filter(ReplayerTest::isOrder)
            .map((record) -> new UnsafeBuffer(record, RecordDescriptor.SEQUENCE_OFFSET,
                record.capacity() - RecordDescriptor.SEQUENCE_OFFSET))
            .toList();
    }

    @Test
    void shouldReplayToItself()
    {
        final Replayer replayer = OfflineNode.replay(good, true);

        assertThat(replayer.divergence()).isNull();
        assertThat(replayer.cutOff().isEmpty()).isTrue();
        assertThat(replayer.firstSequence()).isEqualTo(1);
        assertThat(replayer.inputs()).isEqualTo(
            JournalCopy.read(good).records().stream().filter(JournalCopy::isInput).count());
        assertThat(replayer.host().decisionCount()).isEqualTo(
            JournalCopy.read(good).records().stream().filter(JournalCopy::isDecision).count())
            .isGreaterThan(6 * TRADES / 2);
    }

    @Test
    void shouldMakeTheSameDecisionsFromInputsAlone()
    {
        final Path stripped = write(JournalCopy.read(good).drop(JournalCopy::isMadeByCore).reseal());

        final Replayer replayer = OfflineNode.replay(stripped, false);
        final Replayer original = OfflineNode.replay(good, true);

        assertThat(replayer.host().decisionHash()).isEqualTo(original.host().decisionHash());
        assertThat(replayer.host().core().stateHash()).isEqualTo(original.host().core().stateHash());
        assertThat(replayer.host().decisionCount()).isEqualTo(original.host().decisionCount()).isPositive();
    }

    @Test
    void shouldNameTheDecisionThatIsNotTheOneItMakes()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(100, ReplayerTest::isOrder);
        final UnsafeBuffer record = copy.records().get(index);
        final int priceOffset = RecordDescriptor.BODY_OFFSET + NewOrderSingleDecoder.priceTicksEncodingOffset();
        record.putLong(priceOffset, record.getLong(priceOffset) + 1);
        copy.reseal();

        final Divergence divergence = OfflineNode.replay(write(copy), true).divergence();

        assertThat(divergence.sequence()).isEqualTo(RecordDescriptor.sequence(record, 0));
        assertThat(divergence.ordinal()).isEqualTo(RecordDescriptor.ordinal(record, 0));
        assertThat(divergence.expected().getLong(priceOffset)).isEqualTo(record.getLong(priceOffset));
        assertThat(divergence.actual().getLong(priceOffset)).isEqualTo(record.getLong(priceOffset) - 1);
    }

    @Test
    void shouldNameADecisionThatTheJournalDoesNotHave()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(100, ReplayerTest::isOrder);
        final long sequence = RecordDescriptor.sequence(copy.records().get(index), 0);
        copy.drop((record) -> JournalCopy.isDecision(record) && RecordDescriptor.sequence(record, 0) == sequence)
            .reseal();

        final Divergence divergence = OfflineNode.replay(write(copy), true).divergence();

        assertThat(divergence.sequence()).isEqualTo(sequence);
        assertThat(divergence.ordinal()).isEqualTo(1);
        assertThat(divergence.actual()).isNotNull();
    }

    @Test
    void shouldNameAStateHashThatIsNotTheOneItComesTo()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int index = copy.indexOf(100, (record) -> JournalCopy.is(record, RecordKind.STATE_HASH));
        final UnsafeBuffer record = copy.records().get(index);
        record.putByte(RecordDescriptor.BODY_OFFSET, (byte)(record.getByte(RecordDescriptor.BODY_OFFSET) + 1));
        copy.reseal();

        final Divergence divergence = OfflineNode.replay(write(copy), true).divergence();

        assertThat(divergence.sequence()).isEqualTo(RecordDescriptor.sequence(record, 0));
        assertThat(divergence.ordinal()).isZero();
    }

    /** Everything behind the first of two records that were altered is not looked at. */
    @Test
    void shouldNameTheFirstOfTwo()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int first = copy.indexOf(60, JournalCopy::isDecision);
        final int second = copy.indexOf(first + 20, JournalCopy::isDecision);
        for (final int index : new int[]{second, first})
        {
            final UnsafeBuffer record = copy.records().get(index);
            record.putByte(RecordDescriptor.VENUE_TIME_OFFSET, (byte)1);
        }
        copy.reseal();

        assertThat(OfflineNode.replay(write(copy), true).divergence().sequence())
            .isEqualTo(RecordDescriptor.sequence(copy.records().get(first), 0));
    }

    @Test
    void shouldSayThatACleanEndLacksDecisions()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int end = copy.lastIndexOf((record) -> JournalCopy.is(record, RecordKind.CLEAN_END));
        copy.truncate(end + 1);
        final int lastOrder = copy.lastIndexOf(ReplayerTest::isOrder);
        final long sequence = RecordDescriptor.sequence(copy.records().get(lastOrder), 0);
        copy.drop((record) -> JournalCopy.isMadeByCore(record) && RecordDescriptor.sequence(record, 0) >= sequence)
            .reseal();

        assertThat(OfflineNode.replay(write(copy), true).divergence().sequence()).isEqualTo(sequence);
    }

    @Test
    void shouldCompleteInTheNextIncarnationWhatACrashHasCutOff()
    {
        final JournalCopy copy = JournalCopy.read(good);
        final int last = copy.lastIndexOf(ReplayerTest::isOrder);
        copy.truncate(last);
        final Path crashed = write(copy);

        final Replayer replayer = OfflineNode.replay(crashed, true);
        assertThat(replayer.divergence()).isNull();
        assertThat(replayer.cutOff().isEmpty()).isFalse();

        new OfflineNode(crashed, "timerMs: 2").run(true, OfflineNode.trades(new WireRecords(8, 80), 3));

        final List<UnsafeBuffer> original = orders(good);
        final List<UnsafeBuffer> completed = orders(crashed);
        assertThat(completed).startsWith(original.toArray(new UnsafeBuffer[0])).hasSize(original.size() + 3);
        final JournalCopy result = JournalCopy.read(crashed);
        final int metadata = result.lastIndexOf((record) -> JournalCopy.is(record, RecordKind.RUN_METADATA));
        assertThat(result.records().get(metadata + 1)).as("before any input of the new incarnation")
            .satisfies((record) -> assertThat(JournalCopy.isDecision(record)).isTrue());
        final Replayer verified = OfflineNode.replay(crashed, true);
        assertThat(verified.divergence()).isNull();
        assertThat(verified.cutOff().isEmpty()).isTrue();
    }

    @Test
    void shouldStopAtASequenceAndGoOn()
    {
        final Replayer whole = OfflineNode.replay(good, true);
        final long last = whole.host().core().lastSequence();

        assertThat(OfflineNode.replay(good, true, 1, 17, 17, 40, last - 1).host().core().lastSequence())
            .isEqualTo(last - 1);
        final Replayer stepped = OfflineNode.replay(good, true, 1, 17, 17, 40, last - 1, last, Long.MAX_VALUE);

        assertThat(stepped.divergence()).isNull();
        assertThat(stepped.inputs()).isEqualTo(whole.inputs());
        assertThat(stepped.host().decisionHash()).isEqualTo(whole.host().decisionHash());
    }
}
