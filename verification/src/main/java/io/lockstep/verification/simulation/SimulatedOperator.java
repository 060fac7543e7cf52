package io.lockstep.verification.simulation;

import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ControlStrategyEncoder;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.SetTradingModeEncoder;
import io.lockstep.sbe.SnapshotRequestEncoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.UnsetLimitEncoder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * Gives commands over a link of its own; mostly that trading goes on.
 */
final class SimulatedOperator implements LinkListener
{
    static final int SOURCE_ID = 3;
    private static final int SESSION = 1;
    private static final int RING_CAPACITY = 1 << 16;
    private static final int COMMANDS = 8;
    private static final int STARTS_PER_STOP = 3;
    private static final String STRATEGY = "random-trader";
    private static final String USER = "operator";
    private static final TradingMode[] MODES = {
        TradingMode.RUNNING, TradingMode.RUNNING, TradingMode.RUNNING, TradingMode.REDUCE_ONLY, TradingMode.HALTED,
        TradingMode.KILLED
    };

    private final SimulatedClock clock;
    private final SimulationRandom random;
    private final LinkClient link;
    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SnapshotRequestEncoder snapshotRequest = new SnapshotRequestEncoder();
    private final SetTradingModeEncoder setTradingMode = new SetTradingModeEncoder();
    private final SetLimitEncoder setLimit = new SetLimitEncoder();
    private final UnsetLimitEncoder unsetLimit = new UnsetLimitEncoder();
    private final ControlStrategyEncoder controlStrategy = new ControlStrategyEncoder();

    SimulatedOperator(
        final SimulatedClock clock,
        final SimulatedNetwork network,
        final SentMessages sent,
        final SimulationRandom random)
    {
        this.clock = clock;
        this.random = random;
        link = new LinkClient(sent.watching(new SimulatedSender(network.operatorToNode())), network.nodeToOperator(),
            this,
            SOURCE_ID, SESSION, false, RING_CAPACITY);
    }

    /** One duty cycle. */
    void doWork()
    {
        link.poll(clock.trueNs());
    }

    /** Gives some command, and says which. */
    String command()
    {
        return switch (random.below(COMMANDS))
        {
            case 0 -> snapshot();
            case 1 -> limit();
            case 2 -> unset();
            case 3 -> strategy();
            default -> mode();
        };
    }

    private String snapshot()
    {
        send(snapshotRequest.wrapAndApplyHeader(message, 0, header).user(USER));
        return "snapshot";
    }

    private String mode()
    {
        final TradingMode mode = random.choose(MODES);
        command(mode);
        return "mode " + mode;
    }

    /** No higher than what is configured, so that what holds of that holds of this. */
    private String limit()
    {
        final int instrumentId = instrument();
        final int value = 1 + random.below(SimulatedMarket.OPEN_ORDERS_MAX);
        setLimit.wrapAndApplyHeader(message, 0, header).instrumentId(instrumentId)
            .limitType(LimitType.MAX_OPEN_ORDERS).configured(BooleanType.FALSE)
            .strategyId(SetLimitEncoder.strategyIdNullValue()).value().mantissa(value).exponent((byte)0);
        send(setLimit.user(USER));
        return "limit " + value + " of " + instrumentId;
    }

    private String unset()
    {
        final int instrumentId = instrument();
        send(unsetLimit.wrapAndApplyHeader(message, 0, header).instrumentId(instrumentId)
            .limitType(LimitType.MAX_OPEN_ORDERS).configured(BooleanType.FALSE)
            .strategyId(UnsetLimitEncoder.strategyIdNullValue()).user(USER));
        return "unset limit of " + instrumentId;
    }

    /** One of them, or all. */
    private int instrument()
    {
        final int instrumentId = random.below(SimulatedMarket.INSTRUMENTS + 1);
        return instrumentId == SimulatedMarket.INSTRUMENTS ? Nulls.NULL_INSTRUMENT_ID : instrumentId;
    }

    private String strategy()
    {
        final boolean running = random.below(STARTS_PER_STOP + 1) > 0;
        send(controlStrategy.wrapAndApplyHeader(message, 0, header)
            .running(running ? BooleanType.TRUE : BooleanType.FALSE).strategyName(STRATEGY).user(USER));
        return "strategy " + running;
    }

    void command(final TradingMode mode)
    {
        send(setTradingMode.wrapAndApplyHeader(message, 0, header).mode(mode).user(USER));
    }

    private void send(final MessageEncoderFlyweight command)
    {
        link.offer(
            message, 0, MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength(), 0, clock.trueNs());
    }

    /** All that this process has given to its link is journaled. */
    void requireAll(final SourceAudit audit)
    {
        audit.requireAll(SOURCE_ID, SESSION, link.offered());
    }

    boolean isSettled()
    {
        return link.isLinked() && link.acknowledged() == link.offered();
    }
}
