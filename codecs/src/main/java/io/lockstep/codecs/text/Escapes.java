package io.lockstep.codecs.text;

import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * Makes text from outside harmless where it is shown: symbols, names, lines of files, messages of other programs. Letters of
 * every language stay as they are. Escaped are the characters that a reader cannot see or that steer what shows them: control
 * characters (with them the terminal's escape sequences), line and paragraph separators, marks of direction and other
 * characters without a shape, halves of surrogate pairs, and code points that stand for nothing.
 * <p>
 * A backslash stays as it is, so that escaping twice is escaping once.
 */
public final class Escapes
{
    private static final String HEX = "0123456789abcdef";
    private static final int DELETE = 0x7f;
    /** One number, or several with semicolons between. */
    private static final Pattern NUMBERS = Pattern
        .compile("[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?(?:;[-+]?[0-9.]*(?:[eE][-+]?[0-9]+)?)*");

    private Escapes()
    {
    }

    /** For one line of a terminal or a log: {@code \n}, {@code \t}, {@code \}{@code u001b}. */
    public static String line(final CharSequence text)
    {
        return escaped(text, Escapes::isHarmful);
    }

    /** For text of several lines, e.g. a stack trace: line feeds and tabulators stay. */
    public static String lines(final CharSequence text)
    {
        return escaped(text, (codePoint) -> codePoint != '\n' && codePoint != '\t' && isHarmful(codePoint));
    }

    /** Text of a JSON string with its quotation marks; what {@link #line} escapes, is escaped here too. */
    public static String json(final CharSequence text)
    {
        return quoted(text, false);
    }

    /** A YAML 1.2 scalar that every parser, also of YAML 1.1, reads as this text: plain where it can be, else quoted. */
    public static String yaml(final CharSequence text)
    {
        return YamlScalar.isPlain(text) ? text.toString() : quoted(text, true);
    }

    /**
     * A field of a CSV line (RFC 4180), quoted where it must be. What {@link #line} escapes, is escaped here too, so that a
     * record is a line. Text that a spreadsheet would take for a formula gets an apostrophe in front.
     */
    public static String csv(final CharSequence text)
    {
        final String line = line(text);
        final boolean isFormula = !line.isEmpty() && "=+-@".indexOf(line.charAt(0)) >= 0 &&
            !NUMBERS.matcher(line).matches();
        final String safe = isFormula ? "'" + line : line;
        return safe.indexOf(',') < 0 && safe.indexOf('"') < 0 ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    /** Text within an HTML element or a quoted attribute; what {@link #line} escapes, but line feeds and tabulators, too. */
    public static String html(final CharSequence text)
    {
        return lines(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
            .replace("'", "&#39;");
    }

    /** Whether a code point is escaped by {@link #line}. */
    public static boolean isHarmful(final int codePoint)
    {
        if (codePoint < DELETE)
        {
            return codePoint < ' ';
        }
        return switch (Character.getType(codePoint))
        {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                Character.SURROGATE, Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static String escaped(final CharSequence text, final IntPredicate isEscaped)
    {
        if (isPlain(text) || text.codePoints().noneMatch(isEscaped))
        {
            return text.toString();
        }
        final StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach((codePoint) ->
        {
            if (isEscaped.test(codePoint))
            {
                append(escaped, codePoint, false);
            }
            else
            {
                escaped.appendCodePoint(codePoint);
            }
        });
        return escaped.toString();
    }

    private static boolean isPlain(final CharSequence text)
    {
        for (int i = 0; i < text.length(); i++)
        {
            if (text.charAt(i) < ' ' || text.charAt(i) >= DELETE)
            {
                return false;
            }
        }
        return true;
    }

    private static String quoted(final CharSequence text, final boolean isYaml)
    {
        final StringBuilder quoted = new StringBuilder(text.length() + 16).append('"');
        text.codePoints().forEach((codePoint) ->
        {
            if (codePoint == '"' || codePoint == '\\')
            {
                quoted.append('\\').append((char)codePoint);
            }
            else if (isHarmful(codePoint))
            {
                append(quoted, codePoint, isYaml);
            }
            else
            {
                quoted.appendCodePoint(codePoint);
            }
        });
        return quoted.append('"').toString();
    }

    /** Beyond 16 bits JSON and Java write two halves, YAML one number. */
    private static void append(final StringBuilder text, final int codePoint, final boolean isYaml)
    {
        switch (codePoint)
        {
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (codePoint <= Character.MAX_VALUE)
                {
                    appendHex(text.append("\\u"), codePoint, 4);
                }
                else if (isYaml)
                {
                    appendHex(text.append("\\U"), codePoint, 8);
                }
                else
                {
                    appendHex(text.append("\\u"), Character.highSurrogate(codePoint), 4);
                    appendHex(text.append("\\u"), Character.lowSurrogate(codePoint), 4);
                }
            }
        }
    }

    private static void appendHex(final StringBuilder text, final int value, final int digits)
    {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        {
            text.append(HEX.charAt(value >>> shift & 0xf));
        }
    }
}
