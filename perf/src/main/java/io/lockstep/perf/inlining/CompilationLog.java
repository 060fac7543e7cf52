package io.lockstep.perf.inlining;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the file that {@code -XX:+LogCompilation} writes: the newest result of the optimising compiler for each method, leaving
 * out those entered in mid-loop and those that were given up.
 */
final class CompilationLog
{
    private final Map<String, CompiledMethod> methodByName = new HashMap<>();
    private CompilationTask task;

    /**
     * @throws IOException when it is no such file.
     */
    static Map<String, CompiledMethod> read(final Path file) throws IOException
    {
        final CompilationLog log = new CompilationLog();
        final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (InputStream stream = Files.newInputStream(file))
        {
            final XMLStreamReader reader = factory.createXMLStreamReader(stream);
            while (reader.hasNext())
            {
                log.on(reader.next(), reader);
            }
        }
        catch (final XMLStreamException ex)
        {
            throw new IOException("no log of the compiler: " + file, ex);
        }
        return log.methodByName;
    }

    private void on(final int event, final XMLStreamReader reader)
    {
        if (event == XMLStreamConstants.START_ELEMENT)
        {
            onStart(reader.getLocalName(), reader);
        }
        else if (event == XMLStreamConstants.END_ELEMENT && task != null)
        {
            onEnd(reader.getLocalName());
        }
    }

    private void onStart(final String element, final XMLStreamReader reader)
    {
        if ("task".equals(element))
        {
            // The quick compiler's have a level, those entered in mid-loop another kind.
            final boolean counts = reader.getAttributeValue(null, "level") == null &&
                reader.getAttributeValue(null, "compile_kind") == null;
            task = counts ? new CompilationTask(reader) : null;
        }
        else if (task != null)
        {
            task.onElement(element, reader);
        }
    }

    private void onEnd(final String element)
    {
        if ("parse".equals(element))
        {
            task.endParse();
        }
        else if ("task".equals(element))
        {
            if (!task.hasFailed())
            {
                methodByName.put(task.name(), task.result());
            }
            task = null;
        }
    }
}
