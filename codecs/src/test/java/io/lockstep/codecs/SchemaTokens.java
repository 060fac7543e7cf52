package io.lockstep.codecs;

import org.xml.sax.InputSource;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

import java.io.InputStream;
import java.io.StringReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The schemas as the code generator reads them: today's, and those of each earlier version, which are kept beside the tests
 * and never change.
 */
final class SchemaTokens
{
    private static final String TODAY = "/sbe/";
    private static final List<String> FILES_OF_VERSION_0 = List.of(
        "market-data.xml", "order-entry.xml", "control.xml", "link.xml", "journal.xml");
    private static final List<String> FILES_SINCE_VERSION_1 = Stream.concat(
        FILES_OF_VERSION_0.stream(), Stream.of("snapshot.xml")).toList();
    private static final List<List<String>> FILES_BY_VERSION = List.of(
        FILES_OF_VERSION_0, FILES_SINCE_VERSION_1, FILES_SINCE_VERSION_1, FILES_SINCE_VERSION_1,
        FILES_SINCE_VERSION_1);

    private final Map<String, List<Token>> messageByName = new LinkedHashMap<>();
    private Ir newest;

    private SchemaTokens(final String directory, final List<String> files, final UnaryOperator<String> change)
    {
        for (final String file : files)
        {
            newest = parse(SchemaTokens.class.getResource(directory + file), change);
            newest.messages().forEach((message) -> messageByName.put(message.get(0).name(), message));
        }
        // In the schema for other languages' sake, and never a message.
        messageByName.remove("RecordLayout");
    }

    static SchemaTokens today()
    {
        return new SchemaTokens(TODAY, SchemaModel.FILES, UnaryOperator.identity());
    }

    /** All before today's. */
    static List<SchemaTokens> earlier()
    {
        return IntStream.range(0, FILES_BY_VERSION.size())
            .mapToObj((version) -> earlier(version, UnaryOperator.identity())).toList();
    }

    /** With a change of the files' text. */
    static SchemaTokens earlier(final int version, final UnaryOperator<String> change)
    {
        return new SchemaTokens("/io/lockstep/codecs/v" + version + "/", FILES_BY_VERSION.get(version), change);
    }

    private static Ir parse(final URL url, final UnaryOperator<String> change)
    {
        try (InputStream stream = url.openStream())
        {
            final String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            final InputSource source = new InputSource(new StringReader(change.apply(text)));
            // What the file includes lies beside it.
            source.setSystemId(url.toString());
            return new IrGenerator().generate(XmlSchemaParser.parse(
                source, ParserOptions.builder().xIncludeAware(true).stopOnError(true).suppressOutput(true).build()));
        }
        catch (final Exception ex)
        {
            throw new AssertionError("schema not readable: " + url, ex);
        }
    }

    int version()
    {
        return newest.version();
    }

    int schemaId()
    {
        return newest.id();
    }

    List<Token> header()
    {
        return newest.headerStructure().tokens();
    }

    Map<String, List<Token>> messageByName()
    {
        return messageByName;
    }

    List<Token> message(final String name)
    {
        return messageByName.get(name);
    }

    @Override
    public String toString()
    {
        return "version " + version();
    }
}
