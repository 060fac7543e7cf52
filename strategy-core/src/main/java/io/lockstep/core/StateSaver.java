package io.lockstep.core;

import io.lockstep.core.book.OrderBook;
import io.lockstep.core.order.Order;
import io.lockstep.core.risk.RiskGate;
import io.lockstep.core.snapshot.SectionPort;
import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.core.strategy.StateWriter;
import io.lockstep.sbe.AssignStrategyEncoder;
import io.lockstep.sbe.BookLevelsEncoder;
import io.lockstep.sbe.BookSectionEncoder;
import io.lockstep.sbe.CoreSectionEncoder;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.MachineSectionEncoder;
import io.lockstep.sbe.MarketSectionEncoder;
import io.lockstep.sbe.OrderSectionEncoder;
import io.lockstep.sbe.OrderTimesEncoder;
import io.lockstep.sbe.PositionSectionEncoder;
import io.lockstep.sbe.RiskSectionEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.StrategyValuesEncoder;

import static io.lockstep.core.snapshot.SectionWriter.ENTRIES_MAX;

/**
 * Writes the sections of a core, in the order in which {@link StateRestorer} takes them. The core is only read. Allocates.
 */
final class StateSaver
{
    private final TradingCore core;
    private final SectionWriter writer;

    StateSaver(final TradingCore core, final SectionPort port)
    {
        this.core = core;
        this.writer = new SectionWriter(port);
    }

    void save()
    {
        CoreSections.save(core, writer.begin(new CoreSectionEncoder()));
        writer.end();
        for (int id = 0; id < core.machines.count(); id++)
        {
            save(id, core.machines.get(id));
        }
    }

    private void save(final int id, final SymbolMachine machine)
    {
        final StrategyAssignment assignment = core.machines.assignment(id);
        final StateWriter strategy = new StateWriter(machine.openOrders());
        if (assignment != null)
        {
            machine.strategy.save(strategy);
        }
        machine.instrument().encode(writer.begin(new InstrumentDefinitionEncoder()));
        writer.end();
        CoreSections.save(machine, 0, assignment != null, strategy.count(),
            writer.begin(new MachineSectionEncoder()));
        writer.end();
        machine.market().save(writer.begin(new MarketSectionEncoder()).instrumentId(id));
        writer.end();
        saveBook(id, machine.market().book());
        machine.position().save(writer.begin(new PositionSectionEncoder()).instrumentId(id));
        writer.end();
        saveRisk(id, machine.risk());
        for (Order order = machine.openOrders().first(); order != null; order = order.next())
        {
            core.orders.save(order, writer.begin(new OrderSectionEncoder()));
            writer.end();
        }
        if (assignment != null)
        {
            assignment.encode(writer.begin(new AssignStrategyEncoder()).instrumentId(id));
            writer.end();
        }
        saveStrategy(id, strategy);
    }

    private void saveBook(final int id, final OrderBook book)
    {
        book.save(writer.begin(new BookSectionEncoder()).instrumentId(id));
        writer.end();
        saveLevels(id, book, Side.BUY, book.bidDepth());
        saveLevels(id, book, Side.SELL, book.askDepth());
    }

    /** From the worst on, so that each is set behind the one before. */
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

    private void saveRisk(final int id, final RiskGate risk)
    {
        risk.save(writer.begin(new RiskSectionEncoder()).instrumentId(id));
        writer.end();
        for (int start = 0; start < risk.orderTimes(); start += ENTRIES_MAX)
        {
            final int end = Math.min(risk.orderTimes(), start + ENTRIES_MAX);
            final OrderTimesEncoder.TimesEncoder times = writer.begin(new OrderTimesEncoder()).instrumentId(id)
                .timesCount(end - start);
            for (int i = start; i < end; i++)
            {
                times.next().timeNs(risk.orderTimeNs(i));
            }
            writer.end();
        }
    }

    private void saveStrategy(final int id, final StateWriter strategy)
    {
        for (int start = 0; start < strategy.count(); start += ENTRIES_MAX)
        {
            final int end = Math.min(strategy.count(), start + ENTRIES_MAX);
            final StrategyValuesEncoder.ValuesEncoder values = writer.begin(new StrategyValuesEncoder())
                .instrumentId(id).valuesCount(end - start);
            for (int i = start; i < end; i++)
            {
                values.next().value(strategy.value(i));
            }
            writer.end();
        }
    }
}
