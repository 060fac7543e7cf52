package io.lockstep.core.command;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderState;
import io.lockstep.core.state.CoreState;
import io.lockstep.core.venue.Venue;
import io.lockstep.sbe.AcceptAccountDecoder;
import io.lockstep.sbe.AccountEntryDecoder;
import io.lockstep.sbe.AccountReportDecoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrderReason;
import org.agrona.DirectBuffer;

/**
 * The inputs about accounts: reports and entries of the venues, and an operator's word that a difference is accepted. No allocation but for an asset that
 * is new.
 */
public final class AccountInputs
{
    private final CoreState state;
    private final DecisionWriter decisions;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AccountReportDecoder report = new AccountReportDecoder();
    private final AccountEntryDecoder entry = new AccountEntryDecoder();
    private final AcceptAccountDecoder acceptAccount = new AcceptAccountDecoder();

    public AccountInputs(final CoreState state, final DecisionWriter decisions)
    {
        this.state = state;
        this.decisions = decisions;
    }

    /** A report that halts the account takes all of the venue's open orders with it. */
    public void onReport(final DirectBuffer buffer, final int offset, final int sourceId)
    {
        report.wrapAndApplyHeader(buffer, offset, header);
        final Venue venue = venueOf(sourceId, report.venueId());
        if (venue != null && venue.holdings().onReport(report, isInFlight(venue)))
        {
            cancelAll(venue);
        }
    }

    public void onEntry(final DirectBuffer buffer, final int offset, final int sourceId)
    {
        entry.wrapAndApplyHeader(buffer, offset, header);
        final Venue venue = venueOf(sourceId, entry.venueId());
        if (venue != null)
        {
            venue.holdings().onEntry(entry);
        }
    }

    /** The source's own venue; null, and counted, when the source reports about another one. */
    private Venue venueOf(final int sourceId, final int venueIdOrNull)
    {
        final Venue venue = state.venues().ofSource(sourceId);
        final boolean isNamed = venueIdOrNull != AccountReportDecoder.venueIdNullValue();
        if (venue == null || isNamed && venue.id() != venueIdOrNull)
        {
            state.countForeignInput();
            return null;
        }
        return venue;
    }

    /** Whether the venue may know of something that the engine has not been told. */
    private boolean isInFlight(final Venue venue)
    {
        if (venue.isReconciling() || !venue.isConnected() || venue.waitingRequests() > 0)
        {
            return true;
        }
        for (int id = 0; id < state.slots().count(); id++)
        {
            final InstrumentSlot slot = state.slots().get(id);
            if (slot.venue() == venue && isInFlight(slot))
            {
                return true;
            }
        }
        return false;
    }

    private static boolean isInFlight(final InstrumentSlot slot)
    {
        for (Order order = slot.openOrders().first(); order != null; order = slot.openOrders().next(order))
        {
            if (isUnanswered(order.state()))
            {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnanswered(final OrderState orderState)
    {
        return switch (orderState)
        {
            case PENDING_NEW, PENDING_CANCEL, PENDING_REPLACE -> true;
            case NEW, PARTIALLY_FILLED, FILLED, CANCELED, REJECTED, EXPIRED, HELD, DENIED -> false;
        };
    }

    private void cancelAll(final Venue venue)
    {
        for (int id = 0; id < state.slots().count(); id++)
        {
            final InstrumentSlot slot = state.slots().get(id);
            if (slot.venue() == venue && slot.openOrders().count() > 0)
            {
                state.slots().touch(id);
                state.desk().cancelAll(slot.openOrders(), OrderReason.ACCOUNT);
            }
        }
    }

    public void onAccept(final DirectBuffer buffer, final int offset)
    {
        acceptAccount.wrapAndApplyHeader(buffer, offset, header);
        decisions.commandResult(
            accept(acceptAccount.venueId()), AcceptAccountDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
    }

    private CommandReason accept(final int venueId)
    {
        if (venueId < 0 || venueId >= state.venues().count())
        {
            return CommandReason.UNKNOWN_VENUE;
        }
        final Venue venue = state.venues().get(venueId);
        final boolean wasHalted = venue.holdings().isHalted();
        return venue.holdings().accept() == 0 && !wasHalted ? CommandReason.NO_CHANGE : CommandReason.ACCEPTED;
    }
}
