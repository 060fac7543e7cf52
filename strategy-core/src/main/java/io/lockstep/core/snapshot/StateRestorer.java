package io.lockstep.core.snapshot;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.TradingCore;
import io.lockstep.core.command.DefinitionInputs;
import io.lockstep.core.instance.Instances;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyDefinition;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.order.ClosedOrders;
import io.lockstep.core.risk.ExposureLimits;
import io.lockstep.core.state.CoreState;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StateWriter;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.core.venue.Venue;
import io.lockstep.core.venue.Venues;
import io.lockstep.sbe.AccountSectionDecoder;
import io.lockstep.sbe.AssignStrategyDecoder;
import io.lockstep.sbe.BookLevelsDecoder;
import io.lockstep.sbe.BookSectionDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ClosedOrdersDecoder;
import io.lockstep.sbe.CoreSectionDecoder;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.LegSectionDecoder;
import io.lockstep.sbe.MachineSectionDecoder;
import io.lockstep.sbe.MarketSectionDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrderSectionDecoder;
import io.lockstep.sbe.OrderTimesDecoder;
import io.lockstep.sbe.PositionSectionDecoder;
import io.lockstep.sbe.RiskSectionDecoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.SlotSectionDecoder;
import io.lockstep.sbe.StrategyDefinitionDecoder;
import io.lockstep.sbe.StrategyDefinitionEncoder;
import io.lockstep.sbe.StrategySectionDecoder;
import io.lockstep.sbe.StrategyStateDecoder;
import io.lockstep.sbe.StrategyValuesDecoder;
import io.lockstep.sbe.StrayOrdersDecoder;
import io.lockstep.sbe.VenueDefinitionDecoder;
import io.lockstep.sbe.VenueDefinitionEncoder;
import io.lockstep.sbe.VenueIdsDecoder;
import io.lockstep.sbe.VenueSectionDecoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * Takes the sections that {@link StateSaver} has written and brings a new core into the state they are of. At each moment
 * there is one section that may come: which one follows from the order below and from the counts in the sections before.
 * Everything else is refused with {@link IllegalStateException}. Allocates.
 * <p>
 * Sections of a schema version before {@value #INSTANCES_SINCE} know one venue and one strategy an instrument, in other sections and
 * another order; {@link EarlierSections} takes what differs.
 */
public final class StateRestorer
{
    /** Schema version since which there are venues and instances. */
    static final int INSTANCES_SINCE = 4;
    /** Schema version since which a state has the hash that it has today: orders have more terms. */
    private static final int HASHED_ALIKE_SINCE = 5;

    private enum Step
    {
        CORE, VENUE_DEFINITION, VENUE, VENUE_TEXTS, VENUE_NUMBERS, STRAYS, ACCOUNT, CLOSED_ORDERS, DEFINITION, SLOT, MARKET, BOOK, BIDS, ASKS, RISK, ORDER_TIMES, STRATEGY, STRATEGY_DEFINITION, PENDING_DEFINITION, LEG, LEG_RISK, LEG_ORDER_TIMES, POSITION, ORDER, STATE, TABLES, EARLIER_DEFINITION, MACHINE, EARLIER_MARKET, EARLIER_BOOK, EARLIER_BIDS, EARLIER_ASKS, EARLIER_POSITION, EARLIER_RISK, EARLIER_ORDER_TIMES, EARLIER_ORDER, ASSIGNMENT, VALUES, END
    }

    private static final int NO_TEMPLATE = -1;
    private static final Step[] STEPS = Step.values();

    private final TradingCore core;
    private final CoreState state;
    private final DefinitionInputs definitions;
    private final EarlierSections earlier;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final UnsafeBuffer section = new UnsafeBuffer(0, 0);
    private final ExpandableArrayBuffer again = new ExpandableArrayBuffer();
    private MessageDecoderFlyweight decoder;

    private Step step = Step.CORE;
    private int remaining = 1;
    private boolean broken;
    private boolean isEarlier;
    private boolean isHashedAlike;
    private int venues;
    private int instruments;
    private int strategies;
    private int closedOrders;
    private int tableSections;
    private long stateHash;

    private Venue venue;
    private int venueTexts;
    private int venueNumbers;
    private int strays;
    private boolean hasAccount;
    private InstrumentSlot slot;
    private int bidLevels;
    private int askLevels;
    private ExposureLimits limits;
    private int orderTimes;
    private StrategyInstance instance;
    private StrategyDefinition definition;
    private StrategyDefinition pending;
    private boolean isPresent;
    private boolean hasPending;
    private int legs;
    private Leg leg;
    private int openOrders;
    private int stateBytes;
    private StateReader kept;

    /**
     * @param definitions makes the slots.
     */
    public StateRestorer(final TradingCore core, final CoreState state, final DefinitionInputs definitions)
    {
        this.core = core;
        this.state = state;
        this.definitions = definitions;
        earlier = new EarlierSections(state);
    }

    public void onSection(final DirectBuffer buffer, final int offset, final int length)
    {
        if (broken)
        {
            throw new IllegalStateException("a section before was refused" + place());
        }
        broken = true;
        take(buffer, offset, length);
        goOn();
        broken = false;
    }

    private void take(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH)
        {
            throw new IllegalStateException("section cut off: length=" + length + " expected at least " +
                MessageHeaderDecoder.ENCODED_LENGTH);
        }
        section.wrap(buffer, offset, length);
        header.wrap(section, 0);
        if (header.templateId() != expectedTemplateId() || header.schemaId() != MessageHeaderDecoder.SCHEMA_ID ||
            header.version() > MessageHeaderDecoder.SCHEMA_VERSION)
        {
            throw new IllegalStateException("section that cannot come here: templateId=" + header.templateId() +
                " schemaId=" + header.schemaId() + " version=" + header.version() + place() + ", expected templateId=" +
                expectedTemplateId() + " schemaId=" + MessageHeaderDecoder.SCHEMA_ID + " version up to " +
                MessageHeaderDecoder.SCHEMA_VERSION);
        }
        try
        {
            remaining -= restore();
            checkLength(length);
        }
        catch (final IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException ex)
        {
            throw new IllegalStateException(
                "section that cannot be restored: length=" + length + place() + ": " + ex.getMessage(), ex);
        }
    }

    private int expectedTemplateId()
    {
        return switch (step)
        {
            case CORE -> CoreSectionDecoder.TEMPLATE_ID;
            case VENUE_DEFINITION -> VenueDefinitionDecoder.TEMPLATE_ID;
            case VENUE -> VenueSectionDecoder.TEMPLATE_ID;
            case VENUE_TEXTS, VENUE_NUMBERS -> VenueIdsDecoder.TEMPLATE_ID;
            case STRAYS -> StrayOrdersDecoder.TEMPLATE_ID;
            case ACCOUNT -> AccountSectionDecoder.TEMPLATE_ID;
            case CLOSED_ORDERS -> ClosedOrdersDecoder.TEMPLATE_ID;
            case DEFINITION, EARLIER_DEFINITION -> InstrumentDefinitionDecoder.TEMPLATE_ID;
            case SLOT -> SlotSectionDecoder.TEMPLATE_ID;
            case MARKET, EARLIER_MARKET -> MarketSectionDecoder.TEMPLATE_ID;
            case BOOK, EARLIER_BOOK -> BookSectionDecoder.TEMPLATE_ID;
            case BIDS, ASKS, EARLIER_BIDS, EARLIER_ASKS -> BookLevelsDecoder.TEMPLATE_ID;
            case RISK, LEG_RISK, EARLIER_RISK -> RiskSectionDecoder.TEMPLATE_ID;
            case ORDER_TIMES, LEG_ORDER_TIMES, EARLIER_ORDER_TIMES -> OrderTimesDecoder.TEMPLATE_ID;
            case STRATEGY -> StrategySectionDecoder.TEMPLATE_ID;
            case STRATEGY_DEFINITION, PENDING_DEFINITION -> StrategyDefinitionDecoder.TEMPLATE_ID;
            case LEG -> LegSectionDecoder.TEMPLATE_ID;
            case POSITION, EARLIER_POSITION -> PositionSectionDecoder.TEMPLATE_ID;
            case ORDER, EARLIER_ORDER -> OrderSectionDecoder.TEMPLATE_ID;
            case STATE -> StrategyStateDecoder.TEMPLATE_ID;
            case TABLES -> state.tables().find(header.templateId()) == null ? NO_TEMPLATE : header.templateId();
            case MACHINE -> MachineSectionDecoder.TEMPLATE_ID;
            case ASSIGNMENT -> AssignStrategyDecoder.TEMPLATE_ID;
            case VALUES -> StrategyValuesDecoder.TEMPLATE_ID;
            case END -> NO_TEMPLATE;
        };
    }

    private String place()
    {
        return " step=" + step + " instrumentId=" + (state.slots().count() - 1) + " of instruments=" + instruments +
            " strategyId=" + (instance == null ? -1 : instance.id()) + " of strategies=" + strategies;
    }

    /** A record's zeros up to its alignment may follow. */
    private void checkLength(final int length)
    {
        final int read = MessageHeaderDecoder.ENCODED_LENGTH + decoder.encodedLength();
        if (read > length || length - read >= Long.BYTES)
        {
            throw new IllegalArgumentException("read=" + read);
        }
        if (remaining < 0)
        {
            throw new IllegalArgumentException("more than was counted: " + -remaining);
        }
    }

    private void goOn()
    {
        while (remaining == 0 && step != Step.END)
        {
            complete(step);
            step = next();
            remaining = announced();
        }
    }

    /** All sections of a step have come. */
    private void complete(final Step done)
    {
        switch (done)
        {
            case ORDER_TIMES -> slot.risk().reckon();
            case VALUES -> completeEarlier();
            case STATE -> completeInstance();
            default -> {
                // What follows completes it.
            }
        }
    }

    private Step next()
    {
        return switch (step)
        {
            case CORE -> isEarlier ? firstEarlier() : venues > 0 ? Step.VENUE_DEFINITION : Step.CLOSED_ORDERS;
            case ACCOUNT -> venue.id() + 1 < venues ? Step.VENUE_DEFINITION : Step.CLOSED_ORDERS;
            case CLOSED_ORDERS, ORDER_TIMES -> state.slots().count() < instruments ? Step.DEFINITION : Step.STRATEGY;
            case PENDING_DEFINITION -> legs > 0 ? Step.LEG : Step.STATE;
            case ORDER -> instance.legCount() < legs ? Step.LEG : Step.STATE;
            case STATE -> instance.id() + 1 < strategies ? Step.STRATEGY : Step.TABLES;
            case TABLES -> Step.END;
            case VALUES -> firstEarlier();
            default -> STEPS[step.ordinal() + 1];
        };
    }

    private Step firstEarlier()
    {
        return state.slots().count() < instruments ? Step.EARLIER_DEFINITION : Step.END;
    }

    /** Sections or entries that the step has. */
    private int announced()
    {
        return switch (step)
        {
            case CORE, VENUE_DEFINITION, VENUE, DEFINITION, SLOT, MARKET, BOOK, RISK, STRATEGY, LEG, POSITION,
                EARLIER_DEFINITION, MACHINE, EARLIER_MARKET, EARLIER_BOOK, EARLIER_POSITION, EARLIER_RISK -> 1;
            case VENUE_TEXTS -> venueTexts;
            case VENUE_NUMBERS -> venueNumbers;
            case STRAYS -> strays;
            case ACCOUNT -> hasAccount ? 1 : 0;
            case CLOSED_ORDERS -> closedOrders;
            case BIDS, EARLIER_BIDS -> bidLevels;
            case ASKS, EARLIER_ASKS -> askLevels;
            case ORDER_TIMES, LEG_ORDER_TIMES, EARLIER_ORDER_TIMES -> orderTimes;
            case LEG_RISK -> leg.isLimited() ? 1 : 0;
            case STRATEGY_DEFINITION -> isPresent ? 1 : 0;
            case PENDING_DEFINITION -> hasPending ? 1 : 0;
            case ORDER, EARLIER_ORDER -> openOrders;
            case STATE -> Math.max(0, stateBytes);
            case TABLES -> tableSections;
            case ASSIGNMENT -> earlier.hasStrategy() ? 1 : 0;
            case VALUES -> earlier.values();
            case END -> 0;
        };
    }

    /** Returns how many sections or entries of the step this was. */
    private int restore()
    {
        return switch (step)
        {
            case CORE -> onCore(read(new CoreSectionDecoder()));
            case VENUE_DEFINITION -> onVenueDefinition(read(new VenueDefinitionDecoder()));
            case VENUE -> onVenue(read(new VenueSectionDecoder()));
            case VENUE_TEXTS -> onTexts(read(new VenueIdsDecoder()));
            case VENUE_NUMBERS -> onNumbers(read(new VenueIdsDecoder()));
            case STRAYS -> onStrays(read(new StrayOrdersDecoder()));
            case ACCOUNT -> venue.holdings().restore(read(new AccountSectionDecoder())) ? 1 : 0;
            case CLOSED_ORDERS -> state.orders().closed().restore(read(new ClosedOrdersDecoder()));
            case DEFINITION, EARLIER_DEFINITION -> onDefinition(read(new InstrumentDefinitionDecoder()));
            case SLOT -> onSlot(read(new SlotSectionDecoder()));
            case MARKET, EARLIER_MARKET -> onMarket(read(new MarketSectionDecoder()));
            case BOOK, EARLIER_BOOK -> onBook(read(new BookSectionDecoder()));
            case BIDS, EARLIER_BIDS -> onLevels(read(new BookLevelsDecoder()), Side.BUY);
            case ASKS, EARLIER_ASKS -> onLevels(read(new BookLevelsDecoder()), Side.SELL);
            case RISK, EARLIER_RISK -> onRisk(
                read(new RiskSectionDecoder()), slot, RiskSectionDecoder.strategyIdNullValue(),
                slot.risk().exposureLimits());
            case LEG_RISK -> onRisk(read(new RiskSectionDecoder()), leg.slot(), leg.strategyId(), leg.limits());
            case ORDER_TIMES, LEG_ORDER_TIMES, EARLIER_ORDER_TIMES -> onOrderTimes(read(new OrderTimesDecoder()));
            case STRATEGY -> onStrategy(read(new StrategySectionDecoder()));
            case STRATEGY_DEFINITION -> onStrategyDefinition(read(new StrategyDefinitionDecoder()));
            case PENDING_DEFINITION -> onPendingDefinition(read(new StrategyDefinitionDecoder()));
            case LEG -> onLeg(read(new LegSectionDecoder()));
            case POSITION -> onPosition(read(new PositionSectionDecoder()));
            case ORDER -> onOrder(read(new OrderSectionDecoder()));
            case STATE -> onState(read(new StrategyStateDecoder()));
            case TABLES -> onTable(state.tables().find(header.templateId()));
            case MACHINE -> onMachine(read(new MachineSectionDecoder()));
            case EARLIER_POSITION -> onPosition(read(new PositionSectionDecoder()));
            case EARLIER_ORDER -> onOrder(read(new OrderSectionDecoder()));
            case ASSIGNMENT -> onAssignment(read(new AssignStrategyDecoder()));
            case VALUES -> onValues(read(new StrategyValuesDecoder()));
            case END -> throw new IllegalStateException("a section after the last" + place());
        };
    }

    private <D extends MessageDecoderFlyweight> int onTable(final StateTable<D> table)
    {
        table.restore(read(table.newDecoder()));
        return 1;
    }

    private <T extends MessageDecoderFlyweight> T read(final T newDecoder)
    {
        if (header.version() == newDecoder.sbeSchemaVersion() && header.blockLength() != newDecoder.sbeBlockLength())
        {
            throw new IllegalArgumentException(
                "blockLength=" + header.blockLength() + " expected=" + newDecoder.sbeBlockLength());
        }
        newDecoder.wrap(section, MessageHeaderDecoder.ENCODED_LENGTH, header.blockLength(), header.version());
        decoder = newDecoder;
        return newDecoder;
    }

    private int onCore(final CoreSectionDecoder message)
    {
        isEarlier = header.version() < INSTANCES_SINCE;
        isHashedAlike = header.version() >= HASHED_ALIKE_SINCE;
        instruments = count("instruments", message.instruments(), TradingCore.INSTRUMENTS_MAX);
        stateHash = message.stateHash();
        state.lastSequence(message.lastSequence());
        state.stateHashInterval(message.stateHashInterval());
        state.trading().mode(message.mode());
        state.orders().restore(message.ordersOpened(), message.impossibleOrderEvents(), message.overfills());
        state.node().restore(message.incarnation(), is(message.reconciles()), is(message.stopping()));
        state.clockBehind(message.clockBehind() != BooleanType.NULL_VAL && is(message.clockBehind()));
        core.marketInputs().restore(message.unknownInstruments());
        state.restoreCounters(message.foreignInputs(), isEarlier ? 0 : message.refusedInputs());
        if (!isEarlier)
        {
            venues = count("venues", message.venues(), Venues.VENUES_MAX);
            strategies = count("strategies", message.strategies(), Instances.INSTANCES_MAX);
            closedOrders = count("closedOrders", message.closedOrders(), ClosedOrders.CAPACITY);
            final boolean hasTables = message.tableSections() != CoreSectionDecoder.tableSectionsNullValue();
            tableSections = hasTables ? count("tableSections", message.tableSections(), Integer.MAX_VALUE) : 0;
            requireNoVenue(message);
            core.orderEvents().restore(message.executionsOutOfPlace(), message.uncountableExecutions());
            state.desk().restoreWishTimer(message.wishTimerNs());
            state.desk().doubts().restore(message.doubtTimerNs());
        }
        state.commonLimits().restore(message);
        earlier.restoreVenue(message, isEarlier);
        state.totalLimits().restore(message);
        state.commonOrigins().restore(message);
        final CoreSectionDecoder.SourcesDecoder sources = message.sources();
        state.roles().restore(sources);
        if (!isEarlier)
        {
            requireBlockLength("sources", sources.actingBlockLength(),
                CoreSectionDecoder.SourcesDecoder.sbeBlockLength());
        }
        return 1;
    }

    private static boolean is(final BooleanType value)
    {
        if (value != BooleanType.TRUE && value != BooleanType.FALSE)
        {
            throw new IllegalArgumentException("neither TRUE nor FALSE: " + value);
        }
        return value == BooleanType.TRUE;
    }

    /** Today a venue's fields are in the venue's own section, and these here must be empty. */
    private static void requireNoVenue(final CoreSectionDecoder message)
    {
        final long sum = message.unknownOrders() | message.egressSequence() | message.repeatedExecutions() |
            message.ignoredAnswers() | message.acknowledgedEgress() | message.statuses();
        if (sum != 0 || is(message.reconciling()))
        {
            throw new IllegalArgumentException("expected what is of a venue in the section of the venue");
        }
    }

    private static void requireBlockLength(final String group, final int actual, final int expected)
    {
        if (actual != expected)
        {
            throw new IllegalArgumentException(group + ": blockLength=" + actual + " expected=" + expected);
        }
    }

    /** Whatever was read, written again, is the section: nothing in it was passed over. Of an earlier version fields lack. */
    private void requireSame(final MessageEncoderFlyweight encoded)
    {
        final int length = isHashedAlike ? encoded.encodedLength() : 0;
        for (int i = 0; i < length; i++)
        {
            if (again.getByte(i) != section.getByte(MessageHeaderDecoder.ENCODED_LENGTH + i))
            {
                throw new IllegalArgumentException("offset=" + i + ": " +
                    section.getByte(MessageHeaderDecoder.ENCODED_LENGTH + i) + " expected=" + again.getByte(i));
            }
        }
    }

    private int onVenueDefinition(final VenueDefinitionDecoder message)
    {
        venue = state.venues().restore(message);
        final VenueDefinitionEncoder encoder = new VenueDefinitionEncoder();
        venue.encode(encoder.wrap(again, 0));
        requireSame(encoder);
        return 1;
    }

    private int onVenue(final VenueSectionDecoder message)
    {
        expect("venueId", message.venueId(), venue.id());
        venue.restore(message);
        venueTexts = count("executionIds", message.executionIds(), Integer.MAX_VALUE);
        venueNumbers = count("aheadIds", message.aheadIds(), Integer.MAX_VALUE);
        strays = count("strays", message.strays(), Integer.MAX_VALUE);
        hasAccount = is(message.accountState());
        venue.executionIds().restoreRepeats(message.repeatedExecutions());
        for (final VenueSectionDecoder.NumberedIdsDecoder id : message.numberedIds())
        {
            venue.executionIds().restore(id.sourceId(), id.execId());
        }
        return 1;
    }

    private int onTexts(final VenueIdsDecoder message)
    {
        expect("venueId", message.venueId(), venue.id());
        if (is(message.numbered()))
        {
            throw new IllegalArgumentException("numbered ids where texts come");
        }
        final VenueIdsDecoder.IdsDecoder ids = message.ids();
        while (ids.hasNext())
        {
            ids.next();
            venue.executionIds().texts().add(ids.high(), ids.low());
        }
        return ids.count();
    }

    private int onNumbers(final VenueIdsDecoder message)
    {
        expect("venueId", message.venueId(), venue.id());
        if (!is(message.numbered()))
        {
            throw new IllegalArgumentException("texts where numbered ids come");
        }
        final VenueIdsDecoder.IdsDecoder ids = message.ids();
        while (ids.hasNext())
        {
            ids.next();
            venue.executionIds().restoreAhead(Math.toIntExact(ids.high()), ids.low());
        }
        return ids.count();
    }

    private int onStrays(final StrayOrdersDecoder message)
    {
        expect("venueId", message.venueId(), venue.id());
        final StrayOrdersDecoder.OrdersDecoder orders = message.orders();
        requireBlockLength("orders", orders.actingBlockLength(), StrayOrdersDecoder.OrdersDecoder.sbeBlockLength());
        while (orders.hasNext())
        {
            orders.next();
            venue.strays().add(
                orders.incarnation(), orders.sequence(), orders.ordinal(), orders.instrumentId(), orders.side());
            venue.strays().restoreWish(orders.wishAttempts(), orders.wishRetryNs());
        }
        return orders.count();
    }

    private int onDefinition(final InstrumentDefinitionDecoder message)
    {
        final Instrument instrument = Instrument.decode(message);
        expect("instrumentId", instrument.id(), state.slots().count());
        slot = definitions.newSlot(instrument);
        state.slots().add(slot);
        return 1;
    }

    private int onSlot(final SlotSectionDecoder message)
    {
        expect("instrumentId", message.instrumentId(), slot.id());
        slot.restore(message);
        return 1;
    }

    private int onMarket(final MarketSectionDecoder message)
    {
        expect("instrumentId", message.instrumentId(), slot.id());
        if (!slot.market().restore(message))
        {
            slot.market().restoreSource(earlier.sourceId());
        }
        return 1;
    }

    private int onBook(final BookSectionDecoder message)
    {
        expect("instrumentId", message.instrumentId(), slot.id());
        bidLevels = count("bidLevels", message.bidLevels(), TradingCore.BOOK_LEVELS_MAX);
        askLevels = count("askLevels", message.askLevels(), TradingCore.BOOK_LEVELS_MAX);
        slot.market().book().restore(message);
        return 1;
    }

    private int onLevels(final BookLevelsDecoder message, final Side side)
    {
        expect("instrumentId", message.instrumentId(), slot.id());
        if (message.side() != side)
        {
            throw new IllegalArgumentException("side=" + message.side() + " expected=" + side);
        }
        final BookLevelsDecoder.LevelsDecoder levels = message.levels();
        while (levels.hasNext())
        {
            levels.next();
            if (side == Side.BUY)
            {
                slot.market().book().setBid(levels.priceTicks(), levels.quantityLots());
            }
            else
            {
                slot.market().book().setAsk(levels.priceTicks(), levels.quantityLots());
            }
        }
        return levels.count();
    }

    private int onRisk(
        final RiskSectionDecoder message,
        final InstrumentSlot limitedSlot,
        final int strategyId,
        final ExposureLimits newLimits)
    {
        expect("instrumentId", message.instrumentId(), limitedSlot.id());
        expect("strategyId", message.strategyId(), strategyId);
        limits = newLimits;
        limits.restore(message);
        orderTimes = limits.orderTimes();
        return 1;
    }

    private int onOrderTimes(final OrderTimesDecoder message)
    {
        final boolean isOfLeg = step == Step.LEG_ORDER_TIMES;
        expect("instrumentId", message.instrumentId(), isOfLeg ? leg.slot().id() : slot.id());
        expect("strategyId", message.strategyId(),
            isOfLeg ? leg.strategyId() : OrderTimesDecoder.strategyIdNullValue());
        final OrderTimesDecoder.TimesDecoder times = message.times();
        for (int index = orderTimes - remaining; times.hasNext(); index++)
        {
            limits.orderTimeNs(index, times.next().timeNs());
        }
        return times.count();
    }

    private int onStrategy(final StrategySectionDecoder message)
    {
        expect("strategyId", message.strategyId(), instance == null ? StrategyInstance.NOBODY : instance.id() + 1);
        instance = state.instances().restore(message.strategyId());
        instance.restore(message);
        definition = null;
        pending = null;
        isPresent = is(message.present());
        hasPending = is(message.hasPending());
        legs = count("legs", message.legs(), TradingCore.INSTRUMENTS_MAX);
        stateBytes = message.stateBytes();
        count("stateBytes", Math.max(0, stateBytes), StateWriter.BYTES_MAX);
        kept = null;
        return 1;
    }

    private int onStrategyDefinition(final StrategyDefinitionDecoder message)
    {
        expect("strategyId", message.strategyId(), instance.id());
        definition = StrategyDefinition.decode(message);
        message.skipUser();
        instance.restore(definition, null);
        requireSame(definition);
        return 1;
    }

    private void requireSame(final StrategyDefinition read)
    {
        final StrategyDefinitionEncoder encoder = new StrategyDefinitionEncoder();
        read.encode(encoder.wrap(again, 0).strategyId(instance.id()));
        requireSame(encoder);
    }

    private int onPendingDefinition(final StrategyDefinitionDecoder message)
    {
        expect("strategyId", message.strategyId(), instance.id());
        pending = StrategyDefinition.decode(message);
        message.skipUser();
        instance.restore(definition, pending);
        requireSame(pending);
        return 1;
    }

    private int onLeg(final LegSectionDecoder message)
    {
        expect("strategyId", message.strategyId(), instance.id());
        leg = state.instances().restoreLeg(instance, message.instrumentId());
        openOrders = count("openOrders", message.openOrders(), state.orders().capacity());
        is(message.flattening());
        leg.restore(message);
        orderTimes = 0;
        return 1;
    }

    private int onPosition(final PositionSectionDecoder message)
    {
        expect("instrumentId", message.instrumentId(), leg.slot().id());
        leg.position().restore(message);
        leg.profit().begin(leg.position());
        return 1;
    }

    private int onOrder(final OrderSectionDecoder message)
    {
        expect("instrumentId", message.instrumentId(), leg.slot().id());
        if (!isEarlier)
        {
            expect("strategyId", message.strategyId(), leg.strategyId());
        }
        state.desk().restore(leg.slot(),
            state.orders().restore(leg.slot().openOrders(), leg.openOrders(), leg.strategyId(), message));
        return 1;
    }

    private int onState(final StrategyStateDecoder message)
    {
        expect("strategyId", message.strategyId(), instance.id());
        final int length = message.bytesLength();
        count("bytes", length, remaining);
        final int offset = message.limit() + StrategyStateDecoder.bytesHeaderLength();
        keptReader().add(section, offset, length);
        message.skipBytes();
        return length;
    }

    private StateReader keptReader()
    {
        if (kept == null)
        {
            kept = new StateReader(instance.ordersOfLegs());
        }
        return kept;
    }

    private void completeInstance()
    {
        for (int i = 0; i < instance.legCount(); i++)
        {
            instance.leg(i).slot().risk().reckon();
        }
        if (isPresent)
        {
            final StateReader reader = keptReader();
            restoreState(instance.isSuspended() && stateBytes >= 0 ? reader.bytes() : null, reader);
        }
    }

    private void restoreState(final byte[] bytes, final StateReader reader)
    {
        final String strategyName = instance.definition().strategyName();
        final StrategyFactory factory = state.instances().factory(strategyName);
        if (factory == null)
        {
            throw new IllegalStateException("a strategy that is not offered: strategy=" + strategyName + place());
        }
        try
        {
            instance.restoreState(factory, bytes, reader);
        }
        catch (final RuntimeException ex)
        {
            // Whatever the strategy throws, it is code of others that cannot read these values.
            throw new IllegalStateException("strategy=" + strategyName + " cannot be restored: bytes=" +
                reader.length() + place() + ": " + ex.getMessage(), ex);
        }
        if (!instance.isSuspended() && reader.remaining() > 0)
        {
            throw new IllegalStateException(
                "values that the strategy has not read: remaining=" + reader.remaining() + place());
        }
    }

    private int onMachine(final MachineSectionDecoder message)
    {
        expect("instrumentId", message.instrumentId(), slot.id());
        openOrders = count("openOrders", message.openOrders(), state.orders().capacity());
        count("strategyValues", message.strategyValues(), Integer.MAX_VALUE);
        leg = earlier.onMachine(slot, message);
        instance = leg.instance();
        return 1;
    }

    private int onAssignment(final AssignStrategyDecoder message)
    {
        expect("instrumentId", message.instrumentId(), slot.id());
        instance.restore(StrategyDefinition.decode(message, slot.instrument().name()), null);
        return 1;
    }

    private int onValues(final StrategyValuesDecoder message)
    {
        expect("instrumentId", message.instrumentId(), slot.id());
        final StrategyValuesDecoder.ValuesDecoder values = message.values();
        final StateReader reader = earlier.reader(leg);
        while (values.hasNext())
        {
            reader.add(values.next().value());
        }
        return values.count();
    }

    private void completeEarlier()
    {
        slot.risk().reckon();
        slot.venue().holdings().adopt(slot.id(), slot.position().netLots(), slot.position().openCost());
        if (earlier.hasStrategy())
        {
            restoreState(null, earlier.reader(leg));
        }
    }

    private static void expect(final String name, final int actual, final int expected)
    {
        if (actual != expected)
        {
            throw new IllegalArgumentException(name + "=" + actual + " expected=" + expected);
        }
    }

    private static int count(final String name, final int count, final int countMax)
    {
        if (count < 0 || count > countMax)
        {
            throw new IllegalArgumentException(name + "=" + count + " expected from 0 to " + countMax);
        }
        return count;
    }

    /**
     * All sections have been given.
     *
     * @param isSameCode whether each strategy is of the code that was saved, so that it hashes the same state alike.
     */
    public void complete(final long lastSequence, final boolean isSameCode)
    {
        if (broken || step != Step.END)
        {
            throw new IllegalStateException("sections are missing or were refused: remaining=" + remaining + place());
        }
        if (state.lastSequence() != lastSequence)
        {
            throw new IllegalStateException(
                "of another input: lastSequence=" + state.lastSequence() + " expected=" + lastSequence);
        }
        if (isHashedAlike && isSameCode && core.stateHash() != stateHash)
        {
            throw new IllegalStateException("what was restored is another state: stateHash=" + core.stateHash() +
                " expected=" + stateHash + " lastSequence=" + lastSequence);
        }
    }
}
