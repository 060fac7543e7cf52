package io.lockstep.perf.latency.load;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.BestBidOfferEncoder;
import io.lockstep.sbe.BookSnapshotEncoder;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.FeedStatusEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which messages make an order, and that the core is of the same mind in every round. Every update that can is to make one. */
class TapeRecorderTest
{
    private static final int ROUNDS = 3;
    private static final long BID = 99;
    private static final long ASK = 101;

    @TempDir
    private Path directory;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BookSnapshotEncoder snapshot = new BookSnapshotEncoder();
    private final BookUpdateEncoder update = new BookUpdateEncoder();
    private final BestBidOfferEncoder quote = new BestBidOfferEncoder();
    private final FeedStatusEncoder status = new FeedStatusEncoder();
    private TapeRecorder recorder = new TapeRecorder(List.of(instrument("0.01", "0.001")), 1);

    private static Instrument instrument(final String tick, final String lot)
    {
        return new Instrument(0, "BTCUSDT", "TEST", ContractType.LINEAR, Increment.parse(tick), Increment.parse(lot),
            1, 1, new Increment(1, 0), "BTC", "USDT", "USDT");
    }

    private void add(final MessageEncoderFlyweight message)
    {
        recorder.add(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength());
    }

    private void snapshot(final long updateId, final long bidTicks, final long askTicks)
    {
        chunk(updateId, 0, 1, bidTicks, askTicks);
    }

    private void chunk(
        final long updateId, final int index, final int count, final long bidTicks, final long askTicks)
    {
        snapshot.wrapAndApplyHeader(buffer, 0, header).instrumentId(0).chunkIndex(index).chunkCount(count)
            .updateId(updateId);
        snapshot.bidsCount(1).next().priceTicks(bidTicks).quantityLots(1);
        snapshot.asksCount(1).next().priceTicks(askTicks).quantityLots(1);
        add(snapshot);
    }

    /** Changes what is at the bid; 0 lots take it away. */
    private void update(final long updateId, final long previousUpdateId, final long bidTicks, final long lots)
    {
        update.wrapAndApplyHeader(buffer, 0, header).instrumentId(0).updateId(updateId)
            .previousUpdateId(previousUpdateId);
        update.bidsCount(1).next().priceTicks(bidTicks).quantityLots(lots);
        update.asksCount(0);
        add(update);
    }

    private void update(final long updateId, final long previousUpdateId)
    {
        update(updateId, previousUpdateId, BID, updateId);
    }

    private void quote(final long updateId, final long bidTicks, final long askTicks)
    {
        add(quote.wrapAndApplyHeader(buffer, 0, header).instrumentId(0).updateId(updateId).bidPriceTicks(bidTicks)
            .bidQuantityLots(1).askPriceTicks(askTicks).askQuantityLots(1));
    }

    private void gap()
    {
        add(status.wrapAndApplyHeader(buffer, 0, header).instrumentId(0).condition(FeedCondition.STALE)
            .reason(FeedReason.SEQUENCE_GAP).expected(1).actual(2));
    }

    /** Where the core makes its orders, in each round alike, and each loop without a core. */
    private List<Integer> orders()
    {
        final Tape tape = recorder.tape();
        final Load load = new Load(Map.of(), recorder.configured(), TapeRecorder.ORDER_MULTIPLE, tape.lengthMax(),
            tape.count(), () -> new TapeWorkload(tape));
        final PlayedCore core = new PlayedCore(load, directory);
        final Workload workload = load.workloads().get();
        List<Integer> first = null;
        for (int round = 0; round < ROUNDS; round++)
        {
            final List<Integer> orders = new ArrayList<>();
            for (int message = 0; message < tape.count(); message++)
            {
                final int length = workload.next();
                final int made = core.give(workload.market(), length);
                final long updateId = Workload.updateId(workload.market(), 0);
                assertThat(made).as("round %d message %d", round, message).isEqualTo(workload.makesOrder() ? 1 : 0);
                assertThat(updateId > 0 && Workload.makesOrder(updateId, TapeRecorder.ORDER_MULTIPLE))
                    .as("round %d message %d", round, message).isEqualTo(workload.makesOrder());
                if (made > 0)
                {
                    orders.add(message);
                }
            }
            first = first == null ? orders : first;
            assertThat(orders).isEqualTo(first);
        }
        assertThat(core.refused()).isZero();
        return first;
    }

