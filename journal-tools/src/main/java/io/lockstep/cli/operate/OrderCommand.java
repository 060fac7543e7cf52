package io.lockstep.cli.operate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.control.OperatorCommand;
import io.lockstep.gateways.control.OperatorCommands;
import io.lockstep.gateways.control.OperatorOrder;
import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TriggerSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An order by hand.
 */
@Command(name = "order", description = {
    "Places an order by hand. It passes the same pre-trade checks as every other; exit status 1 when they refuse it.",
    "Prices and quantities are decimals on the instrument's grid; nothing is rounded.",
    "An order with a trigger is held by the node until the market reaches it."}, mixinStandardHelpOptions = true, footer =
    {
        "", "Examples:",
        "  lockstep control --dir node order --instrument BTCUSDT.SIMULATED --side buy --quantity 0.5 --price 60000.1",
        "  lockstep control --dir node order --instrument BTCUSDT.SIMULATED --side sell --quantity 0.5 \\",
        "    --type stop --trigger 58000 --reduce-only", "",
        "Example: lockstep control --dir node order --instrument BTCUSDT.SIMULATED --side buy --quantity 0.5 --price 60000.1"})
final class OrderCommand extends OperatorSubcommand
{
    private static final String BPS = "bps";

    /** As FIX names the values, in short. */
    private enum Lifetime
    {
        GTC(TimeInForce.GOOD_TILL_CANCEL), IOC(TimeInForce.IMMEDIATE_OR_CANCEL), FOK(TimeInForce.FILL_OR_KILL), DAY(
            TimeInForce.DAY), GTD(TimeInForce.GOOD_TILL_DATE);

        private final TimeInForce timeInForce;

        Lifetime(final TimeInForce timeInForce)
        {
            this.timeInForce = timeInForce;
        }
    }

    @Option(names = "--instrument", required = true, paramLabel = "NAME", description = "E.g. BTCUSDT.SIMULATED.")
    private String instrument;

    @Option(names = "--side", required = true, paramLabel = "SIDE", description = "buy or sell.")
    private String side;

    @Option(names = "--quantity", paramLabel = "QUANTITY", description = "A multiple of the order lot.")
    private String quantity;

    @Option(names = "--amount", paramLabel = "AMOUNT", description = "In place of --quantity: as much as this amount of the quote currency buys, rounded down.")
    private String amount;

    @Option(names = "--price", paramLabel = "PRICE", description = "The limit price, a multiple of the order tick.")
    private String price;

    @Option(names = "--type", paramLabel = "TYPE", description = "market, limit, stop, stop-limit, market-if-touched, limit-if-touched, trailing-stop, trailing-stop-limit. Default: limit with --price, else market.")
    private String type;

    @Option(names = "--trigger", paramLabel = "PRICE", description = "Of a stop or a touch: the price that triggers it.")
    private String trigger;

    @Option(names = "--trigger-by", paramLabel = "SOURCE", description = "Which price triggers it: bid-ask (what it would take), last, mid, mark. Default: bid-ask.")
    private String triggerBy;

    @Option(names = "--trailing", paramLabel = "OFFSET", description = "Of a trailing stop: how far it stays behind, a price such as 50 or basis points such as 25bps.")
    private String trailing;

    @Option(names = "--limit-offset", paramLabel = "PRICE", description = "Of a trailing-stop-limit: how much worse than the trigger its limit price is.")
    private String limitOffset;

    @Option(names = "--activation", paramLabel = "PRICE", description = "Of a trailing stop: the price from which on it follows. Default: at once.")
    private String activation;

    @Option(names = "--display", paramLabel = "QUANTITY", description = "Shows so much at once.")
    private String display;

    @Option(names = "--strategy", paramLabel = "NAME", description = "The instance whose order it is. Default: ${DEFAULT-VALUE}, who is no strategy.", defaultValue = NodeNames.OPERATOR)
    private String strategy;

    @Option(names = "--tif", paramLabel = "TIF", description = "gtc (good till cancel), day, gtd (with --until), ioc (immediate or cancel), fok (fill or kill). Default: gtc, for a market order ioc.")
    private Lifetime lifetime;

    @Option(names = "--until", paramLabel = "TIME", description = "Of gtd: till when it is good, e.g. 2026-12-01T16:00:00Z.")
    private String until;

