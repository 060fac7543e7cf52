package io.lockstep.core.account;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.AccountSectionDecoder;
import io.lockstep.sbe.AccountSectionEncoder;
import io.lockstep.sbe.DifferenceStanding;

/**
 * What an account holds of an asset, in 10^-18 of it: by the engine, and by the venue's newest report. Belongs to its account,
 * on whose thread it is read; what it returns changes with it.
 */
public final class AccountBalance
{
    private final byte[] bytes;
    private final String asset;
    private final long nameHash;
    private final MutableInt128 amount = new MutableInt128();
    private final MutableInt128 reported = new MutableInt128();
    private final MutableInt128 difference = new MutableInt128();
    private final MutableInt128 newDifference = new MutableInt128();
    private boolean isReported;
    private DifferenceStanding standing = DifferenceStanding.NONE;
    /** Which report has named it last: counts within the process, and is no state. */
    private long namedBy;

    AccountBalance(final byte[] bytes, final String asset, final long nameHash)
    {
        this.bytes = bytes;
        this.asset = asset;
        this.nameHash = nameHash;
    }

    public String asset()
    {
        return asset;
    }

    /** The asset's name in UTF-8; not to be changed. */
    public byte[] assetBytes()
    {
        return bytes;
    }

    /** Not so of the one asset of instruments whose definition names no currency. */
    boolean isNamed()
    {
        return bytes.length > 0;
    }

    long nameHash()
    {
        return nameHash;
    }

    /** The engine's amount. */
    public Int128 amount()
    {
        return amount;
    }

    /** Whether a report has named the asset. */
    public boolean isReported()
    {
        return isReported;
    }

    /** The venue's amount, by the newest report that names the asset; 0 before the first. */
    public Int128 reported()
    {
        return reported;
    }

    /** The engine's less the venue's, by the newest report that was compared. */
    public Int128 difference()
    {
        return difference;
    }

    public DifferenceStanding standing()
    {
        return standing;
    }

    /** @return false, and nothing is booked, when the sum would be no amount. */
    boolean add(final Int128 change)
    {
        amount.add(change);
        if (AssetUnits.isAmount(amount))
        {
            return true;
        }
        amount.subtract(change);
        return false;
    }

    void report(final Int128 newReported, final long report)
    {
        reported.set(newReported);
        isReported = true;
        namedBy = report;
    }

    boolean isNamedBy(final long report)
    {
        return namedBy == report;
    }

    void open()
    {
        amount.set(reported);
    }

    /** @return whether the difference is confirmed and has not been decided yet. */
    boolean compare()
    {
        newDifference.set(amount).subtract(reported);
        standing = Standings.next(standing, newDifference.signum() == 0, newDifference.equals(difference));
        difference.set(newDifference);
        return standing == DifferenceStanding.CONFIRMED;
    }

    boolean isBeyond(final Int128 tolerance)
    {
        return newDifference.set(difference).abs().compareTo(tolerance) > 0;
    }

    void decide()
    {
        standing = DifferenceStanding.DECIDED;
    }

    /** Takes the venue's word, where two reports in a row have given it. */
    boolean accept()
    {
        if (!Standings.isConfirmed(standing))
        {
            return false;
        }
        amount.subtract(difference);
        difference.set(0);
        standing = DifferenceStanding.NONE;
        return true;
    }

    void save(final AccountSectionEncoder.BalancesEncoder group)
    {
        group.amount(amount.low()).amountHigh(amount.highOrNull())
            .reported(isReported ? reported.low() : AccountSectionEncoder.BalancesEncoder.reportedNullValue())
            .reportedHigh(isReported
                ? reported.highOrNull()
                : AccountSectionEncoder.BalancesEncoder.reportedHighNullValue())
            .difference(difference.low()).differenceHigh(difference.highOrNull()).standing(standing)
            .putAsset(bytes, 0, bytes.length);
    }

    void restore(final AccountSectionDecoder.BalancesDecoder group)
    {
        amount.decode(group.amount(), group.amountHigh());
        isReported = group.reported() != AccountSectionDecoder.BalancesDecoder.reportedNullValue() ||
            group.reportedHigh() != AccountSectionDecoder.BalancesDecoder.reportedHighNullValue();
        reported.set(0);
        if (isReported)
        {
            reported.decode(group.reported(), group.reportedHigh());
        }
        difference.decode(group.difference(), group.differenceHigh());
        standing = Standings.require(group.standing());
    }

    long chain(final long hash)
    {
        long chained = Xxh64.chain(hash, nameHash);
        chained = amount.chain(chained);
        chained = Xxh64.chain(chained, isReported ? 1 : 0);
        chained = reported.chain(chained);
        chained = difference.chain(chained);
        return Xxh64.chain(chained, standing.value());
    }
}
