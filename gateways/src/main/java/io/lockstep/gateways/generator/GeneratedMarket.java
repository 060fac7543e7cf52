package io.lockstep.gateways.generator;

import io.lockstep.codecs.Instrument;

/**
 * The order flow of one instrument, by zero intelligence: limit orders and cancels at random distances from the touch,
 * near ones likelier by a power law, and market orders that eat the touch. What is not random is which side acts more:
 * that follows a trend that changes now and then and a pull back to the start price, so that prices wander in short
 * swings. About 2.5 kB each. No allocation after the constructor.
 */
final class GeneratedMarket
{
    static final int TRADES_MAX = 3;

    private static final int HALF_OF_65536 = 1 << 15;
    private static final int TREND_BIAS_OF_65536 = 9830;
    private static final int BIAS_MAX_OF_65536 = 26_214;
    private static final int STEPS_MIN = 512;
    private static final int SPREAD_STEPS_MAX = 8;
    private static final int START_STEPS_LEAST = 5000;
    private static final int START_STEPS_RANGE = 10_001;
    private static final int LEVEL_UNITS_MAX = 40;
    private static final int ADD_UNITS_MAX = 12;
    private static final int CANCEL_UNITS_MAX = 10;
    private static final int TAKER_UNITS_MAX = 24;
    private static final int LARGE_TAKER_FACTOR = 4;
    private static final int LARGE_TAKER_OF_65536 = 8192;

    private static final long NANOS_PER_MICRO = 1_000;

    private final int instrumentId;
    private final long ticksPerStep;
    private final long lotsPerUnit;
    private final GeneratorOptions options;
    private final GeneratedSide bids;
    private final GeneratedSide asks;
    private final int startStep;
    /** Steps and units of the trades of the last action, best price first. */
    private final int[] tradeSteps;
    private final int[] tradeUnits;
    private int trades;
    private boolean takerBuys;
    private int trend;
    private int trendActionsLeft;
    private long updateId;
    private long previousUpdateId;
    private long tradeId;
    private int toldBidStep;
    private int toldBidUnits;
    private int toldAskStep;
    private int toldAskUnits;

    /**
     * @param startTimeNs from which the first update id derives.
     * @param scratch     shared by all markets of a generator, whose actions do not overlap.
     */
    GeneratedMarket(
        final Instrument instrument,
        final GeneratorOptions options,
        final SplitMix64 random,
        final long startTimeNs,
        final Scratch scratch)
    {
        this.instrumentId = instrument.id();
        this.ticksPerStep = instrument.orderTicks();
        this.lotsPerUnit = 0 == options.unitLots() ? instrument.orderLots() : options.unitLots();
        this.options = options;
        this.tradeSteps = scratch.tradeSteps;
        this.tradeUnits = scratch.tradeUnits;
        startStep = 0 == options.startSteps()
            ? START_STEPS_LEAST + random.below(START_STEPS_RANGE)
            : options.startSteps();
        // A market that starts later has later ids, as a venue that goes on has.
        updateId = startTimeNs / NANOS_PER_MICRO + random.below(1 << 20);
        bids = new GeneratedSide(true, options.depthLevels(), startStep, scratch.changedBidSteps);
        asks = new GeneratedSide(false, options.depthLevels(), startStep + 1, scratch.changedAskSteps);
        fill(bids, random);
        fill(asks, random);
    }

    /** Arrays that only the action under way uses. */
    static final class Scratch
    {
        private final int[] tradeSteps = new int[TRADES_MAX];
        private final int[] tradeUnits = new int[TRADES_MAX];
        private final int[] changedBidSteps = new int[2 * GeneratorOptions.DEPTH_LEVELS_MAX];
        private final int[] changedAskSteps = new int[2 * GeneratorOptions.DEPTH_LEVELS_MAX];
    }

    int instrumentId()
    {
        return instrumentId;
    }

    GeneratedSide bids()
    {
        return bids;
    }

    GeneratedSide asks()
    {
        return asks;
    }

    long updateId()
    {
        return updateId;
    }

    long previousUpdateId()
    {
        return previousUpdateId;
    }

    long priceTicks(final int step)
    {
        return step * ticksPerStep;
    }

    long quantityLots(final int units)
    {
        return units * lotsPerUnit;
    }

    int trades()
    {
        return trades;
    }

    int tradeStep(final int index)
    {
        return tradeSteps[index];
    }

    int tradeUnits(final int index)
    {
        return tradeUnits[index];
    }

    boolean takerBuys()
    {
        return takerBuys;
    }

    long nextTradeId()
    {
        return ++tradeId;
    }

