package io.lockstep.journal.risk;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.text.Amount;
import io.lockstep.codecs.text.InstrumentText;
import io.lockstep.codecs.text.LimitText;
import io.lockstep.core.TradingCore;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.risk.Exposure;
import io.lockstep.core.risk.RiskGate;
import io.lockstep.core.risk.rule.ScopeKey;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.Side;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What of a limit is used up: positions with all open orders of the worse side filled, open orders, exposure at the mark. A limit about
 * each order by itself has no use. Where a limit binds each of several instruments, the largest of them counts.
 */
final class LimitUse
{
    private record Member(RiskGate gate, Exposure exposure)
    {
    }

    private final TradingCore core;
    private final long nowNs;
    private final MutableInt128 value = new MutableInt128();

    /**
     * @param nowNs sequenced time at which marks are looked at.
     */
    LimitUse(final TradingCore core, final long nowNs)
    {
        this.core = core;
        this.nowNs = nowNs;
    }

    /**
     * @param eachInstrument whether a limit about how many there may be binds each instrument by itself.
     * @return null where nothing of the limit is used up, or it cannot be counted.
     */
    Amount of(final LimitType type, final ScopeKey key, final boolean eachInstrument)
    {
        final List<Member> members = members(key);
        return switch (type)
        {
            case MAX_LONG_POSITION -> largest(members, (member) -> quantity(member, lots(member, Side.BUY)));
            case MAX_SHORT_POSITION -> largest(members, (member) -> quantity(member, lots(member, Side.SELL)));
            case MAX_POSITION_QUANTITY -> largest(members, (member) -> quantity(member, largestLots(member)));
            case MAX_POSITION_NOTIONAL -> largest(members, this::positionNotional);
            case MAX_OPEN_ORDERS, MAX_TOTAL_OPEN_ORDERS -> orders(members, eachInstrument);
            case MAX_GROSS_EXPOSURE, MAX_TOTAL_NOTIONAL -> value(type, members, LimitUse::largestLots);
            case MAX_NET_EXPOSURE -> net(members);
            case MAX_CURRENCY_EXPOSURE -> ofCurrencies(members);
            case MAX_ORDER_QUANTITY, MAX_ORDER_NOTIONAL, MAX_ORDERS_PER_SECOND, PRICE_COLLAR_BPS,
                MAX_MARKET_DATA_AGE_MS, MAX_TOTAL_ORDERS_PER_SECOND, MIN_ORDER_QUANTITY, MIN_ORDER_NOTIONAL,
                MAX_CANCELS_PER_SECOND, MAX_ORDER_TO_TRADE_RATIO, PRICE_COLLAR_TICKS, DUPLICATE_WINDOW_MS, SELF_TRADE,
                MAX_RATE_AGE_MS, SHORT_SELLING, BALANCE, MAX_DAILY_REALIZED_LOSS, MAX_DAILY_LOSS, MAX_DRAWDOWN,
                MAX_TRADE_LOSS, MAX_CONSECUTIVE_LOSSES, TRADING_HOURS, NULL_VAL, SBE_UNKNOWN -> null;
        };
    }

    private List<Member> members(final ScopeKey key)
    {
        final boolean isOwn = key.scope() == LimitScope.LEG || key.scope() == LimitScope.STRATEGY;
        final List<Member> members = new ArrayList<>();
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            final InstrumentSlot slot = core.slot(id);
            boolean isCovered = false;
            for (int i = 0; i < slot.legCount(); i++)
            {
                final Leg leg = slot.leg(i);
                isCovered |= key.covers(leg);
                if (isOwn && key.covers(leg))
                {
                    members.add(new Member(slot.risk(), leg));
                }
            }
            if (!isOwn && isCovered)
            {
                members.add(new Member(slot.risk(), slot));
            }
        }
        return members;
    }

    private static Amount largest(final List<Member> members, final Function<Member, Amount> amount)
    {
        return members.stream().map(amount).filter((each) -> each != null)
            .max((one, other) -> one.value().compareTo(other.value())).orElse(null);
    }

    private static Amount quantity(final Member member, final long lots)
    {
        return new InstrumentText(member.gate.instrument()).quantity(lots);
    }

    /** In the direction of the side, all that is open there filled; not below 0. */
    private static long lots(final Member member, final Side side)
    {
        final long net = side == Side.BUY ? member.exposure.netLots() : -member.exposure.netLots();
        return Math.max(0, net + member.exposure.exposureLots(side));
    }

    private static long largestLots(final Member member)
    {
        return Math.max(lots(member, Side.BUY), lots(member, Side.SELL));
    }

    private Amount positionNotional(final Member member)
    {
        return member.gate.positionNotional(largestLots(member), nowNs, value)
            ? new InstrumentText(member.gate.instrument()).notional(whole())
            : null;
    }

    private BigInteger whole()
    {
        return BigInteger.valueOf(value.high()).shiftLeft(Long.SIZE)
            .add(new BigInteger(Long.toUnsignedString(value.low())));
    }

    private static Amount orders(final List<Member> members, final boolean eachInstrument)
    {
        long orders = 0;
        for (final Member member : members)
        {
            final int open = member.exposure.openOrderCount();
            orders = eachInstrument ? Math.max(orders, open) : orders + open;
        }
        return LimitText.ofSet(LimitType.MAX_OPEN_ORDERS, BigDecimal.valueOf(orders), "");
    }

    private Amount net(final List<Member> members)
    {
        final Amount bought = value(LimitType.MAX_NET_EXPOSURE, members, (member) -> towards(member, Side.BUY));
        final Amount sold = value(LimitType.MAX_NET_EXPOSURE, members, (member) -> towards(member, Side.SELL));
        return bought == null || sold == null
            ? null
            : bought.value().compareTo(sold.value()) >= 0 ? bought : sold;
    }

    private static long towards(final Member member, final Side side)
    {
        final long net = side == Side.BUY ? member.exposure.netLots() : -member.exposure.netLots();
        return net + member.exposure.exposureLots(side);
    }

    private Amount ofCurrencies(final List<Member> members)
    {
        final Map<String, List<Member>> membersByCurrency = new HashMap<>();
        members.forEach((member) -> membersByCurrency
            .computeIfAbsent(member.gate.instrument().baseCurrency(), (currency) -> new ArrayList<>()).add(member));
        return membersByCurrency.values().stream().map(this::net).filter((each) -> each != null)
            .max((one, other) -> one.value().compareTo(other.value())).orElse(null);
    }

    /** Null where the members have several quote currencies, or one of them has no price. */
    private Amount value(final LimitType type, final List<Member> members, final ToLongFunction<Member> lots)
    {
        BigInteger sum = BigInteger.ZERO;
        String currency = "";
        for (final Member member : members)
        {
            final long counted = lots.applyAsLong(member);
            final String quote = member.gate.instrument().quoteCurrency();
            if (counted != 0)
            {
                if (!currency.isEmpty() && !currency.equals(quote) || !member.gate.value(counted, nowNs, value))
                {
                    return null;
                }
                currency = quote;
                sum = sum.add(counted < 0 ? whole().negate() : whole());
            }
        }
        return LimitText.ofChecked(type, sum, currency.isEmpty() ? currencyOf(members) : currency);
    }

    private static String currencyOf(final List<Member> members)
    {
        return members.isEmpty() ? "" : members.get(0).gate.instrument().quoteCurrency();
    }
}
