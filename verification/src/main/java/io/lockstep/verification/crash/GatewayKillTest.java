package io.lockstep.verification.crash;

import io.lockstep.cli.node.NodeRig;
import io.lockstep.cli.output.Progress;
import io.lockstep.core.host.CoreHost;
import io.lockstep.gateways.simulated.SimulatedVenue;
import io.lockstep.journal.replay.ReplayRun;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.config.JournalContext;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.verification.crash.audit.CrashChecks;
import io.lockstep.verification.crash.audit.Ledger;
import io.lockstep.verification.crash.audit.RequestFates;
import io.lockstep.verification.crash.audit.VenueRecord;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An order gateway under load, killed at random, restarted, checked, at a venue that accepts a ClOrdID again once the order
 * that had it is closed: no request may be sent twice, and each must be known in the end.
 */
final class GatewayKillTest
{
    private final Path directory;
    private final Path aeronDirectory;
    private final long seed;
    private final boolean losesLog;
    private final PrintWriter err;
    private final VenueRecord record = new VenueRecord();
    private final RequestWatch watch = new RequestWatch(record);
    private final CrashChecks checks = new CrashChecks();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /**
     * @param losesLog whether the gateway's log is taken away at each kill: a test of the test, which must fail.
     */
    GatewayKillTest(
        final Path directory,
        final Path aeronDirectory,
        final long seed,
        final boolean losesLog,
        final PrintWriter err)
    {
        this.directory = directory;
        this.aeronDirectory = aeronDirectory;
        this.seed = seed;
        this.losesLog = losesLog;
        this.err = err;
    }

    /** Kills the gateway so often, and checks what is left. */
    void run(final int kills) throws IOException, InterruptedException
    {
        final long events = (long)(kills + 1) * GatewayKillRun.MARKET_EVENTS;
        final Progress progress = new Progress(err, events);
        final NodeRig rig = new NodeRig(directory, aeronDirectory,
            CrashTestConfiguration.node(directory, aeronDirectory, JournalContext.RETAIN_ALL),
            CrashTestConfiguration.servedVenue(seed, events), null, watch, 0, err);
        final boolean settled = play(rig, kills, progress);
        progress.done();
        values.put("settled", settled);
        if (settled)
        {
            check(rig);
        }
    }

    private boolean play(final NodeRig rig, final int kills, final Progress progress)
        throws IOException, InterruptedException
    {
        final Path config = directory.resolve("orders.yaml");
        final Path log = directory.resolve("orders");
        Files.writeString(config, CrashTestConfiguration.orders(
            aeronDirectory, log, directory.resolve("log"), rig.gateways().server().address()));
        try (rig; GatewayKillRun run = new GatewayKillRun(rig, watch, progress, config, log, losesLog, err))
        {
            run.play(GatewayKill.draw(seed, kills));
            rig.node().stop();
            values.putAll(run.values());
            return true;
        }
        catch (final NodeException ex)
        {
            if (ex.exitStatus() != NodeException.CHECK_FAILED)
            {
                throw ex;
            }
            checks.require(false, ex.getMessage());
            return false;
        }
    }

    private void check(final NodeRig rig)
    {
        final NodeDirectory node = rig.directory();
        final CoreHost engine = ReplayRun.whole(node, true).host();
        final SimulatedVenue venue = rig.gateways().server().venue();
        values.put("sentTwice", checks.sentOnce(record));
        try (JournalReader reader = new JournalReader(node))
        {
            final RequestFates fates = new RequestFates().addAll(reader);
            checks.fates(fates, record);
            values.put("requests", fates.count());
            values.put("notSent", fates.notSent().size());
            values.put("notSentWrongly", fates.wronglyNotSent(record.requests().keySet()).size());
            values.put("unknown", fates.unknown(record.requests().keySet()).size());
        }
        final Ledger ofEngine = Ledger.of(engine.core(), rig.context().shard());
        final Ledger ofVenue = Ledger.of(venue, ofEngine.accountByInstrument().size(), record.openOrders());
        values.put("ledgerEqual", checks.ledgers(ofEngine, ofVenue, venue.openOrders()));
        values.put("orders", venue.orders());
        values.put("fills", venue.fills());
        values.put("openOrders", venue.openOrders());
    }

    /** By the keys of the command's contract. */
    Map<String, Object> values()
    {
        return values;
    }

    /** A sentence for each check that did not hold. */
    List<String> failures()
    {
        return checks.failures();
    }
}
