package io.lockstep.tools;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.wire.WireType;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * Records, decoded.
 */
@Command(name = "print", description = {"Prints records, decoded. Prices are in ticks and quantities in lots.", "",
    "EXPR compares fields: NAME OP VALUE with = != < <= > >=, joined by 'and' and 'or' (and binds closer), with ( ).",
    "Names are those of --format json, dots lead inwards: sequence, template, message.side, message.bids.priceTicks.",
    "Two numbers compare as numbers, everything else as text; null is an empty field; text with blanks is quoted.",
    ""}, mixinStandardHelpOptions = true, footer =
    {
        "", "Examples:",
        "  lockstep journal print --template NewOrderSingle --format json /var/lib/lockstep/node-1",
        "  lockstep journal print --where \"kind = DECISION and message.orderQtyLots >= 100\" /var/lib/lockstep/node-1",
        "  lockstep journal print --instrument BTCUSDT.BINANCE_USDM --from 1000 --to 2000 /var/lib/lockstep/node-1"})
final class JournalPrintCommand implements Callable<Integer>
{
    private static final int RECORDS_BETWEEN_CHECKS = 1_024;

    /** How a record is printed. */
    enum Format
    {
        TEXT, YAML, JSON, CSV;

        /** As it is typed. */
        @Override
        public String toString()
        {
            return name().toLowerCase(Locale.ROOT);
        }

        private static final class Converter implements ITypeConverter<Format>
        {
            @Override
            public Format convert(final String text)
            {
                return Arrays.stream(values()).filter((format) -> format.toString().equals(text)).findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                        "--format=" + text + ": expected one of " + List.of(values())));
            }
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "A node's directory.")
    private Path journal;

    @Option(names = "--from", paramLabel = "SEQ", description = "First sequence.")
    private long from;

    @Option(names = "--to", paramLabel = "SEQ", defaultValue = "9223372036854775807", showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER, description = "Last sequence.")
    private long to;

    @Option(names = "--template", paramLabel = "NAME", description = "Only messages of this name.")
    private String template;

    @Option(names = "--instrument", paramLabel = "NAME", description = "Only messages about this instrument, by name or id.")
    private String instrument;

    @Option(names = "--order", paramLabel = "CLORDID", description = "Only messages that name this ClOrdID.")
    private String order;

    @Option(names = "--where", paramLabel = "EXPR", description = "Only records for which this holds, see above.")
    private String where;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", converter = Format.Converter.class, description = "One of ${COMPLETION-CANDIDATES}; json is one object a line. Default: ${DEFAULT-VALUE}.")
    private Format format;

    private RecordDecoder decoder;

    @Override
    public Integer call()
    {
        // Not with the command, which is made at every start, a node's too: parsing the schemas takes a while.
        decoder = new RecordDecoder();
        final NodeDirectory directory = NodeDirectory.of(journal);
        Directories.requireJournal(directory);
        final Predicate<Map<String, Object>> selected = selected(directory);
        // Not flushed with each line, as the command's own is.
        final PrintWriter out = new PrintWriter(spec.commandLine().getOut(), false);
        if (format == Format.CSV)
        {
            out.println("sequence,ordinal,kind,template,sequencerTimeNs,sourceId,sourceSequence,message");
        }
        try (JournalReader reader = JournalStart.open(directory))
        {
            print(reader, selected, out);
        }
        finally
        {
            out.flush();
        }
        return LockstepCommand.DONE;
    }

    private void print(
        final JournalReader reader, final Predicate<Map<String, Object>> selected, final PrintWriter out)
    {
        long printed = 0;
        while (reader.next())
        {
            final long sequence = RecordDescriptor.sequence(reader.buffer(), reader.offset());
            if (sequence > to && reader.isDocumentStart() && reader.kind() == RecordKind.INPUT)
            {
                // Decisions stand behind the inputs of their batch: only with the next batch is nothing more to come.
                return;
            }
            if (sequence >= from && sequence <= to)
            {
                final Map<String, Object> record = decoder.decode(reader.buffer(), reader.offset());
                if (selected.test(record))
                {
                    print(out, record);
                    if (++printed % RECORDS_BETWEEN_CHECKS == 0 && out.checkError())
                    {
                        // Whoever read this has gone.
                        return;
                    }
                }
            }
        }
    }

    private Predicate<Map<String, Object>> selected(final NodeDirectory directory)
    {
        Predicate<Map<String, Object>> selected = (record) -> true;
        if (template != null)
        {
            if (!decoder.isTemplate(template))
            {
                throw new UsageException("--template=" + template + ": expected the name of a message; did you mean '" +
                    Nearest.of(template, decoder.templates()) + "'?");
            }
            selected = selected.and((record) -> template.equals(record.get("template")));
        }
        if (order != null)
        {
            selected = selected.and((record) -> order.equals(message(record).get("clOrdId")) ||
                order.equals(message(record).get("origClOrdId")));
        }
        if (instrument != null)
        {
            final Long id = instrumentId(directory);
            selected = selected.and((record) -> id.equals(message(record).get("instrumentId")));
        }
        return where == null ? selected : selected.and(RecordCondition.parse(where, decoder.fieldNames()));
    }

    private static Map<?, ?> message(final Map<String, Object> record)
    {
        return (Map<?, ?>)record.get("message");
    }

    private Long instrumentId(final NodeDirectory directory)
    {
        final Map<String, Long> idByName = new TreeMap<>();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
        try (JournalReader reader = JournalStart.open(directory))
        {
            while (reader.next())
            {
                if (RecordDescriptor
                    .templateId(reader.buffer(), reader.offset()) == InstrumentDefinitionDecoder.TEMPLATE_ID)
                {
                    definition.wrapAndApplyHeader(
                        reader.buffer(), reader.offset() + RecordDescriptor.HEADER_LENGTH, header);
                    final Instrument defined = Instrument.decode(definition);
                    if (instrument.equals(defined.name()) || instrument.equals(String.valueOf(defined.id())))
                    {
                        return (long)defined.id();
                    }
                    idByName.put(defined.name(), (long)defined.id());
                }
            }
        }
        throw new UsageException("--instrument=" + instrument + ": expected one of the journal's, by name or id: " +
            idByName);
    }

    private void print(final PrintWriter out, final Map<String, Object> record)
    {
        switch (format)
        {
            case TEXT -> out.println(record.get("sequence") + "." + record.get("ordinal") + " " +
                record.get("kind") + " " + record.get("template") + " " + record.get("message"));
            case JSON -> out.println(Json.text(record));
            case YAML -> out.println(yaml(record));
            case CSV -> out.println(csv(record));
        }
    }

    private static String yaml(final Map<String, Object> record)
    {
        final Bytes<?> bytes = Bytes.allocateElasticOnHeap();
        WireType.YAML_ONLY.apply(bytes).getValueOut().object(record);
        return "---\n" + bytes;
    }

    private static String csv(final Map<String, Object> record)
    {
        final StringBuilder line = new StringBuilder();
        for (final String key : List.of("sequence", "ordinal", "kind", "template", "sequencerTimeNs", "sourceId",
            "sourceSequence"))
        {
            line.append(record.get(key)).append(',');
        }
        @SuppressWarnings("unchecked")
        final Map<String, Object> message = (Map<String, Object>)record.get("message");
        return line.append('"').append(Json.text(message).replace("\"", "\"\"")).append('"').toString();
    }
}
