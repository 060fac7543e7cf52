package io.lockstep.journal.text;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.text.Amount;
import io.lockstep.codecs.text.Decimals;
import io.lockstep.codecs.text.InstrumentText;
import io.lockstep.codecs.text.LimitText;
import io.lockstep.codecs.text.Times;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the numbers of decoded records count: decimals with their unit, times, instruments by name. The instruments must be told
 * before the records that name them. For tools, one thread.
 */
public final class RecordMeanings
{
    private static final Set<String> CASH = Set.of("commission", "cash", "openCost", "realized", "fees");
    private static final Set<String> REFUSED = Set.of("limitValue", "actualValue");
    private static final Set<String> LIMITS = Set.of("value", "total", "share");
    private static final Set<String> DURATIONS = Set.of("ageNs", "silentNs", "maxAgeNs", "waitedNs");
    private static final Set<String> ALERTS = Set.of("value", "threshold");
    /** Of an asset that the same message or entry names, in 10^-18 of it. */
    private static final Set<String> OF_ASSET = Set.of(
        "amount", "reported", "difference", "engineAmount", "venueAmount");
    private static final int ASSET_SCALE = 18;
    private static final String HIGH = "High";

    private final Map<Long, InstrumentText> textById = new HashMap<>();

    /** From here on, records of this id mean this instrument. */
    public void define(final Instrument instrument)
    {
        textById.put((long)instrument.id(), new InstrumentText(instrument));
    }

    /** The instrument's name; null when it was never defined. */
    public String instrument(final Object id)
    {
        final InstrumentText text = textById.get(id);
        return text == null ? null : text.name();
    }

    /** Whether fields of this name can have a decimal, in whatever message. */
    public static boolean mayHaveDecimal(final String name)
    {
        return name.endsWith("Ticks") || name.endsWith("Lots") || CASH.contains(name) || REFUSED.contains(name) ||
            LIMITS.contains(name) || ALERTS.contains(name) || DURATIONS.contains(name) || OF_ASSET.contains(name);
    }

    /** Whether fields of this name hold a time. */
    public static boolean isTime(final String name)
    {
        return name.endsWith("Ns") && !DURATIONS.contains(name);
    }

    /**
     * A field's decimal and unit.
     *
     * @param message the whole message, which says of what instrument and for what reason.
     * @param scope   the message, or the entry of a group, that has the field.
     * @return null where the number counts nothing that has a unit.
     */
    Amount amount(final Map<String, Object> message, final Map<String, Object> scope, final String name)
    {
        final Object value = scope.get(name);
        if (value instanceof Map<?, ?> composite)
        {
            return composite(message, scope, name, composite);
        }
        if (!(value instanceof Long))
        {
            return null;
        }
        final long number = (Long)value;
        if (DURATIONS.contains(name))
        {
            return Times.duration(number);
        }
        if (OF_ASSET.contains(name) && scope.get("asset") instanceof String asset)
        {
            return new Amount(new BigDecimal(whole(scope, name), ASSET_SCALE).stripTrailingZeros(), asset);
        }
        if (message.get("alertType") != null && ALERTS.contains(name))
        {
            return alert(message.get("alertType").toString(), number);
        }
        final LimitType limit = limitType(scope);
        final InstrumentText instrument = textById.get(message.get("instrumentId"));
        if (limit != null && LIMITS.contains(name))
        {
            return instrument == null
                ? limitOfAll(limit, whole(scope, name))
                : instrument.limit(limit, whole(scope, name));
        }
        return instrument == null ? null : amount(instrument, message, scope, name);
    }

    private static Amount amount(
        final InstrumentText instrument,
        final Map<String, Object> message,
        final Map<String, Object> scope,
        final String name)
    {
        final long number = (Long)scope.get(name);
        if (name.endsWith("Ticks"))
        {
            return instrument.price(number);
        }
        if (name.endsWith("Lots"))
        {
            return instrument.quantity(number);
        }
        if (CASH.contains(name))
        {
            return instrument.cash(whole(scope, name));
        }
        final RiskReason reason = REFUSED.contains(name) ? riskReason(message) : null;
        return reason == null ? null : instrument.refusal(reason, whole(scope, name));
    }

    private Amount composite(
        final Map<String, Object> message,
        final Map<String, Object> scope,
        final String name,
        final Map<?, ?> composite)
    {
        if (!(composite.get("mantissa") instanceof Long mantissa)
            || !(composite.get("exponent") instanceof Long exponent))
        {
            return null;
        }
        final BigDecimal value = Decimals.scaled(mantissa, exponent.intValue());
        final LimitType limit = limitType(scope);
        if (limit == null || !LIMITS.contains(name))
        {
            return new Amount(value, "");
        }
        final InstrumentText instrument = textById.get(message.get("instrumentId"));
        return instrument == null ? LimitText.ofSet(limit, value, quoteCurrency()) : instrument.limit(limit, value);
    }

    private Amount limitOfAll(final LimitType limit, final BigInteger units)
    {
        return switch (limit)
        {
            // Counted in an instrument's units, of which nothing is known.
            case MAX_ORDER_QUANTITY, MAX_ORDER_NOTIONAL, MAX_POSITION_QUANTITY, MAX_POSITION_NOTIONAL,
                MIN_ORDER_QUANTITY, MIN_ORDER_NOTIONAL, MAX_LONG_POSITION, MAX_SHORT_POSITION -> null;
            default -> units.equals(BigInteger.valueOf(Long.MAX_VALUE))
                ? null
                : LimitText.ofChecked(limit, units, quoteCurrency());
        };
    }

    /** That all instruments have in common, else none. */
    private String quoteCurrency()
    {
        final Set<String> currencies = new java.util.TreeSet<>();
        textById.values().forEach((text) -> currencies.add(text.instrument().quoteCurrency()));
        return currencies.size() == 1 ? currencies.iterator().next() : "";
    }

    private static Amount alert(final String type, final long number)
    {
        return switch (type)
        {
            case "DISK_NEARLY_FULL", "DISK_SPACE_UNKNOWN" -> new Amount(BigDecimal.valueOf(number), "bytes");
            case "CLOCK_BACKWARDS", "CLOCK_JUMP", "CLOCK_BEHIND_JOURNAL", "SEQUENCER_STALLED" -> Times.duration(number);
            default -> null;
        };
    }

    /** Some numbers of money have an upper half of 64 bits beside them. */
    private static BigInteger whole(final Map<String, Object> scope, final String name)
    {
        final long low = (Long)scope.get(name);
        return scope.get(name + HIGH) instanceof Long high
            ? BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(new BigInteger(Long.toUnsignedString(low)))
            : BigInteger.valueOf(low);
    }

    /** Whether this is the upper half of a number that stands beside it. */
    static boolean isHighHalf(final Map<String, Object> scope, final String name)
    {
        return name.endsWith(HIGH) && scope.containsKey(name.substring(0, name.length() - HIGH.length()));
    }

    private static LimitType limitType(final Map<String, Object> scope)
    {
        final Object name = scope.get("limitType");
        for (final LimitType type : LimitType.values())
        {
            if (type.name().equals(name) && type != LimitType.NULL_VAL)
            {
                return type;
            }
        }
        return null;
    }

    private static RiskReason riskReason(final Map<String, Object> message)
    {
        for (final RiskReason reason : RiskReason.values())
        {
            if (reason.name().equals(message.get("reason")) && reason != RiskReason.NULL_VAL)
            {
                return reason;
            }
        }
        return null;
    }
}
