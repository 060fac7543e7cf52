package io.lockstep.verification.crash;

import io.lockstep.cli.config.GatewaySettings;
import io.lockstep.cli.gateway.MarketPlayer;
import io.lockstep.codecs.Instrument;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.gateways.simulated.SimulatedVenue;
import io.lockstep.journal.read.JournalSummary;
import io.lockstep.journal.replay.ReplayRun;
import io.lockstep.journal.text.Json;
import io.lockstep.journal.verify.JournalVerification;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.replay.Divergence;
import io.lockstep.verification.crash.audit.CrashChecks;
import io.lockstep.verification.crash.audit.JournalContents;
import io.lockstep.verification.crash.audit.Ledger;
import io.lockstep.verification.crash.audit.MarketCheck;
import io.lockstep.verification.crash.audit.VenueRecord;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a crash test found: the checks over all that is left when node, feed and venue have ended, and the figures.
 */
final class CrashTestOutcome
{
    private final CrashChecks checks;
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private int divergences;

    CrashTestOutcome(final CrashChecks checks)
    {
        this.checks = checks;
    }

    /**
     * The gateways have ended, the node has stopped.
     *
     * @param context  of the node, whose directory is read.
     * @param whole    where its journal is from the beginning; the same directory when nothing was removed.
     * @param settings that the market was made with.
     * @param venue    as it ended.
     * @param record   what went in and out of it.
     */
    void check(
        final NodeContext context,
        final NodeDirectory whole,
        final GatewaySettings settings,
        final SimulatedVenue venue,
        final VenueRecord record)
    {
        final NodeDirectory node = new NodeDirectory(context.directory());
        if (isWhole(node) && (whole.path().equals(node.path()) || isWhole(whole)))
        {
            final CoreHost engine = ReplayRun.whole(whole, false).host();
            final JournalContents journal = contents(whole, context, settings, engine.core());
            compare(whole, journal, engine);
            compare(engine, ReplayRun.fromSnapshot(node));
            compare(Ledger.of(engine.core(), context.shard()), journal, venue, record);
            summarize(whole, venue);
        }
    }

    /** Of what there is from the start or the oldest snapshot on. */
    private boolean isWhole(final NodeDirectory directory)
    {
        final JournalVerification verification = JournalVerification.of(directory);
        checks.require(verification.problem() == null,
            "journal: " + directory.journal() + ": " + verification.problem());
        checks.require(verification.cleanEnd(), "journal: " + directory.journal() +
            ": expected a clean end, for the node was told to stop");
        return verification.problem() == null;
    }

    /** An engine that has replayed everything, and one that was restored from the newest snapshot. */
    private void compare(final CoreHost engine, final CoreHost restored)
    {
        final boolean isEqual = engine.decisionHash() == restored.decisionHash() &&
            engine.core().stateHash() == restored.core().stateHash() &&
            engine.core().lastSequence() == restored.core().lastSequence();
        divergences += isEqual ? 0 : 1;
        checks.require(isEqual, "snapshot: restored, the state is another than a replay of everything gives");
    }

    private static JournalContents contents(
        final NodeDirectory directory,
        final NodeContext context,
        final GatewaySettings settings,
        final TradingCore core)
    {
        try (JournalReader reader = new JournalReader(directory);
            MarketCheck market = new MarketCheck(
                MarketPlayer.of(context, settings, null).create((name) -> instrument(core, name))))
        {
            return new JournalContents(market).addAll(reader);
        }
    }

    private static Instrument instrument(final TradingCore core, final String name)
    {
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            if (core.instrument(id).name().equals(name))
            {
                return core.instrument(id);
            }
        }
        return null;
    }

    /** The node's decisions over all its lives, those of one that lived through, and those that the journal holds. */
    private void compare(final NodeDirectory directory, final JournalContents journal, final CoreHost engine)
    {
        final Divergence divergence = ReplayRun.whole(directory, true).divergence();
        divergences += divergence == null ? 0 : 1;
        checks.require(divergence == null, "replay: diverges at sequence=" +
            (divergence == null ? 0 : divergence.sequence()) + " ordinal=" +
            (divergence == null ? 0 : divergence.ordinal()));
        final boolean isEqual = journal.decisionHash() == engine.decisionHash() &&
            journal.decisions() == engine.decisionCount();
        divergences += isEqual || divergence != null ? 0 : 1;
        checks.require(isEqual, "decisions: the journal holds " + journal.decisions() + " with hash " +
            Json.hex(journal.decisionHash()) + ", an engine that was never killed makes " + engine.decisionCount() +
            " with hash " + Json.hex(engine.decisionHash()));
        checks.require(journal.inputs() == engine.core().lastSequence(), "journal: inputs=" + journal.inputs() +
            ", but the last has sequence=" + engine.core().lastSequence());
        figures.put("inputs", journal.inputs());
        figures.put("decisions", journal.decisions());
        figures.put("decisionHash", Json.hex(journal.decisionHash()));
    }

    private void compare(
        final Ledger ofEngine, final JournalContents journal, final SimulatedVenue venue, final VenueRecord record)
    {
        final Ledger ofVenue = Ledger.of(venue, ofEngine.accountByInstrument().size(), record.openOrders());
        checks.market(journal);
        checks.requests(journal, record, venue.repeats());
        checks.reports(journal, record, ofEngine);
        figures.put("ledgerEqual", checks.ledgers(ofEngine, ofVenue, venue.openOrders()));
        figures.put("openOrders", venue.openOrders());
    }

    private void summarize(final NodeDirectory directory, final SimulatedVenue venue)
    {
        try (JournalReader reader = new JournalReader(directory))
        {
            final JournalSummary summary = new JournalSummary().addAll(reader);
            figures.put("incarnations", summary.incarnations);
            figures.put("marketEvents", summary.marketEvents);
            figures.put("orders", summary.orders);
            figures.put("fills", summary.fills);
            figures.put("partialFills", summary.partialFills);
            figures.put("cancels", summary.cancels);
            figures.put("replaces", venue.replaces());
            figures.put("riskRejects", summary.riskRejects);
            figures.put("venueRejects", summary.venueRejects);
        }
    }

    /** A sentence for each check that did not hold. */
    List<String> failures()
    {
        return checks.failures();
    }

    /** By the keys of the command's contract. */
    Map<String, Object> values()
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("lost", checks.lost());
        values.put("duplicated", checks.duplicated());
        values.put("invented", checks.invented());
        values.put("divergences", divergences);
        values.putAll(figures);
        return values;
    }
}
