package io.lockstep.gateways.recording;

/** What the first pass found out about one symbol in one file. */
final class SymbolStatistics
{
    private final String symbol;
    private final long firstLine;
    private BinanceProduct provenProduct;
    private BinanceProduct suggestedProduct;
    private String instrumentName;
    private final NumberGrid prices = new NumberGrid();
    private final NumberGrid quantities = new NumberGrid();
    private boolean hasDepth;

    SymbolStatistics(final String symbol, final long firstLine)
    {
        this.symbol = symbol;
        this.firstLine = firstLine;
    }

    String symbol()
    {
        return symbol;
    }

    long firstLine()
    {
        return firstLine;
    }

    BinanceProduct provenProduct()
    {
        return provenProduct;
    }

    void provenProduct(final BinanceProduct product)
    {
        provenProduct = product;
    }

    BinanceProduct suggestedProduct()
    {
        return suggestedProduct;
    }

    void suggestedProduct(final BinanceProduct product)
    {
        suggestedProduct = product;
    }

    /** What changes prove or, without any, other lines suggest; null when nothing does. */
    BinanceProduct product()
    {
        return provenProduct != null ? provenProduct : suggestedProduct;
    }

    /** Null until all files are scanned. */
    String instrumentName()
    {
        return instrumentName;
    }

    void instrumentName(final String name)
    {
        instrumentName = name;
    }

    NumberGrid prices()
    {
        return prices;
    }

    NumberGrid quantities()
    {
        return quantities;
    }

    /** Whether there is a book to build: a change or a snapshot. */
    boolean hasDepth()
    {
        return hasDepth;
    }

    void hasDepth(final boolean value)
    {
        hasDepth = value;
    }
}
