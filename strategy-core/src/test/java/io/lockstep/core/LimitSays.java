package io.lockstep.core;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.risk.rule.ScopeKey;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.SetTradingModeEncoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.UnsetLimitEncoder;

import java.util.function.Consumer;

/** Commands about limits and trading states of scopes; for {@link CoreScenario#give}. */
public final class LimitSays
{
    private LimitSays()
    {
    }

    public static Consumer<InputRecords> limit(final ScopeKey key, final LimitType type, final String value)
    {
        return limit(key, type, value, false);
    }

    public static Consumer<InputRecords> limit(
        final ScopeKey key, final LimitType type, final String value, final boolean isConfigured)
    {
        return (records) ->
        {
            final Decimal decimal = Decimal.parse(value);
            final SetLimitEncoder limit = records.begin(new SetLimitEncoder()).instrumentId(key.instrumentId())
                .limitType(type).configured(of(isConfigured)).strategyId(strategyId(key)).scope(key.scope())
                .scopedId(scopedId(key));
            limit.value().mantissa(decimal.mantissa()).exponent((byte)decimal.exponent());
            limit.user("jo");
        };
    }

    public static Consumer<InputRecords> unset(final ScopeKey key, final LimitType type, final boolean isConfigured)
    {
        return (records) -> records.begin(new UnsetLimitEncoder()).instrumentId(key.instrumentId()).limitType(type)
            .configured(of(isConfigured)).strategyId(strategyId(key)).scope(key.scope()).scopedId(scopedId(key))
            .user("jo");
    }

    public static Consumer<InputRecords> mode(final ScopeKey key, final TradingMode mode, final boolean flatten)
    {
        return (records) -> records.begin(new SetTradingModeEncoder()).mode(mode).scope(key.scope())
            .flatten(of(flatten))
            .scopedId(key.scope() == LimitScope.INSTRUMENT ? key.instrumentId() : key.scopedId()).user("jo");
    }

    private static int strategyId(final ScopeKey key)
    {
        return key.scope() == LimitScope.LEG ? key.scopedId() : Nulls.NULL_INSTRUMENT_ID;
    }

    private static int scopedId(final ScopeKey key)
    {
        return key.scope() == LimitScope.LEG ? Nulls.NULL_INSTRUMENT_ID : key.scopedId();
    }

    private static BooleanType of(final boolean value)
    {
        return value ? BooleanType.TRUE : BooleanType.FALSE;
    }
}
