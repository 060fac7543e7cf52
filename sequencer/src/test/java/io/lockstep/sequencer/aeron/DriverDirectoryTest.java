package io.lockstep.sequencer.aeron;

import io.lockstep.sequencer.NodeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What a media driver finds where its files are to be, and does not touch when it is not its own. */
class DriverDirectoryTest
{
    @TempDir
    private Path path;

    private void assertRefused(final Path directory, final String problem)
    {
        assertThatThrownBy(() -> EmbeddedDriver.launchOwned(directory, 1_000_000_000L, Throwable::printStackTrace))
            .isInstanceOfSatisfying(NodeException.class,
                (ex) -> assertThat(ex.exitStatus()).isEqualTo(NodeException.CANNOT_RUN))
            .hasMessageContaining("aeron.directory=" + directory).hasMessageContaining(problem);
    }

    private Path victim() throws IOException
    {
        final Path victim = Files.createDirectories(path.resolve("victim"));
        Files.writeString(victim.resolve("precious"), "kept");
        return victim;
    }

    @Test
    void shouldNotFollowALink() throws IOException
    {
        final Path victim = victim();
        final Path link = Files.createSymbolicLink(path.resolve("driver"), victim);

        assertRefused(link, "a symbolic link to " + victim);

        assertThat(victim.resolve("precious")).hasContent("kept");
    }

    @Test
    void shouldRefuseWhatIsNoDirectory() throws IOException
    {
        final Path file = Files.writeString(path.resolve("driver"), "kept");

        assertRefused(file, "a file that is no directory");

        assertThat(file).hasContent("kept");
    }

    @Test
    void shouldRefuseWhatEverybodyMayWriteInto() throws IOException
    {
        final Path victim = victim();
        Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertRefused(victim, "one that everybody may write into");

        assertThat(victim.resolve("precious")).hasContent("kept");
    }

    @Test
    void shouldRefuseWhatIsAnothers() throws IOException
    {
        final Path victim = victim();
        try
        {
            Files.setAttribute(victim, "unix:uid", 65_534);
        }
        catch (final IOException ex)
        {
            assumeThat(ex).as("needs a user that may give files away").isNull();
        }

        assertRefused(victim, "one of user id 65534");

        assertThat(victim.resolve("precious")).hasContent("kept");
    }

    /** What a dead driver has left is deleted, what a link in it leads to is not. */
    @Test
    void shouldDeleteLinksAndNotWhatTheyLeadTo() throws IOException
    {
        final Path victim = victim();
        final Path directory = Files.createDirectories(path.resolve("driver"));
        Files.createSymbolicLink(directory.resolve("publications"), victim);
        Files.writeString(directory.resolve("left"), "over");

        EmbeddedDriver.launchOwned(directory, 1_000_000_000L, Throwable::printStackTrace).close();

        assertThat(victim.resolve("precious")).hasContent("kept");
        assertThat(directory).doesNotExist();
    }
}
