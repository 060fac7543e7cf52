package io.lockstep.cli.operate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.control.ControlClient.Outcome;
import io.lockstep.gateways.control.OperatorCommand;
import io.lockstep.gateways.control.OperatorCommands;
import io.lockstep.gateways.control.SignalId;
import io.lockstep.gateways.control.SignalOutcome;
import io.lockstep.gateways.link.LinkProcess;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sends a signal, which a model of the node carries out.
 */
@Command(name = "signal", description = {
    "Sends a signal: something to buy or sell, which a model carries out, that is a strategy's instance that takes signals. The node chooses",
    "one of those that run and trade the symbol, by their weights, and says which; exit status 1 when it is refused.",
    "Each id is answered once. Who is not sure that a signal has come to the node sends it again with the same id."}, mixinStandardHelpOptions = true, footer =
    {
        "",
        "Example: lockstep control --dir node signal BTCUSDT buy --quote 1000 --id platform:1:42 --reason breakout"})
final class SignalCommand extends OperatorSubcommand
{
    private static final String DECIMAL = "[0-9]+(?:\\.[0-9]+)?";
    /** Of ids that nobody has given: all in one epoch, counted by the clock. */
    private static final long EPOCH = 0;

    @Parameters(index = "0", paramLabel = "SYMBOL", description = "E.g. BTCUSDT, or BTCUSDT.SIMULATED where several venues have it.")
    private String symbol;

    @Parameters(index = "1", paramLabel = "buy|sell", description = "The side.")
    private String side;

    @Option(names = "--quantity", paramLabel = "QUANTITY", description = "A multiple of the order lot.")
    private String quantity;

    @Option(names = "--quote", paramLabel = "AMOUNT", description = "In place of the quantity: what it may be worth at the mark, in quote currency.")
    private String quoteAmount;

    @Option(names = "--model", paramLabel = "NAME", defaultValue = "", description = "The instance that is to carry it out. Default: the node chooses.")
    private String model;

    @Option(names = "--id", paramLabel = "CLIENT:EPOCH:COUNTER", description = "Of the signal. Default: a new one, of control.USER in epoch 0, counted by the clock's milliseconds.")
    private String id;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why, for whoever reads the journal.")
    private String reason;

    private SignalId signalId;
    private NodeNames names;

    @Override
    void check()
    {
        side();
        if ((quantity == null) == (quoteAmount == null))
        {
            throw new UsageException("signal: expected either --quantity or --quote");
        }
        decimal("--quantity", quantity);
        decimal("--quote", quoteAmount);
        if (!reason.isEmpty())
        {
            ReasonArgument.check(reason);
        }
        signalId = signalId();
    }

    private Side side()
    {
        return switch (side)
        {
            case "buy" -> Side.BUY;
            case "sell" -> Side.SELL;
            default -> throw new UsageException("side=" + side + ": expected buy or sell");
        };
    }

    /** Null when it is not given. */
    private static Decimal decimal(final String option, final String text)
    {
        if (text == null)
        {
            return null;
        }
        try
        {
            final Decimal value = text.matches(DECIMAL) ? Decimal.parse(text) : null;
            if (value != null && value.mantissa() > 0)
            {
                return value;
            }
        }
        catch (final IllegalArgumentException ex)
        {
            throw new UsageException(option + "=" + text + ": " + ex.getMessage());
        }
        throw new UsageException(option + "=" + text + ": expected a positive decimal such as 0.01");
    }

    private SignalId signalId()
    {
        if (id == null)
        {
            return new SignalId("control." + LinkProcess.user(), EPOCH, System.currentTimeMillis());
        }
        try
        {
            return SignalId.parse(id);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new UsageException("--id=" + id + ": " + ex.getMessage());
        }
    }

    @Override
    OperatorCommand command(final NodeNames newNames)
    {
        names = newNames;
        names.requireSymbol("SYMBOL", symbol);
        return OperatorCommands.signal(signalId, symbol, side(), decimal("--quantity", quantity),
            decimal("--quote", quoteAmount), model, Nulls.NULL_TIME_NS, reason);
    }

    @Override
    Map<String, Object> asked()
    {
        final Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("id", signalId.toString());
        asked.put("symbol", symbol);
        asked.put("side", side);
        asked.put("askedQuantity", quantity);
        asked.put("askedQuoteAmount", quoteAmount);
        asked.put("askedModel", model.isEmpty() ? null : model);
        return asked;
    }

    @Override
    Map<String, Object> answered(final Outcome outcome)
    {
        final SignalOutcome signal = outcome.signal();
        final Map<String, Object> answered = new LinkedHashMap<>();
        answered.put("riskReason", signal.reason().name());
        answered.put("model", model(signal));
        answered.put("instrument", instrument(signal) == null ? null : instrument(signal).name());
        answered.put("quantity", quantity(signal));
        answered.put("clOrdId", signal.clOrdId().isEmpty() ? null : signal.clOrdId());
        return answered;
    }

    private String model(final SignalOutcome signal)
    {
        return signal.strategyId() == Nulls.NULL_INSTRUMENT_ID ? null : names.strategyName(signal.strategyId());
    }

    private Instrument instrument(final SignalOutcome signal)
    {
        return signal.instrumentId() == Nulls.NULL_INSTRUMENT_ID ? null : names.instrument(signal.instrumentId());
    }

    /** Of the decimals that the instrument's lot has; null when the model was given nothing. */
    private String quantity(final SignalOutcome signal)
    {
        return signal.quantityLots() == Nulls.NULL_LONG
            ? null
            : instrument(signal).lot().decimal(signal.quantityLots()).toPlainString();
    }

    @Override
    String text(final Outcome outcome)
    {
        final SignalOutcome signal = outcome.signal();
        final StringBuilder text = new StringBuilder();
        text.append(signal.reason() == RiskReason.NONE ? "taken" : signal.reason().name());
        append(text, " by model ", model(signal));
        append(text, ", " + side + " ", quantity(signal));
        append(text, " of ", instrument(signal) == null ? null : instrument(signal).name());
        append(text, ", order ", signal.clOrdId().isEmpty() ? null : signal.clOrdId());
        return text.append(", signal ").append(signalId).toString();
    }

    private static void append(final StringBuilder text, final String before, final String valueOrNull)
    {
        if (valueOrNull != null)
        {
            text.append(before).append(valueOrNull);
        }
    }
}
