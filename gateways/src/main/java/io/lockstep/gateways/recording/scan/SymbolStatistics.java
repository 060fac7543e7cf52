package io.lockstep.gateways.recording.scan;

/** What the first pass found out about one symbol in one file. */
public final class SymbolStatistics
{
    private final String symbol;
    private final long firstLine;
    private BinanceProduct provenProduct;
    private BinanceProduct suggestedProduct;
    private String instrumentName;
    private final NumberGrid prices = new NumberGrid();
    private final NumberGrid quantities = new NumberGrid();
    private boolean hasDepth;

    public SymbolStatistics(final String symbol, final long firstLine)
    {
        this.symbol = symbol;
        this.firstLine = firstLine;
    }

    public String symbol()
    {
        return symbol;
    }

    public long firstLine()
    {
        return firstLine;
    }

    public BinanceProduct provenProduct()
    {
        return provenProduct;
    }

    public void provenProduct(final BinanceProduct product)
    {
        provenProduct = product;
    }

    public BinanceProduct suggestedProduct()
    {
        return suggestedProduct;
    }

    public void suggestedProduct(final BinanceProduct product)
    {
        suggestedProduct = product;
    }

    /** What changes prove or, without any, other lines suggest; null when nothing does. */
    public BinanceProduct product()
    {
        return provenProduct != null ? provenProduct : suggestedProduct;
    }

    /** Null until all files are scanned. */
    public String instrumentName()
    {
        return instrumentName;
    }

    public void instrumentName(final String name)
    {
        instrumentName = name;
    }

    public NumberGrid prices()
    {
        return prices;
    }

    public NumberGrid quantities()
    {
        return quantities;
    }

    /** Whether there is a book to build: a change or a snapshot. */
    public boolean hasDepth()
    {
        return hasDepth;
    }

    public void hasDepth(final boolean value)
    {
        hasDepth = value;
    }
}
