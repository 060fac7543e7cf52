package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.Xxh64;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.sbe.RecordKind;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What sources have sent, message by message: the hash of each by source, session and source sequence. What the feed gives to its
 * link is noted where it is given, so that a fault of the link itself shows too.
 */
public final class SentMessages
{
    private final Map<Long, List<Long>> hashesBySession = new HashMap<>();

    /** A source's sending end, watched. */
    public MessageSender watching(final MessageSender sender)
    {
        return (buffer, offset, length) ->
        {
            if (RecordDescriptor.kind(buffer, offset) == RecordKind.INPUT.value())
            {
                onSent(buffer, offset);
            }
            return sender.offer(buffer, offset, length);
        };
    }

    private void onSent(final DirectBuffer record, final int offset)
    {
        note(RecordDescriptor.sourceId(record, offset), RecordDescriptor.sourceSession(record, offset),
            RecordDescriptor.sourceSequence(record, offset), hash(record, offset));
    }

    /** A source gives a message to its link, the next of its session. */
    public void onOffered(
        final int sourceId,
        final int session,
        final long sequence,
        final DirectBuffer message,
        final int offset,
        final int length,
        final long venueTimeNs,
        final long gatewayTimeNs)
    {
        note(sourceId, session, sequence, hash(message, offset, length, venueTimeNs, gatewayTimeNs));
    }

    private void note(final int sourceId, final int session, final long sequence, final long hash)
    {
        final List<Long> hashes = hashesBySession.computeIfAbsent(key(sourceId, session), (key) -> new ArrayList<>());
        if (sequence == hashes.size() + 1)
        {
            hashes.add(hash);
        }
        else if (sequence > hashes.size() || hashes.get((int)sequence - 1) != hash)
        {
            throw new SimulationFailure(Invariant.TAKEN_ONCE, "a source sends another message than it was given: " +
                name(sourceId, session, sequence));
        }
    }

    /** Whether the journaled record is what its source has sent under its number. */
    boolean isAsSent(final DirectBuffer record, final int offset)
    {
        final List<Long> hashes = hashesBySession.getOrDefault(
            key(RecordDescriptor.sourceId(record, offset), RecordDescriptor.sourceSession(record, offset)), List.of());
        final long sequence = RecordDescriptor.sourceSequence(record, offset);
        return sequence >= 1 && sequence <= hashes.size() &&
            hashes.get((int)sequence - 1) == hash(record, offset);
    }

    private static long hash(final DirectBuffer record, final int offset)
    {
        return hash(record, offset + RecordDescriptor.HEADER_LENGTH,
            RecordDescriptor.recordLength(record, offset) - RecordDescriptor.HEADER_LENGTH,
            RecordDescriptor.venueTimeNs(record, offset), RecordDescriptor.gatewayTimeNs(record, offset));
    }

    /** Of the message, with the zeros that a record has behind it, and what else is its source's to say. */
    private static long hash(
        final DirectBuffer message,
        final int offset,
        final int length,
        final long venueTimeNs,
        final long gatewayTimeNs)
    {
        final UnsafeBuffer padded = new UnsafeBuffer(
            new byte[RecordDescriptor.recordLength(length) - RecordDescriptor.HEADER_LENGTH]);
        padded.putBytes(0, message, offset, length);
        final long hash = Xxh64.hash(padded, 0, padded.capacity(), 0);
        return Xxh64.chain(Xxh64.chain(hash, venueTimeNs), gatewayTimeNs);
    }

    private static long key(final int sourceId, final int session)
    {
        return (long)sourceId << Integer.SIZE | session;
    }

    static String name(final int sourceId, final int session, final long sequence)
    {
        return "sourceId=" + sourceId + " session=" + session + " sourceSequence=" + sequence;
    }
}
