package io.lockstep.sequencer.ingress;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.SourceTable;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.LinkRefusal;
import io.lockstep.sequencer.RecordText;
import io.lockstep.sequencer.TestDriver;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.aeron.AeronReceiver;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/** What arrives over Aeron, from the publications of gateways to what the sequencer is given and the gateways are told. */
class LinkIngressTest
{
    private static final String IPC = "aeron:ipc";
    private static final String UDP = "aeron:udp?endpoint=localhost:40477";
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int FEED = 7;
    private static final int SESSION = 70;

    private static TestDriver driver;
    private static int streamId = 1000;

    private final List<String> events = new ArrayList<>();
    private final List<UnsafeBuffer> inputs = new ArrayList<>();
    private final InputSink sink = new InputSink()
    {
        @Override
        public void onInput(final DirectBuffer buffer, final int offset, final int length)
        {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            inputs.add(new UnsafeBuffer(bytes));
            events.add("input " + RecordDescriptor.sourceId(buffer, offset) + "/" +
                RecordDescriptor.sourceSession(buffer, offset) + "/" + RecordDescriptor.sourceSequence(buffer, offset));
        }

        @Override
        public void onTime(final long timeNs)
        {
            events.add("time " + timeNs);
        }

        @Override
        public void onSourceStatus(
            final int sourceId, final int sourceSession, final FeedReason reason, final long expected,
            final long actual)
        {
            events.add("status " + sourceId + "/" + sourceSession + " " + reason + " " + expected + " " + actual);
        }

        @Override
        public void onSilence(
            final int sourceId, final int sourceSession, final long sourceSequence, final FeedCondition condition,
            final long timeoutNs, final long silentNs)
        {
            events.add("silence " + sourceId + "/" + sourceSession + "/" + sourceSequence + " " + condition);
        }

        @Override
        public void onVenueStatus(final int sourceId, final BooleanType connected, final long silentNs)
        {
            events.add("venue " + connected);
        }

        @Override
        public void onRequestExpired(final int venueId, final DirectBuffer record, final int offset, final long ageNs)
        {
            throw new AssertionError("requests are the egress' matter");
        }

        @Override
        public void onGatewayAhead(final int venueId, final long gatewayEgressSequence,
            final long journalEgressSequence)
        {
            throw new AssertionError("decisions are the egress' matter");
        }
    };
    private final LinkSender links = new LinkSender()
    {
        @Override
        public void answer(final HelloDecoder hello, final long lastSourceSequence)
        {
            events.add("resume " + hello.sourceId() + "/" + hello.sourceSession() + "/" + lastSourceSequence);
            if (hello.receivesDecisions() == BooleanType.TRUE)
            {
                events.add("ready " + hello.decisionsReceived());
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
            newestNonce = nonce.clone();
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
            events.add("refused " + sourceId + "/" + sourceSession + " held by " + holderSession +
                (holderProcess.length() == 0 ? "" : " " + holderProcess));
        }

        @Override
        public boolean acknowledge(final int sourceId, final int sourceSession, final long sourceSequence)
        {
            events.add("acknowledge " + sourceId + "/" + sourceSession + "/" + sourceSequence);
            return takesAcknowledgements;
        }

        @Override
        public void onReceiverSilent(final int sourceId)
        {
            events.add("receiver silent");
        }

        @Override
        public void onReceiverHeard(final int sourceId)
        {
            events.add("receiver heard");
        }
    };
    private final IngressMonitor monitor = new IngressMonitor()
    {
        @Override
        public void onRejected(
            final MessageProblem problem,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final int aeronSessionId)
        {
            events.add("rejected " + problem.text());
        }

        @Override
        public void onRepeat(final int sourceId, final long sequence)
        {
            events.add("repeat " + sourceId + "/" + sequence);
        }

        @Override
        public void onSourceHeld(
            final int sourceId, final int session, final ProcessName process, final int holderSession,
            final ProcessName holderProcess)
        {
            events
                .add("held " + sourceId + "/" + session + " " + process + " by " + holderSession + " " + holderProcess);
        }

        @Override
        public void onTakeOver(
            final int sourceId, final int session, final ProcessName process, final int silentSession,
            final ProcessName silentProcess, final long silentNs)
        {
            events.add("taken over " + sourceId + "/" + session + " " + process + " from " + silentSession + " " +
                silentProcess);
        }

        @Override
        public void onGap(final int sourceId, final long expected, final long actual)
        {
            events.add("gap " + sourceId + " " + expected + " " + actual);
        }
    };
    private final SourceTable journaled = new SourceTable();
    private final WireRecords feed = new WireRecords(FEED, SESSION);
    private boolean takesAcknowledgements = true;
    private byte[] newestNonce;
    private long wallNs = 1_000 * SECOND_NS;
    private LinkIngress ingress;

    @BeforeAll
    static void launch()
    {
        driver = new TestDriver();
    }

    @AfterAll
    static void close()
    {
        driver.close();
    }

    /** A publication connected to the ingress under test, one channel each. */
    private List<ExclusivePublication> open(final String... channels)
    {
        streamId++;
        ingress = new LinkIngress(
            List.of(channels).stream()
                .map((channel) -> new AeronReceiver(driver.aeron().addSubscription(channel, streamId))).toList(),
            journaled, links, monitor, 0);
        return List.of(channels).stream().map((channel) -> driver.publication(channel, streamId)).toList();
    }

    private void poll()
    {
        ingress.poll(sink, 256, wallNs);
    }

    private void sendAll(final ExclusivePublication publication, final DirectBuffer... records)
    {
        for (final DirectBuffer record : records)
        {
            TestDriver.send(publication, record, this::poll);
        }
    }

    /** Polls until there are so many, and takes them. */
    private List<String> take(final int count)
    {
        TestDriver.await(() ->
        {
            poll();
            return events.size() >= count;
        });
        poll();
        final List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    @ParameterizedTest
    @ValueSource(strings =
    {IPC, UDP})
    void shouldGiveEachMessageOnceAndInOrder(final String channel)
    {
        final ExclusivePublication publication = open(channel).get(0);

        sendAll(publication, feed.quote(0, 1, 2), feed.quote(0, 1, 2), feed.sequence(2).quote(0, 1, 2),
            feed.sequence(1).quote(0, 1, 2), feed.sequence(3).quote(0, 1, 2));

        assertThat(take(5)).containsExactly("input 7/70/1", "input 7/70/2", "repeat 7/2", "repeat 7/1", "input 7/70/3");
        assertThat(publication.isConnected()).isTrue();
    }

    @Test
    void shouldTakeSourcesFromSeveralChannelsAtOnce()
    {
        final List<ExclusivePublication> publications = open(IPC, UDP);
        final WireRecords other = new WireRecords(8, 80);
        for (int i = 0; i < 3; i++)
        {
            sendAll(publications.get(0), feed.quote(0, 1, 2));
            sendAll(publications.get(1), other.quote(0, 1, 2));
        }

        final List<String> taken = take(6);
        assertThat(taken).filteredOn((event) -> event.startsWith("input 7"))
            .containsExactly("input 7/70/1", "input 7/70/2", "input 7/70/3");
        assertThat(taken).filteredOn((event) -> event.startsWith("input 8"))
            .containsExactly("input 8/80/1", "input 8/80/2", "input 8/80/3");
    }

    /** With a limit of one a poll, so that a source that always has something could keep the others waiting. */
    @Test
    void shouldLetNoSourceKeepTheOthersWaiting()
    {
        final int otherStreamId = ++streamId + 1_000;
        final Subscription busySubscription = driver.aeron().addSubscription(IPC, streamId);
        final Subscription quietSubscription = driver.aeron().addSubscription(IPC, otherStreamId);
        ingress = new LinkIngress(
            List.of(new AeronReceiver(busySubscription), new AeronReceiver(quietSubscription)), journaled, links,
            monitor, 0);
        final ExclusivePublication busy = driver.publication(IPC, streamId);
        final ExclusivePublication quiet = driver.publication(IPC, otherStreamId);
        while (!busySubscription.isConnected() || !quietSubscription.isConnected())
        {
            Thread.onSpinWait();
        }
        for (int i = 0; i < 20; i++)
        {
            TestDriver.send(busy, feed.quote(0, 1, 2));
        }
        TestDriver.send(quiet, new WireRecords(8, 80).quote(0, 1, 2));

        for (int i = 0; i < 4; i++)
        {
            ingress.poll(sink, 1, wallNs);
        }
        assertThat(events).hasSize(4).contains("input 8/80/1");
    }

    @Test
    void shouldSayAGapAndThenTakeTheMessageAndLoseNothingElse()
    {
        final ExclusivePublication publication = open(IPC).get(0);

        sendAll(publication, feed.quote(0, 1, 2), feed.sequence(5).quote(0, 1, 2), feed.quote(0, 1, 2));

        assertThat(take(5)).containsExactly("input 7/70/1", "gap 7 2 5", "status 7/70 SOURCE_GAP 2 5", "input 7/70/5",
            "input 7/70/6");
    }

    @Test
    void shouldAskTheFirstOfANewImageToGoBack()
    {
        journaled.restore(FEED, SESSION, 10);
        final ExclusivePublication publication = open(IPC).get(0);

        sendAll(publication, feed.sequence(14).quote(0, 1, 2), feed.quote(0, 1, 2));
        assertThat(take(1)).as("asked once for both").containsExactly("resume 7/70/-1");

        sendAll(publication, feed.sequence(11).quote(0, 1, 2), feed.quote(0, 1, 2));
        assertThat(take(2)).containsExactly("input 7/70/11", "input 7/70/12");
    }

    @Test
    void shouldTakeASkipAsAGapWhenTheSourceDoesNotGoBackInTime()
    {
        journaled.restore(FEED, SESSION, 10);
        final ExclusivePublication publication = open(IPC).get(0);
        sendAll(publication, feed.sequence(14).quote(0, 1, 2));
        assertThat(take(1)).containsExactly("resume 7/70/-1");

        listen(5 * SECOND_NS);
        sendAll(publication, feed.quote(0, 1, 2));
        assertThat(take(1)).as("it may be slow").containsExactly("resume 7/70/-1");

        listen(5 * SECOND_NS);
        sendAll(publication, feed.quote(0, 1, 2), feed.quote(0, 1, 2));
        assertThat(take(4)).containsExactly("gap 7 11 16", "status 7/70 SOURCE_GAP 11 16", "input 7/70/16",
            "input 7/70/17");
    }

    /** A source that is asked again and again must not keep another from being asked. */
    @Test
    void shouldAskEachSourceForItself()
    {
        final ExclusivePublication publication = open(IPC).get(0);
        sendAll(publication, feed.sequence(14).quote(0, 1, 2),
            new WireRecords(8, 80).sequence(3).quote(0, 1, 2));

        assertThat(take(2)).containsExactly("resume 7/70/-1", "resume 8/80/-1");
    }

    @Test
    void shouldAnswerHelloWithWhereItStands()
    {
        journaled.restore(FEED, SESSION, 10);
        final ExclusivePublication publication = open(IPC).get(0);

        sendAll(publication, feed.hello(5, false), feed.sequence(11).quote(0, 1, 2));

        assertThat(take(2)).containsExactly("resume 7/70/10", "input 7/70/11");
    }

    /** What is received and not journaled the source must keep: a crash would lose it. */
    @Test
    void shouldAnswerHelloWithWhatIsJournaledAndNotWithWhatIsReceived()
    {
        journaled.restore(FEED, SESSION, 10);
        final ExclusivePublication publication = open(IPC).get(0);

        sendAll(publication, feed.sequence(11).quote(0, 1, 2), feed.hello(5, false));

        assertThat(take(2)).containsExactly("input 7/70/11", "resume 7/70/10");
    }

    @Test
    void shouldTellTheEgressThatItsReceiverIsReady()
    {
        final ExclusivePublication publication = open(IPC).get(0);

        sendAll(publication, feed.hello(1, true));

        assertThat(take(2)).containsExactly("resume 7/70/0", "ready 0");
    }

    @Test
    void shouldSayAGapWhenTheSourceNoLongerHasWhatIsMissing()
    {
        journaled.restore(FEED, SESSION, 10);
        final ExclusivePublication publication = open(IPC).get(0);

        sendAll(publication, feed.hello(14, false), feed.sequence(14).quote(0, 1, 2));

        assertThat(take(4)).containsExactly("gap 7 11 14", "status 7/70 SOURCE_GAP 11 14", "resume 7/70/10",
            "input 7/70/14");
    }

    @Test
    void shouldCountANewSessionFromOne()
    {
        journaled.restore(FEED, SESSION, 10);
        final ExclusivePublication publication = open(IPC).get(0);
        final WireRecords restarted = new WireRecords(FEED, SESSION + 1);

        sendAll(publication, restarted.hello(1, false), restarted.quote(0, 1, 2),
            feed.sequence(11).quote(0, 1, 2), restarted.quote(0, 1, 2));

        assertThat(take(5)).containsExactly("resume 7/71/0", "input 7/71/1", "repeat 7/11",
            "refused 7/70 held by 71 process 71", "input 7/71/2");
    }

    private void listen(final long durationNs)
    {
        for (long passedNs = 0; passedNs < durationNs; passedNs += SECOND_NS / 100)
        {
            wallNs += SECOND_NS / 100;
            poll();
        }
    }

    /** Its Hello, its messages and its heartbeats alike, so that one that took itself for linked ends, too. */
    @Test
    void shouldRefuseASecondGatewayWithTheSameSourceIdAndNameTheFirst()
    {
        final ExclusivePublication publication = open(IPC).get(0);
        final WireRecords second = new WireRecords(FEED, SESSION + 1);

        sendAll(publication, feed.hello(1, false), feed.quote(0, 1, 2), second.hello(1, false), second.hello(1, false),
            second.quote(0, 1, 2), feed.quote(0, 1, 2));
        assertThat(take(8)).containsExactly("resume 7/70/0", "input 7/70/1",
            "held 7/71 process 71 by 70 process 70", "refused 7/71 held by 70 process 70",
            "refused 7/71 held by 70 process 70", "repeat 7/1", "refused 7/71 held by 70 process 70", "input 7/70/2");

        listen(SECOND_NS / 2);
        sendAll(publication, second.heartbeat(1), second.heartbeat(1), feed.quote(0, 1, 2));
        assertThat(take(2)).as("now and then").containsExactly("refused 7/71 held by 70 process 70", "input 7/70/3");
    }

    @Test
    void shouldSayThatAGatewayTakesTheSourceIdOfASilentOneOver()
    {
        final ExclusivePublication publication = open(IPC).get(0);
        final WireRecords second = new WireRecords(FEED, SESSION + 1);
        sendAll(publication, feed.hello(1, false), feed.quote(0, 1, 2));
        take(2);
        listen(SECOND_NS);
        sendAll(publication, second.hello(1, false));
        assertThat(take(1)).containsExactly("held 7/71 process 71 by 70 process 70",
            "refused 7/71 held by 70 process 70");
        listen(SECOND_NS / 50);

        sendAll(publication, second.hello(1, false), second.quote(0, 1, 2), feed.quote(0, 1, 2));

        assertThat(take(5)).containsExactly("taken over 7/71 process 71 from 70 process 70", "resume 7/71/0",
            "input 7/71/1", "repeat 7/2", "refused 7/70 held by 71 process 71");
    }

    @Test
    void shouldNotTakeTheSessionBeforeARestartOfTheNodeForOneThatHoldsTheSourceId()
    {
        journaled.restore(FEED, SESSION, 10);
        final ExclusivePublication publication = open(IPC).get(0);

        sendAll(publication, new WireRecords(FEED, SESSION + 1).hello(1, false));

        assertThat(take(1)).containsExactly("resume 7/71/0");
    }

    @Test
    void shouldNotBeginASessionThatHasNotSaidHello()
    {
        journaled.restore(FEED, SESSION, 10);
        final ExclusivePublication publication = open(IPC).get(0);
        final WireRecords other = new WireRecords(FEED, SESSION + 1);

        sendAll(publication, other.quote(0, 1, 2), feed.sequence(11).quote(0, 1, 2));

        assertThat(take(2)).containsExactly("repeat 7/1", "input 7/70/11");
    }

    @Test
    void shouldAcknowledgeWhatIsJournaledWhenIdleOrWhenItIsMuch()
    {
        final ExclusivePublication publication = open(IPC).get(0);
        sendAll(publication, feed.quote(0, 1, 2), feed.quote(0, 1, 2));
        take(2);

        ingress.onJournaled(false);
        assertThat(events).isEmpty();
        ingress.onJournaled(true);
        ingress.onJournaled(true);
        assertThat(events).containsExactly("acknowledge 7/70/2");
        events.clear();

        for (int i = 0; i < 256; i++)
        {
            sendAll(publication, feed.quote(0, 1, 2));
        }
        take(256);
        takesAcknowledgements = false;
        ingress.onJournaled(false);
        ingress.onJournaled(false);
        assertThat(events).as("again until the link takes it")
            .containsExactly("acknowledge 7/70/258", "acknowledge 7/70/258");
    }

    /** The largest change of the recordings seen: 1,226 levels, fourteen fragments. */
    @ParameterizedTest
    @ValueSource(strings =
    {IPC, UDP})
    void shouldTakeAMessageOfManyFragmentsWhole(final String channel)
    {
        final ExclusivePublication publication = open(channel).get(0);
        final UnsafeBuffer update = feed.sequence(2).bookUpdate(0, 600, 626);
        assertThat(update.capacity()).isGreaterThan(10 * publication.maxPayloadLength());

        sendAll(publication, feed.sequence(1).quote(0, 1, 2), update, feed.sequence(3).quote(0, 1, 2));

        assertThat(take(3)).containsExactly("input 7/70/1", "input 7/70/2", "input 7/70/3");
        assertThat(inputs.get(1)).isEqualTo(feed.sequence(2).bookUpdate(0, 600, 626));
        assertThat(RecordText.of(inputs.get(1), 0)).endsWith("BookUpdate");
        assertThat(RecordDescriptor.blockLength(inputs.get(1), 0)).isEqualTo(BookUpdateDecoder.BLOCK_LENGTH);
    }

    @Test
    void shouldTakeALargeSnapshotInChunksWhole()
    {
        final ExclusivePublication publication = open(IPC).get(0);
        final int chunks = 10;
        final int levels = 500;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            sendAll(publication, feed.snapshot(0, 99, chunk, chunks, chunk * levels, levels));
        }

        assertThat(take(chunks)).hasSize(chunks);
        final WireRecords same = new WireRecords(FEED, SESSION);
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            assertThat(RecordDescriptor.templateId(inputs.get(chunk), 0)).isEqualTo(BookSnapshotDecoder.TEMPLATE_ID);
            assertThat(inputs.get(chunk)).isEqualTo(same.snapshot(0, 99, chunk, chunks, chunk * levels, levels));
        }
    }

