package io.lockstep.verification.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.ChildCommand;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.node.NodeRig;
import io.lockstep.journal.replay.ReplayRun;
import io.lockstep.sequencer.journal.JournalPosition;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.verification.crash.audit.Ledger;
import io.lockstep.verification.crash.audit.VenueRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A crash of the operating system as an operator meets it: pages of the journal are gone, the venue has orders and fills that
 * stood in them, and the node goes on by command alone.
 */
class LostTailTest
{
    private static final int EVENTS = 60_000;
    private static final int ORDERS = 150;

    @TempDir
    private Path node;

    private JsonNode stat()
    {
        return CommandRun.of("stat", "--dir", node, "--json").exits(0).json();
    }

    private boolean has(final String counter, final long value)
    {
        return Files.exists(node.resolve("counters.dat")) && stat().get(counter).asLong() >= value;
    }

    private CommandRun cut(final Object... options)
    {
        return CommandRun.of("journal", "cut", node, "--json", List.of(options));
    }

    private CommandRun run()
    {
        return CommandRun.of("run", "--config", node.resolve("node.yaml"));
    }

    private List<JournalPosition> documents()
    {
        final List<JournalPosition> documents = new ArrayList<>();
        try (JournalReader reader = new JournalReader(new NodeDirectory(node)))
        {
            while (reader.next())
            {
                if (reader.isDocumentEnd())
                {
                    documents.add(reader.position());
                }
            }
        }
        return documents;
    }

    private void zeroPage(final JournalPosition document)
    {
        try (Stream<Path> files = Files.list(new NodeDirectory(node).segment(document.segmentId())))
        {
            final Path file = files.filter((path) -> path.toString().endsWith(".cq4")).findFirst().orElseThrow();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
            {
                channel.write(ByteBuffer.allocate(4096), document.documentIndex());
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private NodeRig rig(final VenueRecord record) throws IOException
    {
        final Path driver = NodeRig.aeronDirectory(node, "lockstep-test-tail-");
        final String text = CrashTestConfiguration.node(node, driver, -1)
            .replace("everyInputs: 2000, interval: 1s", "everyInputs: 1000000000, interval: 1h");
        return new NodeRig(node, driver, text, CrashTestConfiguration.gateways(5, EVENTS), null, record, Long.MAX_VALUE,
            new PrintWriter(System.err, true));
    }

    @Test
    void goesOnWithoutItAtTheOperatorsWordAndTakesTheRestFromTheVenue() throws Exception
    {
        final VenueRecord record = new VenueRecord();
        try (NodeRig rig = rig(record))
        {
            while (!has("orders", ORDERS))
            {
                rig.requireHealthy();
                Thread.yield();
            }
            assertThat(cut().exits(3).err()).contains("in use by another live process");
            rig.node().kill();
            final List<JournalPosition> documents = documents();
            zeroPage(documents.get(documents.size() * 2 / 3));
            assertThat(run().exits(1).err()).contains("journal damaged: ").contains("lockstep journal cut " + node);

            final long kept = says(documents);
            cuts(kept);
            assertThat(run().exits(1).err()).contains("the journal has lost its tail: the order gateway")
                .contains("lockstep run --accept-lost-tail");
            accepted(rig);

            final Ledger engine = Ledger.of(ReplayRun.whole(new NodeDirectory(node), true).host().core(), 0);
            final Ledger venue = Ledger.of(
                rig.gateways().venue().venue(), engine.accountByInstrument().size(), record.openOrders());
            assertThat(engine.accountByInstrument()).as("taken over from the venue")
                .isEqualTo(venue.accountByInstrument());
        }
        CommandRun.of("journal", "verify", node).exits(0);
        CommandRun.of("replay", "--verify", "--journal", node).exits(0);
        assertThat(CommandRun.of("journal", "print", node, "--template", "OperationalAlert").exits(0).out())
            .contains("alertType=TAIL_CUT").contains("alertType=GATEWAY_AHEAD");
        assertThat(CommandRun.of("journal", "print", node, "--template", "ReconciliationDifference").exits(0).out())
            .contains("UNKNOWN_FILL");
    }

    /** And changes nothing. */
    private long says(final List<JournalPosition> documents)
    {
        final JsonNode said = cut().exits(1).json();
        final long kept = said.get("keptSequence").asLong();
        assertThat(kept).isPositive().isLessThan(documents.get(documents.size() - 1).lastSequence());
        assertThat(said.get("firstBadSequence").asLong()).isEqualTo(kept + 1);
        assertThat(said.get("problem").asText()).containsAnyOf(
            "no complete document here, but one behind it", "but its predecessor ends at");
        assertThat(said.get("lostInputs").asLong()).isPositive();
        assertThat(said.get("lostOrders").asLong()).isPositive();
        assertThat(said.get("lostLastSequence").asLong())
            .isGreaterThanOrEqualTo(documents.get(documents.size() - 1).lastSequence());
        assertThat(said.get("aside").isNull()).isTrue();
        assertThat(CommandRun.of("journal", "cut", node).exits(1).out()).contains("Nothing was changed.")
            .contains("lockstep journal cut --keep-to " + kept + " " + node);
        assertThat(cut("--keep-to", kept + 1).exits(2).err()).contains("expected " + kept);
        assertThat(cut().exits(1).json()).isEqualTo(said);
        return kept;
    }

    private void cuts(final long kept)
    {
        final JsonNode done = cut("--keep-to", kept).exits(0).json();
        assertThat(Path.of(done.get("aside").asText())).isEqualTo(node.resolve("cut-" + kept)).isDirectory();
        assertThat(cut().exits(0).json().get("problem").isNull()).isTrue();
        assertThat(cut("--keep-to", kept).exits(2).err()).contains("nothing to cut");
        assertThat(CommandRun.of("journal", "cut", node).exits(0).out()).contains("nothing to cut");
    }

    private void accepted(final NodeRig rig)
    {
        try (ChildCommand child = ChildCommand.start(
            node, "run", "--accept-lost-tail", "--json", "--config", "node.yaml").awaitErr("running in"))
        {
            child.await(() -> stat().get("tradingMode").asInt() == 2 && rig.gateways().isFinished());
            child.signal("TERM");
            assertThat(child.run().exits(0).json().get("cleanEnd").asBoolean()).isTrue();
        }
    }
}
