package io.lockstep.perf.work;

/**
 * The whole core over one kind of market data, an input a step, spread over ten instruments.
 */
public final class MarketWork implements Work
{
    /** What a gateway numbers is numbered anew each time it comes round. */
    private enum Numbering
    {
        NONE, BOOK, QUOTE
    }

    private final CoreRig rig;
    private final InputTape tape;
    private final Numbering numbering;

    private MarketWork(final CoreRig rig, final InputTape tape, final Numbering numbering)
    {
        this.rig = rig;
        this.tape = tape;
        this.numbering = numbering;
    }

    /**
     * @param changed levels of each update.
     * @param levels  of each side of each book.
     */
    public static MarketWork bookUpdates(final int changed, final int levels)
    {
        final CoreRig rig = CoreRig.withoutOrders(levels);
        return new MarketWork(rig, rig.market().bookUpdates(changed), Numbering.BOOK);
    }

    public static MarketWork quotes()
    {
        final CoreRig rig = CoreRig.withoutOrders(20);
        return new MarketWork(rig, rig.market().quotes(), Numbering.QUOTE);
    }

    /**
     * Quotes that trigger nothing.
     *
     * @param held orders that the engine holds on each instrument.
     */
    public static MarketWork quotesHolding(final int held)
    {
        final CoreRig rig = new CoreRig(20, SampleMarket.ORDER_EVERY, 1, false);
        rig.hold(held);
        return new MarketWork(rig, rig.market().quotes(), Numbering.QUOTE);
    }

    public static MarketWork trades()
    {
        final CoreRig rig = CoreRig.withoutOrders(20);
        return new MarketWork(rig, rig.market().trades(), Numbering.NONE);
    }

    public static MarketWork bars()
    {
        final CoreRig rig = CoreRig.withoutOrders(20);
        return new MarketWork(rig, rig.market().bars(), Numbering.NONE);
    }

    /** An operator's limits. */
    public static MarketWork commands()
    {
        final CoreRig rig = CoreRig.withoutOrders(20);
        return new MarketWork(rig, rig.market().limits(), Numbering.NONE);
    }

    /** Inputs of many kinds that have next to nothing to do, so that finding out what they are is what is done. */
    public static MarketWork dispatch()
    {
        return new MarketWork(CoreRig.withoutOrders(20), DispatchTape.make(), Numbering.NONE);
    }

    @Override
    public long step()
    {
        final int record = tape.next();
        switch (numbering)
        {
            case NONE -> {
                // It goes in as it is.
            }
            case BOOK -> rig.market().number(tape.buffer(), record);
            case QUOTE -> rig.market().numberQuote(tape.buffer(), record);
        }
        rig.give(tape.buffer(), record);
        return rig.outcome();
    }
}
