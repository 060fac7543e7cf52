package io.lockstep.codecs;

import uk.co.real_logic.sbe.ir.Encoding;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds a schema against an earlier one. What was there must be there as it was: id, type, offset, order, null value, code.
 * What is new comes behind what was there, and says which version brought it.
 */
final class SchemaGrowth
{
    private static final Set<Signal> BLOCKS = Set.of(Signal.BEGIN_MESSAGE, Signal.BEGIN_GROUP);
    private static final Set<Signal> BEHIND_THE_BLOCK = Set.of(Signal.BEGIN_GROUP, Signal.BEGIN_VAR_DATA);

    private record Element(String parent, Signal signal, String layout, int blockLength, int sinceVersion)
    {
    }

    private final SchemaTokens before;
    private final SchemaTokens after;
    private final Set<String> violations = new TreeSet<>();

    private SchemaGrowth(final SchemaTokens before, final SchemaTokens after)
    {
        this.before = before;
        this.after = after;
    }

    /** What a reader or writer of the earlier schema would stumble over; empty when it is nothing. */
    static Set<String> violations(final SchemaTokens before, final SchemaTokens after)
    {
        return new SchemaGrowth(before, after).check();
    }

    private Set<String> check()
    {
        expect(before.schemaId() == after.schemaId(), "schema: id changed");
        expect(elements(before.header(), "").equals(elements(after.header(), "")), "messageHeader: changed");
        final Map<String, Element> old = elements(before);
        final Map<String, Element> current = elements(after);
        old.forEach((path, element) -> checkKept(path, element, current.get(path)));
        current.forEach((path, element) -> checkNew(path, element, old));
        old.forEach((path, element) -> checkOrder(path, element, old, current));
        return violations;
    }

    private void expect(final boolean holds, final String violation)
    {
        if (!holds)
        {
            violations.add(violation);
        }
    }

    private void checkKept(final String path, final Element element, final Element now)
    {
        if (now == null)
        {
            violations.add(path + ": removed or renamed");
            return;
        }
        expect(element.layout().equals(now.layout()), path + ": was " + element.layout() + ", is " + now.layout());
        expect(element.blockLength() <= now.blockLength(), path + ": block shrunk from " + element.blockLength() +
            " to " + now.blockLength());
        expect(element.sinceVersion() == now.sinceVersion(), path + ": sinceVersion changed");
    }

    private void checkNew(final String path, final Element element, final Map<String, Element> old)
    {
        // Within what is new itself, there is nothing that an older reader could meet.
        if (!old.containsKey(path) && (element.parent().isEmpty() || old.containsKey(element.parent())))
        {
            expect(element.sinceVersion() > before.version() && element.sinceVersion() <= after.version(),
                path + ": new, expected sinceVersion from " + (before.version() + 1) + " to " + after.version() +
                    ", found " + element.sinceVersion());
        }
    }

    private void checkOrder(
        final String path, final Element element, final Map<String, Element> old, final Map<String, Element> current)
    {
        if (BLOCKS.contains(element.signal()))
        {
            for (final Set<Signal> signals : List.of(Set.of(Signal.BEGIN_FIELD), BEHIND_THE_BLOCK))
            {
                final List<String> were = children(old, path, signals);
                final List<String> are = children(current, path, signals);
                expect(are.size() >= were.size() && are.subList(0, were.size()).equals(were),
                    path + ": order was " + were + ", is " + are);
            }
        }
    }

    private static List<String> children(
        final Map<String, Element> elements, final String parent, final Set<Signal> signals)
    {
        final List<String> children = new ArrayList<>();
        elements.forEach((path, element) ->
        {
            if (element.parent().equals(parent) && signals.contains(element.signal()))
            {
                children.add(path);
            }
        });
        return children;
    }

    private static Map<String, Element> elements(final SchemaTokens schema)
    {
        final Map<String, Element> elements = new LinkedHashMap<>();
        schema.messageByName().values().forEach((message) -> elements.putAll(elements(message, "")));
        return elements;
    }

    private static Map<String, Element> elements(final List<Token> tokens, final String root)
    {
        final Map<String, Element> elements = new LinkedHashMap<>();
        final Deque<String> scopes = new ArrayDeque<>(List.of(root));
        Signal previous = null;
        for (final Token token : tokens)
        {
            final String name = token.signal().name();
            if (name.startsWith("END_"))
            {
                scopes.pop();
                continue;
            }
            final String parent = scopes.peek();
            final String path = parent.isEmpty() ? name(token) : parent + "." + name(token);
            elements.put(path, new Element(
                parent, token.signal(), layout(token, isPlaced(token, previous)),
                BLOCKS.contains(token.signal()) ? token.encodedLength() : 0,
                token.version()));
            if (name.startsWith("BEGIN_"))
            {
                scopes.push(path);
            }
            previous = token.signal();
        }
        return elements;
    }

    /** Names were in US-ASCII before version 3 and are in UTF-8 since: the same type, and the same bytes of what there was. */
    private static String name(final Token token)
    {
        return token.name().equals("varAsciiEncoding") ? "varNameEncoding" : token.name();
    }

    private static String charset(final Token token)
    {
        final String charset = token.encoding().characterEncoding();
        return token.name().equals("varData") && "US-ASCII".equals(charset) ? "UTF-8" : charset;
    }

    /** What lies behind a block lies where the block's length says, and that may grow. */
    private static boolean isPlaced(final Token token, final Signal previous)
    {
        return !BLOCKS.contains(token.signal()) && !BEHIND_THE_BLOCK.contains(token.signal()) &&
            (previous == null || !BEHIND_THE_BLOCK.contains(previous));
    }

    private static String layout(final Token token, final boolean isPlaced)
    {
        final Encoding encoding = token.encoding();
        final String place = isPlaced ? " offset=" + token.offset() + " length=" + token.encodedLength() : "";
        return token.signal() + " id=" + token.id() + place + " type=" + encoding.primitiveType() + " presence=" +
            encoding.presence() + " null=" + encoding.nullValue() + " code=" + encoding.constValue() + " charset=" +
            charset(token);
    }
}
