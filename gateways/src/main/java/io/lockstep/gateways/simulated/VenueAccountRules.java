package io.lockstep.gateways.simulated;

import io.lockstep.sbe.AccountType;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The account that a simulated venue keeps. Immutable, any thread.
 *
 * @param isReported       whether the venue reports it at all.
 * @param type             what a fill moves: base and quote currency, or profit and loss. Positions net.
 * @param balances         what there is at the beginning, by asset.
 * @param reportIntervalNs least time of the market between two reports that nobody has asked for.
 */
public record VenueAccountRules(
    boolean isReported, AccountType type, Map<String, BigDecimal> balances, long reportIntervalNs)
{
    /** The account of a venue that never reports it. */
    public static final VenueAccountRules SILENT = new VenueAccountRules(false, AccountType.MARGIN, Map.of(), 0);

    public VenueAccountRules
    {
        balances = Collections.unmodifiableMap(new TreeMap<>(balances));
        if (AccountType.CASH != type && AccountType.MARGIN != type)
        {
            throw new IllegalArgumentException("type=" + type + ": expected CASH or MARGIN");
        }
        if (reportIntervalNs < 0)
        {
            throw new IllegalArgumentException("reportIntervalNs=" + reportIntervalNs + ": expected at least 0");
        }
    }
}