    /** Whether best prices or quantities differ from those at the last call; remembers them. */
    boolean takeTouchChange()
    {
        final boolean changed = toldBidStep != bids.bestStep() || toldBidUnits != bids.bestUnits() ||
            toldAskStep != asks.bestStep() || toldAskUnits != asks.bestUnits();
        toldBidStep = bids.bestStep();
        toldBidUnits = bids.bestUnits();
        toldAskStep = asks.bestStep();
        toldAskUnits = asks.bestUnits();
        return changed;
    }

    /** Moves the market on: {@link #trades()} and the sides' changes say what happened, under a new update id. */
    void act(final SplitMix64 random)
    {
        bids.clearChanges();
        asks.clearChanges();
        trades = 0;
        followTrend(random);
        final int buysOf65536 = buysOf65536();
        if (random.chance(options.takersOf65536()))
        {
            take(random, random.chance(buysOf65536));
        }
        narrow(random, random.chance(buysOf65536));
        final int orders = 2 + random.below(4);
        for (int i = 0; i < orders; i++)
        {
            changeLevel(random, nearDistance(random));
        }
        changeLevel(random, random.below(options.depthLevels()));
        bids.trim();
        asks.trim();
        previousUpdateId = updateId;
        updateId += 1 + random.below(4);
    }

    private static void fill(final GeneratedSide side, final SplitMix64 random)
    {
        final int bestStep = side.bestStep();
        side.add(bestStep, 1 + random.below(LEVEL_UNITS_MAX));
        for (int distance = 1; distance < side.depth(); distance++)
        {
            if (random.below(8) > 0)
            {
                side.add(side.behindBest(distance), 1 + random.below(LEVEL_UNITS_MAX));
            }
        }
        side.trim();
    }

    private void followTrend(final SplitMix64 random)
    {
        if (--trendActionsLeft < 0)
        {
            trend = random.below(3) - 1;
            trendActionsLeft = 1 + random.below(2 * options.trendActions());
        }
    }

    private int buysOf65536()
    {
        if (bids.bestStep() < STEPS_MIN)
        {
            return 1 << 16;
        }
        final long pull = (long)(startStep - bids.bestStep()) * TREND_BIAS_OF_65536 / options.reversionSteps();
        final long bias = trend * TREND_BIAS_OF_65536 + pull;
        return HALF_OF_65536 + (int)Math.max(-BIAS_MAX_OF_65536, Math.min(BIAS_MAX_OF_65536, bias));
    }

    private void take(final SplitMix64 random, final boolean buys)
    {
        takerBuys = buys;
        final GeneratedSide side = buys ? asks : bids;
        int units = 1 + random.below(TAKER_UNITS_MAX);
        if (random.chance(LARGE_TAKER_OF_65536))
        {
            units *= LARGE_TAKER_FACTOR;
        }
        while (units > 0 && trades < TRADES_MAX)
        {
            final int step = side.bestStep();
            final int taken = side.reduce(step, units);
            tradeSteps[trades] = step;
            tradeUnits[trades] = taken;
            trades++;
            units -= taken;
        }
    }

    /** Someone may improve the touch while there is room in the spread, and does when it is wide. */
    private void narrow(final SplitMix64 random, final boolean bidImproves)
    {
        final int spreadSteps = asks.bestStep() - bids.bestStep();
        if (spreadSteps > SPREAD_STEPS_MAX)
        {
            bids.add(bids.bestStep() + spreadSteps / 2 - 1, 1 + random.below(ADD_UNITS_MAX));
            asks.add(bids.bestStep() + 2, 1 + random.below(ADD_UNITS_MAX));
        }
        else if (spreadSteps > 1 && random.chance(HALF_OF_65536))
        {
            final GeneratedSide side = bidImproves ? bids : asks;
            side.add(side.behindBest(-1), 1 + random.below(ADD_UNITS_MAX));
        }
    }

    private void changeLevel(final SplitMix64 random, final int distance)
    {
        final GeneratedSide side = random.chance(HALF_OF_65536) ? bids : asks;
        final int step = side.behindBest(distance);
        final int units = side.units(step);
        if (0 == units || units < LEVEL_UNITS_MAX && random.chance(HALF_OF_65536))
        {
            side.add(step, 1 + random.below(ADD_UNITS_MAX));
        }
        else
        {
            side.reduce(step, 1 + random.below(CANCEL_UNITS_MAX));
        }
    }

    /** Twice the distance is half as likely: uniform in the power of two, then uniform below it. */
    private int nearDistance(final SplitMix64 random)
    {
        final int power = 1 << random.below(6);
        return Math.min(power - 1 + random.below(power), options.depthLevels() - 1);
    }
}
