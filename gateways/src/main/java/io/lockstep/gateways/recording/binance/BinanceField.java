package io.lockstep.gateways.recording.binance;

import io.lockstep.gateways.recording.text.Text;

/** The members of Binance's messages that say something here, by the names that Binance gives them. */
enum BinanceField
{
    EVENT("e"), EVENT_TIME("E"), TRANSACTION_TIME("T"), SYMBOL("s"), PAIR_OF_EVENT("ps"), FIRST_UPDATE_ID(
        "U"), LAST_UPDATE_ID("u"), PREVIOUS_UPDATE_ID("pu"), BID("b"), BID_QUANTITY("B"), ASK("a"), ASK_QUANTITY(
            "A"), PRICE("p"), QUANTITY("q"), TRADE_ID("t"), IS_BUYER_MAKER(
                "m"), SNAPSHOT_UPDATE_ID("lastUpdateId"), BIDS(
                    "bids"), ASKS("asks"), SYMBOL_OF_SNAPSHOT("symbol"), PAIR_OF_SNAPSHOT("pair"), STREAM("stream"),
    /** What a combined stream wraps a message in. */
    DATA("data"),
    /** Spot sends it, futures do not. */
    SPOT_MARK("M"),
    /** Futures send it, spot does not. */
    FUTURES_MARK("X");

    static final int COUNT = values().length;

    private static final BinanceField[] BY_LETTER = new BinanceField[128];
    /** In the order of how often they come. */
    private static final BinanceField[] LONGER = {
        PREVIOUS_UPDATE_ID, PAIR_OF_EVENT, STREAM, DATA, BIDS, ASKS, SNAPSHOT_UPDATE_ID, SYMBOL_OF_SNAPSHOT,
        PAIR_OF_SNAPSHOT};

    static
    {
        for (final BinanceField field : values())
        {
            if (field.key.length() == 1)
            {
                BY_LETTER[field.key.charAt(0)] = field;
            }
        }
    }

    private final String key;

    BinanceField(final String key)
    {
        this.key = key;
    }

    /** Its name in the JSON. */
    String key()
    {
        return key;
    }

    /** The field with this name, or null; most names are one letter. */
    static BinanceField of(final byte[] bytes, final int start, final int end)
    {
        if (end - start == 1)
        {
            return bytes[start] >= 0 ? BY_LETTER[bytes[start]] : null;
        }
        for (final BinanceField field : LONGER)
        {
            if (Text.equal(bytes, start, end, field.key))
            {
                return field;
            }
        }
        return null;
    }
}
