package io.lockstep.cli;

import io.lockstep.gateways.recording.SyntheticRecording;
import io.lockstep.gateways.recording.SyntheticRecording.Product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Recordings and configurations that tests of commands share. */
public final class TestData
{
    /** Trades often, so that little data does. */
    public static final String BACKTEST = """
        limits: {maxOrderNotional: 60000, maxPositionNotional: 60000, maxOpenOrders: 3, maxOrdersPerSecond: 5}
        strategies:
          - name: moving-average-crossover
            parameters: {fast: 4, slow: 16, confirmations: 1, orderNotional: 100, stopBps: 2, targetBps: 2, entryTimeoutMs: 500}
        venue: {orderLatencyUs: 2000, reportLatencyUs: 2000}
        """;

    private TestData()
    {
    }

    static String symbol(final Product product)
    {
        return product == Product.COINM ? "BTCUSD_PERP" : "BTCUSDT";
    }

    public static String instrument(final Product product)
    {
        return symbol(product) + ".BINANCE_" + product;
    }

    /** A recording of a seed, in a file of this name. */
    public static Path recording(
        final Path directory, final String name, final Product product, final long seed, final int events)
    {
        return write(directory.resolve(name), SyntheticRecording.lines(product, symbol(product), seed, events));
    }

    public static List<String> lines(final Product product, final int events)
    {
        return new ArrayList<>(SyntheticRecording.lines(product, symbol(product), 1, events));
    }

    public static Path write(final Path file, final List<String> lines)
    {
        try
        {
            return SyntheticRecording.write(file, lines);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    public static Path write(final Path file, final String text)
    {
        try
        {
            return Files.writeString(file, text);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    public static Path backtestConfig(final Path directory)
    {
        return write(directory.resolve("backtest.yaml"), BACKTEST);
    }

    /** From the venue itself, beside the project and no part of it; the test is skipped where it is not there. */
    public static Path real(final String name)
    {
        final Path path = Path.of(System.getProperty("lockstep.root"), "..", "shared", "data", name);
        assumeTrue(Files.exists(path), () -> "not present: " + path);
        return path;
    }
}
