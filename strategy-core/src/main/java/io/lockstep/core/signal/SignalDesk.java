package io.lockstep.core.signal;

import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instance.Instances;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.risk.Refusal;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import org.agrona.DirectBuffer;

/**
 * Answers signals: each is answered once by its id, with a SignalRouted decision behind what the model has decided. An id counts as
 * answered whatever the answer was; who wants to try again gives another. The first signal of a client, and the first after an
 * instrument was defined, allocate; nothing else does.
 */
public final class SignalDesk
{
    private final Slots slots;
    private final DecisionWriter decisions;
    private final SignalClients clients;
    private final SymbolIndex symbols;
    private final SignalRouter router;
    private final SignalSize size = new SignalSize();
    private final SignalRequest signal = new SignalRequest();
    private final SignalAnswer answer = new SignalAnswer();

    public SignalDesk(
        final Slots slots, final Instances instances, final SignalClients clients, final DecisionWriter decisions)
    {
        this.clients = clients;
        this.slots = slots;
        this.decisions = decisions;
        symbols = new SymbolIndex(slots);
        router = new SignalRouter(instances);
    }

    /** What became of the newest signal. */
    public SignalAnswer answer()
    {
        return answer;
    }

    /** Returns whether a model has taken it. */
    public boolean onSignal(final DirectBuffer buffer, final int offset)
    {
        signal.wrap(buffer, offset);
        answer.begin();
        final Refusal refusal = answer.refusal();
        if (clients.take(signal, refusal) && isOne(refusal))
        {
            final InstrumentSlot slot = instrument(refusal);
            final Leg leg = slot == null ? null : router.choose(slot, signal, refusal);
            if (leg != null)
            {
                give(leg, refusal);
            }
        }
        decisions.signalRouted(signal, answer);
        return answer.isTaken();
    }

    /** Whether the message makes sense by itself, and in time. */
    private boolean isOne(final Refusal refusal)
    {
        if (signal.side() != Side.BUY && signal.side() != Side.SELL)
        {
            refusal.because(RiskReason.INVALID_TERMS);
        }
        else if (signal.hasQuantity() == signal.hasQuoteAmount())
        {
            refusal.because(RiskReason.QUANTITY_AND_QUOTE);
        }
        else if (signal.isExpired(decisions.nowNs()))
        {
            refusal.because(RiskReason.EXPIRE_TIME, decisions.nowNs(), signal.expireTimeNs());
        }
        return refusal.reason() == RiskReason.NONE;
    }

    /** What its symbol means; null when that is not known. */
    private InstrumentSlot instrument(final Refusal refusal)
    {
        final int id = symbols.find(signal.buffer(), signal.symbolOffset(), signal.symbolLength());
        if (id < 0)
        {
            refusal.because(
                id == SymbolIndex.AMBIGUOUS ? RiskReason.AMBIGUOUS_SYMBOL : RiskReason.UNKNOWN_SYMBOL);
            return null;
        }
        answer.instrument(id);
        return slots.touch(id);
    }

    private void give(final Leg leg, final Refusal refusal)
    {
        final StrategyInstance model = leg.instance();
        answer.model(model.id());
        if (!SignalRouter.isReady(model))
        {
            refusal.because(RiskReason.MODEL_PAUSED);
        }
        else
        {
            final long lots = lots(leg, refusal);
            if (lots > 0)
            {
                call(leg, lots);
            }
        }
        slots.touch(model.leg(0).slot().id());
        model.signals().count(answer.isTaken());
    }

    private long lots(final Leg leg, final Refusal refusal)
    {
        final long wanted = size.lots(leg.slot(), signal, refusal);
        if (wanted == 0)
        {
            return 0;
        }
        final long lots = size.withinBudget(leg, signal.side(), wanted, leg.instance().strategy().scalesSignals(),
            decisions.nowNs(), refusal);
        if (lots > 0)
        {
            refusal.because(RiskReason.NONE);
        }
        return lots;
    }

    private void call(final Leg leg, final long lots)
    {
        signal.quantityLots(lots);
        answer.given(lots);
        leg.slot().risk().refusal().because(RiskReason.NONE);
        answer.answered(leg, leg.instance().onSignal(leg, signal), decisions.sequence());
    }
}
