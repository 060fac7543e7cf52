package io.lockstep.gateways.recording.finding;

/**
 * What a recording can hold that is not passed on as it is printed. None of them ends the reading: each is counted and said
 * with its place. Text that cannot be read at all is another matter, see {@link BadInputPolicy}.
 */
public enum Finding
{
    /** Noise of binary floating point, such as 4.8100000000000005 where the rest of the file has cents. */
    ROUNDED("rounded", "numbers with the noise of binary floating point, rounded", false),
    /** A price of 0 is how some files say that there is none: such a trade, bar, level or side of a quote is left out. */
    ZERO_PRICE("zeroPrices", "prices of 0 are none; what had one was left out", true),
    /** What a venue sends in the place of a trade, and a trade of no quantity, are left out. */
    NO_TRADE("noTrades", "trades that are none by the venue's mark or without a quantity, left out", false),
    /** A bar that is equal to the one before in all, left out. */
    DUPLICATE("duplicates", "bars that are there twice, left out once", false),
    /** A bar of the time of the one before with other numbers: the first counts, the second is left out. */
    CONFLICT("conflicting", "bars of one time with different numbers; the first counts, the others were left out",
        true),
    /** A bar whose low is not its least or whose high is not its greatest price, left out. */
    INSANE("insane", "bars that cannot be, left out", true),
    /** A bar before the bar above it; the bars of the instrument were sorted. */
    OUT_OF_ORDER("outOfOrder", "bars before the bar above them; sorted by time", false);

    private final String key;
    private final String text;
    private final boolean isFault;

    Finding(final String key, final String text, final boolean isFault)
    {
        this.key = key;
        this.text = text;
        this.isFault = isFault;
    }

    /** The name of the count in JSON. */
    public String key()
    {
        return key;
    }

    /** For people, behind a count. */
    public String text()
    {
        return text;
    }

    /** Whether data was wrong and is missing: a check that failed. */
    public boolean isFault()
    {
        return isFault;
    }
}
