package io.lockstep.core.command;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.breaker.Breakers;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.execution.HeldOrders;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.market.MarketEvent;
import io.lockstep.core.market.ReceiptTime;
import io.lockstep.core.risk.rule.RiskChain;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.FundingRateDecoder;
import io.lockstep.sbe.MarkPriceDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.TradeDecoder;
import org.agrona.DirectBuffer;

/**
 * Market data: to its instrument's market first, then to the instances with a leg there, in the order of their ids. No allocation.
 */
public final class MarketInputs
{
    private final Slots slots;
    private final HeldOrders held;
    private final Breakers breakers;
    private final RiskChain chain;
    private final DecisionWriter decisions;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BookUpdateDecoder bookUpdate = new BookUpdateDecoder();
    private final BestBidOfferDecoder bestBidOffer = new BestBidOfferDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final BookSnapshotDecoder bookSnapshot = new BookSnapshotDecoder();
    private final BarDecoder bar = new BarDecoder();
    private final FeedStatusDecoder feedStatus = new FeedStatusDecoder();
    private final MarkPriceDecoder markPrice = new MarkPriceDecoder();
    private final FundingRateDecoder fundingRate = new FundingRateDecoder();
    private long unknownInstruments;

    public MarketInputs(
        final Slots slots, final HeldOrders held, final Breakers breakers, final RiskChain chain,
        final DecisionWriter decisions)
    {
        this.breakers = breakers;
        this.chain = chain;
        this.slots = slots;
        this.held = held;
        this.decisions = decisions;
    }

    /** Inputs for instruments that were never defined; they have no other effect. */
    public long unknownInstruments()
    {
        return unknownInstruments;
    }

    public void restore(final long newUnknownInstruments)
    {
        unknownInstruments = newUnknownInstruments;
    }

    /**
     * @param offset   of the record, as in the methods below.
     * @param sourceId of the record.
     */
    public void onBookUpdate(final DirectBuffer buffer, final int offset, final int sourceId, final long nowNs)
    {
        bookUpdate.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        final InstrumentSlot slot = slot(bookUpdate.instrumentId());
        if (slot != null)
        {
            slot.market().onBookUpdate(bookUpdate, sourceId,
                receivedNs(buffer, offset, bookUpdate.feedDelayNs(), nowNs), nowNs);
            onChanged(slot);
        }
    }

    public void onBookSnapshot(final DirectBuffer buffer, final int offset, final int sourceId, final long nowNs)
    {
        bookSnapshot.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        final InstrumentSlot slot = slot(bookSnapshot.instrumentId());
        if (slot != null)
        {
            slot.market().onBookSnapshot(bookSnapshot, sourceId,
                receivedNs(buffer, offset, bookSnapshot.feedDelayNs(), nowNs), nowNs);
            onChanged(slot);
        }
    }

    public void onBestBidOffer(final DirectBuffer buffer, final int offset, final int sourceId, final long nowNs)
    {
        bestBidOffer.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        final InstrumentSlot slot = slot(bestBidOffer.instrumentId());
        if (slot != null)
        {
            slot.market().onBestBidOffer(bestBidOffer, sourceId,
                receivedNs(buffer, offset, bestBidOffer.feedDelayNs(), nowNs), nowNs);
            onChanged(slot);
        }
    }

    public void onTrade(final DirectBuffer buffer, final int offset, final int sourceId, final long nowNs)
    {
        trade.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        final InstrumentSlot slot = slot(trade.instrumentId());
        if (slot != null)
        {
            slot.market().onTrade(trade, sourceId,
                receivedNs(buffer, offset, trade.feedDelayNs(), nowNs), nowNs);
            onChanged(slot);
        }
    }

    public void onBar(final DirectBuffer buffer, final int offset, final int sourceId, final long nowNs)
    {
        bar.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        final InstrumentSlot slot = slot(bar.instrumentId());
        if (slot != null)
        {
            slot.market().onBar(bar, sourceId,
                receivedNs(buffer, offset, bar.feedDelayNs(), nowNs), nowNs);
            onChanged(slot);
        }
    }

    public void onMarkPrice(final DirectBuffer buffer, final int offset, final long nowNs)
    {
        markPrice.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        final InstrumentSlot slot = slot(markPrice.instrumentId());
        if (slot != null)
        {
            slot.market().reference().onMarkPrice(
                markPrice, receivedNs(buffer, offset, markPrice.feedDelayNs(), nowNs), nowNs);
            if (slot.isHolding())
            {
                held.onMarkPrice(slot);
            }
        }
    }

    public void onFundingRate(final DirectBuffer buffer, final int offset)
    {
        fundingRate.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        final InstrumentSlot slot = slot(fundingRate.instrumentId());
        if (slot != null)
        {
            slot.market().reference().onFundingRate(fundingRate);
        }
    }

    public void onFeedStatus(final DirectBuffer buffer, final int offset, final int sourceId, final long nowNs)
    {
        feedStatus.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        if (feedStatus.instrumentId() != Nulls.NULL_INSTRUMENT_ID)
        {
            final InstrumentSlot slot = slot(feedStatus.instrumentId());
            if (slot != null)
            {
                applyFeedStatus(slot, sourceId, nowNs);
            }
            return;
        }
        for (int id = 0; id < slots.count(); id++)
        {
            if (slots.get(id).market().hasSource(sourceId))
            {
                applyFeedStatus(slots.touchMarket(id), sourceId, nowNs);
            }
        }
    }

    private void applyFeedStatus(final InstrumentSlot slot, final int sourceId, final long nowNs)
    {
        slot.market().onFeedStatus(feedStatus, sourceId, nowNs);
        onChanged(slot);
    }

    private static long receivedNs(
        final DirectBuffer buffer, final int offset, final long feedDelayNs, final long nowNs)
    {
        return ReceiptTime.of(RecordDescriptor.gatewayTimeNs(buffer, offset), feedDelayNs, nowNs);
    }

    private InstrumentSlot slot(final int instrumentId)
    {
        final InstrumentSlot slot = slots.touchMarket(instrumentId);
        if (slot == null)
        {
            unknownInstruments++;
        }
        return slot;
    }

    /** Announces a changed condition, values what is watched, lets go the held orders that the market reaches, then drives the strategies. */
    private void onChanged(final InstrumentSlot slot)
    {
        final boolean isConditionNew = slot.isConditionNew();
        if (isConditionNew)
        {
            slot.onConditionAnnounced();
            decisions.marketCondition(slot.id(), slot.market());
        }
        if (slot.market().wantsSnapshot())
        {
            decisions.marketDataRequest(slot.id(), slot.market());
        }
        if (breakers.watchesMarket())
        {
            breakers.onMarket(slot);
        }
        if (chain.watchesMarket())
        {
            for (int i = 0; i < slot.legCount(); i++)
            {
                chain.onMarket(slot.leg(i));
            }
        }
        if (slot.isHolding() && (isConditionNew || slot.triggers().isReached(slot.market())))
        {
            held.onMarket(slot);
        }
        if (slot.market().lastEvent() != MarketEvent.STATUS)
        {
            for (int i = 0; i < slot.legCount(); i++)
            {
                final Leg leg = slot.leg(i);
                leg.instance().onMarket(leg);
            }
        }
    }
}
