package io.lockstep.sequencer.code;

import io.lockstep.codecs.Xxh64;
import io.lockstep.core.instance.StrategyDefinition;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The hash of a strategy's code: of each class file in the package of its factory and in the packages below, name and bytes, in the
 * order of the names, from the jar or directory that the factory was loaded from. So a jar that was built again from the same source
 * has the same hash, whatever its timestamps are. What the strategy calls outside of its package is not in it.
 * <p>
 * Reads all of these files, once for each class in a process; any thread.
 */
public final class StrategyCode
{
    private static final String CLASS_FILE = ".class";
    private static final ClassValue<Long> HASH_BY_FACTORY = new ClassValue<>()
    {
        @Override
        protected Long computeValue(final Class<?> factory)
        {
            return compute(factory);
        }
    };

    private StrategyCode()
    {
    }

    /**
     * Of the strategy that this factory makes.
     *
     * @return {@link StrategyDefinition#UNKNOWN_CODE} for a class that came from neither a jar nor a directory of this machine, and where
     * they cannot be read.
     */
    public static long hash(final Class<?> factory)
    {
        return HASH_BY_FACTORY.get(factory);
    }

    private static long compute(final Class<?> factory)
    {
        final CodeSource source = factory.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null)
        {
            return StrategyDefinition.UNKNOWN_CODE;
        }
        try
        {
            final String folder = factory.getPackageName().replace('.', '/');
            return hash(classFiles(Path.of(source.getLocation().toURI()), folder.isEmpty() ? "" : folder + '/'));
        }
        catch (final IOException | URISyntaxException | IllegalArgumentException | FileSystemNotFoundException ex)
        {
            return StrategyDefinition.UNKNOWN_CODE;
        }
    }

    /** By their names from the root of the jar or directory on, with '/' between folders. */
    private static Map<String, byte[]> classFiles(final Path source, final String folder) throws IOException
    {
        return Files.isDirectory(source) ? ofDirectory(source, folder) : ofJar(source, folder);
    }

    private static Map<String, byte[]> ofDirectory(final Path root, final String folder) throws IOException
    {
        final Map<String, byte[]> bytesByName = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root.resolve(folder)))
        {
            for (final Path file : (Iterable<Path>)files.filter(StrategyCode::isClassFile)::iterator)
            {
                bytesByName.put(root.relativize(file).toString().replace(File.separatorChar, '/'),
                    Files.readAllBytes(file));
            }
        }
        return bytesByName;
    }

    private static boolean isClassFile(final Path file)
    {
        return file.toString().endsWith(CLASS_FILE);
    }

    private static Map<String, byte[]> ofJar(final Path jar, final String folder) throws IOException
    {
        final Map<String, byte[]> bytesByName = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile()))
        {
            final List<? extends ZipEntry> entries = Collections.list(zip.entries());
            for (final ZipEntry entry : entries)
            {
                if (entry.getName().startsWith(folder) && entry.getName().endsWith(CLASS_FILE))
                {
                    try (InputStream bytes = zip.getInputStream(entry))
                    {
                        bytesByName.put(entry.getName(), bytes.readAllBytes());
                    }
                }
            }
        }
        return bytesByName;
    }

    private static long hash(final Map<String, byte[]> bytesByName)
    {
        long hash = bytesByName.size();
        for (final Map.Entry<String, byte[]> file : bytesByName.entrySet())
        {
            hash = Xxh64.chain(hash, hash(file.getKey().getBytes(StandardCharsets.UTF_8)));
            hash = Xxh64.chain(hash, hash(file.getValue()));
        }
        return hash;
    }

    private static long hash(final byte[] bytes)
    {
        return Xxh64.hash(new UnsafeBuffer(bytes), 0, bytes.length, 0);
    }
}
