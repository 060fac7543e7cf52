package io.lockstep.journal.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.util.Locale;
import java.util.Map;

/**
 * JSON as the commands print it.
 */
public final class Json
{
    private static final ObjectMapper MAPPER = new ObjectMapper()
        .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

    private Json()
    {
    }

    /** One line. */
    public static String text(final Map<String, ?> values)
    {
        try
        {
            return MAPPER.writeValueAsString(values);
        }
        catch (final JsonProcessingException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> parse(final String text)
    {
        try
        {
            return MAPPER.readValue(text, Map.class);
        }
        catch (final JsonProcessingException ex)
        {
            throw new IllegalArgumentException("no JSON object: " + text, ex);
        }
    }

    public static String hex(final long hash)
    {
        return String.format(Locale.ROOT, "%016x", hash);
    }
}
