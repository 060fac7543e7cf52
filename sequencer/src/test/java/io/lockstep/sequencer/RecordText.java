package io.lockstep.sequencer;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.RecordKind;
import org.agrona.DirectBuffer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Records in a few words: {@code I7:Trade} for an input, {@code D7.1:NewOrderSingle} for a decision, {@code H7} for a state
 * hash, {@code L:Resume} for a link message, and the kind for the journal's own.
 */
public final class RecordText
{
    private static final Map<Integer, String> NAME_BY_TEMPLATE = names();

    private RecordText()
    {
    }

    public static String of(final DirectBuffer buffer, final int offset)
    {
        final long sequence = RecordDescriptor.sequence(buffer, offset);
        final String name = name(RecordDescriptor.templateId(buffer, offset));
        final RecordKind kind = RecordKind.get((short)RecordDescriptor.kind(buffer, offset));
        return switch (kind)
        {
            case INPUT -> "I" + sequence + ":" + name;
            case DECISION -> "D" + sequence + "." + RecordDescriptor.ordinal(buffer, offset) + ":" + name;
            case STATE_HASH -> "H" + sequence;
            case LINK -> "L:" + name;
            case RUN_METADATA, CLEAN_END, SEGMENT, SKIPPED_INPUT, SNAPSHOT, NULL_VAL, SBE_UNKNOWN -> kind.name();
        };
    }

    /** All records from the start of the buffer. */
    public static List<String> all(final DirectBuffer buffer, final int length)
    {
        final List<String> texts = new ArrayList<>();
        for (int offset = 0; offset < length; offset += RecordDescriptor.recordLength(buffer, offset))
        {
            texts.add(of(buffer, offset));
        }
        return texts;
    }

    /** Of the message, as the schema has it. */
    public static String name(final int templateId)
    {
        return NAME_BY_TEMPLATE.getOrDefault(templateId, "template " + templateId);
    }

    private static Map<Integer, String> names()
    {
        final Map<Integer, String> nameByTemplate = new HashMap<>();
        for (final String schema : List.of("market-data", "order-entry", "control", "link", "journal"))
        {
            final Matcher message = Pattern.compile("<sbe:message name=\"(\\w+)\" id=\"(\\d+)\"").matcher(text(schema));
            while (message.find())
            {
                nameByTemplate.put(Integer.valueOf(message.group(2)), message.group(1));
            }
        }
        return nameByTemplate;
    }

    private static String text(final String schema)
    {
        try (InputStream in = RecordDescriptor.class.getResourceAsStream("/sbe/" + schema + ".xml"))
        {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
