package io.lockstep.core;

import io.lockstep.core.instance.TimerIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.TradingMode;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A market that walks, a venue that answers and an operator who interferes, all from one seed. After each input
 * {@link #check()} compares the core with what is known outside.
 */
public final class RandomTrading
{
    private static final long NEVER = Long.MAX_VALUE;
    private static final String[] MODES = {"RUNNING", "RUNNING", "RUNNING", "HALTED", "REDUCE_ONLY", "KILLED"};

    private final SplittableRandom random;
    private final CoreScenario scenario;
    private final RandomVenue venue;
    private final String strategy;
    private final Map<Integer, Long> deadlineMillisByKey = new TreeMap<>();
    private long wishesMillis = NEVER;
    private long millis;
    private long bid = 1_000;
    private long updateId = 1;
    private boolean live;
    private String state = "WATCH";

    public RandomTrading(final long seed, final String strategy, final String... parameters)
    {
        this(seed, new CoreScenario(), strategy, parameters);
    }

    /**
     * @param scenario in which nothing is defined yet.
     */
    public RandomTrading(
        final long seed, final CoreScenario scenario, final String strategy, final String... parameters)
    {
        this.scenario = scenario.define(CoreScenario.LINEAR);
        this.random = new SplittableRandom(seed);
        this.venue = new RandomVenue(scenario, random).correcting();
        this.strategy = strategy;
        scenario.limitAll(LimitType.MAX_POSITION_QUANTITY, "60").assign(strategy, parameters);
        snapshot();
    }

    public CoreScenario scenario()
    {
        return scenario;
    }

    RandomVenue venue()
    {
        return venue;
    }

    public String state()
    {
        return state;
    }

    /** One input of whatever kind, or a few. */
    public void step()
    {
        millis += random.nextInt(40);
        scenario.at(millis);
        fireTimers();
        final int chance = random.nextInt(1_000);
        if (chance < 400)
        {
            if (!venue.step(bid))
            {
                moveMarket();
            }
        }
        else if (chance < 990)
        {
            moveMarket();
        }
        else
        {
            interfere(chance);
        }
        check();
    }

    private void fireTimers()
    {
        if (wishesMillis <= millis)
        {
            final long dueNs = CoreScenario.START_NS + wishesMillis * 1_000_000;
            wishesMillis = NEVER;
            scenario.timer(TimerIds.WISHES, dueNs);
            check();
        }
        for (final Map.Entry<Integer, Long> timer : List.copyOf(deadlineMillisByKey.entrySet()))
        {
            if (timer.getValue() <= millis)
            {
                deadlineMillisByKey.remove(timer.getKey());
                scenario.timer(timer.getKey(), CoreScenario.START_NS + timer.getValue() * 1_000_000);
                check();
            }
        }
    }

    private void moveMarket()
    {
        bid = Math.max(500, bid + random.nextInt(7) - 3);
        switch (random.nextInt(12))
        {
            case 0, 1, 2, 3, 4, 5 -> scenario.trade(bid + random.nextInt(2));
            case 6, 7, 8 -> scenario.quote(++updateId, bid, bid + 1 + random.nextInt(2));
            case 9 -> scenario.quote(++updateId, bid, Nulls.NULL_PRICE_TICKS);
            case 10 -> gap();
            default -> snapshot();
        }
    }

    private void gap()
    {
        if (random.nextInt(4) == 0)
        {
            updateId += 2;
            scenario.update(updateId - 1, updateId, "", "");
        }
    }

    private void snapshot()
    {
        updateId++;
        scenario.chunk(0, 2, updateId, bid + "x10 " + (bid - 1) + "x20", "");
        scenario.chunk(1, 2, updateId, "", bid + 1 + "x10 " + (bid + 2) + "x20");
    }

    private void interfere(final int chance)
    {
        switch (chance)
        {
            case 990, 991, 992 -> scenario.mode(TradingMode.valueOf(MODES[random.nextInt(MODES.length)]));
            case 993, 994 -> scenario.stop(strategy);
            case 995, 996, 997 -> scenario.start(strategy).mode(TradingMode.RUNNING);
            case 998 -> scenario.feed(FeedCondition.STALE, FeedReason.DISCONNECTED);
            default -> scenario.limit(LimitType.MAX_ORDERS_PER_SECOND, String.valueOf(1 + random.nextInt(20)));
        }
    }

    private void check()
    {
        scenario.decisions().forEach(this::onDecision);
        venue.takeOrders();
    }

    private void onDecision(final String line)
    {
        final String[] words = line.split(" ");
        if (line.startsWith("TIMER WISHES"))
        {
            wishesMillis = Long.parseLong(words[3].replace("ms", ""));
        }
        else if ("TIMER".equals(words[0]) && "off".equals(words[2]))
        {
            deadlineMillisByKey.remove(Integer.valueOf(words[1]));
        }
        else if ("TIMER".equals(words[0]))
        {
            deadlineMillisByKey.put(Integer.valueOf(words[1]), Long.valueOf(words[3].replace("ms", "")));
        }
        else if ("MARKET".equals(words[0]))
        {
            live = "LIVE".equals(words[1]);
        }
        else if (words[0].contains("->"))
        {
            state = words[0].substring(words[0].indexOf('>') + 1);
        }
        else if ("NEW".equals(words[0]) || "REPLACE".equals(words[0]))
        {
            onRequest(line);
        }
    }

    private void onRequest(final String line)
    {
        if (!live)
        {
            throw new AssertionError("sent without a live market: " + line);
        }
    }
}
