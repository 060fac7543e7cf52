package io.lockstep.sequencer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A class with a main method in a process of its own, with the class path and the JVM options of the tests.
 */
public final class ChildJvm implements AutoCloseable
{
    private static final long TIMEOUT_SECONDS = 60;

    private final Process process;
    private final Path log;

    private ChildJvm(final Process process, final Path log)
    {
        this.process = process;
        this.log = log;
    }

    /**
     * @param log takes what it prints.
     */
    public static ChildJvm start(final Path log, final Class<?> main, final String... arguments) throws IOException
    {
        return start(log, Map.of(), main, arguments);
    }

    /**
     * @param log         takes what it prints.
     * @param environment beside that of this process.
     */
    public static ChildJvm start(
        final Path log, final Map<String, String> environment, final Class<?> main, final String... arguments)
        throws IOException
    {
        return start(log, environment, List.of(), main, arguments);
    }

    /**
     * @param log         takes what it prints.
     * @param environment beside that of this process.
     * @param wrapper     a command that runs the rest of its line.
     */
    public static ChildJvm start(
        final Path log,
        final Map<String, String> environment,
        final List<String> wrapper,
        final Class<?> main,
        final String... arguments) throws IOException
    {
        final List<String> command = new ArrayList<>(wrapper);
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("@" + Path.of(System.getProperty("lockstep.root"), "config", "jvm.options"));
        command
            .addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start(), log);
    }

    /** Sends a signal by its name, such as STOP. */
    public void signal(final String name) throws IOException, InterruptedException
    {
        final Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    public boolean isAlive()
    {
        return process.isAlive();
    }

    /** SIGKILL; returns when it is dead. */
    public void kill() throws InterruptedException
    {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    public void terminate()
    {
        process.destroy();
    }

    public int awaitExit() throws InterruptedException
    {
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).as(this::lastWords).isTrue();
        return process.exitValue();
    }

    /** What it has printed. */
    public String lastWords()
    {
        try
        {
            return Files.readString(log);
        }
        catch (final IOException ex)
        {
            return ex.toString();
        }
    }

    @Override
    public void close()
    {
        process.destroyForcibly();
    }
}
