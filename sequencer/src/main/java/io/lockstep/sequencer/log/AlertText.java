package io.lockstep.sequencer.log;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.text.Times;
import io.lockstep.sbe.AlertType;

/**
 * What an alert says, with its numbers in their units.
 */
public final class AlertText
{
    private AlertText()
    {
    }

    /**
     * @param value     as the message has it.
     * @param threshold as the message has it.
     */
    public static String of(final AlertType type, final long value, final long threshold)
    {
        return switch (type)
        {
            case DISK_NEARLY_FULL -> "DISK_NEARLY_FULL: free=" + bytes(value) + " wanted=" + bytes(threshold);
            case DISK_SPACE_UNKNOWN -> "DISK_SPACE_UNKNOWN: free=" + bytes(value) + " wanted=" + bytes(threshold);
            case CLOCK_BACKWARDS, CLOCK_JUMP ->
                type + ": step=" + duration(value) + " tolerated=" + duration(threshold);
            case CLOCK_BEHIND -> "CLOCK_BEHIND: behind the journal by=" + duration(value) + " tolerated=" +
                duration(threshold);
            case SEQUENCER_STALLED -> "SEQUENCER_STALLED: for=" + duration(value) + " tolerated=" + duration(threshold);
            case CORE_FAILURE -> "CORE_FAILURE: passed over the input of sequence=" + value;
            case GATEWAY_AHEAD -> "GATEWAY_AHEAD: gatewayEgress=" + value + " journalEgress=" + threshold;
            case TAIL_CUT -> "TAIL_CUT: lastSequenceKept=" + (value == Nulls.NULL_LONG ? "unknown" : value);
            default -> type + ": value=" + value + " threshold=" + threshold;
        };
    }

    private static String bytes(final long value)
    {
        return value == Nulls.NULL_LONG ? "unknown" : value + " bytes";
    }

    private static String duration(final long ns)
    {
        return ns == Nulls.NULL_LONG ? "unknown" : Times.duration(ns).toString();
    }
}
