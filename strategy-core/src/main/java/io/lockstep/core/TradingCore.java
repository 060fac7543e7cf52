package io.lockstep.core;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.account.ConversionRates;
import io.lockstep.core.breaker.BreakerTable;
import io.lockstep.core.breaker.Breakers;
import io.lockstep.core.command.AccountEffects;
import io.lockstep.core.command.AccountInputs;
import io.lockstep.core.calendar.Calendars;
import io.lockstep.core.command.BreakerInputs;
import io.lockstep.core.command.CalendarInputs;
import io.lockstep.core.command.DefinitionInputs;
import io.lockstep.core.command.LimitInputs;
import io.lockstep.core.command.MarketInputs;
import io.lockstep.core.command.NodeInputs;
import io.lockstep.core.command.OperatorInputs;
import io.lockstep.core.command.ScopedLimitInputs;
import io.lockstep.core.command.SlotMarks;
import io.lockstep.core.command.SourceRoles;
import io.lockstep.core.command.StrategyInputs;
import io.lockstep.core.command.TradingModeInputs;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.execution.CorrectionCounts;
import io.lockstep.core.execution.HeldOrders;
import io.lockstep.core.execution.OrderDesk;
import io.lockstep.core.execution.OrderEvents;
import io.lockstep.core.execution.Reconciler;
import io.lockstep.core.execution.VenueReports;
import io.lockstep.core.instance.Instances;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instance.SuspensionListener;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.LookAhead;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.list.OpenLists;
import io.lockstep.core.market.Market;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.OrderStore;
import io.lockstep.core.position.PositionView;
import io.lockstep.core.profit.ProfitDays;
import io.lockstep.core.profit.ScopeProfit;
import io.lockstep.core.risk.LimitOrigins;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.core.risk.rule.ScopedRisk;
import io.lockstep.core.signal.SignalAnswer;
import io.lockstep.core.signal.SignalClients;
import io.lockstep.core.signal.SignalDesk;
import io.lockstep.core.snapshot.SectionPort;
import io.lockstep.core.snapshot.StateRestorer;
import io.lockstep.core.snapshot.StateSaver;
import io.lockstep.core.state.CoreState;
import io.lockstep.core.state.TradingSwitch;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.core.venue.NodeState;
import io.lockstep.core.venue.Venue;
import io.lockstep.core.venue.Venues;
import io.lockstep.sbe.AcceptAccountDecoder;
import io.lockstep.sbe.AssignCalendarDecoder;
import io.lockstep.sbe.CalendarDefinitionDecoder;
import io.lockstep.sbe.AccountEntryDecoder;
import io.lockstep.sbe.AccountReportDecoder;
import io.lockstep.sbe.AllocateStrategyDecoder;
import io.lockstep.sbe.AssignStrategyDecoder;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.BreakerDefinitionDecoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.ConfigurationTextDecoder;
import io.lockstep.sbe.ControlStrategyDecoder;
import io.lockstep.sbe.DecisionAcknowledgementDecoder;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.FundingRateDecoder;
import io.lockstep.sbe.MarkPriceDecoder;
import io.lockstep.sbe.FlattenDecoder;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.MassStatusEndDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OperatorCancelDecoder;
import io.lockstep.sbe.OperatorOrderDecoder;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RateDefinitionDecoder;
import io.lockstep.sbe.ResetBreakerDecoder;
import io.lockstep.sbe.SetLimitDecoder;
import io.lockstep.sbe.SetTradingModeDecoder;
import io.lockstep.sbe.SignalDecoder;
import io.lockstep.sbe.SnapshotRequestDecoder;
import io.lockstep.sbe.StrategyDefinitionDecoder;
import io.lockstep.sbe.TradeDecoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.TransferPositionDecoder;
import io.lockstep.sbe.UnassignStrategyDecoder;
import io.lockstep.sbe.UnsetLimitDecoder;
import org.agrona.DirectBuffer;

import java.util.List;