    @Option(names = "--post-only", description = "Refused rather than matched on arrival.")
    private boolean postOnly;

    @Option(names = "--slide", description = "With --post-only: moved by one increment rather than refused.")
    private boolean slide;

    @Option(names = "--reduce-only", description = "Is for no more than the position, shrinks with it, and ends with it.")
    private boolean reduceOnly;

    @Override
    void check()
    {
        side();
        final OrdType ordType = ordType();
        if ((quantity == null) == (amount == null))
        {
            throw new UsageException("order: expected --quantity or --amount, one of them");
        }
        requireFits("--price", price, isLimit(ordType) && ordType != OrdType.TRAILING_STOP_LIMIT, true);
        requireFits("--trigger", trigger, isTriggered(ordType) && !isTrailing(ordType), true);
        requireFits("--trailing", trailing, isTrailing(ordType), true);
        requireFits("--limit-offset", limitOffset, ordType == OrdType.TRAILING_STOP_LIMIT, true);
        requireFits("--activation", activation, isTrailing(ordType), false);
        requireFits("--trigger-by", triggerBy, isTriggered(ordType), false);
        triggerSource();
        checkLifetime(ordType);
        if (slide && !postOnly)
        {
            throw new UsageException("--slide: expected with --post-only");
        }
        if (postOnly && (!isLimit(ordType) || isImmediate()))
        {
            throw new UsageException("--post-only: expected a limit order that is good till cancel, or till a time");
        }
    }

    /** What a type needs it has, and what it has no use for it has not. */
    private void requireFits(final String option, final String value, final boolean isUsed, final boolean isNeeded)
    {
        if (value != null && !isUsed)
        {
            throw new UsageException(option + "=" + value + ": of no use to --type=" + typeName());
        }
        if (value == null && isUsed && isNeeded)
        {
            throw new UsageException("--type=" + typeName() + ": expected " + option);
        }
    }

    private void checkLifetime(final OrdType ordType)
    {
        if (ordType == OrdType.MARKET && !isImmediate())
        {
            throw new UsageException("--tif=" + lifetime().name().toLowerCase(Locale.ROOT) +
                ": expected ioc or fok for a market order");
        }
        if ((until != null) != (lifetime() == Lifetime.GTD))
        {
            throw new UsageException(until == null
                ? "--tif=gtd: expected --until"
                : "--until=" + until + ": expected with --tif=gtd");
        }
        untilNs();
    }

    private boolean isImmediate()
    {
        return lifetime() == Lifetime.IOC || lifetime() == Lifetime.FOK;
    }

    private Lifetime lifetime()
    {
        return lifetime != null ? lifetime : ordType() == OrdType.MARKET ? Lifetime.IOC : Lifetime.GTC;
    }

    private String typeName()
    {
        return type != null ? type : price == null ? "market" : "limit";
    }

    private OrdType ordType()
    {
        return switch (typeName())
        {
            case "market" -> OrdType.MARKET;
            case "limit" -> OrdType.LIMIT;
            case "stop" -> OrdType.STOP;
            case "stop-limit" -> OrdType.STOP_LIMIT;
            case "market-if-touched" -> OrdType.MARKET_IF_TOUCHED;
            case "limit-if-touched" -> OrdType.LIMIT_IF_TOUCHED;
            case "trailing-stop" -> OrdType.TRAILING_STOP;
            case "trailing-stop-limit" -> OrdType.TRAILING_STOP_LIMIT;
            default -> throw new UsageException("--type=" + type + ": expected market, limit, stop, stop-limit, " +
                "market-if-touched, limit-if-touched, trailing-stop or trailing-stop-limit");
        };
    }

    private static boolean isLimit(final OrdType ordType)
    {
        return ordType == OrdType.LIMIT || ordType == OrdType.STOP_LIMIT || ordType == OrdType.LIMIT_IF_TOUCHED ||
            ordType == OrdType.TRAILING_STOP_LIMIT;
    }

    private static boolean isTriggered(final OrdType ordType)
    {
        return ordType != OrdType.MARKET && ordType != OrdType.LIMIT;
    }

    private static boolean isTrailing(final OrdType ordType)
    {
        return ordType == OrdType.TRAILING_STOP || ordType == OrdType.TRAILING_STOP_LIMIT;
    }

