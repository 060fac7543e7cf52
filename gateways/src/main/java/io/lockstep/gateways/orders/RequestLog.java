package io.lockstep.gateways.orders;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

import static io.lockstep.gateways.orders.RequestLogDescriptor.HEADER_LENGTH;
import static io.lockstep.gateways.orders.RequestLogDescriptor.RECORD_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * The write-ahead log of an order gateway. It answers one question: was this request handed to the venue, and does the node
 * have its answer? A request is in the log before {@link #begin} returns, so whatever a process that died may have handed over
 * is found by the next one, as {@link RequestState#UNANSWERED}.
 * <p>
 * <b>Files.</b> Two of a fixed length, allocated when the log is made ({@link RequestLogDescriptor} has their layout). Records
 * go to one of them; when half of it is used, what is still needed is copied to the other, which takes its place with the
 * single write of its header. The file that was left is cleaned piece by piece in {@link #doWork}, so the gateway never stops
 * for it.
 * <p>
 * <b>Failures.</b> A record that the writer was killed in is cut, which is no loss: its request was not handed over.
 * Everything else that is not as it was written is damage, and refused when the log is opened. When a write fails, or too many
 * requests have no answer, {@link #begin} returns null and {@link #problem()} says why; after a failed write the log takes
 * nothing any more.
 * <p>
 * One thread. Allocates when it is opened and when something fails, and nothing for a request.
 */
public final class RequestLog implements AutoCloseable
{
    private static final List<String> FILE_NAMES = List.of("requests-a.log", "requests-b.log");
    private static final String LOCK_NAME = "requests.lock";
    private static final int OPEN_SHARE = 8;
    private static final String NO_PROBLEM = "";

    private final boolean isForced;
    private final FileChannel lock;
    private final RequestTable table;
    private final HandledDecision handled = new HandledDecision();
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[RECORD_LENGTH]);
    private final UnsafeBuffer header = new UnsafeBuffer(new byte[HEADER_LENGTH]);
    private RequestLogFile current;
    private RequestLogFile spare;
    private int generation;
    private long nextNumber;
    private long execId;
    private String problem = NO_PROBLEM;
    private boolean hasFailed;
    private boolean wasTorn;
    private long compactions;

    private RequestLog(
        final RequestLogIdentity identity, final boolean isForced, final FileChannel lock, final int recordsMax)
    {
        this.isForced = isForced;
        this.lock = lock;
        table = new RequestTable(recordsMax / OPEN_SHARE, recordsMax / OPEN_SHARE);
        encodeIdentity(header, identity, recordsMax);
    }

    /**
     * Opens the log of a directory, or makes one where there is none.
     *
     * @throws RequestLogException when it is damaged, another's, or in use by a process that lives.
     * @throws IOException         when it cannot be read or made.
     */
    public static RequestLog open(
        final Path directory, final RequestLogIdentity identity, final RequestLogOptions options) throws IOException
    {
        return open(directory, identity, options, RequestLogChannel::open);
    }

    static RequestLog open(
        final Path directory,
        final RequestLogIdentity identity,
        final RequestLogOptions options,
        final RequestLogChannel.Opener opener) throws IOException
    {
        Files.createDirectories(directory);
        final FileChannel lock = lock(directory);
        try
        {
            final List<Path> paths = FILE_NAMES.stream().map(directory::resolve).toList();
            if (paths.stream().noneMatch(Files::exists))
            {
                create(paths.get(0), identity, options);
            }
            if (Files.exists(paths.get(0)) && !Files.exists(paths.get(1))
                && RequestLogScan.read(paths.get(0)).isFirst())
            {
                // The second file is made after the first, and not used before that has been full.
                RequestLogFile.create(paths.get(1), Files.size(paths.get(0)), ByteBuffer.allocate(HEADER_LENGTH));
            }
            return open(paths, identity, options, lock, opener);
        }
        catch (final IOException | RuntimeException ex)
        {
            lock.close();
            throw ex;
        }
    }

    private static FileChannel lock(final Path directory) throws IOException
    {
        final Path path = directory.resolve(LOCK_NAME);
        final FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try
        {
            lock = channel.tryLock();
        }
        catch (final OverlappingFileLockException ex)
        {
            // Held by this very process.
        }
        if (lock == null)
        {
            channel.close();
            throw new RequestLogException("order gateway's log is in use: file=" + path +
                ": expected no other process that holds it");
        }
        return channel;
    }

    private static void create(
        final Path path, final RequestLogIdentity identity, final RequestLogOptions options) throws IOException
    {
        final UnsafeBuffer header = new UnsafeBuffer(new byte[HEADER_LENGTH]);
        encodeIdentity(header, identity, RequestLogFile.recordsMax(options.fileLength()));
        encodeState(header, 1, 1, new HandledDecision(), 0);
        RequestLogFile.create(path, options.fileLength(), ByteBuffer.wrap(header.byteArray()));
    }

    private static RequestLog open(
        final List<Path> paths,
        final RequestLogIdentity identity,
        final RequestLogOptions options,
        final FileChannel lock,
        final RequestLogChannel.Opener opener) throws IOException
    {
        for (final Path path : paths)
        {
            if (!Files.exists(path))
            {
                throw new RequestLogException("order gateway's log damaged: file=" + path +
                    " offset=0: expected both files of the log, found one" + RequestLogScan.advice());
            }
        }
        final List<RequestLogScan> scans = List.of(RequestLogScan.read(paths.get(0)),
            RequestLogScan.read(paths.get(1)));
        final RequestLogScan newest = newest(scans);
        newest.requireIdentity(identity);
        newest.requireWhole();
        final RequestLogScan other = newest == scans.get(0) ? scans.get(1) : scans.get(0);
        final RequestLog log = new RequestLog(
            identity, options.isForced(), lock, RequestLogFile.recordsMax(newest.length()));
        log.takeUp(newest, other, opener);
        return log;
    }

    private static RequestLogScan newest(final List<RequestLogScan> scans)
    {
        for (final RequestLogScan scan : scans)
        {
            if (RequestLogScan.Header.DAMAGED == scan.header())
            {
                throw new RequestLogException("order gateway's log damaged: file=" + scan.path() +
                    " offset=0: expected a header with a right checksum" + RequestLogScan.advice());
            }
        }
        return Stream.of(scans.get(0), scans.get(1))
            .filter((scan) -> RequestLogScan.Header.VALID == scan.header())
            .max((first, second) -> Integer.compare(first.generation(), second.generation()))
            .orElseThrow(() -> new RequestLogException("order gateway's log damaged: file=" + scans.get(0).path() +
                " offset=0: expected a header in one of both files, found none" + RequestLogScan.advice()));
    }

    private void takeUp(final RequestLogScan newest, final RequestLogScan other, final RequestLogChannel.Opener opener)
        throws IOException
    {
        generation = newest.generation();
        nextNumber = newest.firstNumber() + newest.records();
        execId = newest.buffer().getLong(RequestLogDescriptor.HEADER_EXEC_ID_OFFSET, LITTLE_ENDIAN);
        handled.set(newest.buffer().getLong(RequestLogDescriptor.HANDLED_EGRESS_OFFSET, LITTLE_ENDIAN),
            newest.buffer().getInt(RequestLogDescriptor.HANDLED_INCARNATION_OFFSET, LITTLE_ENDIAN),
            newest.buffer().getLong(RequestLogDescriptor.HANDLED_SEQUENCE_OFFSET, LITTLE_ENDIAN),
            newest.buffer().getInt(RequestLogDescriptor.HANDLED_ORDINAL_OFFSET, LITTLE_ENDIAN));
        for (int i = 0; i < newest.records(); i++)
        {
            takeUp(newest.buffer(), newest.recordOffset(i));
        }
        current = new RequestLogFile(newest.path(), opener.open(newest.path()), newest.length());
        current.records(newest.records());
        wasTorn = newest.isTorn();
        if (wasTorn)
        {
            current.cutTail();
        }
        spare = new RequestLogFile(other.path(), opener.open(other.path()), other.length());
        spare.discard();
    }

    private void takeUp(final DirectBuffer buffer, final int offset)
    {
        final long recordExecId = buffer.getLong(offset + RequestLogDescriptor.EXEC_ID_OFFSET, LITTLE_ENDIAN);
        execId = Math.max(execId, recordExecId);
        switch (buffer.getByte(offset + RequestLogDescriptor.TYPE_OFFSET))
        {
            case RequestLogDescriptor.TYPE_REQUEST -> takeUpRequest(buffer, offset);
            case RequestLogDescriptor.TYPE_ANSWERED -> {
                final LoggedRequest request = table.find(buffer, offset + RequestLogDescriptor.CL_ORD_ID_OFFSET);
                if (request != null && RequestState.JOURNALED != request.state)
                {
                    table.journaled(request);
                }
            }
            default -> handled(buffer, offset);
        }
    }

    private void takeUpRequest(final DirectBuffer buffer, final int offset)
    {
        final LoggedRequest request = table.add(buffer, offset);
        if (0 != buffer.getByte(offset + RequestLogDescriptor.ANSWERED_OFFSET))
        {
            table.journaled(request);
        }
        if (buffer.getLong(offset + RequestLogDescriptor.EGRESS_OFFSET, LITTLE_ENDIAN) > handled.egressSequence())
        {
            handled(buffer, offset);
        }
    }

    private void handled(final DirectBuffer buffer, final int offset)
    {
        handled.set(buffer.getLong(offset + RequestLogDescriptor.EGRESS_OFFSET, LITTLE_ENDIAN),
            buffer.getInt(offset + RequestLogDescriptor.INCARNATION_OFFSET, LITTLE_ENDIAN),
            buffer.getLong(offset + RequestLogDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN),
            buffer.getInt(offset + RequestLogDescriptor.ORDINAL_OFFSET, LITTLE_ENDIAN));
    }

    /** The request with the ClOrdID at the offset; null when the log does not know it, or not any more. */
    public LoggedRequest find(final DirectBuffer buffer, final int clOrdIdOffset)
    {
        return table.find(buffer, clOrdIdOffset);
    }

    /**
     * Writes a request down, before it is handed to the venue.
     *
     * @param message        one of the three requests, whose ClOrdID {@link #find} does not know.
     * @param offset         of its header.
     * @param egressSequence of the decision, above that of {@link #handled()}.
     * @return null when it could not be written: it must not be handed over. {@link #problem()} says why.
     */
    public LoggedRequest begin(
        final DirectBuffer message,
        final int offset,
        final long egressSequence,
        final int incarnation,
        final long sequence,
        final int ordinal)
    {
        if (hasFailed)
        {
            return null;
        }
        if (table.isFull())
        {
            problem = "order gateway's log is full: file=" + current.path() + ": expected answers to its " +
                table.openSize() + " open requests";
            return null;
        }
        clear(RequestLogDescriptor.TYPE_REQUEST);
        putRequest(message, offset);
        putDecision(egressSequence, incarnation, sequence, ordinal);
        if (!write(isForced))
        {
            return null;
        }
        handled.set(egressSequence, incarnation, sequence, ordinal);
        return table.add(record, 0);
    }

    private void putRequest(final DirectBuffer message, final int offset)
    {
        final int templateId = templateId(message, offset);
        final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        record.putShort(RequestLogDescriptor.TEMPLATE_OFFSET, (short)templateId, LITTLE_ENDIAN);
        record.putLong(RequestLogDescriptor.CONTENT_HASH_OFFSET, contentHash(message, offset), LITTLE_ENDIAN);
        record.putBytes(RequestLogDescriptor.CL_ORD_ID_OFFSET, message, body, ClOrdIds.LENGTH);
        final boolean isNew = NewOrderSingleDecoder.TEMPLATE_ID == templateId;
        if (!isNew)
        {
            record.putBytes(RequestLogDescriptor.ORIG_CL_ORD_ID_OFFSET, message,
                body + OrderCancelRequestDecoder.origClOrdIdEncodingOffset(), ClOrdIds.LENGTH);
        }
        record.putInt(RequestLogDescriptor.INSTRUMENT_OFFSET, message.getInt(body + (isNew
            ? NewOrderSingleDecoder.instrumentIdEncodingOffset()
            : OrderCancelRequestDecoder.instrumentIdEncodingOffset()), LITTLE_ENDIAN), LITTLE_ENDIAN);
        record.putByte(RequestLogDescriptor.SIDE_OFFSET, message.getByte(body + (isNew
            ? NewOrderSingleDecoder.sideEncodingOffset()
            : OrderCancelRequestDecoder.sideEncodingOffset())));
    }

    static int templateId(final DirectBuffer message, final int offset)
    {
        return message.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), LITTLE_ENDIAN) & 0xFFFF;
    }

    static boolean isRequest(final int templateId)
    {
        return NewOrderSingleDecoder.TEMPLATE_ID == templateId || OrderCancelRequestDecoder.TEMPLATE_ID == templateId ||
            OrderCancelReplaceRequestDecoder.TEMPLATE_ID == templateId;
    }

    /** Of header and block, whatever follows to align the record. */
    static long contentHash(final DirectBuffer message, final int offset)
    {
        final int blockLength = message.getShort(
            offset + MessageHeaderDecoder.blockLengthEncodingOffset(), LITTLE_ENDIAN) & 0xFFFF;
        return Xxh64.hash(message, offset, MessageHeaderDecoder.ENCODED_LENGTH + blockLength, 0);
    }

    /**
     * Writes down that all decisions up to this one are handled, though it is no request that {@link #begin} has taken.
     *
     * @return false when it could not be written; the decision must not be acknowledged.
     */
    public boolean handled(
        final long egressSequence, final int incarnation, final long sequence, final int ordinal)
    {
        clear(RequestLogDescriptor.TYPE_HANDLED);
        putDecision(egressSequence, incarnation, sequence, ordinal);
        if (!write(isForced))
        {
            return false;
        }
        handled.set(egressSequence, incarnation, sequence, ordinal);
        return true;
    }

    /**
     * The answer to the request is in the node's journal, and with it all executions up to an id. When this cannot be
     * written the next process asks the venue about the request again, which does no harm.
     *
     * @param answerExecId of that answer; 0 when it was no execution.
     */
    public void journaled(final LoggedRequest request, final long answerExecId)
    {
        execId = Math.max(execId, answerExecId);
        clear(RequestLogDescriptor.TYPE_ANSWERED);
        record.putBytes(RequestLogDescriptor.CL_ORD_ID_OFFSET, request.record, RequestLogDescriptor.CL_ORD_ID_OFFSET,
            ClOrdIds.LENGTH);
        write(false);
        table.journaled(request);
    }

    private void clear(final byte type)
    {
        record.setMemory(0, RECORD_LENGTH, (byte)0);
        record.putByte(RequestLogDescriptor.TYPE_OFFSET, type);
        record.putLong(RequestLogDescriptor.EXEC_ID_OFFSET, execId, LITTLE_ENDIAN);
    }

    private void putDecision(
        final long egressSequence, final int incarnation, final long sequence, final int ordinal)
    {
        record.putLong(RequestLogDescriptor.EGRESS_OFFSET, egressSequence, LITTLE_ENDIAN);
        record.putLong(RequestLogDescriptor.SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        record.putInt(RequestLogDescriptor.INCARNATION_OFFSET, incarnation, LITTLE_ENDIAN);
        record.putInt(RequestLogDescriptor.ORDINAL_OFFSET, ordinal, LITTLE_ENDIAN);
    }

    private boolean write(final boolean force)
    {
        if (hasFailed)
        {
            return false;
        }
        try
        {
            if (current.isFull())
            {
                compact();
            }
            seal(record);
            current.append(record);
            if (force)
            {
                current.force();
            }
            nextNumber++;
            return true;
        }
        catch (final IOException ex)
        {
            fail(ex);
            return false;
        }
    }

    private void seal(final UnsafeBuffer sealed)
    {
        sealed.putInt(RequestLogDescriptor.GENERATION_OFFSET, generation, LITTLE_ENDIAN);
        sealed.putLong(RequestLogDescriptor.NUMBER_OFFSET, nextNumber, LITTLE_ENDIAN);
        RequestLogDescriptor.seal(sealed, 0, RECORD_LENGTH);
    }

    private void fail(final IOException ex)
    {
        hasFailed = true;
        problem = "order gateway's log cannot be written: file=" + current.path() + " offset=" +
            RequestLogFile.offset(current.records()) + ": expected a disk that takes it: " + ex.getMessage();
    }

    /** Cleans a piece of the file that is not used, or moves to it when that is due; returns the work done. */
    public int doWork()
    {
        if (hasFailed)
        {
            return 0;
        }
        try
        {
            if (!spare.isClean())
            {
                spare.clean();
                return 1;
            }
            if (current.records() > RequestLogFile.recordsMax(current.length()) / 2)
            {
                compact();
                return 1;
            }
        }
        catch (final IOException ex)
        {
            fail(ex);
        }
        return 0;
    }

    private void compact() throws IOException
    {
        while (!spare.isClean())
        {
            spare.clean();
        }
        generation++;
        final long firstNumber = nextNumber;
        for (LoggedRequest request = table.firstJournaled(); request != null; request = table.nextJournaled(request))
        {
            copy(request, (byte)1);
        }
        for (LoggedRequest request = table.firstOpen(); request != null; request = table.nextOpen(request))
        {
            copy(request, (byte)0);
        }
        encodeState(header, generation, firstNumber, handled, execId);
        if (isForced)
        {
            spare.force();
        }
        spare.header(header);
        if (isForced)
        {
            spare.force();
        }
        final RequestLogFile left = current;
        current = spare;
        spare = left;
        spare.discard();
        compactions++;
    }

    private void copy(final LoggedRequest request, final byte answered) throws IOException
    {
        request.record.putByte(RequestLogDescriptor.ANSWERED_OFFSET, answered);
        seal(request.record);
        spare.append(request.record);
        nextNumber++;
    }

    /** The part of a header that never changes. */
    private static void encodeIdentity(
        final UnsafeBuffer header, final RequestLogIdentity identity, final int recordsMax)
    {
        header.putLong(RequestLogDescriptor.MAGIC_OFFSET, RequestLogDescriptor.MAGIC, LITTLE_ENDIAN);
        header.putInt(RequestLogDescriptor.FORMAT_OFFSET, RequestLogDescriptor.FORMAT, LITTLE_ENDIAN);
        header.putInt(RequestLogDescriptor.SHARD_OFFSET, identity.shard(), LITTLE_ENDIAN);
        header.putInt(RequestLogDescriptor.RECORDS_MAX_OFFSET, recordsMax, LITTLE_ENDIAN);
        putText(header, RequestLogDescriptor.VENUE_OFFSET, identity.venue());
        putText(header, RequestLogDescriptor.ACCOUNT_OFFSET, identity.account());
    }

    private static void encodeState(
        final UnsafeBuffer header,
        final int generation,
        final long firstNumber,
        final HandledDecision handled,
        final long execId)
    {
        header.putInt(RequestLogDescriptor.HEADER_GENERATION_OFFSET, generation, LITTLE_ENDIAN);
        header.putLong(RequestLogDescriptor.FIRST_NUMBER_OFFSET, firstNumber, LITTLE_ENDIAN);
        header.putLong(RequestLogDescriptor.HANDLED_EGRESS_OFFSET, handled.egressSequence(), LITTLE_ENDIAN);
        header.putLong(RequestLogDescriptor.HANDLED_SEQUENCE_OFFSET, handled.sequence(), LITTLE_ENDIAN);
        header.putInt(RequestLogDescriptor.HANDLED_INCARNATION_OFFSET, handled.incarnation(), LITTLE_ENDIAN);
        header.putInt(RequestLogDescriptor.HANDLED_ORDINAL_OFFSET, handled.ordinal(), LITTLE_ENDIAN);
        header.putLong(RequestLogDescriptor.HEADER_EXEC_ID_OFFSET, execId, LITTLE_ENDIAN);
        RequestLogDescriptor.seal(header, 0, HEADER_LENGTH);
    }

    private static void putText(final UnsafeBuffer header, final int offset, final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        header.putInt(offset, bytes.length, LITTLE_ENDIAN);
        header.putBytes(offset + Integer.BYTES, bytes);
    }

    /** The newest decision that is written down. */
    public HandledDecision handled()
    {
        return handled;
    }

    /** Newest execution that the node is known to have journaled; 0 for none. */
    public long execId()
    {
        return execId;
    }

    /** The open request that was written first, or null; an open request is one that is not journaled. */
    public LoggedRequest firstOpen()
    {
        return table.firstOpen();
    }

    /** The open request that was written after this one, or null. */
    public LoggedRequest nextOpen(final LoggedRequest request)
    {
        return table.nextOpen(request);
    }

    /** Requests whose answer is not known to be in the node's journal. */
    public int openRequests()
    {
        return table.openSize();
    }

    /** Requests that can be open at once. */
    public int openRequestsMax()
    {
        return table.openMax();
    }

    /** Whether a write has failed, so that nothing is taken any more. */
    public boolean hasFailed()
    {
        return hasFailed;
    }

    /** Why the newest request was not taken; empty when none was refused. */
    public String problem()
    {
        return problem;
    }

    /** Whether the process before this one was killed while it wrote; the record is cut. */
    public boolean wasTorn()
    {
        return wasTorn;
    }

    /** How often answered requests were left behind since the log was opened. */
    public long compactions()
    {
        return compactions;
    }

    /** The file that is written to; for errors. */
    public Path file()
    {
        return current.path();
    }

    @Override
    public void close() throws IOException
    {
        current.close();
        spare.close();
        lock.close();
    }
}