/**
 * The deterministic core: sequenced inputs in, decisions out, nothing else. The same code serves the live node, recovery,
 * replay and backtest.
 * <p>
 * It dispatches each input by its template, the most frequent one tested first, to what the input is about. Steady state allocates
 * nothing; definitions and configuration do.
 * <p>
 * Use from one thread; a call from within {@link DecisionPort} is refused. When {@link #onInput} has thrown once it has begun
 * on the input, the input is half done and the core refuses every other: its state is that of no sequence. A sequence that does
 * not follow is refused before anything is changed, and the core goes on.
 */
public final class TradingCore implements InputPort
{
    /**
     * Version of the core's behaviour. It is raised by every deliberate change after which some journal would replay to
     * other decisions; the capacities below are part of it.
     */
    public static final int LOGIC_VERSION = 6;
    public static final int OPEN_ORDERS_MAX = 16_384;
    public static final int BOOK_LEVELS_MAX = DefinitionInputs.BOOK_LEVELS_MAX;
    public static final int INSTRUMENTS_MAX = DefinitionInputs.INSTRUMENTS_MAX;
    /** Inputs of a batch that {@link #lookAhead} looks at. */
    public static final int LOOK_AHEAD = LookAhead.INPUTS_MAX;

    private final DecisionWriter decisions;
    private final CoreState state;
    private final SourceRoles roles;
    private final Slots slots;
    private final Instances instances;
    private final OrderDesk desk;
    private final OrderEvents events;
    private final Reconciler reconciler;
    private final VenueReports venueReports;
    private final MarketInputs marketInputs;
    private final LimitInputs limitInputs;
    private final DefinitionInputs definitionInputs;
    private final StrategyInputs strategyInputs;
    private final OperatorInputs operatorInputs;
    private final TradingModeInputs tradingModes;
    private final AccountInputs accountInputs;
    private final NodeInputs nodeInputs;
    private final CalendarInputs calendarInputs;
    private final Breakers breakers;
    private final BreakerInputs breakerInputs;
    private final SignalDesk signals;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    private boolean handling;
    private StateRestorer restorer;

    /**
     * @param decisionPort takes the decisions.
     * @param factories    the strategies that configuration may name.
     */
    public TradingCore(final DecisionPort decisionPort, final List<StrategyFactory> factories)
    {
        decisions = new DecisionWriter(decisionPort);
        final NodeState node = new NodeState();
        final TradingSwitch trading = new TradingSwitch();
        slots = new Slots();
        final ConversionRates rates = new ConversionRates(new SlotMarks(slots, decisions));
        final Calendars calendars = new Calendars();
        breakers = new Breakers(slots, decisions);
        final ScopedRisk scopedRisk = new ScopedRisk();
        final ProfitDays days = new ProfitDays(slots, calendars, decisions, (leg, result) ->
        {
            breakers.onTripEnded(leg, result);
            scopedRisk.chain().onTripEnded(leg, result);
        });
        final ScopeProfit profits = new ScopeProfit(slots, rates, days);
        breakers.profit(profits);
        final AccountEffects accounts = new AccountEffects(slots, decisions, rates, days, this::nobodysLeg);
        final Venues venues = new Venues(node, accounts, accounts);
        final OrderStore orders = new OrderStore(OPEN_ORDERS_MAX);
        desk = new OrderDesk(
            slots, venues, orders, calendars, decisions, trading, scopedRisk, breakers, profits);
        instances = new Instances(slots, desk, factories);
        state = new CoreState(
            node, trading, venues, slots, orders, desk, instances, rates, calendars, scopedRisk, breakers);
        roles = state.roles();
        events = new OrderEvents(slots, orders, desk, instances, decisions, rates, accounts, state.corrections());
        reconciler = new Reconciler(orders, decisions, venues, slots, instances, desk, events, node,
            () -> trading.restrict(TradingMode.HALTED));
        venueReports = new VenueReports(
            orders, venues, slots, instances, reconciler, events, state::countForeignInput);
        marketInputs = new MarketInputs(
            slots, desk.held(), breakers, scopedRisk.chain(), decisions);
        final ScopedLimitInputs scopedLimits = new ScopedLimitInputs(slots, instances, venues, scopedRisk.limits());
        limitInputs = new LimitInputs(
            slots, state.commonLimits(), state.commonOrigins(), state.totalLimits(), scopedLimits, decisions);
        definitionInputs = new DefinitionInputs(
            slots, venues, state.roles(), rates, state.commonLimits(), state.totalLimits(), decisions);
        strategyInputs = new StrategyInputs(slots, instances, decisions);
        operatorInputs = new OperatorInputs(slots, instances, orders, desk, events, decisions);
        tradingModes = new TradingModeInputs(state, scopedLimits, operatorInputs, decisions);
        accountInputs = new AccountInputs(state, decisions);
        breakerInputs = new BreakerInputs(slots, instances, venues, breakers, decisions);
        calendarInputs = new CalendarInputs(state.calendars(), slots, decisions);
        signals = new SignalDesk(slots, instances, state.signalClients(), decisions);
        nodeInputs = new NodeInputs(
            state, desk, reconciler, venueReports, limitInputs, strategyInputs, definitionInputs);
    }

