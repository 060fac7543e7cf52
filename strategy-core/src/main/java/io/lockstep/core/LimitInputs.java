package io.lockstep.core;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.risk.CommonLimits;
import io.lockstep.core.risk.RiskLimits;
import io.lockstep.core.risk.TotalLimits;
import io.lockstep.sbe.AllocateLimitDecoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.SetLimitDecoder;
import org.agrona.DirectBuffer;

/**
 * Limits from configuration or an operator: of one instrument, of each, or of all together. What cannot be a limit is refused and
 * changes nothing.
 */
final class LimitInputs
{
    private final Machines machines;
    private final CommonLimits commonLimits;
    private final TotalLimits totalLimits;
    private final DecisionWriter decisions;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SetLimitDecoder setLimit = new SetLimitDecoder();
    private final AllocateLimitDecoder allocateLimit = new AllocateLimitDecoder();
    private final MutableInt128 share = new MutableInt128();
    private final MutableInt128 total = new MutableInt128();

    LimitInputs(
        final Machines machines,
        final CommonLimits commonLimits,
        final TotalLimits totalLimits,
        final DecisionWriter decisions)
    {
        this.machines = machines;
        this.commonLimits = commonLimits;
        this.totalLimits = totalLimits;
        this.decisions = decisions;
    }

    void onSetLimit(final DirectBuffer buffer, final int offset)
    {
        setLimit.wrapAndApplyHeader(buffer, offset, header);
        final int instrumentId = setLimit.instrumentId();
        final long mantissa = setLimit.value().mantissa();
        final int exponent = setLimit.value().exponent();
        decisions.commandResult(set(instrumentId, setLimit.limitType(), mantissa, exponent),
            SetLimitDecoder.TEMPLATE_ID, instrumentId);
    }

    private CommandReason set(final int instrumentId, final LimitType type, final long mantissa, final int exponent)
    {
        final boolean all = instrumentId == Nulls.NULL_INSTRUMENT_ID;
        if (!all && (instrumentId < 0 || instrumentId >= machines.count()))
        {
            return CommandReason.UNKNOWN_INSTRUMENT;
        }
        if (!RiskLimits.isValid(type, mantissa, exponent))
        {
            return CommandReason.INVALID_VALUE;
        }
        if (TotalLimits.isTotal(type))
        {
            return all ? setTotal(type, mantissa, exponent) : CommandReason.INVALID_VALUE;
        }
        final int first = all ? 0 : instrumentId;
        final int end = all ? machines.count() : instrumentId + 1;
        for (int id = first; id < end; id++)
        {
            if (!machines.get(id).risk().limits().fits(type, mantissa, exponent))
            {
                return CommandReason.INVALID_VALUE;
            }
        }
        if (all)
        {
            commonLimits.set(type, mantissa, exponent);
        }
        for (int id = first; id < end; id++)
        {
            machines.touch(id).risk().limit(type, mantissa, exponent);
        }
        return CommandReason.ACCEPTED;
    }

    private CommandReason setTotal(final LimitType type, final long mantissa, final int exponent)
    {
        if (type == LimitType.MAX_TOTAL_NOTIONAL && !isOneCurrency() || !totalLimits.set(type, mantissa, exponent))
        {
            return CommandReason.INVALID_VALUE;
        }
        if (type == LimitType.MAX_TOTAL_NOTIONAL)
        {
            // Nothing was counted while there was no limit.
            for (int id = 0; id < machines.count(); id++)
            {
                machines.get(id).risk().reckon();
            }
        }
        return CommandReason.ACCEPTED;
    }

    private boolean isOneCurrency()
    {
        for (int id = 1; id < machines.count(); id++)
        {
            if (!machines.get(id).instrument().quoteCurrency().equals(machines.get(0).instrument().quoteCurrency()))
            {
                return false;
            }
        }
        return true;
    }

    void onAllocateLimit(final DirectBuffer buffer, final int offset)
    {
        allocateLimit.wrapAndApplyHeader(buffer, offset, header);
        decisions.commandResult(
            allocate(allocateLimit.limitType(), allocateLimit.share().mantissa(), allocateLimit.share().exponent(),
                allocateLimit.total().mantissa(), allocateLimit.total().exponent()),
            AllocateLimitDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
    }

    private CommandReason allocate(
        final LimitType type,
        final long shareMantissa,
        final int shareExponent,
        final long totalMantissa,
        final int totalExponent)
    {
        if (!TotalLimits.fits(type, totalMantissa, totalExponent) ||
            !TotalLimits.fits(type, shareMantissa, shareExponent) ||
            TotalLimits.units(type, shareMantissa, shareExponent, share)
                .compareTo(TotalLimits.units(type, totalMantissa, totalExponent, total)) > 0)
        {
            return CommandReason.INVALID_VALUE;
        }
        if (type == LimitType.MAX_TOTAL_NOTIONAL && !isOneCurrency())
        {
            return CommandReason.INVALID_VALUE;
        }
        totalLimits.total(type, totalMantissa, totalExponent);
        return setTotal(type, shareMantissa, shareExponent);
    }
}
