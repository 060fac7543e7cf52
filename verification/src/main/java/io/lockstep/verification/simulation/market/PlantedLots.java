package io.lockstep.verification.simulation.market;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a venue's account is made to say that its ledger does not: amounts, and lots by instrument. An operator who accepts the account
 * takes over what there is of it at that moment.
 */
public final class PlantedLots
{
    private final Map<Integer, Long> lotsByInstrumentId = new HashMap<>();
    private final Map<Integer, Set<Long>> acceptableByInstrumentId = new HashMap<>();
    private boolean isAny;

    /** An amount, which moves no position. */
    public void onAmount()
    {
        isAny = true;
    }

    public void onLots(final int instrumentId, final long lots)
    {
        isAny = true;
        final long before = lotsByInstrumentId.getOrDefault(instrumentId, 0L);
        lotsByInstrumentId.put(instrumentId, before + lots);
        final Set<Long> acceptable = acceptableByInstrumentId.computeIfAbsent(instrumentId, (id) -> new HashSet<>());
        acceptable.add(before);
        acceptable.add(before + lots);
    }

    public boolean isAny()
    {
        return isAny;
    }

    public boolean isPlanted(final int instrumentId)
    {
        return lotsByInstrumentId.containsKey(instrumentId);
    }

    boolean isAnyLots()
    {
        return !lotsByInstrumentId.isEmpty();
    }

    /** Whether the engine may have so many lots more than the venue's ledger. */
    public boolean canBeAccepted(final int instrumentId, final long lots)
    {
        return acceptableByInstrumentId.get(instrumentId).contains(lots);
    }
}
