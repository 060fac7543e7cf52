package io.lockstep.core.account;

/**
 * Positions as the engine has them: of each instrument the sum over all who own lots of it, nobody's (instance 0) included.
 * In lots; no call changes anything or allocates.
 */
public interface LotsByInstrument
{
    /** Positive long, negative short. */
    long netLots(int instrumentId);

    /** Sum over the owners that are long; not negative. Asked for accounts in hedge mode only. */
    long longLots(int instrumentId);

    /** Sum over the owners that are short; not negative. Asked for accounts in hedge mode only. */
    long shortLots(int instrumentId);
}
