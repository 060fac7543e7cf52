package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.CommandResultDecoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionOutOfPlaceDecoder;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderHeldDecoder;
import io.lockstep.sbe.ReconciliationDifferenceDecoder;
import io.lockstep.sbe.ReconciliationKind;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TransferPositionDecoder;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import org.agrona.DirectBuffer;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What each owner has come to, counted from the journal alone: a fill is of whom its order was sent for, unless a decision on it says
 * whose it is. What belonged to instances that are taken out is nobody's.
 */
public final class FillAudit
{
    private final InputQueue inputs = new InputQueue();
    private final Map<Integer, Instrument> instrumentById = new HashMap<>();
    private final Map<String, Integer> ownerByClOrdId = new HashMap<>();
    private final Map<Long, LegLedger> ledgerByLeg = new HashMap<>();
    private final Set<Long> takenExecIds = new HashSet<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OrderHeldDecoder heldOrder = new OrderHeldDecoder();
    private final NewOrderSingleDecoder newOrder = new NewOrderSingleDecoder();
    private final OrderCancelReplaceRequestDecoder replace = new OrderCancelReplaceRequestDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final ReconciliationDifferenceDecoder difference = new ReconciliationDifferenceDecoder();
    private final ExecutionOutOfPlaceDecoder outOfPlace = new ExecutionOutOfPlaceDecoder();
    private final TransferPositionDecoder transfer = new TransferPositionDecoder();
    private final CommandResultDecoder result = new CommandResultDecoder();
    private final FeeRate feeRate = new FeeRate();
    private final MutableInt128 commission = new MutableInt128();
    private Fill pending;
    private Transfer asked;

    /** A fill, and whose it is unless a decision says otherwise; null for an order that the journal does not have. */
    private record Fill(
        long sequence, long execId, int instrumentId, Integer owner, long priceTicks, long signedLots, BigInteger fee)
    {
    }

    private record Transfer(long sequence, int instrumentId, int from, int to, long lots)
    {
    }

    void onInput(final DirectBuffer buffer, final int offset)
    {
        switch (RecordDescriptor.templateId(buffer, offset))
        {
            case InstrumentDefinitionDecoder.TEMPLATE_ID, ExecutionReportDecoder.TEMPLATE_ID,
                TransferPositionDecoder.TEMPLATE_ID, BestBidOfferDecoder.TEMPLATE_ID -> inputs.add(buffer, offset);
            default -> {
                // Moves no position.
            }
        }
    }

    private void apply(final DirectBuffer record)
    {
        take();
        final int message = RecordDescriptor.HEADER_LENGTH;
        final long sequence = RecordDescriptor.sequence(record, 0);
        switch (RecordDescriptor.templateId(record, 0))
        {
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> {
                final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
                final Instrument instrument = Instrument.decode(definition.wrapAndApplyHeader(record, message, header));
                instrumentById.put(instrument.id(), instrument);
            }
            case ExecutionReportDecoder.TEMPLATE_ID -> onReport(record, message, sequence);
            case BestBidOfferDecoder.TEMPLATE_ID -> feeRate.onQuote(record);
            default -> {
                transfer.wrapAndApplyHeader(record, message, header);
                asked = new Transfer(sequence, transfer.instrumentId(), transfer.fromStrategyId(),
                    transfer.toStrategyId(), transfer.lots());
            }
        }
    }

    private void onReport(final DirectBuffer record, final int message, final long sequence)
    {
        report.wrapAndApplyHeader(record, message, header);
        final long key = (long)RecordDescriptor.sourceId(record, 0) << Integer.SIZE + Short.SIZE ^ report.execId();
        if (report.execType() != ExecType.ORDER_STATUS && takenExecIds.add(key) && report.execType() == ExecType.TRADE)
        {
            final Integer owner = ownerByClOrdId.get(report.clOrdId());
            final long lots = report.lastQtyLots();
            pending = new Fill(sequence, report.execId(), report.instrumentId(),
                owner == null ? ownerByClOrdId.get(report.origClOrdId()) : owner, report.lastPxTicks(),
                report.side() == Side.BUY ? lots : -lots, fee());
        }
    }

    private BigInteger fee()
    {
        final BigInteger fee = new BigInteger(
            commission.decode(report.commission(), report.commissionHigh()).toString());
        return report.commissionExponent() == ExecutionReportDecoder.commissionExponentNullValue()
            ? fee
            : feeRate.cash(fee, report.commissionExponent(), instrumentById.get(SimulatedMarket.FEE_RATE),
                instrumentById.get(report.instrumentId()));
    }

    /** The fill that nothing else was said of. */
    private void take()
    {
        if (pending != null && pending.owner != null)
        {
            take(pending.owner);
        }
        pending = null;
    }

    private void take(final int owner)
    {
        ledger(owner, pending.instrumentId).onFill(pending.priceTicks, pending.signedLots, pending.fee);
        pending = null;
    }

