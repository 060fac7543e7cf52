package io.lockstep.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The JDKs of this machine, one of each feature release: the one that runs this, those that the environment names
 * ({@code LOCKSTEP_JDKS}, a list of homes; every {@code JAVA_HOME…} and {@code JAVA_…_HOME}), and those in
 * {@code /usr/lib/jvm}.
 */
public final class Jdks
{
    static final List<Integer> SUPPORTED = List.of(17, 25);
    public static final String WHERE = "LOCKSTEP_JDKS, JAVA_HOME..., JAVA_..._HOME, /usr/lib/jvm";

    private static final Map<Integer, Path> HOME_BY_FEATURE = find();

    private Jdks()
    {
    }

    /** Home of the JDK of this feature release, or null. */
    public static Path home(final int feature)
    {
        return HOME_BY_FEATURE.get(feature);
    }

    /** Feature releases that are supported, whether they are here or not, and newer ones than the first that are here. */
    public static Set<Integer> features()
    {
        final Set<Integer> features = new TreeSet<>(SUPPORTED);
        HOME_BY_FEATURE.keySet().stream().filter((feature) -> feature > SUPPORTED.get(0)).forEach(features::add);
        return features;
    }

    private static Map<Integer, Path> find()
    {
        final Map<Integer, Path> homes = new TreeMap<>();
        for (final Path home : candidates())
        {
            if (Files.isExecutable(home.resolve("bin/java")) && Files.exists(home.resolve("release")))
            {
                homes.putIfAbsent(ChildCommand.majorVersion(home), home);
            }
        }
        return homes;
    }

    private static List<Path> candidates()
    {
        final List<Path> candidates = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        final String listed = System.getenv().getOrDefault("LOCKSTEP_JDKS", "");
        Arrays.stream(listed.split(java.io.File.pathSeparator)).filter((home) -> !home.isBlank())
            .forEach((home) -> candidates.add(Path.of(home)));
        new TreeMap<>(System.getenv()).forEach((name, value) ->
        {
            if (name.startsWith("JAVA_HOME") || name.matches("JAVA_.*_HOME"))
            {
                candidates.add(Path.of(value));
            }
        });
        candidates.addAll(installed(Path.of("/usr/lib/jvm")));
        return candidates;
    }

    private static List<Path> installed(final Path directory)
    {
        if (!Files.isDirectory(directory))
        {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory))
        {
            return entries.sorted().toList();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
