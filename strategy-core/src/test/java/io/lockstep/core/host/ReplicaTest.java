package io.lockstep.core.host;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.CoreScenario;
import io.lockstep.core.InputRecords;
import io.lockstep.core.RandomTrading;
import io.lockstep.core.RestlessStrategy;
import io.lockstep.core.host.SourceTable.Verdict;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.HelloEncoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.TimerFiredDecoder;
import io.lockstep.sbe.TradeDecoder;
import io.lockstep.sbe.TradeEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The core under whoever orders its inputs: no loop, no journal, no link and no clock. */
class ReplicaTest
{
    private static final int FEED = 1;
    private static final int SESSION = 7;
    /** That the recorded reports of the venue name orders by. */
    private static final int EPOCH = CoreScenario.INCARNATION;
    private static final int STEPS = 3_000;
    private static final int SECTION_LENGTH_MAX = 1 << 17;

    private final List<UnsafeBuffer> log = new ArrayList<>();

    /** Market data comes from a feed, numbered; all else is the node's own word. Timers are the replicas' own affair. */
    @BeforeEach
    void record()
    {
        final RandomTrading trading = new RandomTrading(41, "restless", "seed=41");
        for (int step = 0; step < STEPS; step++)
        {
            trading.step();
        }
        final InputRecords records = trading.scenario().records();
        log.add(hello(SESSION));
        long feedSequence = 0;
        for (int i = 0; i < records.count(); i++)
        {
            final UnsafeBuffer record = copy(records, i);
            if (isMarketData(RecordDescriptor.templateId(record, 0)))
            {
                number(record, SESSION, ++feedSequence);
            }
            if (RecordDescriptor.templateId(record, 0) != TimerFiredDecoder.TEMPLATE_ID)
            {
                log.add(record);
            }
        }
    }

    private static UnsafeBuffer copy(final InputRecords records, final int index)
    {
        final int length = RecordDescriptor.recordLength(records.buffer(), records.offset(index));
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        copy.putBytes(0, records.buffer(), records.offset(index), length);
        return copy;
    }

    private static UnsafeBuffer hello(final int session)
    {
        final InputRecords records = new InputRecords();
        final HelloEncoder hello = records.begin(new HelloEncoder());
        hello.sourceId(FEED).sourceSession(session);
        records.end();
        final UnsafeBuffer record = copy(records, 0);
        record.putByte(RecordDescriptor.KIND_OFFSET, (byte)RecordKind.LINK.value());
        return record;
    }

    private static UnsafeBuffer trade(final int session, final long sequence)
    {
        final InputRecords records = new InputRecords();
        records.begin(new TradeEncoder()).instrumentId(0).tradeId(sequence).priceTicks(100).quantityLots(1);
        records.end();
        final UnsafeBuffer record = copy(records, 0);
        number(record, session, sequence);
        return record;
    }

    private static void number(final UnsafeBuffer record, final int session, final long sequence)
    {
        RecordDescriptor.sourceId(record, 0, FEED);
        RecordDescriptor.sourceSession(record, 0, session);
        RecordDescriptor.sourceSequence(record, 0, sequence);
    }

    private static boolean isMarketData(final int templateId)
    {
        return templateId == BookUpdateDecoder.TEMPLATE_ID || templateId == BookSnapshotDecoder.TEMPLATE_ID ||
            templateId == BestBidOfferDecoder.TEMPLATE_ID || templateId == TradeDecoder.TEMPLATE_ID;
    }

    private static Replica replica()
    {
        return new Replica(List.of(new RestlessStrategy.Factory()), new UnacknowledgedDecisions(1 << 12), 0);
    }

    private static Verdict give(final Replica replica, final UnsafeBuffer record)
    {
        return replica.onRecord(record, 0, RecordDescriptor.sequencerTimeNs(record, 0), EPOCH);
    }

    private static void giveAll(final Replica replica, final List<UnsafeBuffer> records)
    {
        records.forEach((record) -> give(replica, record));
    }

    /** All that two replicas of one log must agree in. */
    private static List<Object> state(final Replica replica)
    {
        final CoreHost host = replica.host();
        final List<Object> state = new ArrayList<>(List.of(host.core().lastSequence(), host.lastTimeNs(), host.epoch(),
            host.core().stateHash(), host.decisionHash(), host.decisionCount(), host.ordersSent()));
        host.sources()
            .forEach((source) -> state.add(source.id() + "/" + source.session() + "/" + source.lastSequence()));
        host.timers().forEach((timerId, deadlineNs) -> state.add(timerId + "@" + deadlineNs));
        host.outbox().forEachUnacknowledged(
            (venueId, buffer, offset) -> state.add(venueId + ":" + RecordDescriptor.checksum(buffer, offset)));
        return state;
    }

    @Test
    void shouldDecideAlikeInEveryReplicaOfALog()
    {
        final Replica one = replica();
        final Replica other = replica();
        for (final UnsafeBuffer record : log)
        {
            give(one, record);
            give(other, record);
            assertThat(one.host().core().stateHash()).isEqualTo(other.host().core().stateHash());
        }

        assertThat(state(one)).isEqualTo(state(other));
        assertThat(one.host().ordersSent()).isGreaterThan(20);
        assertThat(one.host().core().lastSequence()).as("timers have become inputs").isGreaterThan(log.size());
    }

