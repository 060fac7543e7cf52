package io.lockstep.sequencer.ingress;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.link.LinkProof;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.core.host.SourceTable;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.LinkRefusal;
import io.lockstep.sequencer.WireRecords;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is let in, where sources have keys: given what arrives, these are taken, challenged and refused. */
class LinkGateTest
{
    private static final int FEED = 7;
    private static final int IMAGE = 5;
    private static final byte[] KEY = key(1);
    private static final byte[] NEXT_KEY = key(2);

    private final List<String> events = new ArrayList<>();
    private final List<DirectBuffer> arrived = new ArrayList<>();
    private final WireRecords feed = new WireRecords(FEED, 70);
    private byte[] nonce;
    private int undefined;
    private int image = IMAGE;
    private LinkIngress ingress = ingress(false, 1, new SourceKeys.Entry(FEED, FEED, KEY));

    private static byte[] key(final long seed)
    {
        final byte[] key = new byte[LinkProof.KEY_LENGTH_MIN];
        new SplittableRandom(seed).nextBytes(key);
        return key;
    }

    /** Of a node's run with this secret. */
    private LinkIngress ingress(final boolean leavesHost, final long secret, final SourceKeys.Entry... entries)
    {
        return new LinkIngress(List.of(new Arrived()), new boolean[]{leavesHost},
            new LinkGate(new SourceKeys(List.of(entries)), key(secret), (sourceId) -> sourceId == undefined),
            new SourceTable(), new Links(), new Monitor(), 0);
    }

