package io.lockstep.sequencer.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Where each key of a YAML text stands and how its value is written, neither of which Chronicle Wire keeps. Knows mappings and
 * lists, indented and in brackets, quotes and block texts: what a configuration is written with.
 * <p>
 * It also refuses what Chronicle Wire takes without a word: a key that stands twice, a key without a value, a bracket or a quote
 * that is not closed.
 */
final class YamlLines
{
    private static final String DELIMITERS = ",:]}";

    private final Map<String, Integer> lineByPath = new HashMap<>();
    private final Map<String, String> plainByPath = new HashMap<>();
    private final Deque<Level> levels = new ArrayDeque<>();
    private final String file;
    private final String text;
    private int position;
    private int line = 1;

    /** A key or a list's element whose value may be on the lines below. */
    private static final class Level
    {
        private final int indent;
        private final String path;
        private final boolean isElement;
        private boolean hasValue;
        private int elements;

        private Level(final int indent, final String path, final boolean isElement)
        {
            this.indent = indent;
            this.path = path;
            this.isElement = isElement;
        }

        private String child(final String key)
        {
            return path.isEmpty() ? key : path + "." + key;
        }
    }

    /**
     * @throws ConfigurationException naming the line of what is wrong.
     */
    YamlLines(final String file, final String text)
    {
        this.file = file;
        this.text = text;
        levels.push(new Level(-1, "", false));
        while (position < text.length())
        {
            readLine();
        }
        leave(-1, false);
    }

    /** Line of the key, from 1; that of the nearest key around it when it is not there. */
    int line(final String path)
    {
        String known = path;
        while (!lineByPath.containsKey(known) && !known.isEmpty())
        {
            known = known.substring(0, Math.max(known.lastIndexOf('.'), Math.max(known.lastIndexOf('['), 0)));
        }
        return lineByPath.getOrDefault(known, 1);
    }

    /** The value as it is written, where it is written without quotes; else null. */
    String plain(final String path)
    {
        return plainByPath.get(path);
    }

    private void readLine()
    {
        final int start = position;
        skipBlanks();
        if (isLineEnd() || text.startsWith("---", start) || text.startsWith("...", start))
        {
            skipLine();
            return;
        }
        while (isDash())
        {
            final int indent = position - start;
            leave(indent, true);
            final Level list = levels.peek();
            list.hasValue = true;
            final Level element = new Level(indent, list.path + "[" + list.elements++ + "]", true);
            lineByPath.put(element.path, line);
            levels.push(element);
            position++;
            skipBlanks();
        }
        readContent(position - start);
        skipLine();
    }

    private void readContent(final int indent)
    {
        if (isLineEnd())
        {
            return;
        }
        final int start = position;
        final String key = isBracket() ? null : scalar();
        skipBlanks();
        if (key != null && isColon())
        {
            leave(indent, false);
            final Level parent = levels.peek();
            parent.hasValue = true;
            final Level level = new Level(indent, parent.child(key), false);
            found(level.path);
            levels.push(level);
            position++;
            readValue(level);
        }
        else
        {
            position = start;
            levels.peek().hasValue = true;
            value(levels.peek().path);
        }
    }

    private void readValue(final Level level)
    {
        skipBlanks();
        if (isLineEnd())
        {
            return;
        }
        level.hasValue = true;
        if (text.charAt(position) == '|' || text.charAt(position) == '>')
        {
            skipBlockText(level.indent);
        }
        else
        {
            value(level.path);
        }
    }

    /** Closes what lines less indented end; a list may stand at its key's own indent. */
    private void leave(final int indent, final boolean isDash)
    {
        while (levels.peek().indent > indent ||
            levels.peek().indent == indent && indent >= 0 && (!isDash || levels.peek().isElement))
        {
            final Level level = levels.pop();
            if (!level.hasValue)
            {
                throw problem(level.path, line(level.path), "a value, or the key left out");
            }
        }
    }

    private void found(final String path)
    {
        final Integer first = lineByPath.put(path, line);
        if (first != null)
        {
            throw problem(path, line, "each key once, it stands in line " + first + " as well");
        }
    }

    private void value(final String path)
    {
        if (isBracket())
        {
            bracket(path);
            return;
        }
        final boolean isPlain = !isQuote();
        final String scalar = isPlain ? plainToLineEnd() : scalar();
        if (isPlain)
        {
            plainByPath.put(path, scalar);
        }
    }

