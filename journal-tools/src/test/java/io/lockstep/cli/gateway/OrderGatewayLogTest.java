package io.lockstep.cli.gateway;

import io.aeron.driver.MediaDriver;
import io.lockstep.cli.CommandRun;
import io.lockstep.gateways.orders.RequestLog;
import io.lockstep.gateways.orders.RequestLogIdentity;
import io.lockstep.gateways.orders.RequestLogOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** An order gateway whose log cannot be used ends with status 3 and says which file, where, and what was expected. */
class OrderGatewayLogTest
{
    private static final RequestLogIdentity IDENTITY = new RequestLogIdentity("SIM", "main", 0);

    @TempDir
    private Path directory;

    @Test
    void shouldEndWithStatus3() throws IOException
    {
        final Path aeron = directory.resolve("aeron");
        final Path log = directory.resolve("orders");
        final Path config = directory.resolve("orders.yaml");
        Files.writeString(config, "aeron: {directory: \"" + aeron + "\"}\nlog: {directory: \"" +
            directory.resolve("log") + "\"}\norders: {venueServer: \"127.0.0.1:1\", venue: SIM, log: {directory: \""
            + log +
            "\", size: 64KiB}}\n");
        try (MediaDriver driver = MediaDriver.launchEmbedded(new MediaDriver.Context()
            .aeronDirectoryName(aeron.toString()).dirDeleteOnShutdown(true)))
        {
            assertThat(driver.aeronDirectoryName()).isEqualTo(aeron.toString());
            try (RequestLog held = open(log, IDENTITY))
            {
                assertThat(held.openRequests()).isZero();
                refused(config, "order gateway's log is in use: file=" + log.resolve("requests.lock"));
            }
            final Path file = log.resolve("requests-a.log");
            final byte[] whole = Files.readAllBytes(file);
            final byte[] damaged = whole.clone();
            damaged[600] = 1;
            damaged[900] = 1;
            Files.write(file, damaged);
            refused(config, "order gateway's log damaged: file=" + file + " offset=512: expected record 1");
            Files.write(file, whole);
            Files.writeString(config, Files.readString(config).replace("venue: SIM", "venue: OTHER"));
            refused(config, "order gateway's log is another's: file=" + file + " offset=24: expected ");
        }
    }

    private static RequestLog open(final Path log, final RequestLogIdentity identity) throws IOException
    {
        return RequestLog.open(log, identity, new RequestLogOptions(RequestLogOptions.FILE_LENGTH_MIN, false));
    }

    private static void refused(final Path config, final String problem)
    {
        final CommandRun run = CommandRun.of("gateway", "--config", config).exits(3);
        assertThat(run.err()).contains("lockstep: " + problem);
    }
}
