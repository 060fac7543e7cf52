package io.lockstep.sequencer.config;

import io.lockstep.sequencer.ingress.SourceKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyFileTest
{
    private static final String KEY = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789ABCDEF";
    private static final String OTHER = "ff".repeat(40);

    @TempDir
    private Path directory;

    private Path file(final String text, final String permissions) throws IOException
    {
        final Path file = directory.resolve("keys");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    @Test
    void shouldReadKeysOfSourcesAndRangesAndSeveralOfOne() throws IOException
    {
        final SourceKeys keys = KeyFile.read(file("""
            # The feed, and its next key.
            1 %s
            1 %s

            768-1023 %s
            """.formatted(KEY, OTHER, OTHER), "rw-------"));

        assertThat(keys.of(1)).hasSize(2).first()
            .satisfies((key) -> assertThat(key).hasSize(32).startsWith(0x01, 0x23));
        assertThat(keys.of(2)).isEmpty();
        assertThat(keys.of(768)).hasSize(1).first().satisfies((key) -> assertThat(key).hasSize(40));
        assertThat(keys.of(1_023)).hasSize(1);
        assertThat(keys.isEmpty()).isFalse();
        assertThat(KeyFile.read(null).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
    void shouldRefuseAFileThatOthersMayRead(final String permissions) throws IOException
    {
        final Path file = file("1 " + KEY, permissions);

        assertThatThrownBy(() -> KeyFile.read(file)).isInstanceOf(ConfigurationException.class)
            .hasMessage("aeron.keys=" +
                file + ": expected a file that its owner alone may read and write (chmod 600), found " + permissions);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value =
    {"1 | expected SOURCE KEY or FIRST-LAST KEY",
        "one " + KEY + " | expected SOURCE KEY or FIRST-LAST KEY",
        "1 00ff | a key of 2 bytes: expected at least 32, as 'openssl rand -hex 32' makes it",
        "1 zz" + KEY + " | expected the key in hexadecimal, as 'openssl rand -hex 32' makes it",
        "0 " + KEY + " | sources 0 to 0: expected ids from 1 to 1023, the first not above the last",
        "1000-1024 " + KEY + " | sources 1000 to 1024: expected ids from 1 to 1023, the first not above the last",
        "9-8 " + KEY + " | sources 9 to 8: expected ids from 1 to 1023, the first not above the last"})
    void shouldNameTheLineAndNeverTheKey(final String line, final String problem) throws IOException
    {
        final Path file = file("# keys\n" + line + "\n", "rw-------");

        assertThatThrownBy(() -> KeyFile.read(file)).isInstanceOf(ConfigurationException.class)
            .hasMessage("aeron.keys=" + file + ":2: " + problem)
            .satisfies((problemOfLine) -> assertThat(problemOfLine.getMessage()).doesNotContain(KEY));
    }

    @Test
    void shouldRefuseAFileThatIsNotThereOrEmpty() throws IOException
    {
        final Path none = directory.resolve("none");
        assertThatThrownBy(() -> KeyFile.read(none))
            .hasMessage("aeron.keys=" + none + ": expected a file of keys, there is none");
        final Path empty = file("# nothing\n", "r--------");
        assertThatThrownBy(() -> KeyFile.read(empty))
            .hasMessage("aeron.keys=" + empty + ": expected at least one line SOURCE KEY");
    }
}
