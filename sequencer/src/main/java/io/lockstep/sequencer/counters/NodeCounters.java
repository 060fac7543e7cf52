package io.lockstep.sequencer.counters;

import io.lockstep.codecs.text.Escapes;
import io.lockstep.core.host.Refusals;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.log.ProcessLog;
import org.agrona.BitUtil;
import org.agrona.ErrorHandler;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A node's counters and its distinct error log, in mapped files that any process may read while it runs.
 * <pre>
 *  counters.dat   metadata of all counters, then their values, then the notes
 *  errors.dat     an Agrona distinct error log
 * </pre>
 */
public final class NodeCounters implements AutoCloseable, ErrorHandler
{
    private static final int CAPACITY = BitUtil.findNextPositivePowerOfTwo(
        CounterType.values().length + RefusalCounters.COUNT);
    private static final int VALUES_LENGTH = CAPACITY * CountersReader.COUNTER_LENGTH;
    private static final int METADATA_LENGTH = CAPACITY * CountersReader.METADATA_LENGTH;
    private static final int NOTES_LENGTH = CounterNote.totalLength();
    private static final int ERROR_LOG_LENGTH = 1 << 20;
    /** Errors whose texts differ each time must not fill the memory; what comes later is in the error log alone. */
    private static final int LOGGED_ERRORS_MAX = 1_000;
    private static final String UNFINISHED_SUFFIX = ".new";

    private final MappedByteBuffer counterFile;
    private final MappedByteBuffer errorFile;
    private final AtomicCounter[] counters = new AtomicCounter[CounterType.values().length];
    private final RefusalCounters refusals;
    private final DistinctErrorLog errorLog;
    private final UnsafeBuffer notes;
    private final ProcessLog log;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /** Makes both files anew; they get their names when they are complete, for others may be waiting for them. */
    public NodeCounters(final File countersFile, final File errorsFile)
    {
        this(countersFile, errorsFile, ProcessLog.NONE);
    }

    /**
     * As {@link #NodeCounters(File, File)}.
     *
     * @param log gets a line for each distinct error when it comes first.
     */
    public NodeCounters(final File countersFile, final File errorsFile, final ProcessLog log)
    {
        this.log = log;
        counterFile = mapNew(unfinished(countersFile), METADATA_LENGTH + VALUES_LENGTH + NOTES_LENGTH);
        errorFile = mapNew(unfinished(errorsFile), ERROR_LOG_LENGTH);
        final CountersManager manager = new CountersManager(metadata(counterFile), values(counterFile));
        for (final CounterType type : CounterType.values())
        {
            counters[type.ordinal()] = manager.newCounter(type.label(), type.ordinal());
        }
        notes = notes(counterFile);
        refusals = new RefusalCounters(manager, CounterType.values().length);
        errorLog = new DistinctErrorLog(new UnsafeBuffer(errorFile), System::currentTimeMillis);
        finish(errorsFile);
        finish(countersFile);
    }

    /** Written before it is mapped, for a page without space behind it is a fault of memory, and no message. */
    private static MappedByteBuffer mapNew(final File file, final int length)
    {
        try (FileChannel channel = FileChannel.open(file.toPath(), StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ, StandardOpenOption.WRITE))
        {
            final ByteBuffer zeros = ByteBuffer.allocate(length);
            while (zeros.hasRemaining())
            {
                channel.write(zeros);
            }
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(file + ": " + ex.getMessage(), ex);
        }
    }

    private static File unfinished(final File file)
    {
        final File unfinished = new File(file + UNFINISHED_SUFFIX);
        IoUtil.deleteIfExists(unfinished);
        return unfinished;
    }

