package io.lockstep.core;

import io.lockstep.codecs.Decimal;
import io.lockstep.sbe.Decimal64Encoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.SignalEncoder;

import java.util.function.Consumer;

/** A signal to buy, for {@link CoreScenario#give}; each method changes one thing of it. */
public final class SignalSays implements Consumer<InputRecords>
{
    private final String clientName;
    private final long epoch;
    private final long counter;
    private Side side = Side.BUY;
    private Decimal quantity;
    private Decimal quoteAmount;
    private long expireTimeNs = SignalEncoder.expireTimeNsNullValue();
    private String symbol = "BTCUSDT";
    private String model = "";

    private SignalSays(final String clientName, final long epoch, final long counter)
    {
        this.clientName = clientName;
        this.epoch = epoch;
        this.counter = counter;
    }

    /** Of the client {@code ops} in its epoch 1. */
    public static SignalSays signal(final long counter)
    {
        return signal("ops", 1, counter);
    }

    public static SignalSays signal(final String clientName, final long epoch, final long counter)
    {
        return new SignalSays(clientName, epoch, counter);
    }

    public SignalSays side(final Side newSide)
    {
        side = newSide;
        return this;
    }

    public SignalSays quantity(final String newQuantity)
    {
        quantity = Decimal.parse(newQuantity);
        return this;
    }

    public SignalSays quoteAmount(final String newQuoteAmount)
    {
        quoteAmount = Decimal.parse(newQuoteAmount);
        return this;
    }

    public SignalSays expireTimeNs(final long newExpireTimeNs)
    {
        expireTimeNs = newExpireTimeNs;
        return this;
    }

    public SignalSays symbol(final String newSymbol)
    {
        symbol = newSymbol;
        return this;
    }

    public SignalSays model(final String newModel)
    {
        model = newModel;
        return this;
    }

    @Override
    public void accept(final InputRecords records)
    {
        final SignalEncoder signal = records.begin(new SignalEncoder()).side(side).epoch(epoch).counter(counter)
            .expireTimeNs(expireTimeNs);
        put(signal.quantity(), quantity);
        put(signal.quoteAmount(), quoteAmount);
        signal.clientName(clientName).symbol(symbol).model(model).reason("").user("jo");
    }

    private static void put(final Decimal64Encoder field, final Decimal value)
    {
        field.mantissa(value == null ? 0 : value.mantissa())
            .exponent(value == null ? Decimal64Encoder.exponentNullValue() : (byte)value.exponent());
    }
}
