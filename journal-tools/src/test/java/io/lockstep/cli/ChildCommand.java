package io.lockstep.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A command in a process of its own, which can be sent signals. Killed when closed. */
public final class ChildCommand implements AutoCloseable
{
    private static final long TIMEOUT_SECONDS = 60;
    private static final int SIGINT = 2;

    private final Process process;
    private final Path out;
    private final Path err;

    private ChildCommand(final Process process, final Path out, final Path err)
    {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** With this JVM's executable. */
    public static ChildCommand start(final Path directory, final Object... arguments)
    {
        return start(Path.of(System.getProperty("java.home")), directory, arguments);
    }

    /**
     * @param javaHome  of the JDK that runs it.
     * @param directory it works in.
     */
    public static ChildCommand start(final Path javaHome, final Path directory, final Object... arguments)
    {
        return start(javaHome, List.of(), LockstepCommand.class, directory, arguments);
    }

    /**
     * @param javaHome  of the JDK that runs it.
     * @param options   of the virtual machine, behind the usual ones.
     * @param main      class to run.
     * @param directory it works in.
     */
    public static ChildCommand start(
        final Path javaHome,
        final List<String> options,
        final Class<?> main,
        final Path directory,
        final Object... arguments)
    {
        return start(List.of(), javaHome, options, main, directory, arguments);
    }

    /** As {@link #start(Path, Object...)}, by another command that is given the whole line. */
    public static ChildCommand startBy(final List<String> launcher, final Path directory, final Object... arguments)
    {
        return start(launcher, Path.of(System.getProperty("java.home")), List.of(), LockstepCommand.class, directory,
            arguments);
    }

    private static ChildCommand start(
        final List<String> launcher,
        final Path javaHome,
        final List<String> options,
        final Class<?> main,
        final Path directory,
        final Object... arguments)
    {
        final Path config = Path.of(System.getProperty("lockstep.root"), "config");
        final List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(javaHome.resolve("bin/java").toString(), "@" + config.resolve("jvm.options")));
        if (majorVersion(javaHome) >= 24)
        {
            command.add("@" + config.resolve("jvm-24.options"));
        }
        command.add("-Xmx512m");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(CommandRun.texts(arguments)));
        try
        {
            final Path out = Files.createTempFile(directory, "child-", ".out");
            final Path err = Files.createTempFile(directory, "child-", ".err");
            return new ChildCommand(new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start(), out, err);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** From the release file that every JDK has. */
    static int majorVersion(final Path javaHome)
    {
        try
        {
            return Files.readAllLines(javaHome.resolve("release")).stream()
                .filter((line) -> line.startsWith("JAVA_VERSION="))
                .map((line) -> line.replaceAll("[^0-9.]", "").split("\\.")[0])
                .mapToInt(Integer::parseInt)
                .findFirst().orElse(Runtime.version().feature());
        }
        catch (final IOException ex)
        {
            return Runtime.version().feature();
        }
    }

    /** Waits until the condition holds; fails when it does not, or when the process ends first. */
    public ChildCommand await(final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!condition.getAsBoolean())
        {
            assertThat(process.isAlive()).as("ended: " + err()).isTrue();
            assertThat(System.nanoTime() - deadlineNs).as("timed out: " + err()).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return this;
    }

    public ChildCommand awaitErr(final String text)
    {
        return await(() -> err().contains(text));
    }

    /**
     * By name, e.g. TERM; the JDK itself knows only two. A shell's background job ignores INT, and so do its children: the
     * test is then skipped.
     */
    public void signal(final String name)
    {
        assumeThat(name.equals("INT") && ignoresInterrupts()).as("SIGINT is ignored in what started this test")
            .isFalse();
        try
        {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        catch (final InterruptedException ex)
        {
            throw new AssertionError(ex);
        }
    }

    private boolean ignoresInterrupts()
    {
        final Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return Files.exists(status) && read(status).lines().filter((line) -> line.startsWith("SigIgn:"))
            .anyMatch((line) -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1L << SIGINT - 1) != 0);
    }

    /** Waits for the end. */
    public CommandRun run()
    {
        try
        {
            assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).as("timed out: " + err()).isTrue();
        }
        catch (final InterruptedException ex)
        {
            throw new AssertionError(ex);
        }
        return new CommandRun(process.exitValue(), read(out), err());
    }

    public String err()
    {
        return read(err);
    }

    public long pid()
    {
        return process.pid();
    }

    private static String read(final Path file)
    {
        try
        {
            return Files.readString(file);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close()
    {
        process.destroyForcibly().onExit().join();
    }
}