    private Leg nobodysLeg(final InstrumentSlot slot)
    {
        return instances.nobodysLeg(slot);
    }

    /** Is told what a strategy threw, for the log; it has no effect on the core. */
    public void listener(final SuspensionListener suspensions)
    {
        instances.listener(suspensions);
    }

    @Override
    public void onInput(final DirectBuffer buffer, final int offset)
    {
        final long sequence = RecordDescriptor.sequence(buffer, offset);
        checkFollows(sequence);
        handling = true;
        state.lastSequence(sequence);
        slots.settle();
        final long nowNs = RecordDescriptor.sequencerTimeNs(buffer, offset);
        decisions.begin(sequence, RecordDescriptor.incarnation(buffer, offset), RecordDescriptor.shard(buffer, offset),
            nowNs);
        desk.begin();
        final int templateId = RecordDescriptor.templateId(buffer, offset);
        final int sourceId = RecordDescriptor.sourceId(buffer, offset);
        if (!roles.may(sourceId, templateId))
        {
            refuse(sourceId, templateId);
        }
        else if (templateId == BookUpdateDecoder.TEMPLATE_ID)
        {
            marketInputs.onBookUpdate(buffer, offset, sourceId, nowNs);
        }
        else
        {
            dispatch(templateId, buffer, offset, sourceId, nowNs);
        }
        if (breakers.isCancelling())
        {
            breakers.cancelOpening(desk);
        }
        while (desk.lists().hasChanged() || !desk.notices().isEmpty())
        {
            desk.lists().settle();
            events.settleNotices();
        }
        if (instances.mayHaveWaited())
        {
            strategyInputs.applyWaiting();
        }
        handling = false;
    }

    private void refuse(final int sourceId, final int templateId)
    {
        state.countRefusedInput();
        decisions.inputRefused(sourceId, roles.role(sourceId), templateId);
    }

    /**
     * The inputs from here on come next, as many as {@link #LOOK_AHEAD} or fewer: what they need is fetched into the processor's
     * caches. Changes nothing.
     *
     * @param end of the records in the buffer.
     */
    public void lookAhead(final DirectBuffer buffer, final int offset, final int end)
    {
        slots.lookAhead(buffer, offset, end);
    }

    /** As {@link #lookAhead}, with however few instruments: for whoever checks that it changes nothing. */
    public void lookAheadNow(final DirectBuffer buffer, final int offset, final int end)
    {
        slots.lookAheadNow(buffer, offset, end);
    }

    /**
     * Takes up the sequence of an input and leaves the input: one that made a core fail. Trading is halted from here on, in every
     * replay alike, until an operator says otherwise.
     *
     * @throws IllegalStateException as {@link #onInput}.
     */
    public void skip(final long sequence)
    {
        checkFollows(sequence);
        state.lastSequence(sequence);
        state.trading().restrict(TradingMode.HALTED);
    }

    private void checkFollows(final long sequence)
    {
        if (handling || sequence != state.lastSequence() + 1)
        {
            throw new IllegalStateException(handling
                ? "called from within a decision, after an input that failed or before all is restored: sequence=" +
                    sequence + " lastSequence=" + state.lastSequence()
                : "inputs must be contiguous: expected=" + (state.lastSequence() + 1) + " actual=" + sequence);
        }
    }

