package io.lockstep.sequencer.log;

import io.lockstep.codecs.text.Escapes;
import io.lockstep.sequencer.config.LogContext;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A process's log. Lines are queued by any thread without waiting and written by a thread of the log's own, so a slow or full
 * disk holds nobody up: lines that find the queue full are counted, and the count is a line. So are lines of one area beyond
 * {@value #LINES_PER_SECOND} within a second, which would only hide the others. Saying a line allocates it.
 */
public final class ProcessLog implements AutoCloseable
{
    /** Of one area and level; more are counted instead of written. */
    static final int LINES_PER_SECOND = 100;

    /** Writes nothing. */
    public static final ProcessLog NONE = new ProcessLog();

    private static final int CAPACITY = 8_192;
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ManyToOneConcurrentArrayQueue<LogLine> queue;
    private final AtomicLong lost = new AtomicLong();
    private final LogFile file;
    private final Consumer<String> terminal;
    private final LineFlood flood;
    private final Thread thread;
    private volatile boolean closing;

    private ProcessLog()
    {
        queue = null;
        file = null;
        terminal = null;
        flood = null;
        thread = null;
    }

    private ProcessLog(final LogFile file, final Consumer<String> terminal)
    {
        this.file = file;
        this.terminal = terminal;
        queue = new ManyToOneConcurrentArrayQueue<>(CAPACITY);
        flood = new LineFlood(LINES_PER_SECOND, this::put);
        thread = new Thread(this::run, "lockstep-log");
        thread.setDaemon(true);
    }

    /**
     * Opens the log; from here on one thread more runs until it is closed.
     *
     * @param context   with a directory.
     * @param name      of the process, which begins the files' names.
     * @param err       is told when lines cannot be written, and gets each line too where the context says so.
     * @throws UncheckedIOException when the files cannot be opened.
     */
    public static ProcessLog open(
        final LogContext context, final String name, final PrintWriter err)
    {
        try
        {
            final LogFile file = new LogFile(
                context.directory(), name, context.maxBytes(), context.keep(),
                (problem) -> print(err, "lockstep: " + problem));
            final ProcessLog log = new ProcessLog(file, (line) ->
            {
                if (context.toStderr())
                {
                    print(err, line);
                }
            });
            log.thread.start();
            return log;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(
                "log.directory=" + context.directory() + ": expected one that can be written: " +
                    ex.getMessage(),
                ex);
        }
    }

    private static void print(final PrintWriter err, final String line)
    {
        err.println(line);
        err.flush();
    }

    public void info(final String area, final String message)
    {
        say(LogLevel.INFO, area, message);
    }

    public void warn(final String area, final String message)
    {
        say(LogLevel.WARN, area, message);
    }

    public void error(final String area, final String message)
    {
        say(LogLevel.ERROR, area, message);
    }

    /** Of no input in particular. */
    public void say(final LogLevel level, final String area, final String message)
    {
        say(level, area, LogLine.NO_SEQUENCE, message);
    }

    /**
     * Queues a line.
     *
     * @param sequence of the input that it is about.
     * @param message  of one line.
     */
    public void say(final LogLevel level, final String area, final long sequence, final String message)
    {
        if (queue != null && !queue.offer(new LogLine(Instant.now(), level, area, sequence, message)))
        {
            lost.incrementAndGet();
        }
    }

    /** What a process does from here to its end. */
    @FunctionalInterface
    public interface Work<T>
    {
        T run() throws InterruptedException;
    }

    /** Does the work, and says how it ended: in order, or with what. */
    public <T> T untilEnd(final String area, final Work<T> work) throws InterruptedException
    {
        try
        {
            final T result = work.run();
            info(area, "ended");
            return result;
        }
        catch (final RuntimeException | Error ex)
        {
            error(area, "ends, for it cannot go on: " + Escapes.line(String.valueOf(ex.getMessage())));
            throw ex;
        }
    }

    private void run()
    {
        while (!closing)
        {
            if (write() == 0)
            {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
        write();
        flood.end();
        file.close();
    }

    private int write()
    {
        final int lines = queue.drain(flood::onLine, CAPACITY);
        final long missing = lost.getAndSet(0);
        if (missing > 0)
        {
            put(new LogLine(Instant.now(), LogLevel.WARN, "log", LogLine.NO_SEQUENCE,
                "lines lost, for the log could not keep up: lines=" + missing));
        }
        flood.onTime(Instant.now());
        return lines;
    }

    private void put(final LogLine line)
    {
        final String text = line.text();
        file.write(text);
        terminal.accept(text);
    }

    /** Writes what is queued, and ends. */
    @Override
    public void close()
    {
        if (thread == null)
        {
            return;
        }
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive())
        {
            try
            {
                thread.join();
            }
            catch (final InterruptedException ex)
            {
                interrupted = true;
            }
        }
        if (interrupted)
        {
            Thread.currentThread().interrupt();
        }
    }
}
