package io.lockstep.core.snapshot;

import io.lockstep.core.TradingCore;
import io.lockstep.core.book.OrderBook;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyDefinition;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.order.ClosedOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.risk.ExposureLimits;
import io.lockstep.core.state.CoreState;
import io.lockstep.core.venue.AheadIds;
import io.lockstep.core.venue.ExecutionIds;
import io.lockstep.core.venue.RecentIds;
import io.lockstep.core.venue.StrayOrders;
import io.lockstep.core.venue.Venue;
import io.lockstep.sbe.BookLevelsEncoder;
import io.lockstep.sbe.BookSectionEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ClosedOrdersEncoder;
import io.lockstep.sbe.CoreSectionEncoder;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.LegSectionEncoder;
import io.lockstep.sbe.MarketSectionEncoder;
import io.lockstep.sbe.OrderSectionEncoder;
import io.lockstep.sbe.OrderTimesEncoder;
import io.lockstep.sbe.PositionSectionEncoder;
import io.lockstep.sbe.RiskSectionEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.SlotSectionEncoder;
import io.lockstep.sbe.StrategyDefinitionEncoder;
import io.lockstep.sbe.StrategySectionEncoder;
import io.lockstep.sbe.StrategyStateEncoder;
import io.lockstep.sbe.StrayOrdersEncoder;
import io.lockstep.sbe.VenueDefinitionEncoder;
import io.lockstep.sbe.VenueIdsEncoder;
import io.lockstep.sbe.VenueSectionEncoder;

import static io.lockstep.core.snapshot.SectionWriter.ENTRIES_MAX;

/**
 * Writes the sections of a core, in the order in which {@link StateRestorer} takes them. The core is only read. Allocates.
 */
public final class StateSaver
{
    /** Bytes of a strategy's state in one section. */
    static final int STATE_BYTES_MAX = 1 << 16;

    private final TradingCore core;
    private final CoreState state;
    private final SectionWriter writer;

    public StateSaver(final TradingCore core, final CoreState state, final SectionPort port)
    {
        this.core = core;
        this.state = state;
        this.writer = new SectionWriter(port);
    }

    public void save()
    {
        saveCore(writer.begin(new CoreSectionEncoder()));
        writer.end();
        for (int id = 0; id < state.venues().count(); id++)
        {
            save(state.venues().get(id));
        }
        saveClosedOrders(state.orders().closed());
        for (int id = 0; id < state.slots().count(); id++)
        {
            save(state.slots().get(id));
        }
        for (int id = 0; id < state.instances().count(); id++)
        {
            save(state.instances().find(id));
        }
        state.tables().save(writer);
    }

    private void saveCore(final CoreSectionEncoder section)
    {
        section.lastSequence(state.lastSequence())
            .stateHash(core.stateHash())
            .stateHashInterval(state.stateHashInterval())
            .instruments(state.slots().count())
            .mode(state.trading().mode())
            .unknownInstruments(core.unknownInstruments())
            .unknownOrders(0)
            .ordersOpened(state.orders().opened())
            .impossibleOrderEvents(state.orders().impossibleEvents())
            .overfills(state.orders().overfills())
            .foreignInputs(state.foreignInputs())
            .egressSequence(0)
            .repeatedExecutions(0)
            .ignoredAnswers(0)
            .acknowledgedEgress(0)
            .statuses(0)
            .incarnation(state.node().incarnation())
            .reconciles(of(state.node().reconciles()))
            .reconciling(BooleanType.FALSE)
            .stopping(of(state.node().isStopping()))
            .clockBehind(of(state.isClockBehind()))
            .venues(state.venues().count())
            .strategies(state.instances().count())
            .refusedInputs(state.refusedInputs())
            .executionsOutOfPlace(core.executionsOutOfPlace())
            .closedOrders(state.orders().closed().count())
            .wishTimerNs(state.desk().wishTimerNs())
            .tableSections(state.tables().sectionCount())
            .uncountableExecutions(core.uncountableExecutions())
            .doubtTimerNs(state.desk().doubts().timerNs());
        state.totalLimits().saveFields(section);
        state.commonLimits().save(section);
        section.executionIdsCount(0);
        section.straysCount(0);
        section.aheadIdsCount(0);
        state.totalLimits().saveGroups(section);
        state.commonOrigins().save(section);
        state.roles().save(section);
    }

