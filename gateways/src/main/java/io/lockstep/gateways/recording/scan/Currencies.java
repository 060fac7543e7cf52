package io.lockstep.gateways.recording.scan;

/**
 * What is bought and what the price is in, told from a symbol.
 *
 * @param base  {@value #UNKNOWN} or the symbol itself when it does not end in a known quote currency.
 * @param quote {@value #UNKNOWN} when it does not end in one.
 */
public record Currencies(String base, String quote)
{
    /** ISO 4217: no currency. */
    static final String UNKNOWN = "XXX";

    private static final String[] QUOTES = {
        "FDUSD", "USDT", "USDC", "TUSD", "BUSD", "USDP", "USD1", "USD", "BTC", "ETH", "BNB", "EUR", "TRY", "GBP", "BRL",
        "JPY", "AUD", "DAI", "PAX", "UAH", "RUB", "ZAR", "MXN", "PLN", "ARS", "IDRT"};

    /** Of {@code BTCUSDT}, {@code BTC_USDT}, {@code BTC-USD} or {@code BTCUSDT_250926}. */
    public static Currencies of(final String symbol)
    {
        final int separator = indexOfSeparator(symbol);
        if (separator > 0)
        {
            final String before = symbol.substring(0, separator);
            final String after = symbol.substring(separator + 1);
            // A delivery date or PERP follows a whole pair; otherwise the separator stands between the two.
            return isContract(after) ? of(before) : new Currencies(before, after);
        }
        String quote = "";
        for (final String candidate : QUOTES)
        {
            if (symbol.endsWith(candidate) && symbol.length() > candidate.length()
                && candidate.length() > quote.length())
            {
                quote = candidate;
            }
        }
        return quote.isEmpty() ? new Currencies(symbol, UNKNOWN) : split(symbol, quote);
    }

    /** Of a coin-margined symbol, whose quote is always the dollar: {@code BTCUSD_PERP}. */
    static Currencies ofCoinMargined(final String symbol)
    {
        final int separator = indexOfSeparator(symbol);
        final String pair = separator > 0 ? symbol.substring(0, separator) : symbol;
        return pair.endsWith("USD") && pair.length() > 3 ? split(pair, "USD") : of(pair);
    }

    private static Currencies split(final String pair, final String quote)
    {
        return new Currencies(pair.substring(0, pair.length() - quote.length()), quote);
    }

    private static int indexOfSeparator(final String symbol)
    {
        for (int i = 0; i < symbol.length(); i++)
        {
            if (symbol.charAt(i) == '_' || symbol.charAt(i) == '-' || symbol.charAt(i) == '/')
            {
                return i;
            }
        }
        return -1;
    }

    private static boolean isContract(final String suffix)
    {
        return "PERP".equals(suffix) || !suffix.isEmpty() && suffix.chars().allMatch(Character::isDigit);
    }
}
