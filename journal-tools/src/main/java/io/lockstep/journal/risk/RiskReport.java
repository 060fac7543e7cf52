package io.lockstep.journal.risk;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.text.Amount;
import io.lockstep.codecs.text.InstrumentText;
import io.lockstep.codecs.text.LimitText;
import io.lockstep.core.TradingCore;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.risk.LimitOrigins;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.core.risk.TotalLimits;
import io.lockstep.core.risk.rule.RefusalBook.Entry;
import io.lockstep.core.risk.rule.ScopeKey;
import io.lockstep.core.risk.rule.ScopedLimit;
import io.lockstep.core.risk.rule.TradingStates.State;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.config.Limit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Each limit that is set, with its value, what of it is used and what is left, who has set it and its newest refusal; and the trading
 * states that are not running. Allocates freely.
 */
public final class RiskReport
{
    /**
     * One limit.
     *
     * @param of         for people: what it binds.
     * @param use        null where nothing of it is used up.
     * @param headroom   null likewise; below 0 where more is used than the limit allows now.
     * @param configured null where nothing is configured.
     * @param refusal    the newest, or null.
     */
    public record Line(
        LimitType type,
        ScopeKey scope,
        String of,
        Amount value,
        Amount use,
        Amount headroom,
        Origin setBy,
        long sequence,
        Decimal configured,
        Refusal refusal)
    {
        /** As in configuration. */
        public String name()
        {
            return Limit.name(type);
        }
    }

    /**
     * Refusals by one limit.
     *
     * @param limit  at the newest; null where the reason has none.
     * @param actual what the order would have made of it; null likewise.
     */
    public record Refusal(
        RiskReason reason, long count, long sequence, long timeNs, String strategy, String instrument, Amount limit,
        Amount actual)
    {
    }

    /** A trading state; the node's is always told. */
    public record Mode(String of, TradingMode mode, boolean flattens)
    {
    }

    private final TradingCore core;
    private final long nowNs;
    private final LimitUse use;
    private final List<Line> lines = new ArrayList<>();
    private final List<Mode> modes = new ArrayList<>();

