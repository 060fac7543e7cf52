package io.lockstep.verification.simulation.node;

import io.lockstep.codecs.Xxh64;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.SourceStateDecoder;
import io.lockstep.verification.simulation.audit.Invariant;
import io.lockstep.verification.simulation.audit.SimulationFailure;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.List;

/**
 * All that a host would write into a snapshot, section by section: what two hosts must have in common that have had the same
 * inputs, however they came by them.
 */
final class HostState
{
    private record Section(int templateId, long hash)
    {
    }

    private HostState()
    {
    }

    /** Requires that a node and another host stand in the same state, in every field that is kept. */
    static void requireEqual(final Invariant invariant, final CoreHost node, final CoreHost other)
    {
        equal(invariant, "sequence", node.core().lastSequence(), other.core().lastSequence());
        equal(invariant, "state hash", node.core().stateHash(), other.core().stateHash());
        equal(invariant, "sequenced time", node.lastTimeNs(), other.lastTimeNs());
        equal(invariant, "next timer", node.timers().nextDeadlineNs(), other.timers().nextDeadlineNs());
        final List<Section> nodeSections = sections(node);
        final List<Section> otherSections = sections(other);
        for (int i = 0; i < Math.min(nodeSections.size(), otherSections.size()); i++)
        {
            if (!nodeSections.get(i).equals(otherSections.get(i)))
            {
                throw new SimulationFailure(invariant, "section=" + i + ": node=" + nodeSections.get(i) + " other=" +
                    otherSections.get(i));
            }
        }
        equal(invariant, "sections", nodeSections.size(), otherSections.size());
    }

    private static List<Section> sections(final CoreHost host)
    {
        final List<Section> sections = new ArrayList<>();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final SourceStateDecoder source = new SourceStateDecoder();
        host.save((buffer, offset, length) ->
        {
            final int templateId = header.wrap(buffer, offset).templateId();
            // A source that was only looked for has not been heard of.
            if (templateId != SourceStateDecoder.TEMPLATE_ID ||
                source.wrapAndApplyHeader(buffer, offset, header).sourceSession() != 0)
            {
                sections.add(new Section(templateId, hash(buffer, offset, length)));
            }
        });
        return sections;
    }

    private static long hash(final DirectBuffer buffer, final int offset, final int length)
    {
        return Xxh64.hash(buffer, offset, length, 0);
    }

    private static void equal(
        final Invariant invariant, final String name, final long node, final long other)
    {
        if (node != other)
        {
            throw new SimulationFailure(invariant, name + ": node=" + node + " other=" + other);
        }
    }
}