    private void dispatch(
        final int templateId, final DirectBuffer buffer, final int offset, final int sourceId, final long nowNs)
    {
        final int messageOffset = offset + RecordDescriptor.HEADER_LENGTH;
        switch (templateId)
        {
            case BestBidOfferDecoder.TEMPLATE_ID -> marketInputs.onBestBidOffer(buffer, offset, sourceId, nowNs);
            case TradeDecoder.TEMPLATE_ID -> marketInputs.onTrade(buffer, offset, sourceId, nowNs);
            case ExecutionReportDecoder.TEMPLATE_ID -> venueReports
                .onExecutionReport(buffer, messageOffset, sourceId);
            case OrderCancelRejectDecoder.TEMPLATE_ID -> venueReports
                .onOrderCancelReject(buffer, messageOffset, sourceId);
            case DecisionAcknowledgementDecoder.TEMPLATE_ID -> reconciler
                .onAcknowledgement(buffer, messageOffset, sourceId);
            case MassStatusEndDecoder.TEMPLATE_ID -> reconciler
                .onMassStatusEnd(buffer, messageOffset, sourceId);
            case BookSnapshotDecoder.TEMPLATE_ID -> marketInputs.onBookSnapshot(buffer, offset, sourceId, nowNs);
            case BarDecoder.TEMPLATE_ID -> marketInputs.onBar(buffer, offset, sourceId, nowNs);
            case MarkPriceDecoder.TEMPLATE_ID -> marketInputs.onMarkPrice(buffer, offset, nowNs);
            case FundingRateDecoder.TEMPLATE_ID -> marketInputs.onFundingRate(buffer, offset);
            case FeedStatusDecoder.TEMPLATE_ID -> marketInputs.onFeedStatus(buffer, offset, sourceId, nowNs);
            default -> dispatchSeldom(templateId, buffer, offset, sourceId);
        }
    }

    private void dispatchSeldom(
        final int templateId, final DirectBuffer buffer, final int offset, final int sourceId)
    {
        final int messageOffset = offset + RecordDescriptor.HEADER_LENGTH;
        switch (templateId)
        {
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> definitionInputs
                .onInstrumentDefinition(buffer, messageOffset);
            case RateDefinitionDecoder.TEMPLATE_ID -> definitionInputs.onRateDefinition(buffer, messageOffset);
            case SetLimitDecoder.TEMPLATE_ID -> limitInputs
                .onSetLimit(buffer, messageOffset, origin(sourceId), state.lastSequence());
            case UnsetLimitDecoder.TEMPLATE_ID -> limitInputs
                .onUnsetLimit(buffer, messageOffset, origin(sourceId));
            case SetTradingModeDecoder.TEMPLATE_ID -> tradingModes.onSetTradingMode(buffer, offset);
            case AssignStrategyDecoder.TEMPLATE_ID -> strategyInputs.onAssignStrategy(buffer, messageOffset);
            case StrategyDefinitionDecoder.TEMPLATE_ID -> strategyInputs.onStrategyDefinition(buffer, messageOffset);
            case UnassignStrategyDecoder.TEMPLATE_ID -> strategyInputs.onUnassignStrategy(buffer, messageOffset);
            case ControlStrategyDecoder.TEMPLATE_ID -> strategyInputs.onControlStrategy(buffer, messageOffset);
            case AllocateStrategyDecoder.TEMPLATE_ID -> strategyInputs.onAllocateStrategy(buffer, messageOffset);
            case SignalDecoder.TEMPLATE_ID -> decisions.commandResult(
                signals.onSignal(buffer, messageOffset) ? CommandReason.ACCEPTED : CommandReason.REFUSED, templateId,
                signals.answer().instrumentId());
            case OperatorOrderDecoder.TEMPLATE_ID -> operatorInputs.onOrder(buffer, messageOffset);
            case OperatorCancelDecoder.TEMPLATE_ID -> operatorInputs.onCancel(buffer, messageOffset);
            case FlattenDecoder.TEMPLATE_ID -> operatorInputs.onFlatten(buffer, messageOffset);
            case TransferPositionDecoder.TEMPLATE_ID -> operatorInputs.onTransfer(buffer, messageOffset);
            case AccountReportDecoder.TEMPLATE_ID -> accountInputs
                .onReport(buffer, messageOffset, sourceId);
            case AccountEntryDecoder.TEMPLATE_ID -> accountInputs
                .onEntry(buffer, messageOffset, sourceId);
            case AcceptAccountDecoder.TEMPLATE_ID -> accountInputs.onAccept(buffer, messageOffset);
            case CalendarDefinitionDecoder.TEMPLATE_ID -> calendarInputs.onDefinition(buffer, messageOffset);
            case AssignCalendarDecoder.TEMPLATE_ID -> calendarInputs.onAssignment(buffer, messageOffset);
            case BreakerDefinitionDecoder.TEMPLATE_ID -> breakerInputs.onDefinition(buffer, messageOffset);
            case ResetBreakerDecoder.TEMPLATE_ID -> breakerInputs.onReset(buffer, messageOffset);
            case SnapshotRequestDecoder.TEMPLATE_ID -> decisions
                .commandResult(CommandReason.ACCEPTED, templateId, Nulls.NULL_INSTRUMENT_ID);
            case ConfigurationTextDecoder.TEMPLATE_ID -> {
                // For whoever reads the journal; nothing the core decides depends on it.
            }
            default -> dispatchNodes(templateId, buffer, offset, sourceId);
        }
    }

