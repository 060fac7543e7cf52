package io.lockstep.cli.output;

import io.lockstep.codecs.text.Amount;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.codecs.text.Times;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.journal.risk.RiskReport;
import io.lockstep.journal.risk.RiskReport.Line;
import io.lockstep.journal.risk.RiskReport.Refusal;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.TradingMode;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Limits and trading states of one node or shard, as lines or as values of a JSON object.
 */
public final class RiskListing
{
    private final CoreHost host;
    private final RiskReport report;

    public RiskListing(final CoreHost host)
    {
        this.host = host;
        report = new RiskReport(host.core(), host.lastTimeNs());
    }

    public void print(final PrintWriter out)
    {
        report.modes().stream().filter((mode) -> mode.mode() != TradingMode.RUNNING || mode.of().equals("node"))
            .forEach((mode) -> out.println("mode of " + Escapes.line(mode.of()) + ": " + mode.mode() +
                (mode.flattens() ? ", closes positions" : "")));
        for (final Line line : report.lines())
        {
            out.printf(Locale.ROOT, "%-26s %-26s %-18s used %-16s left %-16s %s, sequence %d%s%n", line.name(),
                Escapes.line(line.of()), line.value(), text(line.use()), text(line.headroom()),
                line.setBy() == Origin.OPERATOR ? "operator" : "configuration", line.sequence(), configured(line));
            if (line.refusal() != null)
            {
                out.println("    " + text(line.refusal()));
            }
        }
        if (report.lines().isEmpty())
        {
            out.println("no limit is set");
        }
    }

    private static String text(final Amount amount)
    {
        return amount == null ? "-" : amount.toString();
    }

    private static String configured(final Line line)
    {
        return line.setBy() == Origin.OPERATOR
            ? ", configured " + (line.configured() == null ? "none" : line.configured())
            : "";
    }

    private static String text(final Refusal refusal)
    {
        return "refused " + refusal.count() + ", newest " + Times.iso(refusal.timeNs()) + " sequence " +
            refusal.sequence() + " " + Escapes.line(refusal.strategy()) + " on " + refusal.instrument() + ": " +
            refusal.reason() + " limit " + text(refusal.limit()) + " value " + text(refusal.actual());
    }

    /** Under the keys of a JSON object. */
    public Map<String, Object> values()
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("sequence", host.core().lastSequence());
        values.put("timeNs", host.lastTimeNs());
        final List<Object> modes = new ArrayList<>();
        report.modes().forEach((mode) -> modes.add(
            Map.of("of", mode.of(), "mode", mode.mode().name(), "flattens", mode.flattens())));
        values.put("modes", modes);
        final List<Object> limits = new ArrayList<>();
        report.lines().forEach((line) -> limits.add(values(line)));
        values.put("limits", limits);
        return values;
    }

    private Map<String, Object> values(final Line line)
    {
        final LimitScope scope = line.scope().scope();
        final boolean isOfStrategy = scope == LimitScope.LEG || scope == LimitScope.STRATEGY;
        final boolean isOfVenue = scope == LimitScope.VENUE || scope == LimitScope.ACCOUNT;
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", line.name());
        values.put("scope", scope.name());
        values.put("instrument", instrument(line));
        values.put("strategy", isOfStrategy ? report.strategy(line.scope().scopedId()) : null);
        values.put("venue", isOfVenue ? report.venue(line.scope().scopedId()) : null);
        values.put("value", line.value().decimal());
        values.put("text", line.value().toString());
        values.put("use", line.use() == null ? null : line.use().decimal());
        values.put("headroom", line.headroom() == null ? null : line.headroom().decimal());
        values.put("unit", line.value().unit());
        values.put("setBy", line.setBy() == Origin.OPERATOR ? "operator" : "configuration");
        values.put("sequence", line.sequence());
        values.put("configured", line.configured() == null ? null : line.configured().value().toPlainString());
        values.put("refusal", line.refusal() == null ? null : values(line.refusal()));
        return values;
    }

    private String instrument(final Line line)
    {
        return line.scope().scope() == LimitScope.NODE ? "all" : report.instrument(line.scope());
    }

    private static Map<String, Object> values(final Refusal refusal)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("reason", refusal.reason().name());
        values.put("count", refusal.count());
        values.put("sequence", refusal.sequence());
        values.put("timeNs", refusal.timeNs());
        values.put("strategy", refusal.strategy());
        values.put("instrument", refusal.instrument());
        values.put("limit", refusal.limit() == null ? null : refusal.limit().toString());
        values.put("value", refusal.actual() == null ? null : refusal.actual().toString());
        return values;
    }
}
