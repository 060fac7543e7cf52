package io.lockstep.core;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.market.Market;
import io.lockstep.core.market.ReceiptTime;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.OrderStore;
import io.lockstep.core.position.Position;
import io.lockstep.core.risk.CommonLimits;
import io.lockstep.core.risk.LimitOrigins;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.core.risk.RiskLimits;
import io.lockstep.core.risk.TotalLimits;
import io.lockstep.core.snapshot.SectionPort;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.AssignStrategyDecoder;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.ConfigurationTextDecoder;
import io.lockstep.sbe.ControlStrategyDecoder;
import io.lockstep.sbe.DecisionAcknowledgementDecoder;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MassStatusEndDecoder;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.SetLimitDecoder;
import io.lockstep.sbe.SetTradingModeDecoder;
import io.lockstep.sbe.SnapshotRequestDecoder;
import io.lockstep.sbe.TradeDecoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.UnsetLimitDecoder;
import io.lockstep.sbe.WithdrawStrategyDecoder;
import org.agrona.DirectBuffer;
import org.agrona.collections.Object2ObjectHashMap;

import java.util.List;

/**
 * The deterministic core: sequenced inputs in, decisions out, nothing else. The same code serves the live node, recovery,
 * replay and backtest.
 * <p>
 * It dispatches each input to a small method by its template, the most frequent one tested first; the instrument's
 * {@link SymbolMachine} is found by array index. Steady state allocates nothing; definitions and configuration do.
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
    public static final int LOGIC_VERSION = 5;
    public static final int OPEN_ORDERS_MAX = 16_384;
    public static final int BOOK_LEVELS_MAX = 16_384;
    public static final int INSTRUMENTS_MAX = 65_536;
    /** Inputs of a batch that {@link #lookAhead} looks at. */
    public static final int LOOK_AHEAD = LookAhead.INPUTS_MAX;

    private static final int TIMER_KEY_BITS = 8;
    /** Source of what the node says itself. */
    private static final int NODE_SOURCE_ID = 0;

    final Object2ObjectHashMap<String, StrategyFactory> factoryByName = new Object2ObjectHashMap<>();
    final DecisionWriter decisions;
    final LimitInputs limitInputs;
    private final VenueReports venueReports;
    private final NodeInputs nodeInputs;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BookUpdateDecoder bookUpdate = new BookUpdateDecoder();
    private final BestBidOfferDecoder bestBidOffer = new BestBidOfferDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final BookSnapshotDecoder bookSnapshot = new BookSnapshotDecoder();
    private final BarDecoder bar = new BarDecoder();
    private final FeedStatusDecoder feedStatus = new FeedStatusDecoder();
    private final InstrumentDefinitionDecoder instrumentDefinition = new InstrumentDefinitionDecoder();
    private final SetTradingModeDecoder setTradingMode = new SetTradingModeDecoder();
    private final AssignStrategyDecoder assignStrategy = new AssignStrategyDecoder();
    private final ControlStrategyDecoder controlStrategy = new ControlStrategyDecoder();

    private boolean handling;
    private StateRestorer restorer;

    // What lasts from input to input: StateSaver and StateRestorer know all of it.
    final Machines machines = new Machines();
    final OrderStore orders = new OrderStore(OPEN_ORDERS_MAX);
    final CommonLimits commonLimits = new CommonLimits();
    final LimitOrigins commonOrigins = new LimitOrigins();
    final TotalLimits totalLimits = new TotalLimits(orders);
    TradingMode mode = TradingMode.RUNNING;
    int stateHashInterval;
    /** Sequenced time stands still until the wall clock has passed it: no timer fires, and nothing grows old. */
    boolean clockBehind;
    long lastSequence;
    long unknownInstruments;
    long foreignInputs;
    final Availability availability = new Availability();
    final ExecutionIds executionIds = new ExecutionIds();
    final Reconciliation reconciliation;

    /**
     * @param decisionPort takes the decisions.
     * @param factories    the strategies that configuration may name.
     */
    public TradingCore(final DecisionPort decisionPort, final List<StrategyFactory> factories)
    {
        decisions = new DecisionWriter(decisionPort);
        limitInputs = new LimitInputs(machines, commonLimits, commonOrigins, totalLimits, decisions);
        reconciliation = new Reconciliation(orders, decisions, availability, executionIds, this::machine,
            machines::count, () -> restrict(TradingMode.HALTED));
        venueReports = new VenueReports(
            orders, decisions, availability, executionIds, reconciliation, this::machine);
        nodeInputs = new NodeInputs(this, availability, executionIds, reconciliation, venueReports);
        factories.forEach((factory) -> factoryByName.put(factory.name(), factory));
    }

    static long timerId(final int instrumentId, final int timerKey)
    {
        return (long)instrumentId << TIMER_KEY_BITS | timerKey;
    }

    @Override
    public void onInput(final DirectBuffer buffer, final int offset)
    {
        final long sequence = RecordDescriptor.sequence(buffer, offset);
        checkFollows(sequence);
        handling = true;
        lastSequence = sequence;
        machines.settle();
        final long nowNs = RecordDescriptor.sequencerTimeNs(buffer, offset);
        decisions.begin(sequence, RecordDescriptor.incarnation(buffer, offset), RecordDescriptor.shard(buffer, offset),
            nowNs);
        header.wrap(buffer, offset + RecordDescriptor.HEADER_LENGTH);
        final int templateId = header.templateId();
        if (templateId == BookUpdateDecoder.TEMPLATE_ID)
        {
            onBookUpdate(buffer, offset, nowNs);
        }
        else
        {
            dispatch(templateId, buffer, offset, nowNs);
        }
        handling = false;
    }

    /**
     * The inputs from here on come next, as many as {@link #LOOK_AHEAD} or fewer: what they need is fetched into the processor's
     * caches. Changes nothing.
     *
     * @param end of the records in the buffer.
     */
    public void lookAhead(final DirectBuffer buffer, final int offset, final int end)
    {
        machines.lookAhead(buffer, offset, end);
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
        lastSequence = sequence;
        restrict(TradingMode.HALTED);
    }

    private void checkFollows(final long sequence)
    {
        if (handling || sequence != lastSequence + 1)
        {
            throw new IllegalStateException(handling
                ? "called from within a decision, after an input that failed or before all is restored: sequence=" +
                    sequence + " lastSequence=" + lastSequence
                : "inputs must be contiguous: expected=" + (lastSequence + 1) + " actual=" + sequence);
        }
    }

    private void dispatch(final int templateId, final DirectBuffer buffer, final int offset, final long nowNs)
    {
        switch (templateId)
        {
            case BestBidOfferDecoder.TEMPLATE_ID -> onBestBidOffer(buffer, offset, nowNs);
            case TradeDecoder.TEMPLATE_ID -> onTrade(buffer, offset, nowNs);
            case ExecutionReportDecoder.TEMPLATE_ID -> venueReports
                .onExecutionReport(buffer, header.offset(), RecordDescriptor.sourceId(buffer, offset));
            case OrderCancelRejectDecoder.TEMPLATE_ID -> venueReports.onOrderCancelReject(buffer, header.offset());
            case MassStatusEndDecoder.TEMPLATE_ID -> reconciliation
                .onMassStatusEnd(buffer, header.offset(), RecordDescriptor.sourceId(buffer, offset));
            case BookSnapshotDecoder.TEMPLATE_ID -> onBookSnapshot(buffer, offset, nowNs);
            case BarDecoder.TEMPLATE_ID -> onBar(buffer, offset, nowNs);
            case FeedStatusDecoder.TEMPLATE_ID -> onFeedStatus(buffer, offset, nowNs);
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> onInstrumentDefinition(buffer);
            case SetLimitDecoder.TEMPLATE_ID -> limitInputs
                .onSetLimit(buffer, header.offset(), origin(buffer, offset), lastSequence);
            case UnsetLimitDecoder.TEMPLATE_ID -> limitInputs
                .onUnsetLimit(buffer, header.offset(), origin(buffer, offset));
            case SetTradingModeDecoder.TEMPLATE_ID -> onSetTradingMode(buffer, offset);
            case AssignStrategyDecoder.TEMPLATE_ID -> onAssignStrategy(buffer, origin(buffer, offset));
            case ControlStrategyDecoder.TEMPLATE_ID -> onControlStrategy(buffer);
            case SnapshotRequestDecoder.TEMPLATE_ID -> decisions
                .commandResult(CommandReason.ACCEPTED, templateId, Nulls.NULL_INSTRUMENT_ID);
            case DecisionAcknowledgementDecoder.TEMPLATE_ID -> reconciliation
                .onAcknowledgement(buffer, header.offset());
            case ConfigurationTextDecoder.TEMPLATE_ID -> {
                // For whoever reads the journal; nothing the core decides depends on it.
            }
            default -> dispatchNodes(templateId, buffer, offset);
        }
    }

    private void dispatchNodes(final int templateId, final DirectBuffer buffer, final int offset)
    {
        if (!NodeInputs.isOne(templateId))
        {
            throw new IllegalStateException("no input: templateId=" + templateId);
        }
        if (RecordDescriptor.sourceId(buffer, offset) != NODE_SOURCE_ID)
        {
            foreignInputs++;
            return;
        }
        nodeInputs.onInput(templateId, buffer, header.offset(), RecordDescriptor.incarnation(buffer, offset));
    }

    private void onBookUpdate(final DirectBuffer buffer, final int offset, final long nowNs)
    {
        bookUpdate.wrapAndApplyHeader(buffer, header.offset(), header);
        final SymbolMachine machine = marketMachine(bookUpdate.instrumentId());
        if (machine != null)
        {
            machine.market().onBookUpdate(bookUpdate, RecordDescriptor.sourceId(buffer, offset),
                receivedNs(buffer, offset, bookUpdate.feedDelayNs(), nowNs), nowNs);
            machine.onMarketChanged();
        }
    }

    private void onBookSnapshot(final DirectBuffer buffer, final int offset, final long nowNs)
    {
        bookSnapshot.wrapAndApplyHeader(buffer, header.offset(), header);
        final SymbolMachine machine = marketMachine(bookSnapshot.instrumentId());
        if (machine != null)
        {
            machine.market().onBookSnapshot(bookSnapshot, RecordDescriptor.sourceId(buffer, offset),
                receivedNs(buffer, offset, bookSnapshot.feedDelayNs(), nowNs), nowNs);
            machine.onMarketChanged();
        }
    }

    private void onBestBidOffer(final DirectBuffer buffer, final int offset, final long nowNs)
    {
        bestBidOffer.wrapAndApplyHeader(buffer, header.offset(), header);
        final SymbolMachine machine = marketMachine(bestBidOffer.instrumentId());
        if (machine != null)
        {
            machine.market().onBestBidOffer(bestBidOffer, RecordDescriptor.sourceId(buffer, offset),
                receivedNs(buffer, offset, bestBidOffer.feedDelayNs(), nowNs), nowNs);
            machine.onMarketChanged();
        }
    }

    private void onTrade(final DirectBuffer buffer, final int offset, final long nowNs)
    {
        trade.wrapAndApplyHeader(buffer, header.offset(), header);
        final SymbolMachine machine = marketMachine(trade.instrumentId());
        if (machine != null)
        {
            machine.market().onTrade(trade, RecordDescriptor.sourceId(buffer, offset),
                receivedNs(buffer, offset, trade.feedDelayNs(), nowNs), nowNs);
            machine.onMarketChanged();
        }
    }

    private void onBar(final DirectBuffer buffer, final int offset, final long nowNs)
    {
        bar.wrapAndApplyHeader(buffer, header.offset(), header);
        final SymbolMachine machine = marketMachine(bar.instrumentId());
        if (machine != null)
        {
            machine.market().onBar(bar, RecordDescriptor.sourceId(buffer, offset),
                receivedNs(buffer, offset, bar.feedDelayNs(), nowNs), nowNs);
            machine.onMarketChanged();
        }
    }

    private static long receivedNs(
        final DirectBuffer buffer, final int offset, final long feedDelayNs, final long nowNs)
    {
        return ReceiptTime.of(RecordDescriptor.gatewayTimeNs(buffer, offset), feedDelayNs, nowNs);
    }

    private void onFeedStatus(final DirectBuffer buffer, final int offset, final long nowNs)
    {
        feedStatus.wrapAndApplyHeader(buffer, header.offset(), header);
        final int sourceId = RecordDescriptor.sourceId(buffer, offset);
        if (feedStatus.instrumentId() != Nulls.NULL_INSTRUMENT_ID)
        {
            applyFeedStatus(machine(feedStatus.instrumentId()), sourceId, nowNs);
            return;
        }
        for (int id = 0; id < machines.count(); id++)
        {
            if (machines.get(id).market().hasSource(sourceId))
            {
                applyFeedStatus(machine(id), sourceId, nowNs);
            }
        }
    }

    private void applyFeedStatus(final SymbolMachine machine, final int sourceId, final long nowNs)
    {
        if (machine != null)
        {
            machine.market().onFeedStatus(feedStatus, sourceId, nowNs);
            machine.onMarketChanged();
        }
    }

    void onTimer(final long timerId, final long deadlineNs)
    {
        final SymbolMachine machine = machine((int)(timerId >>> TIMER_KEY_BITS));
        if (machine != null)
        {
            machine.onTimer((int)(timerId & (1L << TIMER_KEY_BITS) - 1), deadlineNs);
        }
    }

    void stateHashInterval(final int inputs)
    {
        stateHashInterval = inputs;
    }

    /** A mode that is no stricter than the present one changes nothing. */
    void restrict(final TradingMode newMode)
    {
        if (newMode.value() > mode.value())
        {
            mode(newMode);
        }
    }

    private void mode(final TradingMode newMode)
    {
        mode = newMode;
        for (int id = 0; id < machines.count(); id++)
        {
            machine(id).mode(newMode);
        }
    }

    static boolean isMode(final TradingMode mode)
    {
        return mode != TradingMode.NULL_VAL && mode != TradingMode.SBE_UNKNOWN;
    }

    void cancelAll(final OrderReason reason)
    {
        for (int id = 0; id < machines.count(); id++)
        {
            machine(id).cancelAll(reason);
        }
    }

    private void onInstrumentDefinition(final DirectBuffer buffer)
    {
        instrumentDefinition.wrapAndApplyHeader(buffer, header.offset(), header);
        final int instrumentId = instrumentDefinition.instrumentId();
        CommandReason reason;
        try
        {
            reason = define(Instrument.decode(instrumentDefinition));
        }
        catch (final IllegalArgumentException ex)
        {
            reason = CommandReason.INVALID_VALUE;
        }
        decisions.commandResult(reason, InstrumentDefinitionDecoder.TEMPLATE_ID, instrumentId);
    }

    private CommandReason define(final Instrument instrument)
    {
        if (instrument.id() >= INSTRUMENTS_MAX)
        {
            return CommandReason.CAPACITY;
        }
        if (instrument.id() >= 0 && instrument.id() < machines.count())
        {
            return redefine(machine(instrument.id()), instrument);
        }
        if (instrument.id() != machines.count())
        {
            return CommandReason.UNKNOWN_INSTRUMENT;
        }
        if (totalLimits.isSet(LimitType.MAX_TOTAL_NOTIONAL) && machines.count() > 0 &&
            !machines.get(0).instrument().quoteCurrency().equals(instrument.quoteCurrency()))
        {
            return CommandReason.INVALID_VALUE;
        }
        final SymbolMachine machine = newMachine(instrument);
        machine.mode(mode);
        commonLimits.applyTo(machine.risk());
        machines.add(machine);
        return CommandReason.ACCEPTED;
    }

    private static CommandReason redefine(final SymbolMachine machine, final Instrument instrument)
    {
        if (machine.instrument().equals(instrument))
        {
            return CommandReason.NO_CHANGE;
        }
        if (!instrument.canFollow(machine.instrument()))
        {
            return CommandReason.INSTRUMENT_REDEFINED;
        }
        machine.redefine(instrument);
        return CommandReason.ACCEPTED;
    }

    SymbolMachine newMachine(final Instrument instrument)
    {
        return new SymbolMachine(instrument, BOOK_LEVELS_MAX, orders, totalLimits, decisions, availability);
    }

    private void onSetTradingMode(final DirectBuffer buffer, final int offset)
    {
        setTradingMode.wrapAndApplyHeader(buffer, header.offset(), header);
        final TradingMode newMode = setTradingMode.mode();
        if (!isMode(newMode))
        {
            decisions.commandResult(
                CommandReason.INVALID_VALUE, SetTradingModeDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
            return;
        }
        clockBehind = clockBehind && isClockBehind(buffer, offset);
        if (clockBehind && newMode.value() < mode.value() && newMode.value() < TradingMode.HALTED.value())
        {
            decisions.commandResult(
                CommandReason.CLOCK_BEHIND, SetTradingModeDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
            return;
        }
        final CommandReason reason = newMode == mode ? CommandReason.NO_CHANGE : CommandReason.ACCEPTED;
        mode(newMode);
        if (newMode == TradingMode.KILLED)
        {
            cancelAll(OrderReason.OPERATOR);
        }
        decisions.commandResult(reason, SetTradingModeDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
    }

    private static boolean isClockBehind(final DirectBuffer buffer, final int offset)
    {
        return RecordDescriptor.wallTimeNs(buffer, offset) < RecordDescriptor.sequencerTimeNs(buffer, offset);
    }

    /** What the node says of limits and strategies is its configuration; all else comes of operators. */
    private static Origin origin(final DirectBuffer buffer, final int offset)
    {
        return RecordDescriptor.sourceId(buffer, offset) == NODE_SOURCE_ID ? Origin.CONFIGURED : Origin.OPERATOR;
    }

    private void onAssignStrategy(final DirectBuffer buffer, final Origin origin)
    {
        assignStrategy.wrapAndApplyHeader(buffer, header.offset(), header);
        final int instrumentId = assignStrategy.instrumentId();
        decisions.commandResult(assign(instrumentId, new StrategyAssignment(assignStrategy), origin),
            AssignStrategyDecoder.TEMPLATE_ID, instrumentId);
    }

    private CommandReason assign(final int instrumentId, final StrategyAssignment assignment, final Origin origin)
    {
        final SymbolMachine machine = machine(instrumentId);
        final StrategyFactory factory = factoryByName.get(assignment.strategyName());
        if (machine == null || factory == null)
        {
            return machine == null ? CommandReason.UNKNOWN_INSTRUMENT : CommandReason.UNKNOWN_STRATEGY;
        }
        final StrategyAssignment present = machines.assignment(instrumentId);
        if (present != null && origin == Origin.CONFIGURED && present.isEqual(assignment))
        {
            // It goes on with what it has, and stays stopped if an operator has stopped it.
            return CommandReason.NO_CHANGE;
        }
        if (present != null && origin == Origin.OPERATOR && !machines.runs(instrumentId, assignment.strategyName()))
        {
            return CommandReason.STRATEGY_ASSIGNED;
        }
        if (!machine.isFlat())
        {
            return CommandReason.NOT_FLAT;
        }
        try
        {
            machine.strategy(factory.create(machine.instrument(), assignment.parameters()));
        }
        catch (final IllegalArgumentException ex)
        {
            return CommandReason.INVALID_VALUE;
        }
        machines.assignment(instrumentId, assignment);
        return CommandReason.ACCEPTED;
    }

    void withdrawStrategy(final int instrumentId)
    {
        decisions.commandResult(withdraw(instrumentId), WithdrawStrategyDecoder.TEMPLATE_ID, instrumentId);
    }

    private CommandReason withdraw(final int instrumentId)
    {
        final SymbolMachine machine = machine(instrumentId);
        if (machine == null || machines.assignment(instrumentId) == null)
        {
            return machine == null ? CommandReason.UNKNOWN_INSTRUMENT : CommandReason.NO_CHANGE;
        }
        if (!machine.isFlat())
        {
            return CommandReason.NOT_FLAT;
        }
        machine.withdrawStrategy();
        machines.assignment(instrumentId, null);
        return CommandReason.ACCEPTED;
    }

    private void onControlStrategy(final DirectBuffer buffer)
    {
        controlStrategy.wrapAndApplyHeader(buffer, header.offset(), header);
        final boolean running = controlStrategy.running() == BooleanType.TRUE;
        final String strategyName = controlStrategy.strategyName();
        CommandReason reason = CommandReason.UNKNOWN_STRATEGY;
        for (int id = 0; id < machines.count(); id++)
        {
            if (machines.runs(id, strategyName))
            {
                machine(id).running(running);
                reason = CommandReason.ACCEPTED;
            }
        }
        decisions.commandResult(reason, ControlStrategyDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
    }

    private SymbolMachine marketMachine(final int instrumentId)
    {
        final SymbolMachine machine = machines.touchMarket(instrumentId);
        if (machine == null)
        {
            unknownInstruments++;
        }
        return machine;
    }

    private SymbolMachine machine(final int instrumentId)
    {
        final SymbolMachine machine = machines.touch(instrumentId);
        if (machine == null)
        {
            unknownInstruments++;
        }
        return machine;
    }

    /**
     * Gives the whole state to the port as sections, the same bytes for the same state. Allocates; to be called between two
     * inputs.
     *
     * @throws IllegalStateException when an input has failed, or a strategy keeps an order that is not open.
     */
    public void save(final SectionPort port)
    {
        if (handling)
        {
            throw new IllegalStateException("no state of a sequence: lastSequence=" + lastSequence);
        }
        new StateSaver(this, port).save();
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
            if (handling || lastSequence != 0)
            {
                throw new IllegalStateException("only a new core can be restored: lastSequence=" + lastSequence);
            }
            restorer = new StateRestorer(this);
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
        if (restorer == null)
        {
            throw new IllegalStateException("nothing was restored: expectedSequence=" + expectedSequence);
        }
        restorer.complete(expectedSequence);
        restorer = null;
        handling = false;
    }

    /** Sequence of the newest input, 0 before the first. */
    public long lastSequence()
    {
        return lastSequence;
    }

    /** Whether a state hash is to be recorded after the newest input. */
    public boolean isStateHashDue()
    {
        return stateHashInterval > 0 && lastSequence % stateHashInterval == 0;
    }

    public int instrumentCount()
    {
        return machines.count();
    }

    public Instrument instrument(final int instrumentId)
    {
        return machines.get(instrumentId).instrument();
    }

    public Market market(final int instrumentId)
    {
        return machines.get(instrumentId).market();
    }

    public Position position(final int instrumentId)
    {
        return machines.get(instrumentId).position();
    }

    public OpenOrders openOrders(final int instrumentId)
    {
        return machines.get(instrumentId).openOrders();
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

    /** What was in force before the newest command about a limit, as it was set; {@link Nulls#NULL_LONG} where nothing was. */
    public long previousLimitMantissa()
    {
        return limitInputs.previousMantissa();
    }

    public int previousLimitExponent()
    {
        return limitInputs.previousExponent();
    }

    /** What is in force since that command, likewise. */
    public long currentLimitMantissa()
    {
        return limitInputs.currentMantissa();
    }

    public int currentLimitExponent()
    {
        return limitInputs.currentExponent();
    }

    /** Another number when some limit has changed. */
    public long limitChanges()
    {
        return limitInputs.changes();
    }

    /** Which strategy the instrument runs, and with which parameters; null for none. */
    public StrategyAssignment assignment(final int instrumentId)
    {
        return machines.assignment(instrumentId);
    }

    /** Whether its strategy is driven, and not stopped by an operator. */
    public boolean isRunning(final int instrumentId)
    {
        return machines.get(instrumentId).running;
    }

    /** Open orders of all instruments. */
    public int openOrderCount()
    {
        return orders.openCount();
    }

    /** What trades the instrument, or null; allocates. */
    public StrategyView strategy(final int instrumentId)
    {
        final StrategyAssignment assignment = machines.assignment(instrumentId);
        return assignment == null
            ? null
            : machines.get(instrumentId).strategyView(assignment.strategyName());
    }

    /** State of the instrument's machine. */
    public MachineState state(final int instrumentId)
    {
        return machines.get(instrumentId).state();
    }

    public TradingMode mode()
    {
        return mode;
    }

    /** Inputs for instruments that were never defined; they have no other effect. */
    public long unknownInstruments()
    {
        return unknownInstruments;
    }

    /** Execution reports and cancel rejects for orders that are not open; they have no other effect. */
    public long unknownOrders()
    {
        return reconciliation.unknownOrders();
    }

    /** Whether new orders and replaces wait for the venue's answer, and the answer would be taken. */
    public boolean isReconciling()
    {
        return availability.isReconciling();
    }

    /** ExecID up to which nothing of the source is missing, 0 before any: what an answer is asked to begin behind. */
    public long lastExecId(final int sourceId)
    {
        return executionIds.highest(sourceId);
    }

    /** Egress sequence of the newest request, which is the number of requests since the start. */
    public long egressSequence()
    {
        return decisions.egressSequence();
    }

    /** The order gateway has decisions that the journal lost: what leaves from now on is numbered behind them. */
    void advanceEgressSequence(final long egressSequence)
    {
        decisions.restoreEgressSequence(Math.max(decisions.egressSequence(), egressSequence));
    }

    /** Execution reports that had been taken before; they have no other effect. */
    public long repeatedExecutions()
    {
        return executionIds.repeats();
    }

    /** Fills of more than the order asked for; they are taken. */
    public long overfills()
    {
        return orders.overfills();
    }

    /** Statuses and ends of answers that nobody asked for, or that were not the whole of one; they have no other effect. */
    public long ignoredAnswers()
    {
        return reconciliation.ignoredAnswers();
    }

    /** Inputs that only the node may make and that came from elsewhere; they have no other effect. */
    public long foreignInputs()
    {
        return foreignInputs;
    }

    /**
     * Reports of the venue that the order's state did not allow, or that contradict the order, and
     * expiries of requests that were answered; they have no other effect.
     */
    public long impossibleOrderEvents()
    {
        return orders.impossibleEvents();
    }

    /**
     * Hash of everything that can influence a later decision. Each machine's hash is kept and only computed again when an
     * input has touched the machine, so the cost is that of what changed since the last call.
     */
    public long stateHash()
    {
        long hash = machines.stateHash();
        hash = Xxh64.chain(hash, (long)mode.value() << 32 | stateHashInterval);
        hash = Xxh64.chain(hash, unknownInstruments);
        hash = Xxh64.chain(hash, foreignInputs);
        hash = Xxh64.chain(hash, decisions.egressSequence());
        hash = Xxh64.chain(hash, availability.stateHash());
        hash = Xxh64.chain(hash, executionIds.stateHash());
        hash = Xxh64.chain(hash, reconciliation.stateHash());
        hash = Xxh64.chain(hash, commonLimits.stateHash());
        hash = Xxh64.chain(hash, totalLimits.stateHash());
        hash = Xxh64.chain(hash, orders.stateHash());
        hash = commonOrigins.isEmpty() ? hash : Xxh64.chain(hash, commonOrigins.stateHash());
        return clockBehind ? Xxh64.chain(hash, 1) : hash;
    }
}