    /** An input that a gateway may send, and that this core has no use for, must not end the node. */
    private void dispatchNodes(final int templateId, final DirectBuffer buffer, final int offset, final int sourceId)
    {
        if (sourceId != SourceRoles.NODE)
        {
            state.countForeignInput();
            return;
        }
        if (!NodeInputs.isOne(templateId))
        {
            throw new IllegalStateException("no input: templateId=" + templateId);
        }
        nodeInputs.onInput(templateId, buffer, offset + RecordDescriptor.HEADER_LENGTH,
            RecordDescriptor.incarnation(buffer, offset));
    }

    /** Limits that the node itself sends are those of its configuration; all others come from operators. */
    private static Origin origin(final int sourceId)
    {
        return sourceId == SourceRoles.NODE ? Origin.CONFIGURED : Origin.OPERATOR;
    }

    /**
     * Gives the whole state to the port as sections, the same bytes for the same state. Allocates; to be called between two
     * inputs.
     *
     * @throws IllegalStateException when an input has failed.
     */
    public void save(final SectionPort port)
    {
        if (handling)
        {
            throw new IllegalStateException("no state of a sequence: lastSequence=" + state.lastSequence());
        }
        new StateSaver(this, state, port).save();
    }

    /**
     * Takes a section that {@link #save} has given, in the same order. Only a new core may be restored, and it takes no input
     * before {@link #completeRestore}; after a refusal it never does.
     *
     * @param buffer holds the SBE message, messageHeader first; not kept.
     * @param offset of the messageHeader.
     * @param length of messageHeader and message; less than 8 bytes may follow within it.
     * @throws IllegalStateException naming the section and what is wrong: its place, template, version, length or count, or a
     *                               strategy that is not offered or reads other values than it saved.
     */
    public void restore(final DirectBuffer buffer, final int offset, final int length)
    {
        if (restorer == null)
        {
            if (handling || state.lastSequence() != 0)
            {
                throw new IllegalStateException(
                    "only a new core can be restored: lastSequence=" + state.lastSequence());
            }
            restorer = new StateRestorer(this, state, definitionInputs);
            handling = true;
        }
        restorer.onSection(buffer, offset, length);
    }

    /**
     * All sections have been given: from here on the core is as the one that was saved.
     *
     * @param expectedSequence of the newest input before the snapshot.
     * @throws IllegalStateException when sections are missing, or sequence or state hash are others than those saved.
     */
    public void completeRestore(final long expectedSequence)
    {
        completeRestore(expectedSequence, true);
    }

