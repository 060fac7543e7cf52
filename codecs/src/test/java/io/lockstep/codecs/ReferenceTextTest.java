package io.lockstep.codecs;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages of docs/reference, and the shapes of messages that a node goes by, are what the schemas say; with
 * {@code -Dlockstep.reference=write} it writes them.
 */
class ReferenceTextTest
{
    private static final Path REFERENCE = Path.of(System.getProperty("lockstep.root"), "docs", "reference");
    private static final Path SHAPES = Path.of(System.getProperty("lockstep.root"), "codecs", "src", "main",
        "resources",
        "io", "lockstep", "codecs", "message-shapes.txt");

    @Test
    void messagesAreThoseOfTheSchemas() throws Exception
    {
        check("messages.md", new ReferenceText().messages());
    }

    @Test
    void reasonsAreThoseOfTheSchemas() throws Exception
    {
        final String text = new ReferenceText().reasons();
        check("reasons.md", text);
        assertThat(text).as("every reason has a meaning").doesNotContain("|  |");
    }

    @Test
    void shapesAreThoseOfTheSchemas() throws Exception
    {
        check(SHAPES, MessageShapesText.of(SchemaTokens.today()));
    }

    private static void check(final String name, final String expected) throws IOException
    {
        check(REFERENCE.resolve(name), expected);
    }

    private static void check(final Path page, final String expected) throws IOException
    {
        if ("write".equals(System.getProperty("lockstep.reference")))
        {
            Files.writeString(page, expected);
        }
        assertThat(page).as("run this test with -Dlockstep.reference=write").hasContent(expected);
    }
}
