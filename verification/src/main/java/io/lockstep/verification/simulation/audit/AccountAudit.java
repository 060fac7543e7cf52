package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.AcceptAccountDecoder;
import io.lockstep.sbe.AccountDifferenceDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.DifferenceKind;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.verification.simulation.market.PlantedLots;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import org.agrona.DirectBuffer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * From the journal, and from what venues were made to report wrongly: a difference of an account is decided only where there is one,
 * halts the account, and no order leaves for the venue until an operator accepts the account.
 */
public final class AccountAudit
{
    private final InputQueue inputs = new InputQueue();
    private final List<PlantedLots> planted;
    private final List<TreeSet<Long>> execIds = List.of(new TreeSet<>(), new TreeSet<>());
    private final boolean[] outOfOrder = new boolean[SimulatedMarket.VENUES];
    private final boolean[] halted = new boolean[SimulatedMarket.VENUES];
    private final long[] differences = new long[SimulatedMarket.VENUES];
    private final Set<Integer> differentInstruments = new HashSet<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final AcceptAccountDecoder accept = new AcceptAccountDecoder();
    private final AccountDifferenceDecoder difference = new AccountDifferenceDecoder();

    /**
     * @param planted by venue.
     */
    AccountAudit(final List<PlantedLots> planted)
    {
        this.planted = planted;
    }

    void onInput(final DirectBuffer buffer, final int offset)
    {
        final int templateId = RecordDescriptor.templateId(buffer, offset);
        if (templateId == AcceptAccountDecoder.TEMPLATE_ID)
        {
            inputs.add(buffer, offset);
        }
        else if (templateId == ExecutionReportDecoder.TEMPLATE_ID)
        {
            report.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
            if (report.execType() != ExecType.ORDER_STATUS)
            {
                onExecution(SimulatedMarket.venueOf(report.instrumentId()), report.execId());
            }
        }
    }

    /** Of executions that come later than their successors, as after a loss, the cost at which a position closes is another. */
    private void onExecution(final int venueId, final long execId)
    {
        final boolean isNew = execIds.get(venueId).add(execId);
        outOfOrder[venueId] |= isNew && execIds.get(venueId).last() != execId;
    }

    void onDecision(final DirectBuffer buffer, final int offset)
    {
        inputs.takeUpTo(RecordDescriptor.sequence(buffer, offset), (record) -> halted[accept
            .wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, header).venueId()] = false);
        final int message = offset + RecordDescriptor.HEADER_LENGTH;
        switch (RecordDescriptor.templateId(buffer, offset))
        {
            case AccountDifferenceDecoder.TEMPLATE_ID -> onDifference(buffer, message);
            case NewOrderSingleDecoder.TEMPLATE_ID, OrderCancelReplaceRequestDecoder.TEMPLATE_ID -> {
                final int venueId = SimulatedMarket.venueOf(RequestContent.instrumentId(buffer, message));
                require(!halted[venueId], venueId, "an order of an account that is halted");
            }
            default -> {
                // Moves no account.
            }
        }
    }

    private void onDifference(final DirectBuffer buffer, final int message)
    {
        difference.wrapAndApplyHeader(buffer, message, header);
        final int venueId = difference.venueId();
        final boolean isMoved = difference.kind() == DifferenceKind.BALANCE && outOfOrder[venueId];
        require(planted.get(venueId).isAny() || isMoved, venueId,
            "a difference that is none: kind=" + difference.kind());
        require(difference.halted() == BooleanType.TRUE, venueId, "a difference does not halt");
        halted[venueId] = true;
        differences[venueId]++;
        if (difference.kind() == DifferenceKind.POSITION)
        {
            differentInstruments.add(difference.instrumentId());
        }
    }

    private static void require(final boolean holds, final int venueId, final String found)
    {
        if (!holds)
        {
            throw new SimulationFailure(Invariant.ACCOUNTS_HALT, found + ": venueId=" + venueId);
        }
    }

    /** When all is at rest, and the venues have reported twice: each account that differs was found to. */
    public void requireFound()
    {
        for (int venueId = 0; venueId < SimulatedMarket.VENUES; venueId++)
        {
            require(!planted.get(venueId).isAny() || differences[venueId] > 0, venueId, "a difference was not found");
        }
    }

    /** Whether lots of the instrument were found to differ, so that an operator may have taken them over. */
    boolean isDifferent(final int instrumentId)
    {
        return differentInstruments.contains(instrumentId);
    }

    /** Differences decided. */
    public long differences()
    {
        return differences[0] + differences[1];
    }
}
