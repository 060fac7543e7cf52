package io.lockstep.journal.decode;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.journal.text.Json;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RecordLayoutDecoder;
import io.lockstep.sequencer.journal.JournalCorruptException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import uk.co.real_logic.sbe.PrimitiveValue;
import uk.co.real_logic.sbe.ir.Encoding;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.OtfHeaderDecoder;
import uk.co.real_logic.sbe.otf.OtfMessageDecoder;
import uk.co.real_logic.sbe.otf.TokenListener;
import uk.co.real_logic.sbe.otf.Types;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.MessageSchema;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

import java.io.UnsupportedEncodingException;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Turns records into maps of names and values by the schemas themselves, so that there is no second, hand-written half of a
 * codec. For tools: allocates freely.
 */
public final class RecordDecoder
{
    private static final List<String> HEADER_NAMES = List.of("sequence", "ordinal", "kind", "template", "shard",
        "incarnation", "sourceId", "sourceSession", "sourceSequence", "venueTimeNs", "gatewayTimeNs", "sequencerTimeNs",
        "wallTimeNs", "checksum", "chain");
    private static final String[] SCHEMAS = {"market-data", "order-entry", "control", "link", "journal", "snapshot"};

    /** Template ids of snapshots' sections begin here. */
    private static final int SNAPSHOTS_FROM = 100;
    /** Ten template ids of messages between the ends of a link, which no journal holds. */
    private static final int LINKS_FROM = 60;

    private final Map<Integer, List<Token>> messageByTemplate = new HashMap<>();
    private final OtfHeaderDecoder header;

    /** Parses the schemas, which are on the class path. */
    public RecordDecoder()
    {
        Ir ir = null;
        for (final String schema : SCHEMAS)
        {
            ir = parse(RecordDecoder.class.getResource("/sbe/" + schema + ".xml"));
            for (final List<Token> message : ir.messages())
            {
                messageByTemplate.put(message.get(0).id(), message);
            }
        }
        // In the schema for other languages' sake, and never a message.
        messageByTemplate.remove(RecordLayoutDecoder.TEMPLATE_ID);
        header = new OtfHeaderDecoder(ir.headerStructure());
    }

    private static Ir parse(final URL url)
    {
        try
        {
            final ParserOptions options = ParserOptions.builder().xIncludeAware(true).stopOnError(true)
                .suppressOutput(true).build();
            final org.xml.sax.InputSource source = new org.xml.sax.InputSource(url.toString());
            final MessageSchema schema = XmlSchemaParser.parse(source, options);
            return new IrGenerator().generate(schema);
        }
        catch (final Exception ex)
        {
            throw new IllegalStateException("schema not readable: " + url, ex);
        }
    }

    /** Name of a message, or its id where the schema does not know it. */
    public String templateName(final int templateId)
    {
        final List<Token> message = messageByTemplate.get(templateId);
        return message == null ? "template" + templateId : message.get(0).name();
    }

    /** Whether a message of this name exists. */
    public boolean isTemplate(final String name)
    {
        return messageByTemplate.values().stream().anyMatch((message) -> message.get(0).name().equals(name));
    }

    /** Names of all messages. */
    public Set<String> templates()
    {
        final Set<String> names = new TreeSet<>();
        messageByTemplate.values().forEach((message) -> names.add(message.get(0).name()));
        return names;
    }

    /** Names that a decoded record's values can have, those within others with a dot between. */
    public Set<String> fieldNames()
    {
        final Set<String> names = new TreeSet<>(HEADER_NAMES);
        messageByTemplate.values().forEach((message) -> addFieldNames(message, names));
        return names;
    }

    /**
     * As {@link #fieldNames()}, of what a journal holds, in the schemas' order: those of one message, or of all.
     *
     * @param template null for all.
     */
    public Set<String> journalFieldNames(final String template)
    {
        final Set<String> names = new LinkedHashSet<>(HEADER_NAMES);
        messageByTemplate.keySet().stream().sorted().filter((id) -> id < SNAPSHOTS_FROM && !isLink(id))
            .map(messageByTemplate::get)
            .filter((message) -> template == null || message.get(0).name().equals(template))
            .forEach((message) -> addFieldNames(message, names));
        return names;
    }

    private static boolean isLink(final int templateId)
    {
        return templateId >= LINKS_FROM && templateId < LINKS_FROM + 10;
    }

    private static void addFieldNames(final List<Token> message, final Set<String> names)
    {
        final Deque<String> path = new ArrayDeque<>(List.of("message."));
        for (int i = 0; i < message.size(); i++)
        {
            final Token token = message.get(i);
            switch (token.signal())
            {
                case BEGIN_GROUP -> path.push(path.peek() + token.name() + ".");
                case END_GROUP -> path.pop();
                case BEGIN_VAR_DATA -> names.add(path.peek() + token.name());
                case BEGIN_FIELD -> addFieldNames(message, i, path.peek() + token.name(), names);
                default -> {
                    // What a field, a group or a text is made of.
                }
            }
        }
    }

