package io.lockstep.gateways.recording.binance;

import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.recording.RecordedMessages;
import io.lockstep.gateways.recording.message.MarketEncoder;
import io.lockstep.gateways.recording.message.MessageQueue;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static io.lockstep.gateways.recording.binance.DepthSynchronizer.Rule.FUTURES;
import static io.lockstep.gateways.recording.binance.DepthSynchronizer.Rule.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

class DepthSynchronizerTest
{
    private final MarketEncoder encoder = new MarketEncoder();
    private final MessageQueue output = new MessageQueue();
    private final MarketEncoder.TickLevels noLevels = new MarketEncoder.TickLevels();
    private final List<String> events = new ArrayList<>();
    private DepthSynchronizer synchronizer;

    @Test
    void spotHoldsChangesUntilTheSnapshotAndChainsThoseAfterIt()
    {
        given(SPOT);
        change(1, 5, 0);
        change(6, 9, 0);
        change(10, 12, 0);
        assertThat(events).isEmpty();
        snapshot(7);
        change(13, 13, 0);
        assertThat(events).containsExactly("null->5", "snapshot 7", "7->9", "9->12", "12->13");
    }

    @Test
    void spotCountsAChangeThatEndsAtTheSnapshotAsCovered()
    {
        given(SPOT);
        change(1, 5, 0);
        change(6, 7, 0);
        snapshot(5);
        assertThat(events).containsExactly("null->5", "snapshot 5", "5->7");
    }

    @Test
    void futuresAppliesAChangeThatEndsAtTheSnapshotAgain()
    {
        given(FUTURES);
        change(10, 15, 8);
        change(18, 20, 15);
        change(22, 25, 20);
        snapshot(20);
        change(30, 31, 25);
        assertThat(events).containsExactly("null->15", "snapshot 20", "20->20", "20->25", "25->31");
    }

    @Test
    void futuresSnapshotMayLieBetweenTwoChanges()
    {
        given(FUTURES);
        change(10, 15, 8);
        change(18, 20, 15);
        snapshot(16);
        assertThat(events).containsExactly("null->15", "snapshot 16", "16->20");
    }

    @Test
    void futuresSnapshotOlderThanTheFirstChangeIsAGap()
    {
        given(FUTURES);
        change(18, 20, 15);
        snapshot(14);
        snapshot(17);
        assertThat(events).containsExactly(
            "snapshot 14", "STALE SEQUENCE_GAP 14 15", "snapshot 17", "17->20");
    }

    @Test
    void spotGapHoldsUntilASnapshotHeals()
    {
        given(SPOT);
        snapshot(10);
        change(11, 12, 0);
        change(14, 15, 0);
        change(16, 17, 0);
        assertThat(events).containsExactly("snapshot 10", "10->12", "STALE SEQUENCE_GAP 13 14");
        events.clear();
        snapshot(15);
        change(18, 18, 0);
        assertThat(events).containsExactly("null->15", "snapshot 15", "15->17", "17->18");
    }

    @Test
    void futuresGapIsToldByThePreviousId()
    {
        given(FUTURES);
        snapshot(10);
        change(9, 12, 7);
        change(13, 15, 12);
        change(17, 18, 16);
        assertThat(events).containsExactly("snapshot 10", "10->12", "12->15", "STALE SEQUENCE_GAP 15 16");
    }

    @Test
    void gapAmongHeldChangesIsFoundWhenTheSnapshotReleasesThem()
    {
        given(SPOT);
        change(8, 12, 0);
        change(14, 15, 0);
        snapshot(10);
        snapshot(13);
        assertThat(events).containsExactly(
            "snapshot 10", "10->12", "STALE SEQUENCE_GAP 13 14", "snapshot 13", "13->15");
    }

    @Test
    void repeatedChangeIsPassedOnUnplaced()
    {
        for (final DepthSynchronizer.Rule rule : DepthSynchronizer.Rule.values())
        {
            events.clear();
            given(rule);
            snapshot(10);
            change(11, 12, 10);
            change(11, 12, 10);
            change(13, 14, 12);
            assertThat(events).containsExactly("snapshot 10", "10->12", "null->12", "12->14");
        }
    }

    @Test
    void spotChangeThatOverlapsFollows()
    {
        given(SPOT);
        snapshot(10);
        change(11, 12, 0);
        change(12, 14, 0);
        assertThat(events).containsExactly("snapshot 10", "10->12", "12->14");
    }

    @Test
    void snapshotOlderThanTheBookChangesNothing()
    {
        given(SPOT);
        snapshot(10);
        change(11, 15, 0);
        snapshot(12);
        change(16, 17, 0);
        assertThat(events).containsExactly("snapshot 10", "10->15", "snapshot 12", "15->17");
    }

    @Test
    void newerSnapshotReplacesTheBook()
    {
        given(FUTURES);
        snapshot(10);
        change(9, 15, 8);
        snapshot(20);
        change(16, 18, 15);
        change(19, 22, 18);
        assertThat(events).containsExactly("snapshot 10", "10->15", "snapshot 20", "null->18", "20->22");
    }

    @Test
    void whatIsHeldAtTheEndIsReleasedUnplaced()
    {
        given(SPOT);
        change(1, 2, 0);
        change(3, 4, 0);
        synchronizer.end(99);
        drain();
        assertThat(events).containsExactly("STALE NO_SNAPSHOT null null", "null->2", "null->4");
    }

    @Test
    void nothingIsSaidAtTheEndWhenNothingIsHeld()
    {
        given(SPOT);
        snapshot(10);
        synchronizer.end(99);
        drain();
        assertThat(events).containsExactly("snapshot 10");
    }

    @Test
    void theOldestAreReleasedUnplacedWhenTooMuchIsHeld()
    {
        synchronizer = new DepthSynchronizer(SPOT, 0, 300, encoder, output);
        for (int i = 1; i <= 6; i++)
        {
            change(i, i, 0);
        }
        final int released = events.size();
        assertThat(released).isBetween(1, 5);
        assertThat(synchronizer.heldOverflowCount()).isEqualTo(released);
        snapshot(5);
        final List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 5; i++)
        {
            expected.add("null->" + i);
        }
        expected.add("snapshot 5");
        expected.add("5->6");
        assertThat(events).isEqualTo(expected);
    }

    private void given(final DepthSynchronizer.Rule rule)
    {
        synchronizer = new DepthSynchronizer(rule, 0, DepthSynchronizer.HELD_BYTES_MAX, encoder, output);
    }

    private void change(final long firstUpdateId, final long lastUpdateId, final long previousUpdateId)
    {
        final int length = encoder.bookUpdate(0, lastUpdateId, Nulls.NULL_UPDATE_ID, noLevels, noLevels);
        final boolean isDirect = synchronizer.onChange(
            encoder.buffer(), length, lastUpdateId, 0, firstUpdateId, lastUpdateId, previousUpdateId);
        if (isDirect)
        {
            record(RecordedMessages.text(encoder.buffer(), 0));
        }
        drain();
    }

    private void snapshot(final long updateId)
    {
        synchronizer.beginSnapshot(updateId);
        drain();
        events.add("snapshot " + updateId);
        synchronizer.endSnapshot();
        drain();
    }

    private void drain()
    {
        while (output.poll())
        {
            record(RecordedMessages.text(output.buffer(), output.messageOffset()));
        }
    }

    private void record(final String message)
    {
        events.add(message.replace("0 update ", "").replaceFirst("^0 ", ""));
    }
}
