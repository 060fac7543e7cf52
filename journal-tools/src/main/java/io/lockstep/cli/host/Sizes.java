package io.lockstep.cli.host;

/**
 * Sizes for people.
 */
final class Sizes
{
    private static final long MEBIBYTE = 1 << 20;
    private static final long KIBIBYTE = 1 << 10;

    private Sizes()
    {
    }

    static String text(final long bytes)
    {
        return bytes >= MEBIBYTE ? bytes / MEBIBYTE + " MiB" : bytes / KIBIBYTE + " KiB";
    }
}
