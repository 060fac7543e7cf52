package io.lockstep.cli.operate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.codecs.ClOrdIds;
import io.lockstep.gateways.control.OperatorCommand;
import io.lockstep.gateways.control.OperatorCommands;
import io.lockstep.sbe.Side;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cancels orders.
 */
@Command(name = "cancel", description = {
    "Cancels one open order, or all of an instrument, a strategy's instance, a venue, a side, or of several of these at once, or of the node.",
    "What the venue does not cancel at once is asked for again until it is gone."}, mixinStandardHelpOptions = true, footer =
    {
        "", "Example: lockstep control --dir node cancel --instrument BTCUSDT.SIMULATED"})
final class CancelCommand extends OperatorSubcommand
{
    @Parameters(arity = "0..1", paramLabel = "CLORDID", description = "Of the one order, 18 characters.")
    private String clOrdId;

    @Option(names = "--instrument", paramLabel = "NAME", description = "All orders of this instrument.")
    private String instrument;

    @Option(names = "--strategy", paramLabel = "NAME", description = "All orders of this instance; 'operator' for those of none.")
    private String strategy;

    @Option(names = "--venue", paramLabel = "NAME", description = "All orders at this venue.")
    private String venue;

    @Option(names = "--side", paramLabel = "SIDE", description = "All orders to buy, or all to sell.")
    private String side;

    @Option(names = "--all", description = "All orders of the node, of all shards where it has some.")
    private boolean all;

    @Override
    void check()
    {
        final boolean isNamed = instrument != null || strategy != null || venue != null || side != null;
        final int kinds = (clOrdId != null ? 1 : 0) + (isNamed ? 1 : 0) + (all ? 1 : 0);
        if (kinds != 1)
        {
            throw new UsageException(
                "cancel: expected a CLORDID, some of --instrument, --strategy, --venue and --side, or --all");
        }
        side();
        if (clOrdId != null && !isClOrdId())
        {
            throw new UsageException("CLORDID=" + clOrdId + ": expected " + ClOrdIds.LENGTH +
                " digits and upper-case letters, as the engine makes them");
        }
    }

    private Side side()
    {
        if (side == null)
        {
            return Side.NULL_VAL;
        }
        return switch (side)
        {
            case "buy" -> Side.BUY;
            case "sell" -> Side.SELL;
            default -> throw new UsageException("--side=" + side + ": expected buy or sell");
        };
    }

    private boolean isClOrdId()
    {
        final byte[] bytes = clOrdId.getBytes(StandardCharsets.US_ASCII);
        return bytes.length == ClOrdIds.LENGTH && ClOrdIds.isValid(new UnsafeBuffer(bytes), 0);
    }

    /** An order may be in any shard: those that do not have it say so. */
    @Override
    boolean isAboutAll()
    {
        return all || clOrdId != null || instrument == null && strategy == null && venue == null;
    }

    @Override
    OperatorCommand command(final NodeNames names)
    {
        return clOrdId != null
            ? OperatorCommands.cancel(clOrdId)
            : OperatorCommands.cancelAll(names.instrumentIdOrAll("--instrument", instrument),
                names.strategyIdOrAll("--strategy", strategy),
                venue == null ? OperatorCommands.ALL : names.venueId("--venue", venue), side());
    }

    @Override
    Map<String, Object> asked()
    {
        final Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("clOrdId", clOrdId);
        asked.put("instrument", instrument);
        asked.put("strategy", strategy);
        asked.put("venue", venue);
        asked.put("side", side);
        return asked;
    }
}
