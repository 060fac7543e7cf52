package io.lockstep.core;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.strategy.Fill;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.core.strategy.SignalView;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StateWriter;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RiskReason;

import java.util.List;

/**
 * Carries out signals at the market, at once. Parameters: {@code answer} (0 does what it is told, 1 is busy, 2 throws, 3 takes the
 * signal and asks for nothing, 4 buys or sells on its second leg) and {@code scales} (1 for less than was asked for).
 */
public final class SignalTaker implements Strategy
{
    public static final String NAME = "taker";

    /** Makes it under the name {@code taker}. */
    public static final class Factory implements StrategyFactory
    {
        @Override
        public String name()
        {
            return NAME;
        }

        @Override
        public boolean takesSignals()
        {
            return true;
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            return create(List.of(instrument), parameters);
        }

        @Override
        public Strategy create(final List<Instrument> instruments, final Parameters parameters)
        {
            return new SignalTaker(parameters.whole("answer", 0, 0, 4), parameters.whole("scales", 0, 0, 1) == 1);
        }
    }

    private final long answer;
    private final boolean scales;
    private long ids;

    private SignalTaker(final long answer, final boolean scales)
    {
        this.answer = answer;
        this.scales = scales;
    }

    @Override
    public boolean scalesSignals()
    {
        return scales;
    }

    @Override
    public RiskReason onSignal(final StrategyContext context, final SignalView signal)
    {
        ids = Xxh64.chain(ids, signal.idHash());
        switch ((int)answer)
        {
            case 0 -> context.sendMarket(signal.side(), signal.quantityLots(), OrderReason.SIGNAL);
            case 1 -> {
                return RiskReason.MODEL_BUSY;
            }
            case 2 -> throw new IllegalStateException("planted");
            case 4 -> context.leg(1).sendMarket(signal.side(), signal.quantityLots(), OrderReason.SIGNAL);
            default -> {
                // It has time.
            }
        }
        return RiskReason.NONE;
    }

    @Override
    public void onMarket(final StrategyContext context)
    {
        // It waits for signals.
    }

    @Override
    public void onWatch(final StrategyContext context)
    {
        // Likewise.
    }

    @Override
    public void onCloseWatch(final StrategyContext context)
    {
        // Likewise.
    }

    @Override
    public void onInTrade(final StrategyContext context)
    {
        // Likewise.
    }

    @Override
    public void onOrder(final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
    {
        // It keeps none.
    }

    @Override
    public void onTimer(final StrategyContext context, final int timerKey)
    {
        // It has none.
    }

    @Override
    public long stateHash()
    {
        return ids;
    }

    @Override
    public void save(final StateWriter state)
    {
        state.putLong(ids);
    }

    @Override
    public void restore(final StateReader state)
    {
        ids = state.nextLong();
    }
}
