package io.lockstep.core.account;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.NameRule;
import io.lockstep.sbe.ExecutionReportDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a fill cost, and in what: the settlement currency of the instrument, counted in its cash units, or another asset.
 * Positive is paid, negative is a rebate. To be used again; one thread, no allocation.
 */
public final class Commission
{
    private final MutableInt128 amount = new MutableInt128();
    private final UnsafeBuffer asset = new UnsafeBuffer(new byte[NameRule.BYTES_MAX]);
    private int assetLength;
    private int exponent;
    private boolean isForeign;

    /** The fee in the settlement currency. */
    public Commission set(final Int128 cashUnits)
    {
        amount.set(cashUnits);
        isForeign = false;
        assetLength = 0;
        return this;
    }

    /** So many 10^newExponent of an asset, whose name is copied. */
    public Commission set(
        final Int128 newAmount,
        final int newExponent,
        final DirectBuffer name,
        final int offset,
        final int length)
    {
        amount.set(newAmount);
        exponent = newExponent;
        isForeign = true;
        // A name that is too long is no asset's; no name is not either.
        assetLength = length > asset.capacity() ? 0 : length;
        asset.putBytes(0, name, offset, assetLength);
        return this;
    }

    /** Reads the report, and leaves it where it was: the texts that have been read and those that have not. */
    public Commission decode(final ExecutionReportDecoder report)
    {
        amount.decode(report.commission(), report.commissionHigh());
        isForeign = report.commissionExponent() != ExecutionReportDecoder.commissionExponentNullValue();
        exponent = report.commissionExponent();
        assetLength = 0;
        if (isForeign)
        {
            decodeAsset(report);
        }
        return this;
    }

    private void decodeAsset(final ExecutionReportDecoder report)
    {
        final int limit = report.limit();
        report.sbeRewind();
        report.skipVenueExecId();
        final int length = report.commissionAssetLength();
        assetLength = length > asset.capacity() ? 0 : length;
        report.getCommissionAsset(asset, 0, assetLength);
        report.limit(limit);
    }

    public Int128 amount()
    {
        return amount;
    }

    /** Whether it is not counted in cash units of the instrument but in an asset of its own. */
    public boolean isForeign()
    {
        return isForeign;
    }

    /** Of a fee in another asset: it counts 10 to this power of the asset. */
    public int exponent()
    {
        return exponent;
    }

    /** Of a fee in another asset: the bytes of the asset's name, of which {@link #assetLength()} count. */
    public DirectBuffer asset()
    {
        return asset;
    }

    public int assetLength()
    {
        return assetLength;
    }
}