    /**
     * As {@link #completeRestore(long)}.
     *
     * @param isSameCode false for strategies of other code than was saved: they may hash the same state otherwise, so the state hash is
     *                   not compared.
     */
    public void completeRestore(final long expectedSequence, final boolean isSameCode)
    {
        if (restorer == null)
        {
            throw new IllegalStateException("nothing was restored: expectedSequence=" + expectedSequence);
        }
        breakers.onRestored();
        restorer.complete(expectedSequence, isSameCode);
        restorer = null;
        handling = false;
    }

    /** Sequence of the newest input, 0 before the first. */
    public long lastSequence()
    {
        return state.lastSequence();
    }

    /** Whether a state hash is to be recorded after the newest input. */
    public boolean isStateHashDue()
    {
        return state.isStateHashDue();
    }

    public int instrumentCount()
    {
        return slots.count();
    }

    public Instrument instrument(final int instrumentId)
    {
        return slots.get(instrumentId).instrument();
    }

    public Market market(final int instrumentId)
    {
        return slots.get(instrumentId).market();
    }

    /** The sum of the positions of all that trade the instrument. */
    public PositionView position(final int instrumentId)
    {
        return slots.get(instrumentId).position();
    }

    /** The open orders of all that trade the instrument. */
    public OpenOrders openOrders(final int instrumentId)
    {
        return slots.get(instrumentId).openOrders();
    }

    /** An instrument with all that belongs to it; to be read. */
    public InstrumentSlot slot(final int instrumentId)
    {
        return slots.get(instrumentId);
    }

    /** The orders that the engine keeps. */
    public HeldOrders held()
    {
        return desk.held();
    }

    /** The lists of orders that are not over. */
    public OpenLists lists()
    {
        return desk.lists().open();
    }

    /** Strategies' instances, by id; to be read. */
    public Instances instances()
    {
        return instances;
    }

    /** What an instance is made of; null when it is nobody's, taken out or suspended. Allocates. */
    public StrategyView strategy(final int strategyId)
    {
        final StrategyInstance instance = instances.find(strategyId);
        final Strategy strategy = instance == null ? null : instance.strategy();
        return strategy == null
            ? null
            : new StrategyView(instance.name(), instance.definition().strategyName(), strategy.getClass(),
                strategy.warmUpSeen(), strategy.warmUpNeeded());
    }

    public int venueCount()
    {
        return state.venues().count();
    }

    /** To be read. */
    public Venue venue(final int venueId)
    {
        return state.venues().get(venueId);
    }

    /** The venue that takes the instrument's orders; the first for an unknown one. */
    public int venueOf(final int instrumentId)
    {
        return instrumentId >= 0 && instrumentId < slots.count()
            ? slots.get(instrumentId).venue().id()
            : Venues.FIRST;
    }

    /** The venue whose order gateway the source is, or null; to be read. */
    public Venue venueOfSource(final int sourceId)
    {
        return state.venues().ofSource(sourceId);
    }

    /** When there is trading; to be read. */
    public Calendars calendars()
    {
        return state.calendars();
    }

    /** Circuit breakers; to be read. */
    public BreakerTable breakers()
    {
        return breakers.table();
    }

    /** What each source is; to be read. */
    public SourceRoles roles()
    {
        return roles;
    }

    /** Limits, trading states and refusals of scopes; to be read. */
    public ScopedRisk scopedRisk()
    {
        return state.scopedRisk();
    }

    /**
     * Who has set which limit.
     *
     * @param instrumentId of limits of this instrument alone, or null for those of all.
     */
    public LimitOrigins limitOrigins(final int instrumentId)
    {
        return limitInputs.origins(instrumentId);
    }

    /** The limits in force, and who has set them; to be read. */
    public LimitInputs limits()
    {
        return limitInputs;
    }

    /** What was in force before the newest command about a limit, as it was set; {@link Nulls#NULL_LONG} where nothing was. */
    public long previousLimitMantissa()
    {
        return limitInputs.previousMantissa();
    }

    public int previousLimitExponent()
    {
        return limitInputs.previousExponent();
    }

    /** The value in force since the newest command about a limit; {@link Nulls#NULL_LONG} where none is. */
    public long currentLimitMantissa()
    {
        return limitInputs.currentMantissa();
    }

    public int currentLimitExponent()
    {
        return limitInputs.currentExponent();
    }