    private LegLedger ledger(final int owner, final int instrumentId)
    {
        return ledgerByLeg.computeIfAbsent(
            (long)owner << Integer.SIZE | instrumentId, (key) -> new LegLedger(instrumentById.get(instrumentId)));
    }

    void onDecision(final DirectBuffer buffer, final int offset)
    {
        final long sequence = RecordDescriptor.sequence(buffer, offset);
        inputs.takeUpTo(sequence, this::apply);
        if (pending != null && pending.sequence < sequence)
        {
            take();
        }
        final int message = offset + RecordDescriptor.HEADER_LENGTH;
        switch (RecordDescriptor.templateId(buffer, offset))
        {
            case ReconciliationDifferenceDecoder.TEMPLATE_ID -> {
                difference.wrapAndApplyHeader(buffer, message, header);
                if (difference.kind() == ReconciliationKind.UNKNOWN_FILL)
                {
                    onAnnounced(difference.execId(), difference.strategyId());
                }
            }
            case ExecutionOutOfPlaceDecoder.TEMPLATE_ID -> {
                outOfPlace.wrapAndApplyHeader(buffer, message, header);
                onAnnounced(outOfPlace.execId(), outOfPlace.strategyId());
            }
            case CommandResultDecoder.TEMPLATE_ID -> onResult(buffer, message, sequence);
            case OrderHeldDecoder.TEMPLATE_ID -> {
                take();
                heldOrder.wrapAndApplyHeader(buffer, message, header);
                ownerByClOrdId.put(heldOrder.clOrdId(), heldOrder.strategyId());
            }
            case NewOrderSingleDecoder.TEMPLATE_ID -> {
                take();
                newOrder.wrapAndApplyHeader(buffer, message, header);
                ownerByClOrdId.put(newOrder.clOrdId(), newOrder.strategyId());
            }
            case OrderCancelReplaceRequestDecoder.TEMPLATE_ID -> {
                take();
                replace.wrapAndApplyHeader(buffer, message, header);
                ownerByClOrdId.put(replace.clOrdId(), replace.strategyId());
            }
            default -> {
                // Says nothing of whose a fill is.
            }
        }
    }

    private void onAnnounced(final long execId, final int owner)
    {
        if (pending != null && pending.execId == execId)
        {
            take(owner);
        }
    }

    private void onResult(final DirectBuffer buffer, final int message, final long sequence)
    {
        result.wrapAndApplyHeader(buffer, message, header);
        if (asked != null && asked.sequence == sequence &&
            result.commandTemplateId() == TransferPositionDecoder.TEMPLATE_ID)
        {
            if (result.reason() == CommandReason.ACCEPTED)
            {
                ledger(asked.from, asked.instrumentId).transferTo(ledger(asked.to, asked.instrumentId), asked.lots);
            }
            asked = null;
        }
    }

    /** What the owner holds, as far as decisions have shown. */
    public long lots(final int owner, final int instrumentId)
    {
        final LegLedger ledger = ledgerByLeg.get((long)owner << Integer.SIZE | instrumentId);
        return ledger == null ? 0 : ledger.lots();
    }

    /** Between two turns of the loop, when all that is journaled has been decided. */
    void requireEqual(final TradingCore core, final AccountAudit accounts)
    {
        inputs.takeUpTo(Long.MAX_VALUE, this::apply);
        take();
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            requireEqual(core, core.slot(id), accounts.isDifferent(id));
        }
    }

    private void requireEqual(final TradingCore core, final InstrumentSlot slot, final boolean isDifferent)
    {
        int openOrders = 0;
        long lots = 0;
        for (int i = 0; i < slot.legCount(); i++)
        {
            final Leg leg = slot.leg(i);
            openOrders += leg.openOrders().count();
            lots += leg.netLots();
            if (!leg.instance().isNobody())
            {
                ledger(leg.strategyId(), slot.id()).requireEqual("strategyId=" + leg.strategyId(), leg.position());
            }
            else if (!isDifferent)
            {
                nobodys(core, slot.id()).requireEqual("nobody", leg.position());
            }
        }
        SimulationFailure.requireEqual(
            Invariant.INSTANCES_APART, "open orders of instrumentId=" + slot.id(), openOrders,
            slot.openOrders().count());
        SimulationFailure.requireEqual(
            Invariant.INSTANCES_APART, "lots of instrumentId=" + slot.id(), lots, slot.position().netLots());
    }

    private LegLedger nobodys(final TradingCore core, final int instrumentId)
    {
        final LegLedger sum = new LegLedger(instrumentById.get(instrumentId));
        ledgerByLeg.forEach((leg, ledger) ->
        {
            final StrategyInstance instance = core.instances().find((int)(leg >> Integer.SIZE));
            if (leg.intValue() == instrumentId && (instance == null || !instance.isPresent()))
            {
                sum.add(ledger);
            }
        });
        return sum;
    }
}
