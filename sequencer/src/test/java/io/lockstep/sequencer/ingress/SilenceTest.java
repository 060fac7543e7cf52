package io.lockstep.sequencer.ingress;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.core.host.SourceTable;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.LinkRefusal;
import io.lockstep.sbe.LimitType;
import io.lockstep.sequencer.WireRecords;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Gateways that are no longer heard, and are heard again. Time is a number; each turn takes ten milliseconds of it. */
class SilenceTest
{
    private static final long TURN_NS = 10_000_000L;
    private static final long TIMEOUT_NS = 100 * TURN_NS;

    private final List<String> events = new ArrayList<>();
    private final List<DirectBuffer> arrived = new ArrayList<>();
    private final WireRecords feed = new WireRecords(7, 70);
    private final WireRecords venue = new WireRecords(2, 20);
    private int aeronSession = 5;
    private long wallNs = 1_000_000_000_000L;
    private LinkIngress ingress = ingress(TIMEOUT_NS);

    private LinkIngress ingress(final long timeoutNs)
    {
        return new LinkIngress(List.of(new Arrived()), new SourceTable(), new Links(), new Monitor(), timeoutNs);
    }

    /** What happened in one turn in which these arrive. */
    private List<String> turn(final DirectBuffer... records)
    {
        events.clear();
        arrived.addAll(List.of(records));
        wallNs += TURN_NS;
        ingress.poll(new Sink(), 256, wallNs);
        return List.copyOf(events);
    }

