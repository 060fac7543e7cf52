package io.lockstep.codecs;

import io.lockstep.codecs.MessageShape.Kind;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The file that {@link MessageShapes} reads, as the schema says it. */
final class MessageShapesText
{
    private static final Map<String, Kind> KIND_BY_SEMANTIC_TYPE = Map.of(
        "input", Kind.INPUT, "command", Kind.COMMAND, "link", Kind.LINK, "nodeInput", Kind.NODE_INPUT);
    private static final String HEAD = """
        # Made from sbe/*.xml by ReferenceTextTest with -Dlockstep.reference=write. MessageShapes says what the words mean.
        """;

    private final StringBuilder text = new StringBuilder(HEAD);

    private MessageShapesText()
    {
    }

    static String of(final SchemaTokens schema)
    {
        final Map<Integer, List<Token>> messages = new TreeMap<>();
        schema.messageByName().values().forEach((tokens) -> messages.put(tokens.get(0).id(), tokens));
        final MessageShapesText made = new MessageShapesText();
        messages.values().forEach(made::append);
        return made.text.toString();
    }

    private void append(final List<Token> message)
    {
        final Token head = message.get(0);
        final Kind kind = KIND_BY_SEMANTIC_TYPE.get(String.valueOf(head.encoding().semanticType()));
        if (kind != null)
        {
            text.append(head.id()).append(' ').append(head.name()).append(' ').append(kind).append(' ')
                .append(head.version()).append(' ');
            appendBlock(message, 1, message.size() - 1, head.encodedLength());
            text.append('\n');
        }
    }

    /** What is between the two indexes: fields first, then groups, then texts, as SBE has them. */
    private void appendBlock(final List<Token> tokens, final int from, final int to, final int length)
    {
        appendLengths(tokens, from, to, length);
        for (int i = from; i < to; i += tokens.get(i).componentTokenCount())
        {
            final Token token = tokens.get(i);
            if (token.signal() == Signal.BEGIN_GROUP)
            {
                text.append("group ").append(token.version()).append(' ');
                final int entry = i + 1 + tokens.get(i + 1).componentTokenCount();
                appendBlock(tokens, entry, i + token.componentTokenCount() - 1, token.encodedLength());
                text.append(' ');
            }
            else if (token.signal() == Signal.BEGIN_VAR_DATA)
            {
                text.append(tokens.get(i + 2).encodedLength() == Short.BYTES ? "name " : "text ")
                    .append(token.version()).append(' ');
            }
        }
        text.append("end");
    }

    private void appendLengths(final List<Token> tokens, final int from, final int to, final int length)
    {
        final TreeMap<Integer, Integer> endByVersion = new TreeMap<>();
        endByVersion.put(0, 0);
        for (int i = from; i < to; i += tokens.get(i).componentTokenCount())
        {
            if (tokens.get(i).signal() == Signal.BEGIN_FIELD)
            {
                final Token type = tokens.get(i + 1);
                endByVersion.merge(tokens.get(i).version(), type.offset() + type.encodedLength(), Math::max);
            }
        }
        // Of the newest version it is what the schema says, padding included.
        endByVersion.put(endByVersion.lastKey(), length);
        int end = -1;
        for (final Map.Entry<Integer, Integer> entry : endByVersion.entrySet())
        {
            if (entry.getValue() > end)
            {
                end = entry.getValue();
                text.append(entry.getKey()).append(':').append(end).append(' ');
            }
        }
    }
}