    /**
     * @param nowNs sequenced time of the newest input.
     */
    public RiskReport(final TradingCore core, final long nowNs)
    {
        this.core = core;
        this.nowNs = nowNs;
        use = new LimitUse(core, nowNs);
        addModes();
        addKept(ScopeKey.NODE, core.limitOrigins(Nulls.NULL_INSTRUMENT_ID));
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            addKept(ScopeKey.ofInstrument(id), core.limitOrigins(id));
        }
        addLegs();
        for (final ScopedLimit limit : core.scopedRisk().limits().all())
        {
            add(limit);
        }
    }

    /** Those of all instruments first, then of instruments, strategies' legs and of scopes. */
    public List<Line> lines()
    {
        return lines;
    }

    public List<Mode> modes()
    {
        return modes;
    }

    private void addModes()
    {
        modes.add(new Mode("node", core.mode(), core.scopedRisk().states().nodeCloses()));
        for (int i = 0; i < core.scopedRisk().states().count(); i++)
        {
            final State state = core.scopedRisk().states().get(i);
            modes.add(new Mode(text(state.key()), state.mode(), state.closes()));
        }
    }

    private void addLegs()
    {
        for (int id = 1; id < core.instances().count(); id++)
        {
            final StrategyInstance instance = core.instances().find(id);
            for (int i = 0; i < instance.legCount(); i++)
            {
                final Leg leg = instance.leg(i);
                if (leg.isLimited())
                {
                    addKept(ScopeKey.ofLeg(id, leg.slot().id()), leg.limits().origins());
                }
            }
        }
    }

    private void addKept(final ScopeKey key, final LimitOrigins origins)
    {
        for (final LimitType type : Limit.types())
        {
            final Origin origin = origins.inForce(type);
            if (origin != null)
            {
                add(type, key, new Decimal(origins.mantissa(origin, type), origins.exponent(origin, type)), origin,
                    origins.sequence(origin, type), origins.isSet(Origin.CONFIGURED, type)
                        ? new Decimal(origins.mantissa(Origin.CONFIGURED, type),
                            origins.exponent(Origin.CONFIGURED, type))
                        : null,
                    usedOfKept(type, key));
            }
        }
    }

    /** Orders within a second are counted by whoever keeps the limit. */
    private Amount usedOfKept(final LimitType type, final ScopeKey key)
    {
        final boolean isOfLeg = key.scope() == LimitScope.LEG;
        if (type == LimitType.MAX_TOTAL_ORDERS_PER_SECOND)
        {
            return checked(type, core.instrumentCount() == 0 ? 0 : totals().ordersWithinSecond(nowNs));
        }
        if (type == LimitType.MAX_ORDERS_PER_SECOND && key.scope() != LimitScope.NODE)
        {
            final Leg leg = isOfLeg ? core.slot(key.instrumentId()).legOf(key.scopedId()) : null;
            return checked(type, (leg == null
                ? core.slot(key.instrumentId()).risk().exposureLimits()
                : leg.limits()).ordersWithinSecond(nowNs));
        }
        return use.of(type, key, !TotalLimits.isTotal(type));
    }

    private TotalLimits totals()
    {
        return core.slot(0).risk().totals();
    }

    private static Amount checked(final LimitType type, final long units)
    {
        return LimitText.ofChecked(type, BigInteger.valueOf(units), "");
    }

    private void add(final ScopedLimit limit)
    {
        final Origin origin = limit.inForce();
        final long used = limit.used(nowNs);
        add(limit.type(), limit.key(), limit.value(origin), origin, limit.sequence(origin),
            limit.isSet(Origin.CONFIGURED) ? limit.value(Origin.CONFIGURED) : null,
            used == Nulls.NULL_LONG ? use.of(limit.type(), limit.key(), false) : checked(limit.type(), used));
    }

    private void add(
        final LimitType type,
        final ScopeKey key,
        final Decimal value,
        final Origin origin,
        final long sequence,
        final Decimal configured,
        final Amount used)
    {
        final Amount amount = amount(type, key, value);
        final Amount headroom = used == null ? null : new Amount(amount.value().subtract(used.value()), used.unit());
        lines.add(new Line(
            type, key, text(key), amount, used, headroom, origin, sequence, configured, refusal(type, key)));
    }

    private Amount amount(final LimitType type, final ScopeKey key, final Decimal value)
    {
        if (key.instrumentId() != ScopeKey.NONE)
        {
            return new InstrumentText(core.instrument(key.instrumentId())).limit(type, value.value());
        }
        return LimitText.ofSet(type, value.value(), quoteCurrency());
    }

    /** That all instruments have in common, else none. */
    private String quoteCurrency()
    {
        String currency = core.instrumentCount() == 0 ? "" : core.instrument(0).quoteCurrency();
        for (int id = 1; id < core.instrumentCount(); id++)
        {
            currency = core.instrument(id).quoteCurrency().equals(currency) ? currency : "";
        }
        return currency;
    }

    /** A limit of all that binds each instrument is told of the newest refusal on any of them. */
    private Refusal refusal(final LimitType type, final ScopeKey key)
    {
        final RiskReason reason = reason(type);
        Entry newest = core.scopedRisk().refusals().find(reason, key);
        for (int id = 0; id < core.instrumentCount() && key.scope() == LimitScope.NODE; id++)
        {
            final Entry entry = core.limitOrigins(id).isSet(type)
                ? null
                : core.scopedRisk().refusals().find(reason, ScopeKey.ofInstrument(id));
            newest = entry != null && (newest == null || entry.sequence() > newest.sequence()) ? entry : newest;
        }
        return newest == null ? null : refusal(newest);
    }

    private Refusal refusal(final Entry entry)
    {
        final InstrumentText text = new InstrumentText(core.instrument(entry.instrumentId()));
        final StrategyInstance instance = core.instances().find(entry.strategyId());
        return new Refusal(entry.reason(), entry.refusals(), entry.sequence(), entry.timeNs(),
            instance == null || !instance.isNobody() && !instance.isPresent() ? "" : instance.name(), text.name(),
            amount(text, entry.reason(), entry.limitValue(), entry.limitValueHigh()),
            amount(text, entry.reason(), entry.actualValue(), entry.actualValueHigh()));
    }

    private static Amount amount(
        final InstrumentText text, final RiskReason reason, final long low, final long highOrNull)
    {
        if (low == Nulls.NULL_LONG && highOrNull == Nulls.NULL_LONG)
        {
            return null;
        }
        return text.refusal(reason, highOrNull == Nulls.NULL_LONG
            ? BigInteger.valueOf(low)
            : BigInteger.valueOf(highOrNull).shiftLeft(Long.SIZE).add(new BigInteger(Long.toUnsignedString(low))));
    }

    /** Why an order is refused that a limit of the type does not allow. */
    static RiskReason reason(final LimitType type)
    {
        return switch (type)
        {
            case MAX_ORDERS_PER_SECOND -> RiskReason.MAX_ORDER_RATE;
            case MAX_TOTAL_ORDERS_PER_SECOND -> RiskReason.MAX_TOTAL_ORDER_RATE;
            case MAX_CANCELS_PER_SECOND -> RiskReason.MAX_CANCEL_RATE;
            case PRICE_COLLAR_BPS -> RiskReason.PRICE_COLLAR;
            case MAX_MARKET_DATA_AGE_MS -> RiskReason.STALE_MARKET_DATA;
            case DUPLICATE_WINDOW_MS -> RiskReason.DUPLICATE_ORDER;
            case MAX_RATE_AGE_MS -> RiskReason.STALE_RATE;
            case BALANCE -> RiskReason.INSUFFICIENT_BALANCE;
            default -> RiskReason.valueOf(type.name());
        };
    }

    /** What a scope is called. */
    public String text(final ScopeKey key)
    {
        return switch (key.scope())
        {
            case LEG -> strategy(key.scopedId()) + " on " + core.instrument(key.instrumentId()).name();
            case STRATEGY -> "strategy " + strategy(key.scopedId());
            case INSTRUMENT -> core.instrument(key.instrumentId()).name();
            case VENUE -> "venue " + venue(key.scopedId());
            case ACCOUNT -> "account of " + venue(key.scopedId());
            case NODE, NULL_VAL, SBE_UNKNOWN -> "all";
        };
    }

    /** The instance's name; its id where it is there no more. */
    public String strategy(final int strategyId)
    {
        final StrategyInstance instance = core.instances().find(strategyId);
        return instance == null || !instance.isPresent() ? Integer.toString(strategyId) : instance.name();
    }

    /** The venue's name; its id where it has none. */
    public String venue(final int venueId)
    {
        return core.venue(venueId).isDefined() ? core.venue(venueId).name() : Integer.toString(venueId);
    }

    /** The instrument's name; null where the scope has none. */
    public String instrument(final ScopeKey key)
    {
        return key.instrumentId() == ScopeKey.NONE ? null : core.instrument(key.instrumentId()).name();
    }
}
