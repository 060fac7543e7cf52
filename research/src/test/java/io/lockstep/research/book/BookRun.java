package io.lockstep.research.book;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One run of the book command, with what it said. */
record BookRun(int exitCode, String out, String err)
{
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static BookRun json(final Path csv, final int levels, final Path... data)
    {
        final List<String> arguments = new ArrayList<>(List.of("--json", "--levels", Integer.toString(levels)));
        arguments.addAll(List.of("--out", csv.toString(), "--data"));
        for (final Path file : data)
        {
            arguments.add(file.toString());
        }
        return of(arguments.toArray(new String[0]));
    }

    static BookRun of(final String... arguments)
    {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = new CommandLine(new BookCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
        return new BookRun(exitCode, out.toString(), err.toString());
    }

    long count(final String key)
    {
        try
        {
            final JsonNode value = MAPPER.readTree(out).get(key);
            return value.longValue();
        }
        catch (final JsonProcessingException ex)
        {
            throw new AssertionError("not one JSON object: " + out, ex);
        }
    }
}
