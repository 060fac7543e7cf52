package io.lockstep.cli.journal;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.codecs.text.Nearest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition on a decoded record, as {@code journal print --where} takes it.
 * <pre>
 *  condition = all { "or" all }
 *  all       = one { "and" one }
 *  one       = "(" condition ")" | name operator value
 *  operator  = "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;="
 *  value     = word | 'text' | "text"
 * </pre>
 * Two numbers compare as numbers, everything else as text. {@code null} is the value of a field that is there and empty; a
 * record that does not have the field does not match, whatever the operator. A name within a group holds when it does for any
 * of the group's entries.
 */
final class RecordCondition implements Predicate<Map<String, Object>>
{
    private static final Pattern TOKEN = Pattern.compile(
        "\\s*(?:(?<mark>[()])|(?<operator>!=|<=|>=|=|<|>)|'(?<single>[^']*)'|\"(?<double>[^\"]*)\"|(?<word>[^\\s()=!<>'\"]+))");

    /** The kinds of token, named for messages. */
    private enum Kind
    {
        MARK, OPERATOR, WORD, QUOTED, END
    }

    private record Token(Kind kind, String text, int position)
    {
        private boolean is(final String expected)
        {
            return kind != Kind.QUOTED && text.equalsIgnoreCase(expected);
        }
    }

    private final String text;
    private final Collection<String> names;
    private final List<Token> tokens = new ArrayList<>();
    private final Predicate<Map<String, Object>> condition;
    private int next;

    private RecordCondition(final String text, final Collection<String> names)
    {
        this.text = text;
        this.names = names;
        tokenize();
        condition = any();
        if (peek().kind != Kind.END)
        {
            throw wrong(peek(), "and, or, or the end");
        }
    }

    /**
     * @param names that a record's fields can have.
     * @throws UsageException naming the position at which the text is no condition.
     */
    static RecordCondition parse(final String text, final Collection<String> names)
    {
        return new RecordCondition(text, names);
    }

    @Override
    public boolean test(final Map<String, Object> record)
    {
        return condition.test(record);
    }

    private void tokenize()
    {
        final Matcher matcher = TOKEN.matcher(text);
        int position = 0;
        while (matcher.lookingAt())
        {
            tokens.add(token(matcher));
            position = matcher.end();
            matcher.region(position, text.length());
        }
        final String rest = text.substring(position);
        final Token end = new Token(Kind.END, rest.strip(), position + rest.length() - rest.stripLeading().length());
        if (!end.text.isEmpty())
        {
            throw wrong(end, "a name, an operator or a value");
        }
        tokens.add(end);
    }

    private static Token token(final Matcher matcher)
    {
        for (final String group : List.of("mark", "operator", "word"))
        {
            if (matcher.group(group) != null)
            {
                return new Token(Kind.valueOf(group.toUpperCase(java.util.Locale.ROOT)), matcher.group(group),
                    matcher.start(group));
            }
        }
        final String group = matcher.group("single") == null ? "double" : "single";
        return new Token(Kind.QUOTED, matcher.group(group), matcher.start(group) - 1);
    }

    private Token peek()
    {
        return tokens.get(next);
    }

    private Token take()
    {
        final Token token = tokens.get(next);
        next += token.kind == Kind.END ? 0 : 1;
        return token;
    }

    private Predicate<Map<String, Object>> any()
    {
        Predicate<Map<String, Object>> result = all();
        while (peek().is("or"))
        {
            take();
            result = result.or(all());
        }
        return result;
    }

    private Predicate<Map<String, Object>> all()
    {
        Predicate<Map<String, Object>> result = one();
        while (peek().is("and"))
        {
            take();
            result = result.and(one());
        }
        return result;
    }

    private Predicate<Map<String, Object>> one()
    {
        if (!peek().is("("))
        {
            return comparison();
        }
        take();
        final Predicate<Map<String, Object>> inner = any();
        final Token end = take();
        if (!end.is(")"))
        {
            throw wrong(end, "')'");
        }
        return inner;
    }

    private Predicate<Map<String, Object>> comparison()
    {
        final Token name = take();
        if (name.kind != Kind.WORD)
        {
            throw wrong(name, "a name such as sequence or message.side");
        }
        if (!names.contains(name.text))
        {
            throw wrong(name, "the name of a field; did you mean '" + Nearest.ofPaths(name.text, names) + "'?");
        }
        final Token operator = take();
        if (operator.kind != Kind.OPERATOR)
        {
            throw wrong(operator, "one of = != < <= > >=");
        }
        final Token value = take();
        if (value.kind != Kind.WORD && value.kind != Kind.QUOTED)
        {
            throw wrong(value, "a value");
        }
        final String[] path = name.text.split("\\.");
        final Object expected = value.kind == Kind.QUOTED ? value.text : constant(value.text);
        return (record) -> holds(record, path, 0, operator.text, expected);
    }

    private static Object constant(final String word)
    {
        if (word.equals("null"))
        {
            return null;
        }
        try
        {
            return new BigDecimal(word);
        }
        catch (final NumberFormatException ex)
        {
            return word;
        }
    }

    private static boolean holds(
        final Object value, final String[] path, final int depth, final String operator, final Object expected)
    {
        if (value instanceof Collection<?> entries)
        {
            return entries.stream().anyMatch((entry) -> holds(entry, path, depth, operator, expected));
        }
        if (depth == path.length)
        {
            final boolean isDecimal = value instanceof String && path[depth - 1].endsWith("Decimal");
            return compare(isDecimal ? new BigDecimal(value.toString()) : value, operator, expected);
        }
        return value instanceof Map<?, ?> map && map.containsKey(path[depth]) &&
            holds(map.get(path[depth]), path, depth + 1, operator, expected);
    }

    private static boolean compare(final Object value, final String operator, final Object expected)
    {
        if (operator.equals("=") || operator.equals("!="))
        {
            return isEqual(value, expected) == operator.equals("=");
        }
        if (value == null || expected == null || value instanceof Number != expected instanceof BigDecimal)
        {
            return false;
        }
        final int order = value instanceof Number
            ? number(value).compareTo((BigDecimal)expected)
            : value.toString().compareTo(expected.toString());
        return switch (operator)
        {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static boolean isEqual(final Object value, final Object expected)
    {
        if (value == null || expected == null)
        {
            return value == expected;
        }
        return value instanceof Number && expected instanceof BigDecimal number
            ? number(value).compareTo(number) == 0
            : value.toString().equals(expected.toString());
    }

    private static BigDecimal number(final Object value)
    {
        return new BigDecimal(value.toString());
    }

    private UsageException wrong(final Token token, final String expected)
    {
        return new UsageException("--where=" + text + ": at " + (token.position + 1) + ": " +
            (token.text.isEmpty() ? "the end" : "'" + token.text + "'") + ": expected " + expected);
    }
}