    private static BooleanType of(final boolean value)
    {
        return value ? BooleanType.TRUE : BooleanType.FALSE;
    }

    private void save(final Venue venue)
    {
        venue.encode(writer.begin(new VenueDefinitionEncoder()));
        writer.end();
        final ExecutionIds ids = venue.executionIds();
        final VenueSectionEncoder section = writer.begin(new VenueSectionEncoder());
        venue.save(section);
        section.repeatedExecutions(ids.repeats()).executionIds(ids.texts().count()).aheadIds(ids.aheadCount())
            .strays(venue.strays().count()).accountState(BooleanType.TRUE);
        final VenueSectionEncoder.NumberedIdsEncoder numbered = section.numberedIdsCount(ids.count());
        for (int i = 0; i < ids.count(); i++)
        {
            numbered.next().sourceId(ids.sourceIdAt(i)).execId(ids.highestAt(i));
        }
        writer.end();
        saveTexts(venue.id(), ids.texts());
        for (int i = 0; i < ids.count(); i++)
        {
            saveAhead(venue.id(), ids.sourceIdAt(i), ids.aheadAt(i));
        }
        saveStrays(venue.id(), venue.strays());
        venue.holdings().save(writer);
    }

    private void saveTexts(final int venueId, final RecentIds texts)
    {
        for (int start = 0; start < texts.count(); start += ENTRIES_MAX)
        {
            final int end = Math.min(texts.count(), start + ENTRIES_MAX);
            final VenueIdsEncoder.IdsEncoder ids = writer.begin(new VenueIdsEncoder()).venueId(venueId)
                .numbered(BooleanType.FALSE).idsCount(end - start);
            for (int i = start; i < end; i++)
            {
                ids.next().high(texts.high(i)).low(texts.low(i));
            }
            writer.end();
        }
    }

    private void saveAhead(final int venueId, final int sourceId, final AheadIds ahead)
    {
        for (int start = 0; start < ahead.count(); start += ENTRIES_MAX)
        {
            final int end = Math.min(ahead.count(), start + ENTRIES_MAX);
            final VenueIdsEncoder.IdsEncoder ids = writer.begin(new VenueIdsEncoder()).venueId(venueId)
                .numbered(BooleanType.TRUE).idsCount(end - start);
            for (int i = start; i < end; i++)
            {
                ids.next().high(sourceId).low(ahead.at(i));
            }
            writer.end();
        }
    }

    private void saveStrays(final int venueId, final StrayOrders strays)
    {
        for (int start = 0; start < strays.count(); start += ENTRIES_MAX)
        {
            final int end = Math.min(strays.count(), start + ENTRIES_MAX);
            final StrayOrdersEncoder.OrdersEncoder orders = writer.begin(new StrayOrdersEncoder()).venueId(venueId)
                .ordersCount(end - start);
            for (int i = start; i < end; i++)
            {
                orders.next().incarnation(strays.incarnationAt(i)).sequence(strays.sequenceAt(i))
                    .ordinal(strays.ordinalAt(i)).instrumentId(strays.instrumentIdAt(i)).side(strays.sideAt(i))
                    .wishAttempts(strays.wishAttemptsAt(i)).wishRetryNs(strays.wishRetryNsAt(i));
            }
            writer.end();
        }
    }

    private void saveClosedOrders(final ClosedOrders closed)
    {
        for (int start = 0; start < closed.count(); start += ENTRIES_MAX)
        {
            closed.save(writer.begin(new ClosedOrdersEncoder()), start,
                Math.min(ENTRIES_MAX, closed.count() - start));
            writer.end();
        }
    }

    private void save(final InstrumentSlot slot)
    {
        final int id = slot.id();
        slot.instrument().encode(writer.begin(new InstrumentDefinitionEncoder()));
        writer.end();
        slot.save(writer.begin(new SlotSectionEncoder()));
        writer.end();
        slot.market().save(writer.begin(new MarketSectionEncoder()).instrumentId(id));
        writer.end();
        saveBook(id, slot.market().book());
        saveRisk(id, RiskSectionEncoder.strategyIdNullValue(), slot.risk().exposureLimits());
    }

