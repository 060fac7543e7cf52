package io.lockstep.sequencer.config;

import io.lockstep.codecs.text.Escapes;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of a YAML 1.2 file. Events come from SnakeYAML Engine; what a configuration has no use for is refused here, for it can
 * only be there by mistake: anchors, aliases, tags, directives, a second document, keys that stand twice or have no value, values
 * of several lines. So is what would take too long or too much: long files and deep nesting.
 */
final class YamlTree
{
    static final int LENGTH_MAX = 1 << 20;
    static final int DEPTH_MAX = 32;

    private static final int SHOWN_MAX = 240;
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final String VALUE_EXPECTED = "a value, or the key left out";

    private final String file;
    private final Problems problems;
    private final Deque<Level> levels = new ArrayDeque<>();
    private YamlNode root;
    private boolean hasDocument;

    /** A list or mapping that is not complete yet. */
    private static final class Level
    {
        private final YamlNode node;
        private final String path;
        private String key;
        private Place keyPlace;

        private Level(final YamlNode node, final String path)
        {
            this.node = node;
            this.path = path;
        }
    }

    private YamlTree(final String file, final Problems problems)
    {
        this.file = file;
        this.problems = problems;
    }

    /**
     * @param file for messages.
     * @throws ConfigurationException when it cannot be read as a mapping; else what is wrong goes to the problems.
     */
    static YamlNode.Mapping parse(final String file, final String text, final Problems problems)
    {
        return new YamlTree(file, problems).parse(text);
    }

    private YamlNode.Mapping parse(final String text)
    {
        if (text.length() > LENGTH_MAX)
        {
            throw unreadable(Place.BEGIN, "it has " + text.length() + " characters: expected at most " + LENGTH_MAX);
        }
        refuseDirectives(text);
        try
        {
            final LoadSettings settings = LoadSettings.builder().setCodePointLimit(LENGTH_MAX).build();
            for (final Event event : new Parse(settings)
                .parseString(text.startsWith("\ufeff") ? text.substring(1) : text))
            {
                onEvent(event);
            }
        }
        catch (final ReaderException ex)
        {
            throw unreadable(place(text, ex.getCodePoint()), String.format(
                Locale.ROOT, "the character U+%04X may not stand there", ex.getCodePoint()));
        }
        catch (final MarkedYamlEngineException ex)
        {
            throw unreadable(ex);
        }
        catch (final YamlEngineException ex)
        {
            throw unreadable(Place.BEGIN, String.valueOf(ex.getMessage()));
        }
        if (!(root instanceof YamlNode.Mapping mapping))
        {
            throw unreadable(root == null ? Place.BEGIN : root.place(), "expected keys and values");
        }
        return mapping;
    }

    /** The parser passes over those it does not know. */
    private void refuseDirectives(final String text)
    {
        int line = 1;
        boolean isLineBegin = true;
        for (int i = 0; i < text.length(); i++)
        {
            final char c = text.charAt(i);
            if (isLineBegin && c == '%')
            {
                throw unreadable(new Place(line, 1), "a line begins with '%': expected no directives");
            }
            isLineBegin = c == '\n' || c == '\r' || i == 0 && c == '\ufeff';
            line += c == '\n' ? 1 : 0;
        }
    }

    private void onEvent(final Event event)
    {
        if (event instanceof DocumentStartEvent)
        {
            if (hasDocument)
            {
                throw unreadable(place(event), "a second document begins: expected one");
            }
            hasDocument = true;
        }
        else if (event instanceof AliasEvent)
        {
            throw unreadable(place(event), "an alias stands there: expected the value itself");
        }
        else if (event instanceof ScalarEvent scalar)
        {
            requireNoAnchor(scalar, scalar.getTag());
            onScalar(scalar);
        }
        else if (event instanceof CollectionStartEvent collection)
        {
            requireNoAnchor(collection, collection.getTag());
            onBegin(collection);
        }
        else if (event instanceof MappingEndEvent || event instanceof SequenceEndEvent)
        {
            levels.pop();
        }
    }

    private void requireNoAnchor(final NodeEvent event, final Optional<String> tag)
    {
        if (event.getAnchor().isPresent())
        {
            throw unreadable(place(event), "an anchor stands there: expected the value alone");
        }
        if (tag.isPresent())
        {
            throw unreadable(place(event), "a tag stands there: expected the value alone");
        }
    }

    private void onBegin(final CollectionStartEvent event)
    {
        final Place place = place(event);
        if (levels.size() >= DEPTH_MAX)
        {
            throw unreadable(place, "more than " + DEPTH_MAX + " lists and mappings within each other");
        }
        if (isKey())
        {
            throw unreadable(place, "a list or a mapping stands where a key is expected");
        }
        final YamlNode node = event instanceof MappingStartEvent
            ? new YamlNode.Mapping(place)
            : new YamlNode.Sequence(place);
        final String path = nextPath();
        put(node);
        levels.push(new Level(node, path));
    }