    private void bracket(final String path)
    {
        final boolean isMapping = text.charAt(position++) == '{';
        final int openedAt = line;
        int elements = 0;
        while (true)
        {
            skipSpace();
            if (position >= text.length())
            {
                throw problem(path, openedAt, "the bracket to be closed");
            }
            final char c = text.charAt(position);
            if (c == '}' || c == ']')
            {
                position++;
                return;
            }
            if (c == ',' || c == ':')
            {
                position++;
            }
            else if (isMapping)
            {
                entry(path);
            }
            else
            {
                element(path + "[" + elements++ + "]");
            }
        }
    }

    private void entry(final String path)
    {
        final String child = path.isEmpty() ? scalar() : path + "." + scalar();
        found(child);
        skipSpace();
        if (position < text.length() && text.charAt(position) == ':')
        {
            position++;
            skipSpace();
            if (position < text.length() && DELIMITERS.indexOf(text.charAt(position)) >= 0)
            {
                throw problem(child, line, "a value, or the key left out");
            }
            element(child);
        }
    }

    private void element(final String path)
    {
        lineByPath.putIfAbsent(path, line);
        if (isBracket())
        {
            bracket(path);
        }
        else if (isQuote())
        {
            scalar();
        }
        else
        {
            plainByPath.put(path, scalar());
        }
    }

    /** In quotes, or up to a delimiter that is followed by a blank. */
    private String scalar()
    {
        if (isQuote())
        {
            return quoted();
        }
        final int start = position;
        while (position < text.length() && !isLineEnd() && !isDelimiter())
        {
            position++;
        }
        return text.substring(start, position).strip();
    }

    private boolean isDelimiter()
    {
        final char c = text.charAt(position);
        return c == ':' ? isColon() : DELIMITERS.indexOf(c) >= 0;
    }

    private String quoted()
    {
        final char quote = text.charAt(position);
        final int openedAt = line;
        final int start = ++position;
        while (position < text.length() && text.charAt(position) != quote)
        {
            position += quote == '"' && text.charAt(position) == '\\' ? 2 : 1;
        }
        if (position >= text.length())
        {
            throw problem(text.substring(start).lines().findFirst().orElse(""), openedAt, "the quote to be closed");
        }
        line += (int)text.substring(start, position).chars().filter((c) -> c == '\n').count();
        return text.substring(start, position++);
    }

    private String plainToLineEnd()
    {
        final int start = position;
        while (!isLineEnd())
        {
            position++;
        }
        return text.substring(start, position).strip();
    }

    private void skipBlockText(final int indent)
    {
        skipLine();
        while (position < text.length())
        {
            final int start = position;
            skipBlanks();
            if (position - start <= indent && !isLineEnd())
            {
                position = start;
                step(-1);
                return;
            }
            skipLine();
        }
    }

    /** A block text ends before a line that is read again: the caller steps over one line end. */
    private void step(final int lines)
    {
        position += lines;
        line += lines;
    }

    private boolean isDash()
    {
        return position < text.length() && text.charAt(position) == '-' && isBlankAt(position + 1);
    }

    private boolean isColon()
    {
        return position < text.length() && text.charAt(position) == ':' && isBlankAt(position + 1);
    }

    private boolean isBracket()
    {
        return position < text.length() && (text.charAt(position) == '{' || text.charAt(position) == '[');
    }

    private boolean isQuote()
    {
        return position < text.length() && (text.charAt(position) == '"' || text.charAt(position) == '\'');
    }

    private boolean isBlankAt(final int index)
    {
        return index >= text.length() || Character.isWhitespace(text.charAt(index));
    }

    /** The end, or a comment: a hash at the start or behind a blank. */
    private boolean isLineEnd()
    {
        return position >= text.length() || text.charAt(position) == '\n' ||
            text.charAt(position) == '#' && (position == 0 || isBlankAt(position - 1));
    }

    private void skipBlanks()
    {
        while (position < text.length() && text.charAt(position) != '\n' && isBlankAt(position))
        {
            position++;
        }
    }

    /** Blanks, line ends and comments. */
    private void skipSpace()
    {
        skipBlanks();
        while (position < text.length() && isLineEnd())
        {
            skipLine();
            skipBlanks();
        }
    }

    private void skipLine()
    {
        while (position < text.length() && text.charAt(position) != '\n')
        {
            position++;
        }
        step(1);
    }

    private ConfigurationException problem(final String path, final int atLine, final String expected)
    {
        return new ConfigurationException(file + ":" + atLine + ": " + path + "=: expected " + expected);
    }
}
