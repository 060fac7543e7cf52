package io.lockstep.codecs.text;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which text may stand in YAML without quotation marks and is text to every parser.
 */
final class YamlScalar
{
    /** No character that means something to YAML in any place, none in front that a number or a marker begins with. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_/][\\p{L}\\p{N}_/.@+$-]*");
    /** What the one or the other version of YAML takes for a boolean or a null. */
    private static final Set<String> WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private YamlScalar()
    {
    }

    static boolean isPlain(final CharSequence text)
    {
        return PLAIN.matcher(text).matches() && !WORDS.contains(text.toString().toLowerCase(Locale.ROOT));
    }
}
