package io.lockstep.sequencer.config;

import io.lockstep.codecs.link.LinkProof;
import io.lockstep.sequencer.ingress.SourceKeys;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file that a node or a gateway reads its sources' keys from: a line for each, {@code SOURCE KEY} or {@code FIRST-LAST KEY}, the
 * key in hexadecimal and at least 32 bytes long. Lines that begin with {@code #} and empty ones say nothing. Nobody but its owner may
 * have any right to it, and no message of what is wrong with it holds a key.
 */
public final class KeyFile
{
    private static final Pattern LINE = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?\\s+(\\S+)");
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final int SOURCE_ID_MAX = SourceContext.OPERATOR_LAST;

    private final Path file;
    private final List<SourceKeys.Entry> entries = new ArrayList<>();

    private KeyFile(final Path file)
    {
        this.file = file;
    }

    /**
     * Reads the file.
     *
     * @param file null for none.
     * @throws ConfigurationException when it cannot be read, others may read it, or a line is none.
     */
    public static SourceKeys read(final Path file)
    {
        return file == null ? SourceKeys.NONE : new KeyFile(file).read();
    }

    private SourceKeys read()
    {
        try
        {
            requireOwnersAlone();
            final List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++)
            {
                final String line = lines.get(i).strip();
                if (!line.isEmpty() && line.charAt(0) != '#')
                {
                    entries.add(entry(i + 1, line));
                }
            }
        }
        catch (final NoSuchFileException ex)
        {
            throw new ConfigurationException("aeron.keys=" + file + ": expected a file of keys, there is none");
        }
        catch (final IOException ex)
        {
            throw new ConfigurationException("aeron.keys=" + file + ": expected a file of keys that this process may " +
                "read: " + (ex instanceof FileSystemException ? ex.getClass().getSimpleName() : ex.getMessage()));
        }
        if (entries.isEmpty())
        {
            throw new ConfigurationException("aeron.keys=" + file + ": expected at least one line SOURCE KEY");
        }
        return new SourceKeys(entries);
    }

    private void requireOwnersAlone() throws IOException
    {
        final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNERS.containsAll(permissions))
        {
            throw new ConfigurationException(
                "aeron.keys=" + file + ": expected a file that its owner alone may read and " +
                    "write (chmod 600), found " + PosixFilePermissions.toString(permissions));
        }
    }

    private SourceKeys.Entry entry(final int number, final String line)
    {
        final Matcher matcher = LINE.matcher(line);
        if (!matcher.matches())
        {
            throw problem(number, "expected SOURCE KEY or FIRST-LAST KEY");
        }
        final int first = Integer.parseInt(matcher.group(1));
        final int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        if (first < 1 || last < first || last > SOURCE_ID_MAX)
        {
            throw problem(number, "sources " + first + " to " + last + ": expected ids from 1 to " + SOURCE_ID_MAX +
                ", the first not above the last");
        }
        return new SourceKeys.Entry(first, last, key(number, matcher.group(3)));
    }

    private byte[] key(final int number, final String text)
    {
        try
        {
            final byte[] key = HexFormat.of().parseHex(text);
            if (key.length < LinkProof.KEY_LENGTH_MIN)
            {
                throw problem(number, "a key of " + key.length + " bytes: expected at least " +
                    LinkProof.KEY_LENGTH_MIN + ", as 'openssl rand -hex 32' makes it");
            }
            return key;
        }
        catch (final IllegalArgumentException ex)
        {
            throw problem(number, "expected the key in hexadecimal, as 'openssl rand -hex 32' makes it");
        }
    }

    private ConfigurationException problem(final int number, final String expected)
    {
        return new ConfigurationException("aeron.keys=" + file + ":" + number + ": " + expected);
    }
}
