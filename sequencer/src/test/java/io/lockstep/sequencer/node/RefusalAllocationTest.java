package io.lockstep.sequencer.node;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.link.LinkProof;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.SourceTable;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.Allocation;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.egress.LinkEgress;
import io.lockstep.sequencer.egress.ReadinessOptions;
import io.lockstep.sequencer.ingress.InputSink;
import io.lockstep.sequencer.ingress.LinkGate;
import io.lockstep.sequencer.ingress.LinkIngress;
import io.lockstep.sequencer.ingress.SourceKeys;
import io.lockstep.sequencer.log.ProcessLog;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the world may send, the loop refuses without allocating, however often it comes; and the texts that say so are there all the
 * same, made by another thread.
 */
class RefusalAllocationTest
{
    private static final int ROUNDS = 2_000;
    private static final int RUNS_MAX = 10;
    private static final int FEED = 7;
    private static final int GUARDED = 8;
    private static final int UNDEFINED = 9;
    private static final long TURN_NS = 1_000_000L;

    @TempDir
    private Path directory;

    private final List<UnsafeBuffer> arriving = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final WireRecords feed = new WireRecords(FEED, 70);
    private final Sink sink = new Sink();
    private NodeCounters counters;
    private LinkReports reports;
    private LinkIngress ingress;
    private LinkEgress egress;
    private long wallNs = 1_000 * TURN_NS;
    private Object leaked;

    @BeforeEach
    void start()
    {
        counters = new NodeCounters(file("counters.dat"), file("errors.dat"));
        reports = new LinkReports(counters, notices::add, ProcessLog.NONE);
        final CoreHost host = new CoreHost(List.of(), new UnacknowledgedDecisions());
        egress = new LinkEgress(1, ReadinessOptions.NONE, new UnacknowledgedDecisions(), host.core(), host.venues(),
            (buffer, offset, length) -> 1);
        final SourceKeys keys = new SourceKeys(
            List.of(new SourceKeys.Entry(GUARDED, GUARDED, new byte[LinkProof.KEY_LENGTH_MIN])));
        ingress = new LinkIngress(List.of(new Arriving()), new boolean[1],
            new LinkGate(keys, new byte[1], (sourceId) -> sourceId == UNDEFINED),
            new SourceTable(), egress, reports, 0);
    }

    @AfterEach
    void end()
    {
        counters.close();
    }

    private File file(final String name)
    {
        return directory.resolve(name).toFile();
    }

    private final class Arriving implements MessageReceiver
    {
        @Override
        public int poll(final MessageHandler handler, final int limit)
        {
            for (int i = 0; i < arriving.size(); i++)
            {
                handler.onMessage(arriving.get(i), 0, arriving.get(i).capacity(), 5);
            }
            return arriving.size();
        }

        @Override
        public boolean isConnected()
        {
            return true;
        }
    }

    private static final class Sink implements InputSink
    {
        private long statuses;

