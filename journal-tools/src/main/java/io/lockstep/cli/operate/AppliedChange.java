package io.lockstep.cli.operate;

import io.lockstep.gateways.control.ControlClient.Outcome;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sequencer.apply.ConfigurationChange;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One difference between a node and a configuration, and what has become of it.
 *
 * @param outcome the node's answer; null where it was not sent, or not answered.
 */
record AppliedChange(ConfigurationChange change, Outcome outcome)
{
    boolean isApplied()
    {
        return outcome != null && outcome.accepted();
    }

    Map<String, Object> values()
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("kind", change.kind().name().toLowerCase(Locale.ROOT));
        values.put("subject", change.subject());
        values.put("before", change.before());
        values.put("after", change.after());
        values.put("needsStart", change.needsStart());
        values.put("applied", isApplied());
        values.put("sequence", outcome == null ? null : outcome.sequence());
        values.put("reason", outcome == null ? null : outcome.reason().name());
        return values;
    }

    private static String verb(final Outcome outcome)
    {
        return !outcome.accepted() ? "refused" : outcome.reason() == CommandReason.WAITING ? "waits" : "done";
    }

    /** What has become of it, in one line. */
    @Override
    public String toString()
    {
        return (outcome == null
            ? "not sent"
            : verb(outcome) + ": " + outcome.reason() + ", sequence " + outcome.sequence()) +
            ": " + change;
    }
}
