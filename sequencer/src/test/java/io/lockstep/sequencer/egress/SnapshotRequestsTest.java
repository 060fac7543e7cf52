package io.lockstep.sequencer.egress;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.MarketDataRequestEncoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.SnapshotWantedDecoder;
import io.lockstep.sequencer.Allocation;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Which feed is asked for which book, and how often. */
class SnapshotRequestsTest
{
    private static final long MILLI_NS = 1_000_000L;

    private final List<String> sent = new ArrayList<>();
    private final MarketDataRequests requests = new MarketDataRequests(new LinkMessages(this::offer));
    private boolean takes = true;
    private boolean records = true;
    private long nowNs = 1_000_000 * MILLI_NS;
    private long sequence;

    private long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        if (takes && records)
        {
            final SnapshotWantedDecoder wanted = new SnapshotWantedDecoder();
            wanted.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
            sent.add(wanted.instrumentId() + " of " + wanted.sourceId() + " for " + wanted.sequence());
        }
        return takes ? 1 : MessageSender.BACK_PRESSURED;
    }

    private void want(final int sourceId, final int... instrumentIds)
    {
        requests.add(decisions(sourceId, instrumentIds));
    }

    private RecordBatch decisions(final int sourceId, final int... instrumentIds)
    {
        final RecordBatch decisions = new RecordBatch();
        final MarketDataRequestEncoder request = new MarketDataRequestEncoder();
        for (final int instrumentId : instrumentIds)
        {
            request.wrapAndApplyHeader(decisions.buffer(), decisions.nextMessageOffset(), new MessageHeaderEncoder())
                .instrumentId(instrumentId).sourceId(sourceId).reason(FeedReason.SEQUENCE_GAP);
            final int record = decisions.addEncoded(RecordKind.DECISION, request.encodedLength());
            RecordDescriptor.sequence(decisions.buffer(), record, ++sequence);
        }
        return decisions;
    }

    private List<String> after(final long milliseconds)
    {
        sent.clear();
        nowNs += milliseconds * MILLI_NS;
        requests.send(nowNs);
        return List.copyOf(sent);
    }

    @Test
    void shouldAskTheFeedOfTheBookAtOnce()
    {
        want(7, 3, 0);
        want(8, 5);

        assertThat(after(0)).containsExactly("3 of 7 for 1", "0 of 7 for 2", "5 of 8 for 3");
        assertThat(requests.isIdle()).isTrue();
    }

    @Test
    void shouldAskForABookOnceASecondAndForOthersMeanwhile()
    {
        want(7, 3);
        assertThat(after(0)).containsExactly("3 of 7 for 1");

        want(7, 3);
        want(7, 3, 4);
        assertThat(after(999)).containsExactly("4 of 7 for 4");
        assertThat(after(1)).as("once for both, by the newest").containsExactly("3 of 7 for 3");
        assertThat(after(5_000)).isEmpty();
        want(7, 3);
        assertThat(after(0)).containsExactly("3 of 7 for 5");
        want(7, 3);
        assertThat(after(-3_600_000)).as("also when the clock steps back").containsExactly("3 of 7 for 6");
    }

    @Test
    void shouldKeepWhatTheLinkDoesNotTake()
    {
        takes = false;
        want(7, 3);
        assertThat(after(0)).isEmpty();
        takes = true;
        assertThat(after(0)).containsExactly("3 of 7 for 1");
    }

    @Test
    void shouldAskForAFewInEachTurn()
    {
        final int[] all = new int[100];
        for (int i = 0; i < all.length; i++)
        {
            all[i] = i;
        }
        want(7, all);

        assertThat(after(0)).hasSize(MarketDataRequests.PER_TURN);
        int count = MarketDataRequests.PER_TURN;
        while (!requests.isIdle())
        {
            count += after(0).size();
        }
        assertThat(count).isEqualTo(all.length);
    }

    /** A book that the core has of a simulation, of nobody's. */
    @Test
    void shouldAskNobodyWhereNoFeedIsNamed()
    {
        want(0, 3);
        want(Integer.MIN_VALUE, 3);
        assertThat(requests.isIdle()).isTrue();
    }

    @Test
    void shouldAllocateNothing()
    {
        records = false;
        final RecordBatch decisions = decisions(7, 1, 2, 3);

        assertThat(Allocation.leastBytes(10, () ->
        {
            for (int i = 0; i < 10_000; i++)
            {
                requests.add(decisions);
                nowNs += 300 * MILLI_NS;
                requests.send(nowNs);
            }
        })).isZero();
    }
}
