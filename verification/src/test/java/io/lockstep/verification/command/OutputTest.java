package io.lockstep.verification.command;

import io.lockstep.cli.ChildCommand;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.LockstepCommand;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.AsideFile;
import io.lockstep.cli.output.ExitStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What becomes of output that cannot be written.
 */
class OutputTest
{
    private static final Path FULL = Path.of("/dev/full");
    private static final String BARS = """
        timestamp,open,high,low,close,volume
        1700000000,10.5,11.0,10.0,10.5,100
        1700000060,10.5,11.5,10.5,11.0,100
        """;

    @TempDir
    private Path work;

    private Path config;
    private Path bars;

    @BeforeEach
    void writeInputs() throws IOException
    {
        config = Files.writeString(work.resolve("c.yaml"), "strategies: []\n");
        bars = Files.writeString(work.resolve("ABCUSDT_1m.csv"), BARS);
    }

    private Path journal()
    {
        final Path directory = work.resolve("journaled");
        CommandRun.of("backtest", "--config", config, "--data", bars, "--out", directory).exits(ExitStatus.DONE);
        return directory;
    }

    private static CommandRun runTo(final OutputStream out, final Object... arguments)
    {
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final int status = LockstepCommand.execute(out, err, CommandRun.texts(arguments));
        return new CommandRun(status, "", err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"--help", "--version", "backtest --help", "config --example node", "journal print --format csv DIR",
        "journal print --format json DIR", "journal print --format yaml DIR", "journal print DIR", "journal verify DIR",
        "journal verify --json DIR", "journal info DIR", "journal state DIR", "journal state --json DIR",
        "replay --journal DIR", "check-host", "check-host --json"})
    void shouldSayThatStandardOutputIsFull(final String line) throws IOException
    {
        assumeThat(FULL).exists();
        final Object[] arguments = line.replace("DIR", line.contains("DIR") ? journal().toString() : "").split(" ");
        try (OutputStream full = new FileOutputStream(FULL.toFile()))
        {
            final CommandRun run = runTo(full, arguments);

            assertThat(run.exits(ExitStatus.CANNOT_RUN).err())
                .endsWith("lockstep: cannot write standard output: No space left on device\n");
        }
    }

    @Test
    void shouldSayThatABacktestsResultCannotBeWritten() throws IOException
    {
        assumeThat(FULL).exists();
        try (OutputStream full = new FileOutputStream(FULL.toFile()))
        {
            runTo(full, "backtest", "--json", "--config", config, "--data", bars, "--no-journal")
                .exits(ExitStatus.CANNOT_RUN);
        }
    }

    @Test
    void shouldBeQuietWhenTheReaderHasGone()
    {
        final OutputStream gone = new OutputStream()
        {
            @Override
            public void write(final int value) throws IOException
            {
                throw new IOException("Broken pipe");
            }
        };

        assertThat(runTo(gone, "journal", "print", journal()).exits(ExitStatus.DONE).err()).isEmpty();
    }

    @Test
    void shouldSayThatAFileIsOnAFullDisk() throws IOException
    {
        assumeThat(FULL).exists();
        final AsideFile file = new AsideFile(FULL);
        file.writer().write("text");

        assertThatThrownBy(file::commit).hasMessage("cannot write /dev/full: No space left on device");
        assertThat(Files.isRegularFile(FULL)).isFalse();
    }

    @Test
    void shouldWriteToAPipeAndLeaveItThere() throws Exception
    {
        final Path pipe = work.resolve("pipe");
        assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        final File read = work.resolve("read").toFile();
        final Process reader = new ProcessBuilder("cat", pipe.toString()).redirectOutput(read).start();

        AsideFile.write(pipe, "text\n");

        assertThat(reader.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(read).hasContent("text\n");
        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertThat(work.toFile().list()).containsExactlyInAnyOrder("pipe", "read", "c.yaml", "ABCUSDT_1m.csv");
    }

    @Test
    void shouldLeaveALinkALink() throws IOException
    {
        final Path file = Files.writeString(work.resolve("file"), "before");
        final Path link = Files.createSymbolicLink(work.resolve("link"), Path.of("file"));

        AsideFile.write(link, "after");

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(file).hasContent("after");
    }

    @Test
    void shouldRefuseADirectory() throws IOException
    {
        final Path directory = Files.createDirectory(work.resolve("directory"));

        assertThatThrownBy(() -> AsideFile.write(directory, "")).isInstanceOf(UsageException.class)
            .hasMessage(directory + ": expected a file, found a directory");
        assertThat(directory).isDirectory();
    }

    /** In a mount namespace of its own, which takes rights that not everybody has. */
    @Test
    void shouldLeaveNothingOnADiskThatIsTooSmall() throws Exception
    {
        final Path small = Files.createDirectory(work.resolve("small"));
        final String mount = "mount -t tmpfs -o size=2m tmpfs '" + small + "'";
        final boolean canMount = new ProcessBuilder("unshare", "-m", "sh", "-c", mount)
            .redirectErrorStream(true).start().waitFor() == 0;
        assumeThat(canMount).as("unshare -m and a tmpfs need rights that are missing here").isTrue();

        try (ChildCommand backtest = ChildCommand.startBy(
            List.of("unshare", "-m", "sh", "-c", mount + " && { \"$@\"; s=$?; ls -A '" + small + "'; exit $s; }", "sh"),
            work, "backtest", "--config", config, "--data", bars, "--out", small.resolve("bt")))
        {
            final CommandRun run = backtest.run().exits(ExitStatus.CANNOT_RUN);

            assertThat(run.err()).contains("No space left on device").doesNotContain("unexpected", "\tat ");
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void shouldEscapeWhatSteersATerminal()
    {
        final CommandRun run = CommandRun.of("backtest", "--config", work.resolve("\u001b[31m\u202e币.yaml"), "--data",
            bars).exits(ExitStatus.BAD_INPUT);

        assertThat(run.err()).contains("\\u001b[31m\\u202e币.yaml").doesNotContain("\u001b", "\u202e");
    }
}