    private List<String> receive(final DirectBuffer... records)
    {
        arrived.addAll(List.of(records));
        ingress.poll(new Sink(), 256, 1_000_000_000L);
        final List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    private static String proof(final byte[] key, final byte[] nonce, final int session)
    {
        final byte[] proof = new byte[LinkProof.LENGTH];
        new LinkProof(key).make(nonce, FEED, session, proof);
        return new String(proof, StandardCharsets.US_ASCII);
    }

    /** Says Hello and answers the challenge. */
    private List<String> prove(final WireRecords source, final byte[] key, final int session)
    {
        assertThat(receive(source.proof("").hello(1, false))).containsExactly("challenged 7/" + session);
        return receive(source.proof(proof(key, nonce, session)).hello(1, false));
    }

    @Test
    void shouldLetInWhoAnswersTheChallenge()
    {
        assertThat(prove(feed, KEY, 70)).containsExactly("answered 7/70");
        assertThat(receive(feed.quote(0, 1, 2))).containsExactly("input 7/1");
        assertThat(receive(feed.proof("").hello(1, false))).as("the same session has proven it")
            .containsExactly("answered 7/70");
    }

    @Test
    void shouldTakeNothingBeforeTheProof()
    {
        assertThat(receive(feed.quote(0, 1, 2), feed.heartbeat(1)))
            .containsExactly("rejected the source has not proven that it has its key");
        assertThat(receive(feed.hello(1, false), feed.quote(0, 1, 2))).containsExactly("challenged 7/70",
            "rejected the source has not proven that it has its key");
    }

    @Test
    void shouldRefuseAWrongKey()
    {
        assertThat(prove(feed, NEXT_KEY, 70)).containsExactly("unproven 7/70 PROOF_WRONG process 70",
            "refused 7/70 PROOF_WRONG");
        assertThat(receive(feed.proof("abc").hello(1, false))).as("of another length")
            .contains("refused 7/70 PROOF_WRONG");
        assertThat(receive(feed.proof("x".repeat(5_000)).hello(1, false))).contains("refused 7/70 PROOF_WRONG");
        assertThat(prove(feed, KEY, 70)).as("whoever was wrong may still be right").containsExactly("answered 7/70");
    }

    /** What was heard of the wire serves neither another session, nor another stream, nor the node's next run. */
    @Test
    void shouldRefuseAProofThatWasUsedBefore()
    {
        prove(feed, KEY, 70);
        final String used = proof(KEY, nonce, 70);
        final WireRecords thief = new WireRecords(FEED, 71);

        assertThat(receive(thief.proof(used).hello(1, false))).contains("refused 7/71 PROOF_WRONG");
        assertThat(receive(thief.proof(proof(KEY, nonce, 70)).hello(1, false))).contains("refused 7/71 PROOF_WRONG");
        image++;
        assertThat(receive(feed.proof(used).hello(1, false))).as("by another stream")
            .contains("refused 7/70 PROOF_WRONG");
        image--;
        ingress = ingress(false, 2, new SourceKeys.Entry(FEED, FEED, KEY));
        assertThat(receive(feed.proof(used).hello(1, false))).as("to another run of the node")
            .contains("refused 7/70 PROOF_WRONG");
    }

    @Test
    void shouldAskASessionThatComesByAnotherStreamToProveItselfAgain()
    {
        prove(feed, KEY, 70);
        receive(feed.quote(0, 1, 2));

        image++;
        assertThat(receive(feed.quote(0, 1, 2))).containsExactly("resume 7/70/-1");
        assertThat(receive(feed.heartbeat(2))).isEmpty();
        assertThat(prove(feed, KEY, 70)).containsExactly("answered 7/70");
        assertThat(receive(feed.sequence(2).quote(0, 1, 2))).containsExactly("input 7/2");
    }

    /** The holder of the id is not told to one that has not proven that it may have it. */
    @Test
    void shouldNotTakeOverAnIdWithoutAProof()
    {
        prove(feed, KEY, 70);
        final WireRecords other = new WireRecords(FEED, 71);

        assertThat(receive(other.proof("").hello(1, false))).containsExactly("challenged 7/71");
        assertThat(receive(other.proof(proof(KEY, nonce, 71)).hello(1, false))).containsExactly("held 7/71");
    }

    @Test
    void shouldTakeTheKeyBeforeAndAfterARotation()
    {
        ingress = ingress(false, 1, new SourceKeys.Entry(FEED, FEED, KEY), new SourceKeys.Entry(FEED, FEED, NEXT_KEY));
        assertThat(prove(feed, KEY, 70)).containsExactly("answered 7/70");
        ingress = ingress(false, 1, new SourceKeys.Entry(FEED, FEED, KEY), new SourceKeys.Entry(FEED, FEED, NEXT_KEY));
        assertThat(prove(feed, NEXT_KEY, 70)).containsExactly("answered 7/70");
        ingress = ingress(false, 1, new SourceKeys.Entry(FEED, FEED, NEXT_KEY));
        assertThat(prove(feed, KEY, 70)).as("the old one is gone").contains("refused 7/70 PROOF_WRONG");
    }

    @Test
    void shouldRefuseASourceWithoutAKeyWhereTheLinkLeavesTheHost()
    {
        final WireRecords unknown = new WireRecords(8, 80);
        ingress = ingress(true, 1, new SourceKeys.Entry(FEED, FEED, KEY));
        assertThat(receive(unknown.hello(1, false))).containsExactly("unproven 8/80 SOURCE_UNKNOWN process 80",
            "refused 8/80 SOURCE_UNKNOWN");
        assertThat(receive(unknown.quote(0, 1, 2)))
            .containsExactly("rejected the source has not proven that it has its key");

        ingress = ingress(false, 1, new SourceKeys.Entry(FEED, FEED, KEY));
        assertThat(receive(unknown.hello(1, false), unknown.sequence(1).quote(0, 1, 2)))
            .as("on this host none is needed where none is configured").containsExactly("answered 8/80", "input 8/1");
    }

    @Test
    void shouldRefuseASourceThatTheNodeDoesNotKnow()
    {
        final WireRecords unknown = new WireRecords(8, 80);
        undefined = 8;
        assertThat(receive(unknown.hello(1, false))).containsExactly("unproven 8/80 SOURCE_UNDEFINED process 80",
            "refused 8/80 SOURCE_UNDEFINED");
        undefined = FEED;
        assertThat(receive(feed.hello(1, false))).as("who has no proof is not told").containsExactly("challenged 7/70");
    }

    @Test
    void shouldAskNobodyWhereTheNodeHasNoKeys()
    {
        ingress = ingress(true, 1);

        assertThat(receive(feed.hello(1, false), feed.quote(0, 1, 2))).containsExactly("answered 7/70", "input 7/1");
    }

    private final class Arrived implements MessageReceiver
    {
        @Override
        public int poll(final MessageHandler handler, final int limit)
        {
            final List<DirectBuffer> records = List.copyOf(arrived);
            arrived.clear();
            records.forEach((record) -> handler.onMessage(record, 0, record.capacity(), image));
            return records.size();
        }

        @Override
        public boolean isConnected()
        {
            return true;
        }
    }

    private final class Links implements LinkSender
    {
        @Override
        public void answer(final HelloDecoder hello, final long lastSourceSequence)
        {
            events.add("answered " + hello.sourceId() + "/" + hello.sourceSession());
        }

        @Override
        public void resume(final int sourceId, final int sourceSession, final long lastSourceSequence)
        {
            events.add("resume " + sourceId + "/" + sourceSession + "/" + lastSourceSequence);
        }

        @Override
        public void refuse(
            final int sourceId, final int sourceSession, final int holderSession, final long holderHeard,
            final ProcessName holderProcess)
        {
            events.add("held " + sourceId + "/" + sourceSession);
        }

        @Override
        public void refuse(final int sourceId, final int sourceSession, final LinkRefusal reason)
        {
            events.add("refused " + sourceId + "/" + sourceSession + " " + reason);
        }

        @Override
        public void challenge(final int sourceId, final int sourceSession, final byte[] newNonce)
        {
            events.add("challenged " + sourceId + "/" + sourceSession);
            nonce = newNonce.clone();
        }

        @Override
        public boolean acknowledge(final int sourceId, final int sourceSession, final long sourceSequence)
        {
            return true;
        }

        @Override
        public void onReceiverSilent(final int sourceId)
        {
            events.add("silent " + sourceId);
        }

        @Override
        public void onReceiverHeard(final int sourceId)
        {
            events.add("heard " + sourceId);
        }
    }

    private final class Monitor implements IngressMonitor
    {
        @Override
        public void onRejected(
            final MessageProblem problem, final DirectBuffer buffer, final int offset, final int length,
            final int sessionId)
        {
            events.add("rejected " + problem.text());
        }

        @Override
        public void onRepeat(final int sourceId, final long sequence)
        {
            events.add("repeat " + sourceId + "/" + sequence);
        }

        @Override
        public void onUnproven(
            final int sourceId, final int session, final ProcessName process, final LinkRefusal reason)
        {
            events.add("unproven " + sourceId + "/" + session + " " + reason + " " + process);
        }

        @Override
        public void onGap(final int sourceId, final long expected, final long actual)
        {
            events.add("gap " + sourceId + " " + expected + " " + actual);
        }
    }

    private final class Sink implements InputSink
    {
        @Override
        public void onInput(final DirectBuffer buffer, final int offset, final int length)
        {
            events.add("input " + RecordDescriptor.sourceId(buffer, offset) + "/" +
                RecordDescriptor.sourceSequence(buffer, offset));
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
            throw new AssertionError("a gap");
        }

        @Override
        public void onSilence(
            final int sourceId, final int sourceSession, final long sourceSequence, final FeedCondition condition,
            final long timeoutNs, final long silentNs)
        {
            throw new AssertionError("silence");
        }

        @Override
        public void onVenueStatus(final int sourceId, final BooleanType connected, final long silentNs)
        {
            throw new AssertionError("venue");
        }

        @Override
        public void onRequestExpired(
            final int venueId, final DirectBuffer record, final int offset, final long ageNs)
        {
            throw new AssertionError("a request");
        }

        @Override
        public void onGatewayAhead(
            final int venueId, final long gatewayEgressSequence, final long journalEgressSequence)
        {
            throw new AssertionError("a gateway ahead");
        }
    }
}
