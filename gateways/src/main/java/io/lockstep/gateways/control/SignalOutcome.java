package io.lockstep.gateways.control;

import io.lockstep.sbe.CommandOutcomeDecoder;
import io.lockstep.sbe.RiskReason;

/**
 * What became of a signal.
 *
 * @param reason       NONE when a model has taken it, else why not.
 * @param strategyId   of the model; null id when it did not come to that.
 * @param instrumentId null id when its symbol is of none.
 * @param quantityLots what the model was given to trade; {@link io.lockstep.codecs.Nulls#NULL_LONG} when nothing.
 * @param clOrdId      of the model's first order; empty when it has asked for none at once.
 */
public record SignalOutcome(RiskReason reason, int strategyId, int instrumentId, long quantityLots, String clOrdId)
{
    /** Null when the outcome is of another command. */
    static SignalOutcome of(final CommandOutcomeDecoder message)
    {
        return message.riskReasonCode() == CommandOutcomeDecoder.riskReasonCodeNullValue()
            ? null
            : new SignalOutcome(RiskReason.get(message.riskReasonCode()), message.strategyId(),
                message.instrumentId(), message.orderQtyLots(), message.clOrdId().strip());
    }
}
