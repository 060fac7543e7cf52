package io.lockstep.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** One run of a command, with what it said. */
public record CommandRun(int exitCode, String out, String err)
{
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Within this process; arguments by their text. */
    public static CommandRun of(final Object... arguments)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final int exitCode = LockstepCommand.execute(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            texts(arguments));
        return new CommandRun(
            exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    public static String[] texts(final Object... arguments)
    {
        final List<String> texts = new ArrayList<>();
        for (final Object argument : arguments)
        {
            if (argument instanceof List<?> list)
            {
                list.forEach((element) -> texts.add(element.toString()));
            }
            else
            {
                texts.add(argument.toString());
            }
        }
        return texts.toArray(new String[0]);
    }

    /** What went to standard output, which must be one JSON object on one line and nothing else. */
    public JsonNode json()
    {
        assertThat(out).as("exit=" + exitCode + " err=" + err).endsWith("}\n").startsWith("{")
            .containsOnlyOnce("\n");
        return object(out);
    }

    /** What went to standard output, which must be a JSON object on each line and nothing else. */
    public List<JsonNode> jsonLines()
    {
        return out.lines().map(CommandRun::object).toList();
    }

    private static JsonNode object(final String text)
    {
        try
        {
            return MAPPER.readTree(text);
        }
        catch (final JsonProcessingException ex)
        {
            throw new AssertionError("not one JSON object: " + text, ex);
        }
    }

    /** Asserts the exit status. */
    public CommandRun exits(final int expected)
    {
        assertThat(exitCode).as("out=" + out + " err=" + err).isEqualTo(expected);
        return this;
    }
}
