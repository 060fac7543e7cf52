package io.lockstep.codecs;

import java.util.Locale;

/**
 * Which texts may be a name: an instrument's symbol, a venue, a currency, a strategy. Names come from configurations and
 * recordings, and go into messages, files, terminals and tables, so what could do harm there is in none. Any thread; does not
 * allocate where the name may be one.
 */
public final class NameRule
{
    private static final String MARKS = "-_.:+@#$&=^*%~!()";
    /** Characters, each counted once however many bytes it takes. */
    public static final int LENGTH_MAX = 64;
    /** In UTF-8: a message says the length of a text in a byte. */
    public static final int BYTES_MAX = 192;
    /** For messages: what a name is made of. */
    public static final String EXPECTED = "a name of 1 to " + LENGTH_MAX +
        " letters, digits and any of " + MARKS + ", without '..'";

    private NameRule()
    {
    }

    /** Whether the text may be a name. */
    public static boolean isName(final CharSequence text)
    {
        return problem(text) == null;
    }

    /**
     * What is wrong with a name, in words that go behind it in a message; they hold no character of the text itself.
     *
     * @return null when nothing is.
     */
    public static String problem(final CharSequence text)
    {
        if (text.length() == 0)
        {
            return "it is empty";
        }
        int count = 0;
        int bytes = 0;
        int before = 0;
        for (int i = 0; i < text.length();)
        {
            final int character = Character.codePointAt(text, i);
            if (!isAllowed(character))
            {
                return "character " + (count + 1) + " is U+" + String.format(Locale.ROOT, "%04X", character);
            }
            if (character == '.' && before == '.')
            {
                return "it holds '..'";
            }
            before = character;
            count++;
            bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            i += Character.charCount(character);
        }
        return count > LENGTH_MAX || bytes > BYTES_MAX ? "it has " + count + " characters, " + bytes + " bytes" : null;
    }

    private static boolean isAllowed(final int character)
    {
        if (character < 0x80)
        {
            return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z' ||
                character >= '0' && character <= '9' || MARKS.indexOf(character) >= 0;
        }
        if (Character.isLetterOrDigit(character))
        {
            return true;
        }
        final int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK ||
            type == Character.LETTER_NUMBER || type == Character.OTHER_SYMBOL || type == Character.CURRENCY_SYMBOL;
    }
}
