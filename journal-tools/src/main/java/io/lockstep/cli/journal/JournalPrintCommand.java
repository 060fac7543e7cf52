package io.lockstep.cli.journal;

import io.lockstep.cli.argument.DirectoryArgument;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.text.Nearest;
import io.lockstep.journal.decode.RecordDecoder;
import io.lockstep.journal.read.JournalMeanings;
import io.lockstep.journal.read.JournalStart;
import io.lockstep.journal.text.CsvText;
import io.lockstep.journal.text.Json;
import io.lockstep.journal.text.RecordText;
import io.lockstep.journal.text.YamlText;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.io.PrintWriter;
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
@Command(name = "print", description = {
    "Prints records, decoded. Text has decimals with their unit, instruments by name and times in UTC. JSON, YAML and CSV have",
    "the raw values (ticks, lots, nanoseconds) and beside them NAMEDecimal and NAMEUnit, instrument, and times as text.",
    "",
    "CSV has a column for each field of the messages that --template selects, or of all; what a record does not have is",
    "empty, and the values of a group's entries stand in one column with semicolons between.", "",
    "EXPR compares fields: NAME OP VALUE with = != < <= > >=, joined by 'and' and 'or' (and binds closer), with ( ).",
    "Names are those of --format json, dots lead inwards: sequence, template, message.side, message.bids.priceTicks,",
    "message.limitValueDecimal.",
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

    @Mixin
    private DirectoryArgument argument;

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
    private JournalMeanings meanings;
    private RecordText text;
    private CsvText csv;
    private Predicate<Map<String, Object>> condition = (record) -> true;

    @Override
    public Integer call()
    {
        // Not with the command, which is made at every start, a node's too: parsing the schemas takes a while.
        decoder = new RecordDecoder();
        final NodeDirectory directory = argument.journal();
        final Predicate<Map<String, Object>> selected = selected(directory);
        // Not flushed with each line, as the command's own is.
        final PrintWriter out = new PrintWriter(spec.commandLine().getOut(), false);
        meanings = JournalMeanings.of(directory);
        text = new RecordText(meanings.meanings());
        csv = new CsvText(decoder.journalFieldNames(template));
        if (format == Format.CSV)
        {
            out.println(csv.header());
        }
        try (JournalReader reader = JournalStart.open(directory))
        {
            print(reader, selected, out);
        }
        finally
        {
            out.flush();
        }
        return ExitStatus.DONE;
    }

    private void print(
        final JournalReader reader, final Predicate<Map<String, Object>> selected, final PrintWriter out)
    {
        long printed = 0;
        while (reader.next())
        {
            final long sequence = RecordDescriptor.sequence(reader.buffer(), reader.offset());
            meanings.onRecord(reader.buffer(), reader.offset());
            if (sequence > to && reader.isDocumentStart() && reader.kind() == RecordKind.INPUT)
            {
                // Decisions stand behind the inputs of their batch: only with the next batch is nothing more to come.
                return;
            }
            if (sequence >= from && sequence <= to)
            {
                final Map<String, Object> record = decoder.decode(reader.buffer(), reader.offset());
                if (selected.test(record) && print(out, record) &&
                    ++printed % RECORDS_BETWEEN_CHECKS == 0 && out.checkError())
                {
                    // Whoever read this has gone, or there is no space.
                    return;
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
        if (where != null)
        {
            condition = RecordCondition.parse(where, new CsvText(decoder.fieldNames()).columns());
        }
        return selected;
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

    /** Returns false for one that the condition does not hold for. */
    private boolean print(final PrintWriter out, final Map<String, Object> record)
    {
        final Map<String, Object> explained = format == Format.TEXT && where == null ? record : text.explained(record);
        if (!condition.test(explained))
        {
            return false;
        }
        switch (format)
        {
            case TEXT -> out.println(text.line(record));
            case JSON -> out.println(Json.text(explained));
            case YAML -> out.print("---\n" + YamlText.of(explained));
            case CSV -> out.println(csv.row(explained));
        }
        return true;
    }
}
