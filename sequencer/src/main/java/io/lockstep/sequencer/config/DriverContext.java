package io.lockstep.sequencer.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The configuration of a media driver in a process of its own, as read; {@code lockstep config --example driver} documents
 * each key.
 *
 * @param directory          of the driver's files, in memory.
 * @param idle               what the threads that move messages do without work.
 * @param cores              to pin the threads to, conductor, sender, receiver; empty for none.
 * @param termLength         of a network stream's buffers, of which there are three.
 * @param socketBufferLength asked of the system for each socket and direction.
 * @param windowLength       what a receiver allows a sender to have under way.
 * @param clientTimeoutNs    after which a client that says nothing is dead.
 * @param imageTimeoutNs     after which a stream from which nothing comes is gone.
 * @param preTouch           whether the files' pages are touched when they are made.
 */
public record DriverContext(
    Path directory,
    Threads threads,
    IdleKind idle,
    List<Integer> cores,
    int ipcTermLength,
    int termLength,
    int mtuLength,
    int socketBufferLength,
    int windowLength,
    long clientTimeoutNs,
    long imageTimeoutNs,
    boolean preTouch,
    LogContext log)
{
    /** How the driver's duties are shared out; the number of threads is the ordinal and one. */
    public enum Threads
    {
        SHARED, SHARED_NETWORK, DEDICATED;

        public int count()
        {
            return ordinal() + 1;
        }
    }

    private static final int KIBIBYTE = 1 << 10;
    private static final int MEBIBYTE = 1 << 20;
    private static final int TERM_LENGTH_MIN = 64 * KIBIBYTE;
    private static final int TERM_LENGTH_MAX = 1 << 30;
    private static final int MTU_LENGTH_MAX = 65_504;
    private static final int FRAME_ALIGNMENT = 32;
    private static final int CORE_MAX = 4095;
    /** Stands for the missing one where problems are collected. */
    private static final Path NO_DIRECTORY = Path.of("");

    /**
     * Reads a driver's whole file.
     *
     * @throws ConfigurationException naming what is wrong, unless problems are collected.
     */
    public static DriverContext read(final YamlSection root)
    {
        final YamlSection aeron = root.section("aeron");
        final YamlSection driver = root.section("driver");
        aeron.require("directory");
        final Threads threads = driver.constant("threads", Threads.class, Threads.SHARED);
        final DriverContext context = new DriverContext(
            aeron.path("directory", NO_DIRECTORY),
            threads,
            driver.constant("idle", IdleKind.class, IdleKind.BACKOFF),
            cores(driver, threads),
            termLength(driver, "ipcTermLength"),
            termLength(driver, "termLength"),
            mtuLength(driver),
            (int)driver.bytes("socketBuffer", 128 * KIBIBYTE, 4 * KIBIBYTE, TERM_LENGTH_MAX),
            (int)driver.bytes("receiverWindow", 128 * KIBIBYTE, 4 * KIBIBYTE, TERM_LENGTH_MAX),
            driver.durationNs("clientTimeout", TimeUnit.SECONDS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(200),
                TimeUnit.MINUTES.toNanos(10)),
            driver.durationNs("imageTimeout", TimeUnit.SECONDS.toNanos(10), TimeUnit.MILLISECONDS.toNanos(500),
                TimeUnit.MINUTES.toNanos(10)),
            driver.flag("preTouch", false),
            LogContext.read(root.section("log")).in(Path.of("log")));
        context.conclude(driver);
        root.refuseUnknown();
        return context;
    }

    private static List<Integer> cores(final YamlSection driver, final Threads threads)
    {
        final List<Integer> cores = driver.wholes("cores", 0, CORE_MAX, "numbers of processors");
        if (!cores.isEmpty() && cores.size() != threads.count())
        {
            driver.refuse("cores", cores, threads.count() + " of them, one for each thread, or none");
        }
        if (new HashSet<>(cores).size() < cores.size())
        {
            driver.refuse("cores", cores, "a processor of its own for each thread");
        }
        return List.copyOf(cores);
    }

    private static int termLength(final YamlSection driver, final String key)
    {
        final int length = (int)driver.bytes(key, 8 * MEBIBYTE, TERM_LENGTH_MIN, TERM_LENGTH_MAX);
        if (Integer.bitCount(length) != 1)
        {
            driver.refuse(key, length, "a power of two");
        }
        return length;
    }

    private static int mtuLength(final YamlSection driver)
    {
        final int length = (int)driver.bytes("mtu", 1408, 512, MTU_LENGTH_MAX);
        if (length % FRAME_ALIGNMENT != 0)
        {
            driver.refuse("mtu", length, "a multiple of " + FRAME_ALIGNMENT);
        }
        return length;
    }

    private void conclude(final YamlSection driver)
    {
        if (windowLength > socketBufferLength || windowLength > termLength / 2)
        {
            driver.refuse("receiverWindow", windowLength + "B",
                "no more than socketBuffer=" + socketBufferLength + "B and half of termLength=" + termLength + "B");
        }
        if (mtuLength > windowLength)
        {
            driver.refuse("mtu", mtuLength + "B", "no more than receiverWindow=" + windowLength + "B");
        }
    }
}
