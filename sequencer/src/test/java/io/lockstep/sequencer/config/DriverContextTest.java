package io.lockstep.sequencer.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DriverContextTest
{
    private static DriverContext read(final String driver)
    {
        final String text = "aeron: {directory: here}\ndriver: {" + driver + "}\n";
        return DriverContext.read(YamlSection.parse(Path.of("driver.yaml"), text));
    }

    @Test
    void shouldHaveADefaultForEverythingButTheDirectory()
    {
        assertThat(read("")).isEqualTo(new DriverContext(Path.of("here"), DriverContext.Threads.SHARED,
            IdleKind.BACKOFF, List.of(), 8 << 20, 8 << 20, 1408, 128 << 10, 128 << 10, 1_000_000_000L,
            10_000_000_000L, false, LogContext.DEFAULT.in(Path.of("log"))));
        assertThatThrownBy(() -> DriverContext.read(YamlSection.parse(Path.of("driver.yaml"), "driver: {}\n")))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("aeron.directory=: expected a value");
    }

    @Test
    void shouldReadWhatIsWritten()
    {
        assertThat(read("threads: dedicated, idle: spin, cores: [1, 3, 2], ipcTermLength: 1MiB, termLength: 16MiB, " +
            "mtu: 8864B, socketBuffer: 2MiB, receiverWindow: 1MiB, clientTimeout: 500ms, imageTimeout: 3s, " +
            "preTouch: true")).isEqualTo(
                new DriverContext(Path.of("here"), DriverContext.Threads.DEDICATED, IdleKind.SPIN, List.of(1, 3, 2),
                    1 << 20, 16 << 20, 8864, 2 << 20, 1 << 20, 500_000_000L, 3_000_000_000L, true,
                    LogContext.DEFAULT.in(Path.of("log"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        threads: many                                | driver.threads=many: expected one of shared, shared-network, dedicated
        threads: dedicated, cores: [1, 2]            | driver.cores=[1, 2]: expected 3 of them, one for each thread, or none
        cores: [first]                               | driver.cores[0]=first: expected numbers of processors
        cores: [5000]                                | driver.cores[0]=5000: expected numbers of processors
        threads: dedicated, cores: [1, 2, 2]         | driver.cores=[1, 2, 2]: expected a processor of its own for each thread
        cores: [01]                                  | driver.cores[0]=01: expected numbers of processors
        socketBuffer: 0                              | driver.socketBuffer=0: expected a size such as 64MiB from 4KiB to 1GiB
        clientTimeout: -1s                           | driver.clientTimeout=-1s: expected a duration such as 10ms from 200ms to 10m
        termLength: 3MiB                             | driver.termLength=3145728: expected a power of two
        ipcTermLength: 100KiB                        | driver.ipcTermLength=102400: expected a power of two
        mtu: 1400B                                   | driver.mtu=1400: expected a multiple of 32
        receiverWindow: 256KiB                       | no more than socketBuffer=131072B and half of termLength=8388608B
        termLength: 64KiB, receiverWindow: 64KiB     | no more than socketBuffer=131072B and half of termLength=65536B
        mtu: 8864B, receiverWindow: 8KiB             | driver.mtu=8864B: expected no more than receiverWindow=8192B
        treads: shared                               | did you mean 'threads'?
        """)
    void shouldRefuse(final String driver, final String problem)
    {
        assertThatThrownBy(() -> read(driver)).isInstanceOf(ConfigurationException.class)
            .hasMessageStartingWith("driver.yaml:").hasMessageContaining(problem);
    }
}
