package io.lockstep.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.core.TradingCore;
import io.lockstep.gateways.recording.SyntheticRecording.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes the golden journals of the present logic version, under {@code target}. Runs only when it is asked for by name; the
 * README beside the journals says how.
 */
class GoldenJournalWriter
{
    private static final int EVENTS = 180;

    @TempDir
    private Path directory;

    private static GoldenJournal journal(final String name)
    {
        return new GoldenJournal(Path.of(System.getProperty("lockstep.root"), "journal-tools/target/golden",
            "logic-" + TradingCore.LOGIC_VERSION), name);
    }

    @Test
    void writeBacktest()
    {
        final Path node = directory.resolve("node-1");
        ProofBacktest.write(node);
        journal("backtest").write(node);
    }

    /** Two incarnations, the first of which was killed. */
    @Test
    void writeRestart()
    {
        try (ChildCommand demo = ChildCommand.start(directory, "demo", "--seconds", 8, "--dir", "node-1", "--json",
            "--data", TestData.recording(directory, "usdm.gz", Product.USDM, 1, EVENTS),
            TestData.recording(directory, "coinm.gz", Product.COINM, 2, EVENTS)))
        {
            final JsonNode result = demo.run().exits(0).json();
            assertThat(result.get("recoveredAtSequence").asLong()).isPositive();
            assertThat(result.get("orders").asLong()).isPositive();
        }
        journal("restart").write(directory.resolve("node-1"));
    }
}
