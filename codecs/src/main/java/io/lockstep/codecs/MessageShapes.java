package io.lockstep.codecs;

import io.lockstep.codecs.MessageShape.Block;
import io.lockstep.codecs.MessageShape.Group;
import io.lockstep.codecs.MessageShape.Kind;
import io.lockstep.codecs.MessageShape.Text;
import io.lockstep.sbe.MessageHeaderDecoder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The shape of each message that a node takes over its links, by template id. Read once from {@code message-shapes.txt}, which is
 * made from the schema: parsing the schema itself would cost each start of a node a tenth of a second.
 */
public final class MessageShapes
{
    private static final String RESOURCE = "message-shapes.txt";
    private static final MessageShape[] SHAPE_BY_TEMPLATE_ID = read();

    private MessageShapes()
    {
    }

    /** Returns null for a message that does not arrive over a link. */
    public static MessageShape of(final int templateId)
    {
        return templateId >= 0 && templateId < SHAPE_BY_TEMPLATE_ID.length ? SHAPE_BY_TEMPLATE_ID[templateId] : null;
    }

    /** Calls for each template id that has a shape, ascending. */
    public static void forEach(final IntConsumer consumer)
    {
        for (int templateId = 0; templateId < SHAPE_BY_TEMPLATE_ID.length; templateId++)
        {
            if (SHAPE_BY_TEMPLATE_ID[templateId] != null)
            {
                consumer.accept(templateId);
            }
        }
    }

    private static MessageShape[] read()
    {
        try (InputStream stream = MessageShapes.class.getResourceAsStream(RESOURCE))
        {
            return parse(new String(stream.readAllBytes(), StandardCharsets.US_ASCII));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** A line each: template id, name, kind, version since, and the block as {@link #block} reads it. Ascending by template id. */
    static MessageShape[] parse(final String text)
    {
        final List<String> lines = text.lines().filter((line) -> !line.startsWith("#")).toList();
        final String last = lines.get(lines.size() - 1);
        final MessageShape[] shapes = new MessageShape[Integer.parseInt(last.substring(0, last.indexOf(' '))) + 1];
        for (final String line : lines)
        {
            final Iterator<String> words = List.of(line.split(" ")).iterator();
            final int templateId = Integer.parseInt(words.next());
            shapes[templateId] = new MessageShape(
                templateId, words.next(), Kind.valueOf(words.next()), Integer.parseInt(words.next()), block(words));
        }
        return shapes;
    }

    /** Its length from each version on as {@code version:length}, then groups, names (length in 2 bytes) and texts (in 4), up to {@code end}. */
    private static Block block(final Iterator<String> words)
    {
        final int[] lengthByVersion = new int[MessageHeaderDecoder.SCHEMA_VERSION + 1];
        final List<Group> groups = new ArrayList<>();
        final List<Text> texts = new ArrayList<>();
        for (String word = words.next(); !"end".equals(word); word = words.next())
        {
            switch (word)
            {
                case "group" -> groups.add(new Group(Integer.parseInt(words.next()), block(words)));
                case "name" -> texts.add(new Text(Integer.parseInt(words.next()), false));
                case "text" -> texts.add(new Text(Integer.parseInt(words.next()), true));
                default -> lengthFrom(lengthByVersion, word);
            }
        }
        return new Block(lengthByVersion, groups.toArray(new Group[0]), texts.toArray(new Text[0]));
    }

    private static void lengthFrom(final int[] lengthByVersion, final String word)
    {
        final int colon = word.indexOf(':');
        for (int version = Integer.parseInt(word.substring(0, colon)); version < lengthByVersion.length; version++)
        {
            lengthByVersion[version] = Integer.parseInt(word.substring(colon + 1));
        }
    }
}
