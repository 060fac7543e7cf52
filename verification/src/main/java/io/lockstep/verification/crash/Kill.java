package io.lockstep.verification.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * When a node is killed.
 *
 * @param moment       what is waited for.
 * @param marketEvents that may be played before it.
 * @param delayMs      waited after the moment has come.
 * @param startPercent how much of the time that the start before took is waited, from the start of the process.
 */
public record Kill(Moment moment, int marketEvents, int delayMs, int startPercent)
{
    /** What is waited for. */
    public enum Moment
    {
        /** The node trades, and so many market events are played to it. */
        AFTER_INPUTS,
        /** The node trades, and so many milliseconds have gone by. */
        AFTER_TIME,
        /** The node has been started, and part of the time that a start takes has gone by. */
        IN_START,
        /** The node has been started and has just made the directory of its own part of the journal. */
        AT_INCARNATION,
        /** The node trades, and has begun to write a snapshot or has just put one into its place. */
        AT_SNAPSHOT,
        /** The node trades, and has begun to make its journal's next segment. */
        AT_ROLL
    }

    private static final int MARKET_EVENTS_MIN = 200;
    private static final int MARKET_EVENTS_MAX = 4_000;
    /** Enough for a snapshot to become due and for a segment to be filled. */
    private static final int MARKET_EVENTS_MOST = 5_000;
    /** From the making of a segment to its first record at the pace that the market is played at, about. */
    private static final int ROLL_DELAY_MS_MAX = 80;
    private static final int DELAY_MS_MAX = 200;
    private static final int INCARNATION_DELAY_MS_MAX = 150;
    private static final int START_PERCENT_MIN = 20;
    private static final int START_PERCENT_MAX = 100;

    /** The same seed draws the same kills. */
    public static List<Kill> draw(final long seed, final int count)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<Kill> kills = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            kills.add(draw(random));
        }
        return kills;
    }

    /** Three in twelve before the node trades, two by time, two at a snapshot, two at a roll, and three by inputs. */
    private static Kill draw(final SplittableRandom random)
    {
        final int kind = random.nextInt(12);
        final int marketEvents = random.nextInt(MARKET_EVENTS_MIN, MARKET_EVENTS_MAX + 1);
        final int delayMs = random.nextInt(DELAY_MS_MAX);
        final int incarnationDelayMs = random.nextInt(INCARNATION_DELAY_MS_MAX);
        final int rollDelayMs = random.nextInt(-ROLL_DELAY_MS_MAX, ROLL_DELAY_MS_MAX);
        final int startPercent = random.nextInt(START_PERCENT_MIN, START_PERCENT_MAX + 1);
        return switch (kind)
        {
            case 0 -> new Kill(Moment.IN_START, 0, 0, startPercent);
            case 1, 2 -> new Kill(Moment.AT_INCARNATION, 0, incarnationDelayMs, 0);
            case 3, 4 -> new Kill(Moment.AFTER_TIME, marketEvents, delayMs, 0);
            case 5, 6 -> new Kill(Moment.AT_SNAPSHOT, MARKET_EVENTS_MOST, 0, 0);
            // Every other one at once.
            case 7, 8 -> new Kill(Moment.AT_ROLL, MARKET_EVENTS_MOST, Math.max(0, rollDelayMs), 0);
            default -> new Kill(Moment.AFTER_INPUTS, marketEvents, 0, 0);
        };
    }

    /** Market events of all of them together. */
    public static long marketEvents(final List<Kill> kills)
    {
        return kills.stream().mapToLong(Kill::marketEvents).sum();
    }
}