    /** Whoever has lost sight of what the log took sends it again. */
    @Test
    void shouldCountARecordThatTheLogHasTwiceOnce()
    {
        final Replica once = replica();
        final Replica twice = replica();
        int repeats = 0;
        for (final UnsafeBuffer record : log)
        {
            give(once, record);
            give(twice, record);
            if (RecordDescriptor.sourceId(record, 0) == FEED)
            {
                assertThat(give(twice, record)).isEqualTo(Verdict.REPEAT);
                repeats++;
            }
        }

        assertThat(repeats).isGreaterThan(100);
        assertThat(state(twice)).isEqualTo(state(once));
    }

    @Test
    void shouldMakeAnInputOfAGapBeforeAnythingBehindIt()
    {
        final Replica replica = replica();
        give(replica, hello(SESSION));
        give(replica, trade(SESSION, 1));

        assertThat(give(replica, trade(SESSION, 4))).isEqualTo(Verdict.GAP);

        assertThat(replica.host().core().lastSequence()).as("trade, FeedStatus, trade").isEqualTo(3);
        assertThat(replica.host().sources().source(FEED).lastSequence()).isEqualTo(4);
        assertThat(give(replica, trade(SESSION, 3))).isEqualTo(Verdict.REPEAT);
        assertThat(replica.host().core().lastSequence()).isEqualTo(3);
    }

    /** What a gateway before has left behind must not be taken for its successor's. */
    @Test
    void shouldTakeASessionFromItsHelloOn()
    {
        final Replica replica = replica();
        assertThat(give(replica, trade(SESSION, 1))).isEqualTo(Verdict.OTHER_SESSION);
        give(replica, hello(SESSION));
        assertThat(give(replica, trade(SESSION, 1))).isEqualTo(Verdict.TAKE);
        give(replica, hello(SESSION + 1));
        assertThat(give(replica, trade(SESSION, 2))).isEqualTo(Verdict.OTHER_SESSION);
        assertThat(give(replica, trade(SESSION + 1, 1))).isEqualTo(Verdict.TAKE);
        give(replica, hello(SESSION + 1));
        assertThat(give(replica, trade(SESSION + 1, 2))).as("a Hello said again").isEqualTo(Verdict.TAKE);

        assertThat(replica.host().core().lastSequence()).isEqualTo(3);
    }

    @Test
    void shouldNeverGoBackInTime()
    {
        final Replica replica = replica();
        give(replica, hello(SESSION));
        replica.onRecord(trade(SESSION, 1), 0, 1_000, EPOCH);
        replica.onRecord(trade(SESSION, 2), 0, 900, EPOCH);

        assertThat(replica.host().lastTimeNs()).isEqualTo(1_000);
        replica.onTime(500, EPOCH);
        assertThat(replica.host().core().lastSequence()).isEqualTo(2);
    }

    /** The epoch is the log's, whatever the number of a run. */
    @Test
    void shouldNameOrdersByTheEpoch()
    {
        final Replica replica = replica();
        for (final UnsafeBuffer record : log)
        {
            replica.onRecord(record, 0, RecordDescriptor.sequencerTimeNs(record, 0), EPOCH + 1);
        }

        int orders = 0;
        for (int offset = 0; offset < replica.decisions().length();)
        {
            if (RecordDescriptor.templateId(replica.decisions().buffer(), offset) == NewOrderSingleDecoder.TEMPLATE_ID)
            {
                final int clOrdId = offset + RecordDescriptor.BODY_OFFSET;
                assertThat(ClOrdIds.incarnation(replica.decisions().buffer(), clOrdId)).isEqualTo(EPOCH + 1);
                orders++;
            }
            offset += RecordDescriptor.recordLength(replica.decisions().buffer(), offset);
        }
        assertThat(orders).isPositive();
        assertThat(replica.host().epoch()).isEqualTo(EPOCH + 1);
    }

    @Test
    void shouldGoOnFromTheSectionsOfAnother()
    {
        final Replica whole = replica();
        final Replica restored = replica();
        final int half = log.size() / 2;
        giveAll(whole, log.subList(0, half));
        final List<Integer> lengths = new ArrayList<>();
        whole.save((message, offset, length) ->
        {
            lengths.add(length);
            final UnsafeBuffer section = new UnsafeBuffer(new byte[length]);
            section.putBytes(0, message, offset, length);
            restored.restore(section, 0, length);
        });
        restored.completeRestore();
        assertThat(state(restored)).isEqualTo(state(whole));
        assertThat(lengths).as("each is bounded").allMatch((length) -> length <= SECTION_LENGTH_MAX);

        giveAll(whole, log.subList(half, log.size()));
        giveAll(restored, log.subList(half, log.size()));

        assertThat(state(restored)).isEqualTo(state(whole));
    }
}