    private List<String> turns(final int count)
    {
        final List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            all.addAll(turn());
        }
        return all;
    }

    private final class Arrived implements MessageReceiver
    {
        @Override
        public int poll(final MessageHandler handler, final int limit)
        {
            final List<DirectBuffer> records = List.copyOf(arrived);
            arrived.clear();
            records.forEach((record) -> handler.onMessage(record, 0, record.capacity(), aeronSession));
            return records.size();
        }

        @Override
        public boolean isConnected()
        {
            return true;
        }
    }

    private final class Sink implements InputSink
    {
        @Override
        public void onInput(final DirectBuffer buffer, final int offset, final int length)
        {
            events.add("input " + RecordDescriptor.sourceSequence(buffer, offset));
        }

        @Override
        public void onTime(final long timeNs)
        {
            throw new AssertionError("time");
        }

        @Override
        public void onSourceStatus(
            final int sourceId, final int sourceSession, final FeedReason reason, final long expected,
            final long actual)
        {
            events.add("gap " + expected + " " + actual);
        }

        @Override
        public void onSilence(
            final int sourceId, final int sourceSession, final long sourceSequence, final FeedCondition condition,
            final long timeoutNs, final long silentNs)
        {
            events.add("feed " + sourceId + "/" + sourceSession + "/" + sourceSequence + " " + condition + " " +
                silentNs / TURN_NS + " of " + timeoutNs / TURN_NS);
        }

        @Override
        public void onVenueStatus(final int sourceId, final BooleanType connected, final long silentNs)
        {
            events.add("venue " + connected);
        }

        @Override
        public void onRequestExpired(final int venueId, final DirectBuffer record, final int offset, final long ageNs)
        {
            throw new AssertionError("a request");
        }

        @Override
        public void onGatewayAhead(final int venueId, final long gatewayEgressSequence,
            final long journalEgressSequence)
        {
            throw new AssertionError("a gateway ahead");
        }
    }

    private final class Links implements LinkSender
    {
        @Override
        public void answer(final HelloDecoder hello, final long lastSourceSequence)
        {
            events.add("resume " + lastSourceSequence);
            if (hello.receivesDecisions() == BooleanType.TRUE)
            {
                events.add("ready");
            }
        }

        @Override
        public void refuse(final int sourceId, final int sourceSession, final LinkRefusal reason)
        {
            events.add("refused " + sourceId + "/" + sourceSession + " " + reason);
        }

        @Override
        public void challenge(final int sourceId, final int sourceSession, final byte[] nonce)
        {
            events.add("challenged " + sourceId + "/" + sourceSession);
        }

        @Override
        public void resume(final int sourceId, final int sourceSession, final long lastSourceSequence)
        {
            events.add("resume " + lastSourceSequence);
        }

        @Override
        public void refuse(
            final int sourceId, final int sourceSession, final int holderSession, final long holderHeard,
            final ProcessName holderProcess)
        {
            events.add("refused " + sourceId + "/" + sourceSession + " held by " + holderSession +
                (holderProcess.length() == 0 ? "" : " " + holderProcess));
        }

        @Override
        public boolean acknowledge(final int sourceId, final int sourceSession, final long sourceSequence)
        {
            return true;
        }

        @Override
        public void onReceiverSilent(final int sourceId)
        {
            events.add("silent");
        }

        @Override
        public void onReceiverHeard(final int sourceId)
        {
            events.add("heard");
        }
    }

    private static final class Monitor implements IngressMonitor
    {
        @Override
        public void onRejected(
            final MessageProblem problem, final DirectBuffer buffer, final int offset, final int length,
            final int aeronSessionId)
        {
            throw new AssertionError(problem.text());
        }

        @Override
        public void onRepeat(final int sourceId, final long sequence)
        {
            // Counted in a node.
        }

        @Override
        public void onGap(final int sourceId, final long expected, final long actual)
        {
            // Counted in a node.
        }
    }

    @Test
    void shouldSayOnceThatAFeedIsSilentAndThatItIsHeardAgain()
    {
        turn(feed.quote(0, 1, 2));
        assertThat(turns(90)).isEmpty();

        assertThat(turns(300)).containsExactly("feed 7/70/1 STALE 101 of 100");

        assertThat(turn(feed.quote(0, 1, 2))).containsExactly("feed 7/70/1 LIVE 0 of 100", "input 2");
    }

    /** Trades of one feed that go on must not hide that the book's feed is gone. */
    @Test
    void shouldSayOfEachSourceByItselfThatItIsSilent()
    {
        final WireRecords trades = new WireRecords(8, 80);
        turn(feed.quote(0, 1, 2), trades.trade(0, 1, 1));
        final List<String> told = new ArrayList<>();
        for (int i = 0; i < 4; i++)
        {
            told.addAll(turns(49));
            told.addAll(turn(trades.trade(0, 1, 1)));
        }

        assertThat(told).containsExactly("input 2", "feed 7/70/1 STALE 101 of 100", "input 3", "input 4", "input 5");
        assertThat(turn(feed.quote(0, 1, 2))).as("heard again by itself").containsExactly("feed 7/70/1 LIVE 0 of 100",
            "input 2");
    }

    @Test
    void shouldHearAFeedThatHasNothingToSay()
    {
        turn(feed.quote(0, 1, 2));
        for (int i = 0; i < 10; i++)
        {
            assertThat(turns(90)).isEmpty();
            assertThat(turn(feed.heartbeat(1))).isEmpty();
        }
        turns(200);
        assertThat(turn(feed.heartbeat(1))).containsExactly("feed 7/70/1 LIVE 0 of 100");
    }

    @Test
    void shouldNotCallItLiveWhileSomethingIsMissing()
    {
        turn(feed.quote(0, 1, 2));
        turns(200);

        assertThat(turn(feed.heartbeat(2))).containsExactly("resume -1");
        aeronSession++;
        turns(10);
        assertThat(turn(feed.sequence(3).quote(0, 1, 2))).containsExactly("resume -1");

        assertThat(turn(feed.sequence(2).quote(0, 1, 2), feed.quote(0, 1, 2)))
            .containsExactly("feed 7/70/1 LIVE 0 of 100", "input 2", "input 3");
    }

    @Test
    void shouldSayThatTheVenueCannotBeReachedUntilItIsHeardAgain()
    {
        assertThat(turn(venue.hello(1, true))).containsExactly("resume 0", "ready");

        assertThat(turns(200)).containsExactly("feed 2/20/0 STALE 101 of 100", "venue FALSE", "silent");

        assertThat(turn(venue.hello(1, true))).as("what it has sent is not known").containsExactly("resume 0", "ready");
        assertThat(turn(venue.heartbeat(0)))
            .containsExactly("feed 2/20/0 LIVE 0 of 100", "venue TRUE", "heard");
    }

    @Test
    void shouldTakeAVenueThatWasStartedAgainForOneThatWasAway()
    {
        turn(venue.hello(1, true));
        assertThat(turn(new WireRecords(2, 21).hello(1, true)))
            .containsExactly("refused 2/21 held by 20 process 20");
        assertThat(turns(99)).containsExactly("feed 2/20/0 STALE 101 of 100", "venue FALSE", "silent");

        assertThat(turn(new WireRecords(2, 21).hello(1, true))).containsExactly("resume 0", "ready");
        assertThat(turn(new WireRecords(2, 21).heartbeat(0)))
            .containsExactly("feed 2/21/0 LIVE 0 of 100", "venue TRUE", "heard");
    }

    @Test
    void shouldNotMissWhoWasNeverHeardNorAnOperatorWhoHasLeft()
    {
        assertThat(turns(200)).isEmpty();

        turn(new WireRecords(3, 30).limit(LimitType.MAX_OPEN_ORDERS, 1));

        assertThat(turns(200)).isEmpty();
    }

    @Test
    void shouldCountTheGatewaysThatAreHeardAndThoseThatAreNot()
    {
        assertThat(List.of(ingress.gateways(), ingress.silentGateways())).containsExactly(0, 0);
        turn(feed.quote(0, 1, 2), venue.hello(1, true), new WireRecords(3, 30).limit(LimitType.MAX_OPEN_ORDERS, 1));
        assertThat(List.of(ingress.gateways(), ingress.silentGateways())).containsExactly(2, 0);
        turns(90);
        turn(venue.heartbeat(0));
        turns(90);
        assertThat(List.of(ingress.gateways(), ingress.silentGateways())).containsExactly(1, 1);
        turn(feed.quote(0, 1, 2));
        assertThat(List.of(ingress.gateways(), ingress.silentGateways())).containsExactly(2, 0);
    }

    /** The node itself may have been stopped, or its clock set: what arrived meanwhile has not been polled yet. */
    @Test
    void shouldNotTakeItsOwnPauseForTheGatewaysSilence()
    {
        turn(feed.quote(0, 1, 2));

        wallNs += 1_000 * TURN_NS;
        assertThat(turns(50)).isEmpty();
        wallNs -= 5_000 * TURN_NS;
        assertThat(turns(40)).isEmpty();
        assertThat(turns(200)).containsExactly("feed 7/70/1 STALE 101 of 100");
    }

    @Test
    void shouldNotWatchWithoutATimeout()
    {
        ingress = ingress(0);
        turn(feed.quote(0, 1, 2));

        assertThat(turns(10_000)).isEmpty();
    }
}
