package io.lockstep.gateways.generator;

/**
 * The shape of a generated market. Immutable, any thread; {@link #defaults()} and the {@code with} methods build
 * variants.
 *
 * @param depthLevels    price steps in which there can be levels, on each side; from 8 to 96.
 * @param startSteps     price at which each instrument starts, in steps of its order price increment, at least 1,000; 0
 *                       to draw one per instrument between 5,000 and 15,000.
 * @param unitLots       quantities are small multiples of it (a level holds about 20), in lots; 0 for the instrument's
 *                       order quantity increment.
 * @param takersOf65536  how many of 65,536 actions are market orders; the others change limit orders.
 * @param trendActions   mean length of a trend in one instrument, in its actions.
 * @param reversionSteps distance from the start price, in price steps, at which the pull back to it equals a full
 *                       trend.
 */
public record GeneratorOptions(
    int depthLevels,
    int startSteps,
    long unitLots,
    int takersOf65536,
    int trendActions,
    int reversionSteps)
{
    static final int DEPTH_LEVELS_MAX = 96;
    static final int START_STEPS_MIN = 1000;

    public GeneratorOptions
    {
        inRange("depthLevels", depthLevels, 8, DEPTH_LEVELS_MAX);
        if (startSteps != 0)
        {
            inRange("startSteps", startSteps, START_STEPS_MIN, 1 << 30);
        }
        inRange("unitLots", unitLots, 0, Long.MAX_VALUE >> 32);
        inRange("takersOf65536", takersOf65536, 0, 1 << 16);
        inRange("trendActions", trendActions, 1, 1 << 16);
        inRange("reversionSteps", reversionSteps, 1, 1 << 20);
    }

    /** 64 levels a side, a fifth of the actions market orders, trends of 300 actions, reversion at 200 steps. */
    public static GeneratorOptions defaults()
    {
        return new GeneratorOptions(64, 0, 0, 13_107, 300, 200);
    }

    public GeneratorOptions withDepthLevels(final int newDepthLevels)
    {
        return new GeneratorOptions(newDepthLevels, startSteps, unitLots, takersOf65536, trendActions, reversionSteps);
    }

    public GeneratorOptions withStartSteps(final int newStartSteps)
    {
        return new GeneratorOptions(depthLevels, newStartSteps, unitLots, takersOf65536, trendActions, reversionSteps);
    }

    public GeneratorOptions withUnitLots(final long newUnitLots)
    {
        return new GeneratorOptions(depthLevels, startSteps, newUnitLots, takersOf65536, trendActions, reversionSteps);
    }

    public GeneratorOptions withTakersOf65536(final int newTakersOf65536)
    {
        return new GeneratorOptions(depthLevels, startSteps, unitLots, newTakersOf65536, trendActions, reversionSteps);
    }

    public GeneratorOptions withTrend(final int newTrendActions, final int newReversionSteps)
    {
        return new GeneratorOptions(depthLevels, startSteps, unitLots, takersOf65536, newTrendActions,
            newReversionSteps);
    }

    private static void inRange(final String name, final long value, final long least, final long most)
    {
        if (value < least || value > most)
        {
            throw new IllegalArgumentException(name + "=" + value + ": expected " + least + " to " + most);
        }
    }
}
