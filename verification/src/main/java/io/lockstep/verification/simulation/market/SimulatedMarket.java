package io.lockstep.verification.simulation.market;

import io.lockstep.verification.simulation.seed.SimulationRandom;

/**
 * What every simulated node trades and may do: two venues, one of them with two instances of one bias each on one instrument, an
 * instance with a leg at both, and one that throws now and then. It is the same for all seeds.
 */
public final class SimulatedMarket
{
    public static final int VENUES = 2;
    public static final int FEED_SOURCE_ID = 1;
    public static final int OPERATOR_SOURCE_ID = 3;
    /** Source ids of the venues' order gateways, by venue. */
    private static final int[] GATEWAYS = {2, 4};
    private static final int[] VENUE_BY_INSTRUMENT = {0, 0, 0, 1, 1};
    /** That are traded; another one is quoted. */
    public static final int INSTRUMENTS = VENUE_BY_INSTRUMENT.length - 1;
    /** What the second venue takes its fees in. */
    public static final String FEE_ASSET = "FEE";
    /** The instrument that is quoted alone: the price of that asset. */
    public static final int FEE_RATE = INSTRUMENTS;
    /** As the configuration has it for each instrument, in its own unit. */
    public static final long POSITION_LOTS_MAX = 60;
    public static final int OPEN_ORDERS_MAX = 6;
    public static final int ORDERS_PER_SECOND_MAX = 25;
    /** Requests that may wait for an order gateway's acknowledgement. */
    public static final int EGRESS_REQUESTS = 32;

    /**
     * An instance that the configuration has and an operator may define again.
     *
     * @param instrumentIds of its legs.
     */
    public record Trader(String name, int[] instrumentIds, int bias, int throwsOf10000, boolean reloads,
        boolean keepsOrders)
    {
    }

    public static final Trader[] TRADERS = {
        new Trader("long@AAAUSD.SIM", new int[]
        {0}, 1, 0, true, false),
        new Trader("short@AAAUSD.SIM", new int[]
        {0}, -1, 0, false, false),
        new Trader("thrower@BBBUSD.SIM", new int[]
        {1}, 0, 60, false, true),
        new Trader("calm@BBBUSD.SIM", new int[]
        {1}, 0, 0, true, false),
        new Trader("pair", new int[]
        {0, 3}, 0, 0, false, false),
        new Trader("away@AAAUSD.ALT", new int[]
        {3}, 0, 20, false, false)
    };

    private SimulatedMarket()
    {
    }

    public static int gateway(final int venueId)
    {
        return GATEWAYS[venueId];
    }

    /** The venue whose order gateway the source is; -1 for other sources. */
    public static int venueOfGateway(final int sourceId)
    {
        for (int venueId = 0; venueId < VENUES; venueId++)
        {
            if (GATEWAYS[venueId] == sourceId)
            {
                return venueId;
            }
        }
        return -1;
    }

    /** Some instrument of the venue. */
    public static int anyOf(final int venueId, final SimulationRandom random)
    {
        int instrumentId = random.below(INSTRUMENTS);
        while (VENUE_BY_INSTRUMENT[instrumentId] != venueId)
        {
            instrumentId = random.below(INSTRUMENTS);
        }
        return instrumentId;
    }

    /** Whether the venue takes its fees in an asset of its own. */
    public static boolean hasFeeAsset(final int venueId)
    {
        return venueId == VENUE_BY_INSTRUMENT[FEE_RATE];
    }

    public static int venueOf(final int instrumentId)
    {
        return VENUE_BY_INSTRUMENT[instrumentId];
    }
}