    private void onScalar(final ScalarEvent event)
    {
        final Place place = place(event);
        final int endLine = event.getEndMark().map(Mark::getLine).orElse(0) + 1;
        if (endLine != place.line())
        {
            throw unreadable(place,
                "the value goes on to line " + endLine + ": expected it on one line, and keys below " +
                    "it indented as the others of their mapping");
        }
        if (isKey())
        {
            onKey(event, place);
            return;
        }
        final String text = event.getValue();
        if (event.isPlain() && NULLS.contains(text))
        {
            final Place at = levels.isEmpty() || levels.peek().keyPlace == null ? place : levels.peek().keyPlace;
            problem(at, nextPath(), text, VALUE_EXPECTED);
        }
        put(new YamlNode.Scalar(place, text, event.isPlain()));
    }

    private boolean isKey()
    {
        return !levels.isEmpty() && levels.peek().node instanceof YamlNode.Mapping && levels.peek().key == null;
    }

    private void onKey(final ScalarEvent event, final Place place)
    {
        final Level level = levels.peek();
        level.key = event.getValue();
        level.keyPlace = place;
        final String path = nextPath();
        if (level.key.isEmpty() || event.isPlain() && level.key.equals("<<"))
        {
            throw unreadable(place, "expected a key, the name of a setting");
        }
        if (SecretRule.looksSecret(level.key))
        {
            problem(place, path, "...", SecretRule.EXPECTED);
        }
        final YamlNode.Entry first = ((YamlNode.Mapping)level.node).entryByKey().get(level.key);
        if (first != null)
        {
            problem(place, path, "", "each key once, it stands in line " + first.keyPlace().line() + " as well");
        }
    }

    private void put(final YamlNode node)
    {
        if (levels.isEmpty())
        {
            root = node;
            return;
        }
        final Level level = levels.peek();
        if (level.node instanceof YamlNode.Mapping mapping)
        {
            mapping.entryByKey().putIfAbsent(level.key, new YamlNode.Entry(level.keyPlace, node));
            level.key = null;
        }
        else if (level.node instanceof YamlNode.Sequence sequence)
        {
            sequence.elements().add(node);
        }
    }

    private String nextPath()
    {
        if (levels.isEmpty())
        {
            return "";
        }
        final Level level = levels.peek();
        if (level.node instanceof YamlNode.Sequence sequence)
        {
            return level.path + "[" + sequence.elements().size() + "]";
        }
        return level.path.isEmpty() ? level.key : level.path + "." + level.key;
    }

    private void problem(final Place place, final String path, final String value, final String expected)
    {
        problems.add(new ConfigurationProblem(file, place.line(), place.column(), path,
            shown(path) + "=" + shown(value) + ": expected " + expected));
    }

    private ConfigurationException unreadable(final MarkedYamlEngineException ex)
    {
        // What is never closed is found at the end of the file; where it was opened is what helps.
        if (String.valueOf(ex.getProblem()).contains("<stream end>") && !levels.isEmpty())
        {
            return unreadable(levels.peek().node.place(), ex.getProblem() + ", what begins here is not closed");
        }
        final boolean isAtEnd = String.valueOf(ex.getProblem()).contains("end of stream");
        final Optional<Mark> mark = isAtEnd
            ? ex.getContextMark().or(ex::getProblemMark)
            : ex.getProblemMark().or(ex::getContextMark);
        return unreadable(mark.map(YamlTree::place).orElse(Place.BEGIN),
            (ex.getContext() == null ? "" : ex.getContext() + ", ") + ex.getProblem());
    }

    private ConfigurationException unreadable(final Place place, final String problem)
    {
        final ConfigurationProblem found = new ConfigurationProblem(
            file, place.line(), place.column(), "", "not readable as YAML: " + shown(problem));
        try
        {
            problems.add(found);
        }
        catch (final ConfigurationException ex)
        {
            return ex;
        }
        return new ConfigurationException(problems.list());
    }

    /** Without what a terminal could take for a command, and no longer than a message should be. */
    static String shown(final String text)
    {
        return text.length() > SHOWN_MAX ? Escapes.line(text.substring(0, SHOWN_MAX)) + "..." : Escapes.line(text);
    }

    private static Place place(final Event event)
    {
        return event.getStartMark().map(YamlTree::place).orElse(Place.BEGIN);
    }

    private static Place place(final Mark mark)
    {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Of the first such character. */
    private static Place place(final String text, final int character)
    {
        final int index = Math.max(text.indexOf(character, text.startsWith("\ufeff") ? 1 : 0), 0);
        final String before = text.substring(0, index);
        final int lineBegin = before.lastIndexOf('\n') + 1;
        return new Place((int)before.chars().filter((c) -> c == '\n').count() + 1, index - lineBegin + 1);
    }
}
