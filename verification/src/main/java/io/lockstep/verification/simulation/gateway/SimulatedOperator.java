package io.lockstep.verification.simulation.gateway;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.BreakerCause;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.SetTradingModeEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.SnapshotRequestEncoder;
import io.lockstep.sbe.TradeEncoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.UnsetLimitEncoder;
import io.lockstep.verification.simulation.audit.JournalAudit;
import io.lockstep.verification.simulation.audit.SentMessages;
import io.lockstep.verification.simulation.audit.SourceAudit;
import io.lockstep.verification.simulation.market.CommandEncoding;
import io.lockstep.verification.simulation.market.RandomTrader;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import io.lockstep.verification.simulation.seed.SimulatedClock;
import io.lockstep.verification.simulation.seed.SimulationRandom;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

import java.util.List;
import java.util.function.Supplier;

/**
 * Gives commands over a link of its own; mostly that trading goes on.
 */
public final class SimulatedOperator implements LinkListener
{
    private static final int SESSION = 1;
    private static final int RING_CAPACITY = 1 << 16;
    private static final int COMMANDS = 28;
    private static final int LOTS_MAX = 6;
    private static final int SEED_MAX = 64;
    private static final int STARTS_PER_STOP = 3;
    private static final String USER = "operator";
    private static final int SIGNAL_EVERY = 12;
    private static final int EPOCH_EVERY = 8;
    private static final int THRESHOLD_MAX = 3;
    private static final int COOL_DOWN_MS_MAX = 200;
    private static final LimitScope[] SCOPES = {
        LimitScope.STRATEGY, LimitScope.INSTRUMENT, LimitScope.VENUE, LimitScope.NODE
    };
    private static final BreakerCause[] CAUSES = {
        BreakerCause.CONSECUTIVE_LOSSES, BreakerCause.REJECT_RATE, BreakerCause.DISCONNECTS, BreakerCause.SLIPPAGE,
        BreakerCause.DRAWDOWN
    };
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
    private final TradeEncoder foreign = new TradeEncoder();
    private final CommandEncoding commands = new CommandEncoding(message);
    private final Supplier<JournalAudit> journal;
    private final Instrument[] instruments;
    private long epoch = 1;
    private long counter;

    public SimulatedOperator(
        final SimulatedClock clock,
        final SimulatedNetwork network,
        final SentMessages sent,
        final Supplier<JournalAudit> journal,
        final List<Instrument> instruments,
        final SimulationRandom random)
    {
        this.instruments = instruments.toArray(Instrument[]::new);
        this.journal = journal;
        this.clock = clock;
        this.random = random;
        link = new LinkClient(sent.watching(new SimulatedSender(network.operatorToNode())), network.nodeToOperator(),
            this,
            SimulatedMarket.OPERATOR_SOURCE_ID, SESSION, false, RING_CAPACITY);
    }

    /**
     * One duty cycle.
     *
     * @param signals whether it may send some.
     */
    public void doWork(final boolean signals)
    {
        if (signals && random.below(SIGNAL_EVERY) == 0)
        {
            signal();
        }
        link.poll(clock.trueNs());
    }

