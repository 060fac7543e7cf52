package io.lockstep.codecs.text;

import java.util.List;
import java.util.Locale;

/**
 * Takes a process out of its user's locale. Our own code never asks for the default locale, but libraries do: with the digits
 * of some locales they look for files and native libraries under names that do not exist.
 */
public final class NeutralLocale
{
    private static final List<String> PROPERTIES = List.of(
        "user.language", "user.country", "user.script", "user.variant", "user.extensions");
    private static final List<String> CATEGORIES = List.of("", ".display", ".format");

    private NeutralLocale()
    {
    }

    /** The first thing that a process does; child processes that inherit the JVM's options do the same. */
    public static void set()
    {
        for (final String category : CATEGORIES)
        {
            PROPERTIES.forEach((property) -> System.clearProperty(property + category));
        }
        Locale.setDefault(Locale.ROOT);
    }
}