    /** What became of the newest signal; to be read behind its input. */
    public SignalAnswer newestSignal()
    {
        return signals.answer();
    }

    /** Whose signals were answered; to be read. */
    public SignalClients signalClients()
    {
        return state.signalClients();
    }

    /** Open orders of all instruments. */
    public int openOrderCount()
    {
        return state.orders().openCount();
    }

    public TradingMode mode()
    {
        return state.trading().mode();
    }

    /** Inputs for instruments that were never defined; they have no other effect. */
    public long unknownInstruments()
    {
        return marketInputs.unknownInstruments();
    }

    /** Execution reports and cancel rejects for orders that are not open; they have no other effect. Of all venues. */
    public long unknownOrders()
    {
        long sum = 0;
        for (int id = 0; id < venueCount(); id++)
        {
            sum += venue(id).unknownOrders();
        }
        return sum;
    }

    /** Executions that had no place in their order's life; they are in position and cash. */
    public long executionsOutOfPlace()
    {
        return events.outOfPlace();
    }

    /** Executions of more lots or cash than can be counted; each is a decision, and has no other effect. */
    public long uncountableExecutions()
    {
        return events.uncountable();
    }

    /** What venues have corrected; to be read. */
    public CorrectionCounts corrections()
    {
        return state.corrections();
    }

    /** What makes cash of fees and entries in another asset; to be read. */
    public ConversionRates rates()
    {
        return state.rates();
    }

    /** Whether new orders and replaces of some venue wait for its answer, and the answer would be taken. */
    public boolean isReconciling()
    {
        for (int id = 0; id < venueCount(); id++)
        {
            if (venue(id).isReconciling())
            {
                return true;
            }
        }
        return false;
    }

    /** ExecID up to which nothing of the source is missing, 0 before any: what an answer is asked to begin behind. */
    public long lastExecId(final int sourceId)
    {
        final Venue venue = state.venues().ofSource(sourceId);
        return venue == null ? 0 : venue.executionIds().highest(sourceId);
    }

    /** Requests since the start, to all venues. */
    public long egressSequence()
    {
        long sum = 0;
        for (int id = 0; id < venueCount(); id++)
        {
            sum += venue(id).egressSequence();
        }
        return sum;
    }

    /** Execution reports that had been taken before; they have no other effect. */
    public long repeatedExecutions()
    {
        long sum = 0;
        for (int id = 0; id < venueCount(); id++)
        {
            sum += venue(id).executionIds().repeats();
        }
        return sum;
    }

    /** Fills of more than the order asked for; they are taken. */
    public long overfills()
    {
        return state.orders().overfills();
    }

    /** Statuses and ends of answers that nobody asked for, or that were not the whole of one; they have no other effect. */
    public long ignoredAnswers()
    {
        long sum = 0;
        for (int id = 0; id < venueCount(); id++)
        {
            sum += venue(id).ignoredAnswers();
        }
        return sum;
    }

    /**
     * Inputs that only the node may make and that came from elsewhere, and reports of a gateway about another's venue; they have no
     * other effect.
     */
    public long foreignInputs()
    {
        return state.foreignInputs();
    }

    /** Inputs that their source's role did not allow; each is a decision, and has no other effect. */
    public long refusedInputs()
    {
        return state.refusedInputs();
    }

    /**
     * Reports of the venue that the order's state did not allow, or that contradict the order, and
     * expiries of requests that were answered; they have no other effect.
     */
    public long impossibleOrderEvents()
    {
        return state.orders().impossibleEvents();
    }

    /** For {@link StateSaver} and {@link StateRestorer}: counters that lie with those who count. */
    public MarketInputs marketInputs()
    {
        return marketInputs;
    }

    /** Likewise. */
    public OrderEvents orderEvents()
    {
        return events;
    }

    /**
     * Hash of everything that can influence a later decision. Each slot's hash is kept and only computed again when an
     * input has touched the slot, so the cost is that of what changed since the last call.
     */
    public long stateHash()
    {
        final long hash = Xxh64.chain(state.stateHash(), marketInputs.unknownInstruments());
        return Xxh64.chain(Xxh64.chain(hash, events.outOfPlace()), events.uncountable());
    }
}