    /** Gives some command, and says which. */
    public String command()
    {
        return switch (random.below(COMMANDS))
        {
            case 0 -> snapshot();
            case 1 -> limit();
            case 2 -> unset();
            case 3, 4, 5, 6 -> strategy();
            case 7, 8 -> order();
            case 9, 10 -> cancel();
            case 11, 12 -> flatten();
            case 13, 14 -> transfer();
            case 15, 16 -> unassign();
            case 17, 18, 19 -> define();
            case 20, 21 -> accept();
            case 22, 23, 24, 25 -> breaker();
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
            .limitType(LimitType.MAX_OPEN_ORDERS)
            .scope(LimitScope.NULL_VAL).scopedId(SetLimitEncoder.scopedIdNullValue()).configured(BooleanType.FALSE)
            .strategyId(SetLimitEncoder.strategyIdNullValue()).value().mantissa(value).exponent((byte)0);
        send(setLimit.user(USER));
        return "limit " + value + " of " + instrumentId;
    }

    private String unset()
    {
        final int instrumentId = instrument();
        send(unsetLimit.wrapAndApplyHeader(message, 0, header).instrumentId(instrumentId)
            .limitType(LimitType.MAX_OPEN_ORDERS)
            .scope(LimitScope.NULL_VAL).scopedId(UnsetLimitEncoder.scopedIdNullValue()).configured(BooleanType.FALSE)
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
        final boolean anew = random.below(STARTS_PER_STOP + 1) == 0;
        send(commands.control(RandomTrader.NAME, running, anew));
        return "strategy " + running + (anew ? " anew" : "");
    }

    /** For nobody, or for some instance. */
    private String order()
    {
        final int strategyId = someone();
        final int instrumentId = random.below(SimulatedMarket.INSTRUMENTS);
        send(commands.order(
            strategyId, instrumentId, random.flip() ? Side.BUY : Side.SELL, random.between(1, LOTS_MAX)));
        return "order of " + strategyId + " on " + instrumentId;
    }

    /** 0 is nobody. */
    private int someone()
    {
        return random.below(journal.get().instances().count() + 1);
    }

    private String cancel()
    {
        final int instrumentId = random.below(SimulatedMarket.INSTRUMENTS);
        send(commands.cancel(instrumentId));
        return "cancel on " + instrumentId;
    }

    private String flatten()
    {
        final int strategyId = someone();
        send(commands.flatten(strategyId));
        return "flatten " + strategyId;
    }

    /** What the journal says that the one has, and also what it does not. */
    private String transfer()
    {
        final int instrumentId = random.below(SimulatedMarket.INSTRUMENTS);
        final int from = someone();
        final int to = someone();
        final long held = journal.get().fills().lots(from, instrumentId);
        final long lots = held == 0 ? 1 : Long.signum(held) * Math.min(Math.abs(held), random.between(1, LOTS_MAX));
        send(commands.transfer(instrumentId, from, to, lots));
        return "transfer " + lots + " on " + instrumentId + " of " + from + " to " + to;
    }

    private String unassign()
    {
        final int strategyId = someone();
        send(commands.unassign(strategyId));
        return "unassign " + strategyId;
    }

    /** Other parameters for an instance, or another instance in the place of one that was taken out. */
    private String define()
    {
        final SimulatedMarket.Trader trader = random.choose(SimulatedMarket.TRADERS);
        final int present = journal.get().instances().idOf(trader.name());
        final int strategyId = present == 0 || random.flip() ? journal.get().instances().count() + 1 : present;
        send(commands.define(strategyId, trader, random.between(1, SEED_MAX)));
        return "define " + strategyId + " " + trader.name();
    }

    /** Some are sent again, as by a client that has heard nothing; now and then the client begins a new epoch. */
    private void signal()
    {
        final SimulatedMarket.Trader trader = random.choose(SimulatedMarket.TRADERS);
        final boolean isAny = random.below(EPOCH_EVERY) == 0;
        final Instrument instrument = isAny
            ? random.choose(instruments)
            : instruments[trader.instrumentIds()[random.below(trader.instrumentIds().length)]];
        final long lots = (1 + random.below(LOTS_MAX)) * instrument.orderLots();
        final String model = random.flip() ? "" : trader.name();
        epoch += random.below(EPOCH_EVERY) == 0 ? 1 : 0;
        counter++;
        final long ofEpoch = epoch - (random.below(EPOCH_EVERY) == 0 ? 1 : 0);
        final int times = random.flip() ? 1 : 2;
        final Side side = random.flip() ? Side.BUY : Side.SELL;
        for (int i = 0; i < times; i++)
        {
            send(commands.signal(ofEpoch, counter - random.below(2), instrument, side, lots, model));
        }
    }

    /** One of some scope, mostly of one that there is. */
    private String breaker()
    {
        final LimitScope scope = random.choose(SCOPES);
        final BreakerCause cause = random.choose(CAUSES);
        final int scopedId = switch (scope)
        {
            case STRATEGY -> someone();
            case INSTRUMENT -> random.below(SimulatedMarket.INSTRUMENTS);
            case VENUE -> random.below(SimulatedMarket.VENUES);
            default -> 0;
        };
        final boolean isPresent = random.below(STARTS_PER_STOP + 1) > 0;
        send(commands.breaker(scope, scopedId, cause, random.between(1, THRESHOLD_MAX),
            random.between(1, COOL_DOWN_MS_MAX) * 1_000_000L, isPresent));
        return (isPresent ? "breaker " : "no breaker ") + scope + " " + scopedId + " " + cause;
    }

    private String accept()
    {
        final int venueId = random.below(SimulatedMarket.VENUES);
        send(commands.accept(venueId));
        return "accept " + venueId;
    }

    /** Says what an operator may not: that something was traded. */
    public void tradeForeign()
    {
        send(foreign.wrapAndApplyHeader(message, 0, header).instrumentId(0).tradeId(0).priceTicks(1).quantityLots(1)
            .aggressorSide(Side.BUY));
    }

    public void command(final TradingMode mode)
    {
        send(setTradingMode.wrapAndApplyHeader(message, 0, header).mode(mode).scope(LimitScope.NODE)
            .flatten(BooleanType.FALSE).scopedId(SetTradingModeEncoder.scopedIdNullValue()).user(USER));
    }

    private void send(final MessageEncoderFlyweight command)
    {
        link.offer(
            message, 0, MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength(), 0, clock.trueNs());
    }

    /** All that this process has given to its link is journaled. */
    public void requireAll(final SourceAudit audit)
    {
        audit.requireAll(SimulatedMarket.OPERATOR_SOURCE_ID, SESSION, link.offered());
    }

    public boolean isSettled()
    {
        return link.isLinked() && link.acknowledged() == link.offered();
    }
}