    private void saveBook(final int id, final OrderBook book)
    {
        book.save(writer.begin(new BookSectionEncoder()).instrumentId(id));
        writer.end();
        saveLevels(id, book, Side.BUY, book.bidDepth());
        saveLevels(id, book, Side.SELL, book.askDepth());
    }

    /** Levels are saved from the worst on, so that a restore sets each behind the one before. */
    private void saveLevels(final int id, final OrderBook book, final Side side, final int size)
    {
        final boolean isBid = side == Side.BUY;
        for (int end = size; end > 0; end -= ENTRIES_MAX)
        {
            final BookLevelsEncoder.LevelsEncoder levels = writer.begin(new BookLevelsEncoder()).instrumentId(id)
                .side(side).levelsCount(Math.min(end, ENTRIES_MAX));
            for (int depth = end - 1; depth >= Math.max(0, end - ENTRIES_MAX); depth--)
            {
                levels.next().priceTicks(isBid ? book.bidPriceTicks(depth) : book.askPriceTicks(depth))
                    .quantityLots(isBid ? book.bidQuantityLots(depth) : book.askQuantityLots(depth));
            }
            writer.end();
        }
    }

    /**
     * @param strategyId of the instance whose limits these are, or null of those of whoever trades.
     */
    private void saveRisk(final int id, final int strategyId, final ExposureLimits limits)
    {
        limits.save(writer.begin(new RiskSectionEncoder()).instrumentId(id).strategyId(strategyId));
        writer.end();
        for (int start = 0; start < limits.orderTimes(); start += ENTRIES_MAX)
        {
            final int end = Math.min(limits.orderTimes(), start + ENTRIES_MAX);
            final OrderTimesEncoder.TimesEncoder times = writer.begin(new OrderTimesEncoder()).instrumentId(id)
                .strategyId(strategyId).timesCount(end - start);
            for (int i = start; i < end; i++)
            {
                times.next().timeNs(limits.orderTimeNs(i));
            }
            writer.end();
        }
    }

    private void save(final StrategyInstance instance)
    {
        final byte[] kept = instance.isPresent() ? savedState(instance) : new byte[0];
        final StrategySectionEncoder section = writer.begin(new StrategySectionEncoder());
        instance.save(section);
        section.stateBytes(kept == null ? -1 : kept.length);
        writer.end();
        if (instance.isPresent())
        {
            saveDefinition(instance.id(), instance.definition());
        }
        if (instance.pending() != null)
        {
            saveDefinition(instance.id(), instance.pending());
        }
        for (int i = 0; i < instance.legCount(); i++)
        {
            save(instance.leg(i));
        }
        saveState(instance.id(), kept);
    }

    private static byte[] savedState(final StrategyInstance instance)
    {
        try
        {
            return instance.savedState();
        }
        catch (final RuntimeException ex)
        {
            throw new IllegalStateException("strategy " + instance.name() + " could not save what it keeps: " + ex, ex);
        }
    }

    private void saveDefinition(final int strategyId, final StrategyDefinition definition)
    {
        definition.encode(writer.begin(new StrategyDefinitionEncoder()).strategyId(strategyId));
        writer.end();
    }

    private void save(final Leg leg)
    {
        leg.save(writer.begin(new LegSectionEncoder()));
        writer.end();
        if (leg.isLimited())
        {
            saveRisk(leg.slot().id(), leg.strategyId(), leg.limits());
        }
        leg.position().save(writer.begin(new PositionSectionEncoder()).instrumentId(leg.slot().id()));
        writer.end();
        for (Order order = leg.openOrders().first(); order != null; order = leg.openOrders().next(order))
        {
            state.orders().save(order, writer.begin(new OrderSectionEncoder()));
            writer.end();
        }
    }

    private void saveState(final int strategyId, final byte[] kept)
    {
        for (int start = 0; kept != null && start < kept.length; start += STATE_BYTES_MAX)
        {
            writer.begin(new StrategyStateEncoder()).strategyId(strategyId)
                .putBytes(kept, start, Math.min(STATE_BYTES_MAX, kept.length - start));
            writer.end();
        }
    }
}
