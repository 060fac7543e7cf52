package io.lockstep.cli.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The files of {@code /proc} and {@code /sys} below a root, read as text.
 */
public final class HostFiles
{
    private static final int LENGTH_MAX = 1 << 24;

    private final Path root;

    /**
     * @param root {@code /}, or where a copy of the files is.
     */
    public HostFiles(final Path root)
    {
        this.root = root;
    }

    /** Without the white space around it; empty when it is not there or may not be read. */
    String text(final String path)
    {
        // A kernel's variable is only there for a read from its beginning that takes all of it.
        try (InputStream stream = Files.newInputStream(resolve(path)))
        {
            return new String(stream.readNBytes(LENGTH_MAX), StandardCharsets.UTF_8).strip();
        }
        catch (final IOException ex)
        {
            return "";
        }
    }

    List<String> lines(final String path)
    {
        return text(path).lines().toList();
    }

    /** Empty when the file does not begin with a number. */
    OptionalLong number(final String path)
    {
        final String word = text(path).split("\\s", 2)[0];
        return word.matches("-?[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(word)) : OptionalLong.empty();
    }

    boolean exists(final String path)
    {
        return Files.exists(resolve(path));
    }

    /** Names in a directory that match, in order; none when it is not there. */
    List<String> names(final String directory, final String pattern)
    {
        final List<String> names = new ArrayList<>();
        try (Stream<Path> entries = Files.list(resolve(directory)))
        {
            entries.map((entry) -> entry.getFileName().toString())
                .filter((name) -> name.matches(pattern))
                .sorted()
                .forEach(names::add);
        }
        catch (final IOException ex)
        {
            // Not there, or not for us: nothing is found.
        }
        return names;
    }

    /** Which of the processes run, by the names that the kernel keeps of them: 15 characters. */
    List<String> running(final List<String> processes)
    {
        final List<String> running = new ArrayList<>();
        for (final String pid : names("/proc", "[0-9]+"))
        {
            final String name = text("/proc/" + pid + "/comm");
            if (processes.contains(name) && !running.contains(name))
            {
                running.add(name);
            }
        }
        return running;
    }

    /** The value of an option of the kernel's command line; null when it is not there. */
    String bootOption(final String name)
    {
        for (final String option : text("/proc/cmdline").split("\\s+"))
        {
            if (option.equals(name))
            {
                return "";
            }
            if (option.startsWith(name + "="))
            {
                return option.substring(name.length() + 1);
            }
        }
        return null;
    }

    private Path resolve(final String path)
    {
        return root.resolve(path.substring(1));
    }
}
