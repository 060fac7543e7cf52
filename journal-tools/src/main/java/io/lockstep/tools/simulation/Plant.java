package io.lockstep.tools.simulation;

import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sequencer.ingress.Ingress;
import io.lockstep.sequencer.ingress.LinkSender;
import io.lockstep.sequencer.journal.Journal;

import java.util.Set;

/**
 * Bugs that are put into a simulated node or gateway on purpose, at the seams between its real parts, one at a time, to see
 * that the simulation finds them.
 */
public enum Plant
{
    /** Everything as it is. */
    NONE,
    /** After a Hello egress goes on one decision too late. */
    EGRESS_SKIPS_ONE,
    /** Recovery leaves decisions that a crash has cut off out of the journal. */
    CUT_OFF_NOT_COMPLETED,
    /** Messages are acknowledged when they are received, before they are in the journal. */
    ACKNOWLEDGED_BEFORE_JOURNALED,
    /** The journal says that a document is appended and does not keep it. */
    JOURNAL_LOSES_DOCUMENT,
    /** The journal writes a document only with the next one: orders leave before they are in it. */
    JOURNAL_ONE_BEHIND,
    /** A fill is sequenced twice, the second time under an execution id of its own. */
    FILL_TAKEN_TWICE,
    /** The order gateway passes a repeated request on as a new one. */
    REPEAT_TAKEN_AS_NEW;

    /** What the node hears of its gateways. */
    MessageReceiver receiver(final MessageReceiver real)
    {
        return this == EGRESS_SKIPS_ONE ? new PlantedReceiver(real) : real;
    }

    /** Where the loop takes messages from. */
    Ingress ingress(final Ingress real, final LinkSender links)
    {
        return this == FILL_TAKEN_TWICE || this == ACKNOWLEDGED_BEFORE_JOURNALED
            ? new PlantedIngress(real, links, this)
            : real;
    }

    /** Where the loop writes ahead. */
    Journal journal(final Journal real)
    {
        return this == JOURNAL_ONE_BEHIND ? new PlantedJournal(real) : real;
    }

    /** Whether recovery completes what is cut off. */
    boolean completesCutOff()
    {
        return this != CUT_OFF_NOT_COMPLETED;
    }

    /** Whether the disk keeps the document of this number. */
    boolean keeps(final long documents)
    {
        return this != JOURNAL_LOSES_DOCUMENT || documents % 100 != 50;
    }

    /** What the order gateway does with decisions; the set outlives it. */
    LinkListener listener(final LinkListener real, final Set<String> seen)
    {
        return this == REPEAT_TAKEN_AS_NEW ? new PlantedListener(real, seen) : real;
    }
}
