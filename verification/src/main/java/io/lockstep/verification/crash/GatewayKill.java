package io.lockstep.verification.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * When an order gateway is killed.
 *
 * @param moment       what is waited for.
 * @param requests     that the venue receives before it.
 * @param delayMicros  waited after the moment has come.
 * @param startPercent how much of the time that the start before took is waited, from the start of the process.
 */
record GatewayKill(Moment moment, int requests, int delayMicros, int startPercent)
{
    /** What is waited for. */
    enum Moment
    {
        /** The venue has just received a request, whose answer is on the way or to come. */
        ON_REQUEST,
        /** The gateway hands requests over, and some time has gone by. */
        AFTER_TIME,
        /** The gateway has been started, and part of the time that a start takes has gone by. */
        IN_START
    }

    private static final int REQUESTS_MAX = 150;
    /** Within the time that the venue takes to answer. */
    private static final int DELAY_MICROS_MAX = 6_000;
    private static final int TIME_MICROS_MAX = 200_000;
    private static final int START_PERCENT_MIN = 30;
    private static final int START_PERCENT_MAX = 130;

    /** The same seed draws the same kills. */
    static List<GatewayKill> draw(final long seed, final int count)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<GatewayKill> kills = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            kills.add(draw(random));
        }
        return kills;
    }

    /** Seven in ten as the venue receives a request, one by time, two in the start. */
    private static GatewayKill draw(final SplittableRandom random)
    {
        final int kind = random.nextInt(10);
        final Moment moment = kind < 7 ? Moment.ON_REQUEST : kind < 8 ? Moment.AFTER_TIME : Moment.IN_START;
        return new GatewayKill(moment, 1 + random.nextInt(REQUESTS_MAX),
            random.nextInt(moment == Moment.AFTER_TIME ? TIME_MICROS_MAX : DELAY_MICROS_MAX),
            random.nextInt(START_PERCENT_MIN, START_PERCENT_MAX));
    }
}