    private static void finish(final File file)
    {
        try
        {
            Files.move(Path.of(file + UNFINISHED_SUFFIX), file.toPath(), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    public AtomicCounter counter(final CounterType type)
    {
        return counters[type.ordinal()];
    }

    /** Sets a counter of which the caller's thread is the only writer. */
    public void set(final CounterType type, final long value)
    {
        counters[type.ordinal()].setRelease(value);
    }

    /** Sets the counts of refusals by reason; the caller's thread is their only writer. */
    public void set(final Refusals counts)
    {
        refusals.set(counts);
    }

    /** Adds one to a counter of which the caller's thread is the only writer. */
    public void increment(final CounterType type)
    {
        counters[type.ordinal()].incrementRelease();
    }

    /** Adds one to a counter; any thread. */
    public void add(final CounterType type)
    {
        counters[type.ordinal()].increment();
    }

    /** Says what a counter counts; by one thread for each note, and seldom: it allocates. */
    public void note(final CounterNote note, final String text)
    {
        note.write(notes, text);
    }

    /** Any thread: equal errors are kept once, with their count and the times of the first and the last. */
    @Override
    public void onError(final Throwable throwable)
    {
        counters[CounterType.ERRORS.ordinal()].increment();
        errorLog.record(throwable);
        final String text = String.valueOf(throwable.getMessage());
        if (logged.size() < LOGGED_ERRORS_MAX && logged.add(throwable.getClass().getName() + text))
        {
            log.warn("error", throwable.getClass().getSimpleName() + ": " + Escapes.line(text));
        }
    }

    /** As {@link #onError}, of what has a line of its own in the log. */
    public void onNotice(final String notice)
    {
        counters[CounterType.ERRORS.ordinal()].increment();
        errorLog.record(new IllegalStateException(notice));
    }

    @Override
    public void close()
    {
        IoUtil.unmap(counterFile);
        IoUtil.unmap(errorFile);
    }

    /**
     * Reads the counters of a node, running or not, by label in the order of {@link CounterType}; then refusals
     * by reason, as {@code refusals.MAX_ORDER_NOTIONAL}.
     *
     * @throws IllegalArgumentException when the file holds none.
     * @throws NodeException            when it cannot be read.
     */
    public static Map<String, Long> read(final Path countersFile)
    {
        if (countersFile.toFile().length() < METADATA_LENGTH + VALUES_LENGTH)
        {
            throw new IllegalArgumentException(countersFile + ": expected a node's counters");
        }
        final MappedByteBuffer file = ReadOnlyFile.map(countersFile);
        try
        {
            final Map<String, Long> valueByLabel = new LinkedHashMap<>();
            final CountersReader reader = new CountersReader(metadata(file), values(file));
            reader.forEach((value, counterId, label) -> valueByLabel.put(label, value));
            if (!valueByLabel.containsKey(CounterType.PROCESS_ID.label()))
            {
                throw new IllegalArgumentException(countersFile + ": expected a node's counters");
            }
            return valueByLabel;
        }
        finally
        {
            IoUtil.unmap(file);
        }
    }

    /**
     * What a node says of a counter, running or not; empty where it says nothing.
     *
     * @throws NodeException when the file cannot be read.
     */
    public static String readNote(final Path countersFile, final CounterNote note)
    {
        if (countersFile.toFile().length() < METADATA_LENGTH + VALUES_LENGTH + NOTES_LENGTH)
        {
            return "";
        }
        final MappedByteBuffer file = ReadOnlyFile.map(countersFile);
        try
        {
            return note.read(notes(file));
        }
        finally
        {
            IoUtil.unmap(file);
        }
    }

    /** Prints the distinct errors of a node; returns how many there are. */
    public static int printErrors(final Path errorsFile, final PrintStream out)
    {
        final MappedByteBuffer file = ReadOnlyFile.map(errorsFile);
        try
        {
            return ErrorLogReader.read(new UnsafeBuffer(file), (count, first, last, error) -> out.println(
                count + " x from " + Instant.ofEpochMilli(first) + " to " + Instant.ofEpochMilli(last) + "\n" + error));
        }
        finally
        {
            IoUtil.unmap(file);
        }
    }

    private static UnsafeBuffer metadata(final MappedByteBuffer file)
    {
        return new UnsafeBuffer(file, 0, METADATA_LENGTH);
    }

    private static UnsafeBuffer notes(final MappedByteBuffer file)
    {
        return new UnsafeBuffer(file, METADATA_LENGTH + VALUES_LENGTH, NOTES_LENGTH);
    }

    private static UnsafeBuffer values(final MappedByteBuffer file)
    {
        return new UnsafeBuffer(file, METADATA_LENGTH, VALUES_LENGTH);
    }
}
