package io.lockstep.core.reference;

import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TriggerSource;

import java.util.SplittableRandom;

/** Orders of all kinds by chance, near the market, a few of them nonsense. */
final class RandomAsked
{
    private static final long MILLI_NS = 1_000_000;
    /** More than a tick apart: which of two that trail at one price leaves first is not said. */
    private static final long BPS_STEP = 20;
    private static final OrdType[] TYPES = {OrdType.LIMIT, OrdType.LIMIT, OrdType.LIMIT, OrdType.LIMIT, OrdType.MARKET,
        OrdType.MARKET, OrdType.STOP, OrdType.STOP_LIMIT, OrdType.MARKET_IF_TOUCHED, OrdType.LIMIT_IF_TOUCHED,
        OrdType.TRAILING_STOP, OrdType.TRAILING_STOP_LIMIT};
    private static final TriggerSource[] SOURCES = {TriggerSource.BID_ASK, TriggerSource.LAST_TRADE, TriggerSource.MID};

    private final SplittableRandom random;

    RandomAsked(final SplittableRandom random)
    {
        this.random = random;
    }

    private boolean oneIn(final int count)
    {
        return random.nextInt(count) == 0;
    }

    /**
     * @param ticks about where the market is.
     */
    Asked next(final ModelInstrument instrument, final long ticks, final long nowNs)
    {
        final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        final OrdType type = TYPES[random.nextInt(TYPES.length)];
        final Asked plain = Asked.market(side, lots(instrument)).ofType(type);
        Asked asked = switch (type)
        {
            case LIMIT -> plain.at(price(instrument, ticks)).during(TimeInForce.GOOD_TILL_CANCEL, Asked.NONE);
            case MARKET -> oneIn(40) ? plain.at(price(instrument, ticks)) : plain;
            case STOP, MARKET_IF_TOUCHED -> triggered(plain, ticks);
            case STOP_LIMIT, LIMIT_IF_TOUCHED -> triggered(plain, ticks).at(price(instrument, ticks));
            default -> trailing(plain, ticks);
        };
        if (type != OrdType.MARKET)
        {
            asked = during(asked, nowNs);
        }
        if (asked.leavesAsLimit() ? oneIn(8) : oneIn(60))
        {
            asked = asked.postOnly(oneIn(2));
        }
        return oneIn(5) ? asked.reduceOnly() : asked;
    }

    long lots(final ModelInstrument instrument)
    {
        return oneIn(50) ? random.nextInt(3) - 1 : instrument.orderLots() * (1 + random.nextInt(10));
    }

    long price(final ModelInstrument instrument, final long ticks)
    {
        final long step = instrument.orderTicks();
        return ticks - ticks % step + step * (random.nextInt(25) - 12) + (oneIn(60) ? 1 : 0);
    }

    long trigger(final Asked asked, final long ticks)
    {
        final long distance = oneIn(10) ? -random.nextInt(20) : 1 + random.nextInt(30);
        return asked.isRising() ? ticks + distance : ticks - distance;
    }

    private Asked triggered(final Asked plain, final long ticks)
    {
        return plain
            .triggeredAt(oneIn(60) ? Asked.NONE : trigger(plain, ticks), SOURCES[random.nextInt(SOURCES.length)])
            .during(TimeInForce.GOOD_TILL_CANCEL, Asked.NONE);
    }

    private Asked trailing(final Asked plain, final long ticks)
    {
        final boolean isInTicks = random.nextBoolean();
        final long activation = random.nextInt(3) > 0
            ? Asked.NONE
            : plain.isRising() ? ticks - random.nextInt(15) : ticks + random.nextInt(15);
        final long offset = oneIn(40) ? 0 : 1 + random.nextInt(40);
        return plain
            .trailing(isInTicks ? offset : BPS_STEP * offset, isInTicks ? OffsetUnit.TICKS : OffsetUnit.BASIS_POINTS,
                plain.leavesAsLimit() ? random.nextInt(10) : Asked.NONE, activation,
                SOURCES[random.nextInt(SOURCES.length)])
            .during(TimeInForce.GOOD_TILL_CANCEL, Asked.NONE);
    }

    private Asked during(final Asked asked, final long nowNs)
    {
        return switch (random.nextInt(12))
        {
            case 0, 1 -> asked.during(TimeInForce.GOOD_TILL_DATE, expiryNs(nowNs));
            case 2 -> asked.during(
                random.nextBoolean() ? TimeInForce.IMMEDIATE_OR_CANCEL : TimeInForce.FILL_OR_KILL, Asked.NONE);
            case 3 -> oneIn(10) ? asked.during(TimeInForce.GOOD_TILL_CANCEL, expiryNs(nowNs)) : asked;
            default -> asked;
        };
    }

    long expiryNs(final long nowNs)
    {
        return nowNs + MILLI_NS * (random.nextInt(6_000) - 100);
    }
}
