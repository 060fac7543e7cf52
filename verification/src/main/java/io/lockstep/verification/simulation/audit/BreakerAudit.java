package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.core.breaker.Breaker;
import io.lockstep.sbe.BreakerCause;
import io.lockstep.sbe.BreakerChangedDecoder;
import io.lockstep.sbe.BreakerState;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.Side;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import org.agrona.DirectBuffer;

import java.util.HashSet;
import java.util.Set;

/** From the journal alone: which circuit breakers are open, and that no order of their scopes opens anything meanwhile. */
public final class BreakerAudit
{
    private record Key(LimitScope scope, BreakerCause cause, int scopedId)
    {
    }

    private final FillAudit fills;
    private final Set<Key> open = new HashSet<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BreakerChangedDecoder changed = new BreakerChangedDecoder();
    private final NewOrderSingleDecoder order = new NewOrderSingleDecoder();
    private final OrderCancelReplaceRequestDecoder replace = new OrderCancelReplaceRequestDecoder();
    private long openings;

    /**
     * @param fills that have had each decision before.
     */
    BreakerAudit(final FillAudit fills)
    {
        this.fills = fills;
    }

    void onDecision(final DirectBuffer buffer, final int offset)
    {
        final int message = offset + RecordDescriptor.HEADER_LENGTH;
        switch (RecordDescriptor.templateId(buffer, offset))
        {
            case BreakerChangedDecoder.TEMPLATE_ID -> onChanged(changed.wrapAndApplyHeader(buffer, message, header));
            case NewOrderSingleDecoder.TEMPLATE_ID -> {
                order.wrapAndApplyHeader(buffer, message, header);
                requireReduces(order.strategyId(), order.instrumentId(), order.side(), order.orderQtyLots());
            }
            case OrderCancelReplaceRequestDecoder.TEMPLATE_ID -> {
                replace.wrapAndApplyHeader(buffer, message, header);
                // What is filled of it already is not left.
                requireReduces(replace.strategyId(), replace.instrumentId(), replace.side(), 1);
            }
            default -> {
                // Opens nothing.
            }
        }
    }

    private void onChanged(final BreakerChangedDecoder message)
    {
        final Key key = new Key(message.scope(), message.cause(), message.scopedId());
        if (message.state() == BreakerState.OPEN)
        {
            openings++;
            open.add(key);
        }
        else
        {
            open.remove(key);
        }
    }

    private void requireReduces(final int strategyId, final int instrumentId, final Side side, final long lots)
    {
        final long held = fills.lots(strategyId, instrumentId);
        if (!open.isEmpty() && lots > (side == Side.SELL ? held : -held) &&
            open.stream().anyMatch((key) -> covers(key, strategyId, instrumentId)))
        {
            throw new SimulationFailure(Invariant.BREAKERS_KEEP_BACK,
                "an order opens behind an open breaker: strategyId=" +
                    strategyId + " instrumentId=" + instrumentId + " side=" + side + " lots=" + lots + " held=" + held +
                    " open=" + open);
        }
    }

    private static boolean covers(final Key key, final int strategyId, final int instrumentId)
    {
        return switch (key.scope())
        {
            case STRATEGY -> key.scopedId() == strategyId;
            case INSTRUMENT -> key.scopedId() == instrumentId;
            case VENUE -> key.scopedId() == SimulatedMarket.venueOf(instrumentId);
            default -> true;
        };
    }

    /** Between two turns of the loop. */
    void requireEqual(final TradingCore core)
    {
        int count = 0;
        for (int i = 0; i < core.breakers().count(); i++)
        {
            final Breaker breaker = core.breakers().get(i);
            final Key key = new Key(breaker.key().scope(), breaker.key().cause(), breaker.key().scopedId());
            count += breaker.state() == BreakerState.OPEN && open.contains(key) ? 1 : 0;
        }
        SimulationFailure.requireEqual(Invariant.BREAKERS_KEEP_BACK, "breakers that are open", open.size(), count);
    }

    /** Times that some breaker has opened. */
    public long openings()
    {
        return openings;
    }
}