    @Test
    void shouldRefuseAndNameWhatIsNoRecord()
    {
        final ExclusivePublication publication = open(IPC).get(0);
        final UnsafeBuffer newer = feed.quote(0, 1, 2);
        newer.putShort(RecordDescriptor.HEADER_LENGTH + 6, (short)77);

        sendAll(publication, new UnsafeBuffer(new byte[3]), newer, new WireRecords(0, 1).quote(0, 1, 2),
            new WireRecords(5_000, 1).hello(1, true), feed.sequence(1).quote(0, 1, 2));

        assertThat(take(5)).containsExactly("rejected record length differs from the length received",
            "rejected schema version newer than this node's", "rejected source id out of range",
            "rejected source id out of range", "input 7/70/1");
    }

    @Test
    void shouldRefuseGarbageAndGoOn()
    {
        final ExclusivePublication publication = open(IPC).get(0);
        final SplittableRandom random = new SplittableRandom(11);
        final int count = 2_000;
        for (int i = 0; i < count; i++)
        {
            final byte[] garbage = new byte[random.nextInt(300)];
            random.nextBytes(garbage);
            sendAll(publication, new UnsafeBuffer(garbage));
        }
        sendAll(publication, feed.quote(0, 1, 2));

        final List<String> taken = take(count + 1);
        assertThat(taken).hasSize(count + 1).endsWith("input 7/70/1");
        assertThat(taken.subList(0, count)).allMatch((event) -> event.startsWith("rejected "));
    }
}
