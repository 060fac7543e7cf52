package io.lockstep.sequencer.node;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreFailureException;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CleanEndEncoder;
import io.lockstep.sbe.ConfigurationTextEncoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NodeStartedEncoder;
import io.lockstep.sbe.NodeStoppedEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RunMetadataEncoder;
import io.lockstep.sbe.SkippedInputEncoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.loop.Sequencer;
import io.lockstep.sequencer.recovery.Predecessor;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The first and the last records of an incarnation: how it began and ended, and the configuration as inputs.
 * <p>
 * At each start the core is given what of the configuration differs from what was configured last; what operators have set since
 * stays in force unless its own configured value is another. The text is an input where it has changed.
 */
public final class Incarnation
{
    private static final int UTF_8_BYTES_MAX = 3;
    private static final int FIXED_LENGTH_MAX = 1 << 12;

    private final CoreHost host;
    private final Sequencer sequencer;
    private final RecordBatch inputs;
    private final RecordBatch own = new RecordBatch();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    public Incarnation(final CoreHost host, final Sequencer sequencer)
    {
        this.host = host;
        this.sequencer = sequencer;
        this.inputs = sequencer.inputs();
    }

    /**
     * The first records: what came before and what this is, and the inputs that no replay applies from here on.
     *
     * @param skippedInputs that replays pass over, the new ones included.
     * @param failures      the new ones.
     */
    public void begin(
        final NodeContext context,
        final int number,
        final Predecessor predecessor,
        final int skippedInputs,
        final List<CoreFailureException> failures)
    {
        sequencer.readClock();
        final RunMetadataEncoder metadata = new RunMetadataEncoder();
        metadata.wrapAndApplyHeader(own.buffer(), own.nextMessageOffset(lengthMax(context.text())), header)
            .incarnation(number)
            .logicVersion(TradingCore.LOGIC_VERSION)
            .schemaVersion(MessageHeaderDecoder.SCHEMA_VERSION)
            .predecessorLastSequence(predecessor.lastSequence())
            .predecessorChain(predecessor.chain())
            .predecessorRecords(predecessor.records())
            .skippedInputs(skippedInputs)
            .build(build())
            .runtime(System.getProperty("java.vm.name") + " " + Runtime.version() + ", " +
                System.getProperty("os.name") + " " + System.getProperty("os.arch"))
            .configuration(context.text());
        append(RecordKind.RUN_METADATA, metadata);
        failures.forEach(this::skip);
    }

    /** The same where there is nothing to skip. */
    public void begin(final NodeContext context, final int number, final Predecessor predecessor)
    {
        begin(context, number, predecessor, 0, List.of());
    }

    private void skip(final CoreFailureException failure)
    {
        final SkippedInputEncoder skipped = new SkippedInputEncoder();
        skipped.wrapAndApplyHeader(own.buffer(), own.nextMessageOffset(lengthMax(failure.getMessage())), header)
            .skippedSequence(failure.sequence())
            .problem(failure.getMessage());
        append(RecordKind.SKIPPED_INPUT, skipped);
    }

    /** Of a message with this text, or with parts of it, beside what is always there. */
    private static int lengthMax(final String text)
    {
        return UTF_8_BYTES_MAX * text.length() + FIXED_LENGTH_MAX;
    }

    private void append(final RecordKind kind, final MessageEncoderFlyweight message)
    {
        own.addEncoded(kind, message.encodedLength());
        sequencer.append(own);
        own.clear();
    }

    static String build()
    {
        final String version = Incarnation.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Sequences the start of the node and what is configured otherwise than before. */
    public void configure(final NodeContext context)
    {
        sequencer.readClock();
        final long hash = configurationHash(context);
        final boolean changed = hash != host.configurationHash();
        final NodeStartedEncoder started = new NodeStartedEncoder();
        started.wrapAndApplyHeader(inputs.buffer(), inputs.nextMessageOffset(), header)
            .logicVersion(TradingCore.LOGIC_VERSION)
            .stateHashInterval(context.stateHashInterval())
            .configurationHash(hash)
            .reconciles(context.safety().reconcile() ? BooleanType.TRUE : BooleanType.FALSE);
        sequencer.onOwnInput(started);
        haltWhereClockIsBehind(context.safety().clockBehindMaxNs());
        if (changed)
        {
            configurationText(context);
        }
        new ConfigurationInputs(host.core(), sequencer).send(context);
        sequencer.sequenceOwnInputs();
    }

    /** Before anything that could decide: the core lets no order out until the clock has passed the journal's last time. */
    private void haltWhereClockIsBehind(final long clockBehindMaxNs)
    {
        if (sequencer.clockBehindNs() > clockBehindMaxNs)
        {
            sequencer.onAlert(AlertType.CLOCK_BEHIND, TradingMode.HALTED, true, sequencer.clockBehindNs(),
                clockBehindMaxNs);
        }
    }

    /** Of the text; equal configurations are applied once. */
    public static long configurationHash(final NodeContext context)
    {
        final byte[] text = context.text().getBytes(StandardCharsets.UTF_8);
        final DirectBuffer buffer = new UnsafeBuffer(text);
        return Xxh64.hash(buffer, 0, text.length, 0);
    }

    private void configurationText(final NodeContext context)
    {
        final ConfigurationTextEncoder text = new ConfigurationTextEncoder();
        text.wrapAndApplyHeader(inputs.buffer(), inputs.nextMessageOffset(lengthMax(context.text())), header)
            .text(context.text());
        sequencer.onOwnInput(text);
    }

    /** Sequences the stop of the node. */
    public void stop()
    {
        sequencer.beginOwnInputs();
        final NodeStoppedEncoder stopped = new NodeStoppedEncoder();
        stopped.wrapAndApplyHeader(inputs.buffer(), inputs.nextMessageOffset(), header);
        sequencer.onOwnInput(stopped);
        sequencer.sequenceOwnInputs();
    }

    /** The last record: how much there is, so that a truncation shows. */
    public void end()
    {
        final CleanEndEncoder end = new CleanEndEncoder();
        end.wrapAndApplyHeader(own.buffer(), own.nextMessageOffset(), header)
            .records(sequencer.records())
            .lastSequence(sequencer.sequence())
            .stateHash(host.core().stateHash())
            .decisionHash(host.decisionHash());
        append(RecordKind.CLEAN_END, end);
    }
}