    private static void addFieldNames(
        final List<Token> message, final int field, final String name, final Set<String> names)
    {
        if (message.get(field + 1).signal() != Signal.BEGIN_COMPOSITE)
        {
            names.add(name);
            return;
        }
        for (int i = field + 2; message.get(i).signal() != Signal.END_COMPOSITE; i++)
        {
            if (message.get(i).signal() == Signal.ENCODING)
            {
                names.add(name + "." + message.get(i).name());
            }
        }
    }

    /**
     * Checks that the schema knows the record's message.
     *
     * @throws JournalCorruptException when it does not.
     */
    public void requireKnown(final DirectBuffer buffer, final int offset)
    {
        final int templateId = RecordDescriptor.templateId(buffer, offset);
        final int schemaId = RecordDescriptor.schemaId(buffer, offset);
        if (schemaId != MessageHeaderDecoder.SCHEMA_ID || !messageByTemplate.containsKey(templateId))
        {
            throw new JournalCorruptException(RecordDescriptor.sequence(buffer, offset),
                "unknown message: schemaId=" + schemaId + " templateId=" + templateId);
        }
    }

    /** Header and message, in the schema's order; absent optional fields, and those that came with a later version, are null. */
    public Map<String, Object> decode(final DirectBuffer buffer, final int offset)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        final int templateId = RecordDescriptor.templateId(buffer, offset);
        values.put("sequence", RecordDescriptor.sequence(buffer, offset));
        values.put("ordinal", RecordDescriptor.ordinal(buffer, offset));
        values.put("kind", RecordKind.get((short)RecordDescriptor.kind(buffer, offset)).name());
        values.put("template", templateName(templateId));
        values.put("shard", RecordDescriptor.shard(buffer, offset));
        values.put("incarnation", RecordDescriptor.incarnation(buffer, offset));
        values.put("sourceId", RecordDescriptor.sourceId(buffer, offset));
        values.put("sourceSession", RecordDescriptor.sourceSession(buffer, offset));
        values.put("sourceSequence", RecordDescriptor.sourceSequence(buffer, offset));
        values.put("venueTimeNs", RecordDescriptor.venueTimeNs(buffer, offset));
        values.put("gatewayTimeNs", RecordDescriptor.gatewayTimeNs(buffer, offset));
        values.put("sequencerTimeNs", RecordDescriptor.sequencerTimeNs(buffer, offset));
        values.put("wallTimeNs", RecordDescriptor.wallTimeNs(buffer, offset));
        values.put("checksum", Json.hex(RecordDescriptor.checksum(buffer, offset)));
        values.put("chain", Json.hex(RecordDescriptor.chain(buffer, offset)));
        values.put("message", message(buffer, offset, templateId));
        return values;
    }

    private Map<String, Object> message(final DirectBuffer buffer, final int offset, final int templateId)
    {
        final List<Token> tokens = messageByTemplate.get(templateId);
        final Collector collector = new Collector();
        if (tokens != null)
        {
            final int messageOffset = offset + RecordDescriptor.HEADER_LENGTH;
            final UnsafeBuffer message = new UnsafeBuffer(
                buffer, messageOffset, RecordDescriptor.recordLength(buffer, offset) - RecordDescriptor.HEADER_LENGTH);
            OtfMessageDecoder.decode(message, header.encodedLength(), header.getSchemaVersion(message, 0),
                header.getBlockLength(message, 0), tokens, collector);
        }
        return collector.root;
    }

    /** Collects what the walk over a message says. */
    private static final class Collector implements TokenListener
    {
        private final Map<String, Object> root = new LinkedHashMap<>();
        private final Deque<Map<String, Object>> scopes = new ArrayDeque<>(List.of(root));

        @Override
        public void onBeginMessage(final Token token)
        {
        }

        @Override
        public void onEndMessage(final Token token)
        {
        }

        @Override
        public void onEncoding(
            final Token fieldToken,
            final DirectBuffer buffer,
            final int bufferIndex,
            final Token typeToken,
            final int actingVersion)
        {
            final CharSequence compositeField = typeToken.name();
            final boolean withinComposite = scopes.size() > 1 && fieldToken.name().equals(compositeName);
            scopes.peek().put(withinComposite ? compositeField.toString() : fieldToken.name(),
                isAbsent(fieldToken, actingVersion) ? null : value(buffer, bufferIndex, typeToken));
        }

        /** A message of an earlier version ends before the fields that came later; what lies there is something else. */
        private static boolean isAbsent(final Token fieldToken, final int actingVersion)
        {
            return fieldToken.version() > actingVersion;
        }

        private String compositeName = "";

        @Override
        public void onEnum(
            final Token fieldToken,
            final DirectBuffer buffer,
            final int bufferIndex,
            final List<Token> tokens,
            final int fromIndex,
            final int toIndex,
            final int actingVersion)
        {
            scopes.peek().put(fieldToken.name(),
                isAbsent(fieldToken, actingVersion) ? null : enumName(buffer, bufferIndex, tokens, fromIndex, toIndex));
        }

        private static String enumName(
            final DirectBuffer buffer,
            final int bufferIndex,
            final List<Token> tokens,
            final int fromIndex,
            final int toIndex)
        {
            final long code = Types.getLong(buffer, bufferIndex, tokens.get(fromIndex + 1).encoding());
            // A code that no build knows yet is shown; that there is none is no code.
            String name = code == tokens.get(fromIndex + 1).encoding().applicableNullValue().longValue()
                ? null
                : String.valueOf(code);
            for (int i = fromIndex + 1; i < toIndex; i++)
            {
                if (tokens.get(i).encoding().constValue().longValue() == code)
                {
                    name = tokens.get(i).name();
                }
            }
            return name;
        }

        @Override
        public void onBitSet(
            final Token fieldToken,
            final DirectBuffer buffer,
            final int bufferIndex,
            final List<Token> tokens,
            final int fromIndex,
            final int toIndex,
            final int actingVersion)
        {
            scopes.peek().put(fieldToken.name(), isAbsent(fieldToken, actingVersion)
                ? null
                : choices(Types.getLong(buffer, bufferIndex, tokens.get(fromIndex).encoding()), tokens, fromIndex,
                    toIndex));
        }

        /** Names of the choices made, with blanks between; a bit that no build knows yet is shown by its number. */
        private static String choices(
            final long bits, final List<Token> tokens, final int fromIndex, final int toIndex)
        {
            final StringJoiner names = new StringJoiner(" ");
            long rest = bits;
            for (int i = fromIndex + 1; i < toIndex; i++)
            {
                final long bit = 1L << tokens.get(i).encoding().constValue().longValue();
                if ((bits & bit) != 0)
                {
                    names.add(tokens.get(i).name());
                }
                rest &= ~bit;
            }
            for (; rest != 0; rest &= rest - 1)
            {
                names.add(String.valueOf(Long.numberOfTrailingZeros(rest)));
            }
            return names.toString();
        }

        @Override
        public void onBeginComposite(
            final Token fieldToken, final List<Token> tokens, final int fromIndex, final int toIndex)
        {
            final Map<String, Object> composite = new LinkedHashMap<>();
            scopes.peek().put(fieldToken.name(), composite);
            scopes.push(composite);
            compositeName = fieldToken.name();
        }

        @Override
        public void onEndComposite(
            final Token fieldToken, final List<Token> tokens, final int fromIndex, final int toIndex)
        {
            scopes.pop();
            compositeName = "";
        }

        @Override
        public void onGroupHeader(final Token token, final int numInGroup)
        {
            scopes.peek().put(token.name(), new ArrayList<Map<String, Object>>());
        }

        @Override
        @SuppressWarnings("unchecked")
        public void onBeginGroup(final Token token, final int groupIndex, final int numInGroup)
        {
            final Map<String, Object> entry = new LinkedHashMap<>();
            ((List<Map<String, Object>>)scopes.peek().get(token.name())).add(entry);
            scopes.push(entry);
        }

        @Override
        public void onEndGroup(final Token token, final int groupIndex, final int numInGroup)
        {
            scopes.pop();
        }

        @Override
        public void onVarData(
            final Token fieldToken,
            final DirectBuffer buffer,
            final int bufferIndex,
            final int length,
            final Token typeToken)
        {
            final byte[] bytes = new byte[length];
            buffer.getBytes(bufferIndex, bytes);
            final String charset = typeToken.encoding().characterEncoding();
            scopes.peek().put(fieldToken.name(),
                charset == null ? HexFormat.of().formatHex(bytes) : text(bytes, charset));
        }

        private static Object value(final DirectBuffer buffer, final int index, final Token typeToken)
        {
            final Encoding encoding = typeToken.encoding();
            if (typeToken.arrayLength() > 1)
            {
                final byte[] bytes = new byte[typeToken.arrayLength()];
                buffer.getBytes(index, bytes);
                return text(bytes, encoding.characterEncoding()).replace("\0", "").strip();
            }
            final long value = Types.getLong(buffer, index, encoding);
            final PrimitiveValue nullValue = encoding.applicableNullValue();
            return typeToken.isOptionalEncoding() && value == nullValue.longValue() ? null : value;
        }

        private static String text(final byte[] bytes, final String charset)
        {
            try
            {
                return new String(bytes, charset);
            }
            catch (final UnsupportedEncodingException ex)
            {
                throw new IllegalStateException(ex);
            }
        }
    }
}