    private TriggerSource triggerSource()
    {
        return switch (triggerBy == null ? "bid-ask" : triggerBy)
        {
            case "bid-ask" -> TriggerSource.BID_ASK;
            case "last" -> TriggerSource.LAST_TRADE;
            case "mid" -> TriggerSource.MID;
            case "mark" -> TriggerSource.MARK;
            default -> throw new UsageException("--trigger-by=" + triggerBy + ": expected bid-ask, last, mid or mark");
        };
    }

    private Side side()
    {
        return switch (side)
        {
            case "buy" -> Side.BUY;
            case "sell" -> Side.SELL;
            default -> throw new UsageException("--side=" + side + ": expected buy or sell");
        };
    }

    private long untilNs()
    {
        try
        {
            final Instant time = until == null ? Instant.EPOCH : Instant.parse(until);
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
        }
        catch (final DateTimeParseException | ArithmeticException ex)
        {
            throw new UsageException("--until=" + until + ": expected a time such as 2026-12-01T16:00:00Z");
        }
    }

    @Override
    OperatorCommand command(final NodeNames names)
    {
        final Instrument terms = names.instrument("--instrument", instrument);
        return OperatorCommands.order(names.strategyId("--strategy", strategy), terms.id(), order(terms));
    }

    private OperatorOrder order(final Instrument terms)
    {
        final OperatorOrder order = new OperatorOrder(side(), ordType(), lifetime().timeInForce);
        if (quantity != null)
        {
            order.quantity(lots("--quantity", quantity, terms));
        }
        else
        {
            order.quoteAmount(quoteAmount());
        }
        if (price != null)
        {
            order.price(GridArgument.positive(
                "--price", price, terms.tick(), terms.orderTicks(), "order tick of " + terms.name()));
        }
        if (display != null)
        {
            order.display(lots("--display", display, terms));
        }
        if (until != null)
        {
            order.expireTime(untilNs());
        }
        if (postOnly)
        {
            order.postOnly(slide);
        }
        return withTrigger(reduceOnly ? order.reduceOnly() : order, terms);
    }

    private OperatorOrder withTrigger(final OperatorOrder order, final Instrument terms)
    {
        if (isTriggered(ordType()))
        {
            order.triggeredBy(triggerSource());
        }
        if (trigger != null)
        {
            order.trigger(ticks("--trigger", trigger, terms));
        }
        if (limitOffset != null)
        {
            order.limitOffset(ticks("--limit-offset", limitOffset, terms));
        }
        if (activation != null)
        {
            order.activation(ticks("--activation", activation, terms));
        }
        return trailing == null ? order : withTrailing(order, terms);
    }

    private OperatorOrder withTrailing(final OperatorOrder order, final Instrument terms)
    {
        if (!trailing.endsWith(BPS))
        {
            return order.trailing(ticks("--trailing", trailing, terms), OffsetUnit.TICKS);
        }
        return order
            .trailing(GridArgument.positive("--trailing", trailing.substring(0, trailing.length() - BPS.length()),
                Increment.parse("1"), 1, "basis point"), OffsetUnit.BASIS_POINTS);
    }

    private Decimal quoteAmount()
    {
        try
        {
            return Decimal.parse(amount);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new UsageException("--amount=" + amount + ": expected a positive decimal such as 1000");
        }
    }

    private static long lots(final String option, final String text, final Instrument terms)
    {
        return GridArgument.positive(option, text, terms.lot(), terms.orderLots(), "order lot of " + terms.name());
    }

    private static long ticks(final String option, final String text, final Instrument terms)
    {
        return GridArgument.positive(option, text, terms.tick(), 1, "tick of " + terms.name());
    }

    @Override
    Map<String, Object> asked()
    {
        final Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("instrument", instrument);
        asked.put("side", side);
        asked.put("type", typeName());
        asked.put("quantity", quantity);
        asked.put("amount", amount);
        asked.put("price", price);
        asked.put("trigger", trigger);
        asked.put("triggerBy", isTriggered(ordType()) ? triggerSource().name() : null);
        asked.put("trailing", trailing);
        asked.put("limitOffset", limitOffset);
        asked.put("activation", activation);
        asked.put("display", display);
        asked.put("strategy", strategy);
        asked.put("timeInForce", lifetime().timeInForce.name());
        asked.put("until", until);
        asked.put("postOnly", postOnly);
        asked.put("slide", slide);
        asked.put("reduceOnly", reduceOnly);
        return asked;
    }
}
