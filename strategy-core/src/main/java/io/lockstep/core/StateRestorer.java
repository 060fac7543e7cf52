package io.lockstep.core;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.AssignStrategyDecoder;
import io.lockstep.sbe.BookLevelsDecoder;
import io.lockstep.sbe.BookSectionDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CoreSectionDecoder;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.MachineSectionDecoder;
import io.lockstep.sbe.MarketSectionDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrderSectionDecoder;
import io.lockstep.sbe.OrderTimesDecoder;
import io.lockstep.sbe.PositionSectionDecoder;
import io.lockstep.sbe.RiskSectionDecoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.StrategyValuesDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

/**
 * Takes the sections that {@link StateSaver} has written and brings a new core into the state they are of. At each moment
 * there is one section that may come: which one follows from the order below and from the counts in the sections before.
 * Everything else is refused with {@link IllegalStateException}. Allocates.
 */
final class StateRestorer
{
    /** The sections in their order; those from the definition on come again for each instrument. */
    private enum Step
    {
        CORE, DEFINITION, MACHINE, MARKET, BOOK, BIDS, ASKS, POSITION, RISK, ORDER_TIMES, ORDER, ASSIGNMENT, VALUES, END
    }

    private static final int NO_TEMPLATE = -1;
    private static final Step[] STEPS = Step.values();

    private final TradingCore core;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final UnsafeBuffer section = new UnsafeBuffer(0, 0);
    private MessageDecoderFlyweight decoder;

    private Step step = Step.CORE;
    private int remaining = 1;
    private boolean broken;
    private int instruments;
    private long stateHash;

    private SymbolMachine machine;
    /** Of the newest market data, in snapshots of before the kinds of data had sources of their own. */
    private int sourceId;
    private int bidLevels;
    private int askLevels;
    private int orderTimes;
    private int openOrders;
    private int strategyValues;
    private boolean hasStrategy;
    private StateReader strategy;

    StateRestorer(final TradingCore core)
    {
        this.core = core;
    }

