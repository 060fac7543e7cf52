package io.lockstep.core;

import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

import java.util.Set;
import java.util.TreeSet;

/** Which kinds of decision there were, how many, and the hash of all their bytes in order. */
final class DecisionCounter implements DecisionPort
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Set<Integer> templateIds = new TreeSet<>();
    private long count;
    private long hash;

    @Override
    public void onDecision(
        final long sequence, final int ordinal, final DirectBuffer buffer, final int offset, final int length)
    {
        templateIds.add(header.wrap(buffer, offset).templateId());
        count++;
        hash = Xxh64.chain(hash, sequence);
        hash = Xxh64.chain(hash, ordinal);
        hash = Xxh64.chain(hash, Xxh64.hash(buffer, offset, length, 0));
    }

    Set<Integer> templateIds()
    {
        return templateIds;
    }

    long count()
    {
        return count;
    }

    long hash()
    {
        return hash;
    }
}
