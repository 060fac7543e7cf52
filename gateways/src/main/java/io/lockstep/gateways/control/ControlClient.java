package io.lockstep.gateways.control;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.gateways.link.LinkOptions;
import io.lockstep.gateways.link.LinkProcess;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CommandOutcomeDecoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.SetTradingModeEncoder;
import io.lockstep.sbe.SnapshotRequestEncoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.UnsetLimitEncoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An operator's commands to a node, over a link of their own; each is a journaled input. One thread, blocking.
 */
public final class ControlClient implements LinkListener
{
    /** Source ids of operators: many may give a command at once, and each has one of its own while it does. */
    public static final int SOURCE_FIRST = 768;
    public static final int SOURCES = 256;

    private static final int RING_CAPACITY = 1 << 16;
    private static final long CHECK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final MessageSender sender;
    private final MessageReceiver receiver;
    private final Runnable connectionCheck;
    private final int session;
    private final boolean wantsInstruments;
    private final byte[] key;
    private final Random random;
    private LinkClient link;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Set<String> instrumentNames = new TreeSet<>();
    private Outcome outcome;
    private long checkedNs = System.nanoTime();

    /**
     * What became of a command.
     *
     * @param sequence under which it is in the journal.
     * @param previous of a limit: what was in force before; null for nothing.
     * @param current  of a limit: what is in force now; null for nothing.
     * @param signal   of a signal: what became of it; else null.
     */
    public record Outcome(
        long sequence, CommandReason reason, Decimal previous, Decimal current, SignalOutcome signal)
    {
        public boolean accepted()
        {
            return reason == CommandReason.ACCEPTED || reason == CommandReason.NO_CHANGE ||
                reason == CommandReason.WAITING;
        }
    }

    /** One that knows the node's instruments, and has no key. */
    public ControlClient(
        final MessageSender sender, final MessageReceiver receiver, final Runnable connectionCheck, final int session)
    {
        this(sender, receiver, connectionCheck, session, true, null);
    }

    /**
     * @param connectionCheck  called several times a second while it waits; what it throws ends the wait.
     * @param session          another number for each use.
     * @param wantsInstruments whether it must know the node's instruments, of which there may be many.
     * @param key              of operators, for a node that asks for a proof; null for none.
     */
    public ControlClient(
        final MessageSender sender,
        final MessageReceiver receiver,
        final Runnable connectionCheck,
        final int session,
        final boolean wantsInstruments,
        final byte[] key)
    {
        this.wantsInstruments = wantsInstruments;
        this.key = key;
        this.sender = sender;
        this.receiver = receiver;
        this.connectionCheck = connectionCheck;
        this.session = session;
        random = new Random(session);
        link = newLink();
    }

    private LinkClient newLink()
    {
        return new LinkClient(sender, receiver, this, LinkOptions.operator(
            SOURCE_FIRST + random.nextInt(SOURCES), session, wantsInstruments, RING_CAPACITY).withKey(key));
    }

    /** Waits for the node's answer; false when there was none in time. */
    public boolean awaitLinked(final long timeoutNs)
    {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        while (!link.isLinked() && System.nanoTime() - deadlineNs < 0)
        {
            pause();
            if (link.isRefused())
            {
                // Another operator has the id.
                link = newLink();
            }
        }
        return link.isLinked();
    }

    /** The instrument by name as the node defined it, or null. */
    public Instrument instrument(final String name)
    {
        return link.instrument(name);
    }

    /** Of all instruments that the node has defined, sorted. */
    public Set<String> instrumentNames()
    {
        return instrumentNames;
    }

    /** As {@link LinkClient#quoteCurrency}. */
    public String quoteCurrency()
    {
        return link.quoteCurrency();
    }