    void onSection(final DirectBuffer buffer, final int offset, final int length)
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
            case DEFINITION -> InstrumentDefinitionDecoder.TEMPLATE_ID;
            case MACHINE -> MachineSectionDecoder.TEMPLATE_ID;
            case MARKET -> MarketSectionDecoder.TEMPLATE_ID;
            case BOOK -> BookSectionDecoder.TEMPLATE_ID;
            case BIDS, ASKS -> BookLevelsDecoder.TEMPLATE_ID;
            case POSITION -> PositionSectionDecoder.TEMPLATE_ID;
            case RISK -> RiskSectionDecoder.TEMPLATE_ID;
            case ORDER_TIMES -> OrderTimesDecoder.TEMPLATE_ID;
            case ORDER -> OrderSectionDecoder.TEMPLATE_ID;
            case ASSIGNMENT -> AssignStrategyDecoder.TEMPLATE_ID;
            case VALUES -> StrategyValuesDecoder.TEMPLATE_ID;
            case END -> NO_TEMPLATE;
        };
    }

    private String place()
    {
        return " step=" + step + " instrumentId=" + (core.machines.count() - 1) + " of instruments=" + instruments;
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
            if (step == Step.VALUES)
            {
                completeMachine();
            }
            final boolean instrumentDone = step == Step.CORE || step == Step.VALUES;
            step = instrumentDone && core.machines.count() == instruments
                ? Step.END
                : step == Step.VALUES ? Step.DEFINITION : STEPS[step.ordinal() + 1];
            remaining = announced();
        }
    }

    /** Sections or entries that the step has. */
    private int announced()
    {
        return switch (step)
        {
            case CORE, DEFINITION, MACHINE, MARKET, BOOK, POSITION, RISK -> 1;
            case BIDS -> bidLevels;
            case ASKS -> askLevels;
            case ORDER_TIMES -> orderTimes;
            case ORDER -> openOrders;
            case ASSIGNMENT -> hasStrategy ? 1 : 0;
            case VALUES -> strategyValues;
            case END -> 0;
        };
    }

    /** Returns how many sections or entries of the step this was. */
    private int restore()
    {
        return switch (step)
        {
            case CORE -> onCore(read(new CoreSectionDecoder()));
            case DEFINITION -> onDefinition(read(new InstrumentDefinitionDecoder()));
            case MACHINE -> onMachine(read(new MachineSectionDecoder()));
            case MARKET -> onMarket(read(new MarketSectionDecoder()));
            case BOOK -> onBook(read(new BookSectionDecoder()));
            case BIDS -> onLevels(read(new BookLevelsDecoder()), Side.BUY);
            case ASKS -> onLevels(read(new BookLevelsDecoder()), Side.SELL);
            case POSITION -> onPosition(read(new PositionSectionDecoder()));
            case RISK -> onRisk(read(new RiskSectionDecoder()));
            case ORDER_TIMES -> onOrderTimes(read(new OrderTimesDecoder()));
            case ORDER -> onOrder(read(new OrderSectionDecoder()));
            case ASSIGNMENT -> onAssignment(read(new AssignStrategyDecoder()));
            case VALUES -> onValues(read(new StrategyValuesDecoder()));
            case END -> throw new IllegalStateException("a section after the last" + place());
        };
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
        instruments = count("instruments", message.instruments(), TradingCore.INSTRUMENTS_MAX);
        stateHash = message.stateHash();
        CoreSections.restore(core, message);
        return 1;
    }

    private int onDefinition(final InstrumentDefinitionDecoder message)
    {
        final Instrument instrument = Instrument.decode(message);
        if (instrument.id() != core.machines.count())
        {
            throw new IllegalArgumentException(
                "instrumentId=" + instrument.id() + " expected=" + core.machines.count());
        }
        machine = core.newMachine(instrument);
        core.machines.add(machine);
        strategy = new StateReader(machine.openOrders());
        return 1;
    }

    private int onMachine(final MachineSectionDecoder message)
    {
        checkInstrument(message.instrumentId());
        CoreSections.restore(machine, message);
        sourceId = message.sourceId();
        openOrders = count("openOrders", message.openOrders(), core.orders.capacity());
        strategyValues = count("strategyValues", message.strategyValues(), Integer.MAX_VALUE);
        hasStrategy = message.hasStrategy() == BooleanType.TRUE;
        return 1;
    }

    private int onMarket(final MarketSectionDecoder message)
    {
        checkInstrument(message.instrumentId());
        if (!machine.market().restore(message))
        {
            machine.market().restoreSource(sourceId);
        }
        return 1;
    }

    private int onBook(final BookSectionDecoder message)
    {
        checkInstrument(message.instrumentId());
        bidLevels = count("bidLevels", message.bidLevels(), TradingCore.BOOK_LEVELS_MAX);
        askLevels = count("askLevels", message.askLevels(), TradingCore.BOOK_LEVELS_MAX);
        machine.market().book().restore(message);
        return 1;
    }

    private int onLevels(final BookLevelsDecoder message, final Side side)
    {
        checkInstrument(message.instrumentId());
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
                machine.market().book().setBid(levels.priceTicks(), levels.quantityLots());
            }
            else
            {
                machine.market().book().setAsk(levels.priceTicks(), levels.quantityLots());
            }
        }
        return levels.count();
    }

    private int onPosition(final PositionSectionDecoder message)
    {
        checkInstrument(message.instrumentId());
        machine.position().restore(message);
        return 1;
    }

    private int onRisk(final RiskSectionDecoder message)
    {
        checkInstrument(message.instrumentId());
        machine.risk().restore(message);
        orderTimes = machine.risk().orderTimes();
        return 1;
    }

    private int onOrderTimes(final OrderTimesDecoder message)
    {
        checkInstrument(message.instrumentId());
        final OrderTimesDecoder.TimesDecoder times = message.times();
        for (int index = orderTimes - remaining; times.hasNext(); index++)
        {
            machine.risk().orderTimeNs(index, times.next().timeNs());
        }
        return times.count();
    }

    private int onOrder(final OrderSectionDecoder message)
    {
        checkInstrument(message.instrumentId());
        core.orders.restore(machine.openOrders(), message);
        return 1;
    }

    private int onAssignment(final AssignStrategyDecoder message)
    {
        checkInstrument(message.instrumentId());
        final StrategyAssignment assignment = new StrategyAssignment(message);
        final StrategyFactory factory = core.factoryByName.get(assignment.strategyName());
        if (factory == null)
        {
            throw new IllegalArgumentException("a strategy that is not offered: strategy=" + assignment.strategyName());
        }
        machine.strategy = factory.create(machine.instrument(), assignment.parameters());
        core.machines.assignment(machine.instrument().id(), assignment);
        return 1;
    }

    private int onValues(final StrategyValuesDecoder message)
    {
        checkInstrument(message.instrumentId());
        final StrategyValuesDecoder.ValuesDecoder values = message.values();
        while (values.hasNext())
        {
            strategy.add(values.next().value());
        }
        return values.count();
    }

    private void completeMachine()
    {
        machine.risk().reckon();
        if (machine.strategy != null)
        {
            restoreStrategy();
        }
        if (strategy.remaining() > 0)
        {
            throw new IllegalStateException(
                "values that the strategy has not read: remaining=" + strategy.remaining() + place());
        }
    }

    private void restoreStrategy()
    {
        try
        {
            machine.strategy.restore(strategy);
        }
        catch (final RuntimeException ex)
        {
            // Whatever it throws, it is code of others that cannot read these values.
            throw new IllegalStateException("strategy=" + core.machines.assignment(machine.instrument().id())
                .strategyName() + " cannot be restored: values=" + strategy.count() + place() + ": " + ex.getMessage(),
                ex);
        }
    }

    private void checkInstrument(final int instrumentId)
    {
        if (instrumentId != machine.instrument().id())
        {
            throw new IllegalArgumentException(
                "instrumentId=" + instrumentId + " expected=" + machine.instrument().id());
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

    void complete(final long lastSequence)
    {
        if (broken || step != Step.END)
        {
            throw new IllegalStateException("sections are missing or were refused: remaining=" + remaining + place());
        }
        if (core.lastSequence != lastSequence)
        {
            throw new IllegalStateException(
                "of another input: lastSequence=" + core.lastSequence + " expected=" + lastSequence);
        }
        if (core.stateHash() != stateHash)
        {
            throw new IllegalStateException("what was restored is another state: stateHash=" + core.stateHash() +
                " expected=" + stateHash + " lastSequence=" + lastSequence);
        }
    }
}
