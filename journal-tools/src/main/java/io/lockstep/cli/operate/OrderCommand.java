package io.lockstep.cli.operate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.control.OperatorCommand;
import io.lockstep.gateways.control.OperatorCommands;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An order by hand.
 */
@Command(name = "order", description = {
    "Places an order by hand. It passes the same pre-trade checks as every other; exit status 1 when they refuse it.",
    "Price and quantity are decimals on the instrument's grid; nothing is rounded."}, mixinStandardHelpOptions = true, footer =
    {
        "",
        "Example: lockstep control --dir node order --instrument BTCUSDT.SIMULATED --side buy --quantity 0.5 --price 60000.1"})
final class OrderCommand extends OperatorSubcommand
{
    /** As FIX names the values, in short. */
    private enum Lifetime
    {
        GTC(TimeInForce.GOOD_TILL_CANCEL), IOC(TimeInForce.IMMEDIATE_OR_CANCEL), FOK(TimeInForce.FILL_OR_KILL);

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

    @Option(names = "--quantity", required = true, paramLabel = "QUANTITY", description = "A multiple of the order lot.")
    private String quantity;

    @Option(names = "--price", paramLabel = "PRICE", description = "Of a limit order, a multiple of the order tick. Default: a market order.")
    private String price;

    @Option(names = "--strategy", paramLabel = "NAME", description = "The instance whose order it is. Default: ${DEFAULT-VALUE}, who is no strategy.", defaultValue = NodeNames.OPERATOR)
    private String strategy;

    @Option(names = "--tif", paramLabel = "TIF", description = "gtc (good till cancel), ioc (immediate or cancel), fok (fill or kill). Default: gtc, for a market order ioc.")
    private Lifetime lifetime;

    @Option(names = "--post-only", description = "Refused rather than matched on arrival.")
    private boolean postOnly;

    @Override
    void check()
    {
        side();
        if (postOnly && (price == null || lifetime() != Lifetime.GTC))
        {
            throw new UsageException("--post-only: expected a limit order that is good till cancel");
        }
        if (price == null && lifetime() == Lifetime.GTC)
        {
            throw new UsageException("--tif=gtc: expected ioc or fok for a market order");
        }
    }

    private Lifetime lifetime()
    {
        return lifetime != null ? lifetime : price == null ? Lifetime.IOC : Lifetime.GTC;
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

    @Override
    OperatorCommand command(final NodeNames names)
    {
        final Instrument terms = names.instrument("--instrument", instrument);
        return OperatorCommands.order(names.strategyId("--strategy", strategy), terms.id(), side(),
            GridArgument.positive("--quantity", quantity, terms.lot(), terms.orderLots(),
                "order lot of " + terms.name()),
            price == null
                ? OperatorCommands.MARKET_PRICE
                : GridArgument.positive(
                    "--price", price, terms.tick(), terms.orderTicks(), "order tick of " + terms.name()),
            lifetime().timeInForce, postOnly);
    }

    @Override
    Map<String, Object> asked()
    {
        final Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("instrument", instrument);
        asked.put("side", side);
        asked.put("quantity", quantity);
        asked.put("price", price);
        asked.put("strategy", strategy);
        asked.put("timeInForce", lifetime().timeInForce.name());
        asked.put("postOnly", postOnly);
        return asked;
    }
}