    /**
     * Returns null when the node did not answer in time; the command may or may not have reached it.
     *
     * @param flattens whether a kill closes the positions, too.
     */
    public Outcome mode(
        final CommandScope scope, final TradingMode mode, final boolean flattens, final long timeoutNs)
    {
        final SetTradingModeEncoder command = new SetTradingModeEncoder();
        command.wrapAndApplyHeader(buffer, 0, header)
            .mode(mode)
            .scope(scope.scope())
            .flatten(flattens ? BooleanType.TRUE : BooleanType.FALSE)
            .scopedId(scope.scopedId())
            .user(LinkProcess.user());
        return send(command, timeoutNs);
    }

    /** As {@link #mode}. */
    public Outcome limit(
        final CommandScope scope, final LimitType type, final Decimal value, final long timeoutNs)
    {
        final SetLimitEncoder command = new SetLimitEncoder();
        command.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(scope.instrumentId())
            .limitType(type)
            .configured(BooleanType.FALSE)
            .strategyId(scope.strategyId())
            .scope(scope.scope())
            .scopedId(scope.scopedId());
        command.value().mantissa(value.mantissa()).exponent((byte)value.exponent());
        command.user(LinkProcess.user());
        return send(command, timeoutNs);
    }

    /** As {@link #limit}: what an operator has set is taken back. */
    public Outcome unset(final CommandScope scope, final LimitType type, final long timeoutNs)
    {
        final UnsetLimitEncoder command = new UnsetLimitEncoder();
        command.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(scope.instrumentId())
            .limitType(type)
            .configured(BooleanType.FALSE)
            .strategyId(scope.strategyId())
            .scope(scope.scope())
            .scopedId(scope.scopedId())
            .user(LinkProcess.user());
        return send(command, timeoutNs);
    }

    /** As {@link #mode}: asks for a snapshot of the state after this command. */
    public Outcome snapshot(final long timeoutNs)
    {
        final SnapshotRequestEncoder command = new SnapshotRequestEncoder();
        command.wrapAndApplyHeader(buffer, 0, header).user(LinkProcess.user());
        return send(command, timeoutNs);
    }

    /** As {@link #mode}. */
    public Outcome send(final OperatorCommand command, final long timeoutNs)
    {
        return send(command.encode(buffer, header, LinkProcess.user()), timeoutNs);
    }

    /**
     * As {@link #mode}: an input that was encoded elsewhere.
     *
     * @param message from its messageHeader on.
     */
    public Outcome send(final DirectBuffer message, final long timeoutNs)
    {
        return send(message, message.capacity(), timeoutNs);
    }

    private Outcome send(final MessageEncoderFlyweight command, final long timeoutNs)
    {
        return send(buffer, MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength(), timeoutNs);
    }

    private Outcome send(final DirectBuffer message, final int length, final long timeoutNs)
    {
        outcome = null;
        if (!link.offer(message, 0, length, 0, 0))
        {
            // Earlier commands that the node does not take fill the ring; an answer to one of them is not this one's.
            return null;
        }
        final long deadlineNs = System.nanoTime() + timeoutNs;
        while (outcome == null && System.nanoTime() - deadlineNs < 0)
        {
            pause();
        }
        return outcome;
    }

    private void pause()
    {
        final long nowNs = System.nanoTime();
        if (nowNs - checkedNs > CHECK_INTERVAL_NS)
        {
            checkedNs = nowNs;
            connectionCheck.run();
        }
        if (link.poll(nowNs) == 0)
        {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
    }

    @Override
    public void onInstrument(final Instrument instrument)
    {
        instrumentNames.add(instrument.name());
    }

    @Override
    public void onOutcome(final CommandOutcomeDecoder message)
    {
        if (message.sourceSequence() == link.offered())
        {
            outcome = new Outcome(message.sequence(), message.reason(),
                decimal(message.previousMantissa(), message.previousExponent()),
                decimal(message.mantissa(), message.exponent()), SignalOutcome.of(message));
        }
    }

    private static Decimal decimal(final long mantissa, final int exponent)
    {
        return mantissa == Nulls.NULL_LONG ? null : new Decimal(mantissa, exponent);
    }
}