    @Test
    void shouldOrderOncePerUpdateWhateverComesBetween()
    {
        quote(9, BID, ASK);
        snapshot(10, BID, ASK);
        update(12, 10);
        quote(12, BID, ASK);
        quote(13, BID, ASK);
        update(13, 12);
        quote(13, BID, ASK);

        assertThat(orders()).containsExactly(2, 5);
    }

    @Test
    void shouldNotOrderAtWhatDoesNotApply()
    {
        update(8, Nulls.NULL_UPDATE_ID);
        snapshot(10, BID, ASK);
        update(10, Nulls.NULL_UPDATE_ID);
        update(11, 10);
        // Of before.
        update(11, 10);
        snapshot(9, BID, ASK);
        update(12, 11);

        assertThat(orders()).containsExactly(3, 6);
    }

    @Test
    void shouldNotOrderWithoutBidAndOfferNorInACrossedBook()
    {
        snapshot(10, BID, ASK);
        update(11, 10, BID, 0);
        update(12, 11, ASK + 1, 5);
        update(13, 12, ASK + 1, 0);
        update(14, 13, BID, 5);
        // The quote has no offer, and is newer than the book.
        quote(20, BID, Nulls.NULL_PRICE_TICKS);
        update(15, 14);
        update(21, 15);

        assertThat(orders()).containsExactly(4, 7);
    }

    @Test
    void shouldNotOrderBetweenAGapAndTheNextSnapshot()
    {
        snapshot(10, BID, ASK);
        update(11, 10);
        gap();
        update(15, Nulls.NULL_UPDATE_ID);
        chunk(20, 0, 2, BID, ASK);
        chunk(20, 1, 2, BID - 1, ASK + 1);
        // A futures venue's first change after a snapshot may have its id.
        update(20, 20);
        update(21, 20);

        assertThat(orders()).containsExactly(1, 6, 7);
    }

    @Test
    void shouldGoOnWhereTheVenueCountsAnew()
    {
        snapshot(1_000, BID, ASK);
        update(1_001, 1_000);
        quote(1_002, BID, ASK);
        gap();
        snapshot(5, BID, ASK);
        quote(6, BID, ASK);
        update(6, 5);
        update(1_001, 6);
        // Once more in the time of the same numbers.
        gap();
        snapshot(6, BID, ASK);
        update(1_001, 6);

        assertThat(orders()).containsExactly(1, 6, 7, 10);
    }

    @Test
    void shouldOrderAtTheFirstUpdateThatCanOfEachSoManyMessages()
    {
        recorder = new TapeRecorder(List.of(instrument("0.01", "0.001")), 4);
        update(1, Nulls.NULL_UPDATE_ID);
        snapshot(10, BID, ASK);
        quote(10, BID, ASK);
        quote(10, BID, ASK);
        for (int i = 0; i < 7; i++)
        {
            update(11 + i, 10 + i);
        }
        quote(20, BID, ASK);
        quote(21, BID, ASK);
        update(22, 17);

        assertThat(orders()).containsExactly(4, 8, 13);
    }

    /** Whatever a lot is worth: the limits come from the tape's prices. */
    @Test
    void shouldPassTheLimitsAtAnyPrice()
    {
        recorder = new TapeRecorder(List.of(instrument("1", "1000")), 1);
        snapshot(10, 9_000_000_000L, 9_000_000_001L);
        update(11, 10, 9_000_000_000L, 7);

        assertThat(orders()).containsExactly(1);
    }

    @Test
    void shouldTakeNothingThatItsReaderCouldNotPlace()
    {
        snapshot(10, BID, ASK);

        assertThatThrownBy(() -> update(15, 12)).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("updateId=15 previousUpdateId=12");
    }
}