        @Override
        public void onInput(final DirectBuffer buffer, final int offset, final int length)
        {
            // Not the loop's matter here.
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
            statuses++;
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

    private void rounds()
    {
        for (int i = 0; i < ROUNDS; i++)
        {
            wallNs += TURN_NS;
            ingress.poll(sink, 256, wallNs);
            egress.doWork(wallNs);
            ingress.onJournaled(true);
        }
    }

    /** Takes these once, so that the source is known. */
    private void known(final UnsafeBuffer... records)
    {
        arriving.addAll(List.of(records));
        ingress.poll(sink, 256, wallNs);
        egress.doWork(wallNs);
        arriving.clear();
    }

    private void assertAllocatesNothing(final UnsafeBuffer... records)
    {
        arriving.addAll(List.of(records));
        assertThat(Allocation.leastBytes(RUNS_MAX, this::rounds)).isZero();
        reports.write();
    }

    private long counter(final String name)
    {
        return NodeCounters.read(directory.resolve("counters.dat")).get(name);
    }

    @Test
    void recordsThatAreNone()
    {
        final UnsafeBuffer format = feed.quote(0, 1, 2);
        format.putByte(RecordDescriptor.FORMAT_OFFSET, (byte)9);
        final UnsafeBuffer kind = feed.quote(0, 1, 2);
        kind.putByte(RecordDescriptor.KIND_OFFSET, (byte)RecordKind.DECISION.value());
        final UnsafeBuffer schema = feed.quote(0, 1, 2);
        schema.putShort(RecordDescriptor.HEADER_LENGTH + 4, (short)1, LITTLE_ENDIAN);
        final UnsafeBuffer version = feed.quote(0, 1, 2);
        version.putShort(RecordDescriptor.HEADER_LENGTH + 6, (short)99, LITTLE_ENDIAN);
        final UnsafeBuffer template = feed.quote(0, 1, 2);
        template.putShort(RecordDescriptor.HEADER_LENGTH + 2, (short)40, LITTLE_ENDIAN);
        final UnsafeBuffer block = feed.quote(0, 1, 2);
        block.putShort(RecordDescriptor.HEADER_LENGTH, (short)-1, LITTLE_ENDIAN);

        assertAllocatesNothing(new UnsafeBuffer(new byte[3]), format, kind, schema, version, template, block,
            new WireRecords(5_000, 1).quote(0, 1, 2), new WireRecords(5_000, 1).hello(1, true));

        assertThat(counter("rejectedMessages")).isGreaterThanOrEqualTo(9 * ROUNDS);
        assertThat(counter("errors")).as("lines of those that the ring took").isPositive();
    }

    @Test
    void gapsRepeatsAndSourcesThatNobodyKnows()
    {
        known(feed.hello(1, false), feed.quote(0, 1, 2));
        final List<UnsafeBuffer> records = new ArrayList<>();
        records.add(feed.sequence(1).quote(0, 1, 2));
        for (int sourceId = 300; sourceId < 340; sourceId++)
        {
            records.add(new WireRecords(sourceId, 1).sequence(9).quote(0, 1, 2));
            records.add(new WireRecords(sourceId, 1).heartbeat(9));
        }
        arriving.addAll(records);
        rounds();

        assertAllocatesNothing();

        assertThat(counter("repeatedMessages")).isPositive();
    }

    /** A gap each time: the source sequence is moved on before each round. */
    @Test
    void gapsOfASource()
    {
        known(feed.hello(1, false), feed.quote(0, 1, 2));
        final UnsafeBuffer record = feed.quote(0, 1, 2);
        arriving.add(record);
        final long[] sequence = {1};

        assertThat(Allocation.leastBytes(RUNS_MAX, () ->
        {
            for (int i = 0; i < ROUNDS; i++)
            {
                sequence[0] += 10;
                RecordDescriptor.sourceSequence(record, 0, sequence[0]);
                ingress.poll(sink, 256, wallNs);
            }
        })).isZero();
        reports.write();

        assertThat(sink.statuses).isGreaterThanOrEqualTo(ROUNDS);
        assertThat(counter("sourceGaps")).isGreaterThanOrEqualTo(ROUNDS);
    }

    @Test
    void idsThatAnotherHolds()
    {
        known(feed.hello(1, false), feed.quote(0, 1, 2));

        // The holder is heard in each round, and two others want its id.
        assertAllocatesNothing(feed.heartbeat(1), new WireRecords(FEED, 71).hello(1, false),
            new WireRecords(FEED, 72).hello(1, true), new WireRecords(FEED, 71).quote(0, 1, 2),
            new WireRecords(FEED, 72).heartbeat(3));

        assertThat(notices).isNotEmpty()
            .allMatch((text) -> text.startsWith("a gateway is refused: sourceId=7 is held by " +
                "another whose link lives: holder=process 70 (session 70) refused=process 7"));
    }

    @Test
    void proofsThatAreNoneOrWrong()
    {
        final WireRecords guarded = new WireRecords(GUARDED, 80);

        assertAllocatesNothing(guarded.hello(1, false), guarded.proof("00").hello(1, false),
            guarded.proof("0".repeat(LinkProof.LENGTH)).hello(1, false), guarded.quote(0, 1, 2), guarded.heartbeat(4));

        assertThat(counter("refusedProofs")).isGreaterThanOrEqualTo(2 * ROUNDS);
        assertThat(notices).isNotEmpty()
            .allMatch((text) -> text.contains("sourceId=8: its proof is not made with the key") &&
                text.endsWith("refused=process 80 (session 80)"));
        assertThat(counter("errors")).as("inputs before the proof").isPositive();
    }

    @Test
    void sourcesThatTheNodeDoesNotKnow()
    {
        assertAllocatesNothing(new WireRecords(UNDEFINED, 90).hello(1, false));

        assertThat(notices).isNotEmpty().allMatch(
            ("a gateway is refused: sourceId=9: the node's configuration (sources) has no source of that id: " +
                "refused=process 90 (session 90)")::equals);
    }

    /** A client that comes and goes, each time as another session. */
    @Test
    void hellosOfOneSessionAfterAnother()
    {
        final UnsafeBuffer hello = feed.hello(1, false);
        arriving.add(hello);
        assertThat(Allocation.leastBytes(RUNS_MAX, () ->
        {
            for (int i = 0; i < ROUNDS; i++)
            {
                // Long enough for the one before to be taken for gone.
                wallNs += 20 * TURN_NS;
                hello.putInt(RecordDescriptor.BODY_OFFSET + 4, (int)(wallNs / TURN_NS / 2_000), LITTLE_ENDIAN);
                ingress.poll(sink, 256, wallNs);
                egress.doWork(wallNs);
            }
        })).isZero();
    }

    /** That the tests above can fail: one object in so many rounds. */
    @Test
    void seesOneObject()
    {
        arriving.add(new UnsafeBuffer(new byte[3]));

        assertThat(Allocation.leastBytes(RUNS_MAX, () ->
        {
            rounds();
            leaked = new Object();
        })).isPositive();
        assertThat(leaked).isNotNull();
    }

    @Test
    void saysHowManyReportsItCouldNotKeep()
    {
        arriving.add(new UnsafeBuffer(new byte[3]));
        rounds();
        reports.write();

        final List<String> errors = new ArrayList<>();
        NodeCounters.printErrors(directory.resolve("errors.dat"), new PrintStream(
            OutputStream.nullOutputStream())
        {
            @Override
            public void println(final String line)
            {
                errors.add(line);
            }
        });
        assertThat(errors).anyMatch((text) -> text.contains("message refused: record length differs from the length " +
            "received: session=5 length=3"))
            .anyMatch(
                (text) -> text.matches("(?s).*reports of links came faster than they could be written: \\d+ are " +
                    "counted and have no line.*"));
    }
}
