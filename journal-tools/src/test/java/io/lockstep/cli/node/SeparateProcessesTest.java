package io.lockstep.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.ChildCommand;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The deployment's examples, run as an operator runs them: driver, node, feed and venue apart, some killed in the middle. */
class SeparateProcessesTest
{
    private static final long SOME_INPUTS = 4_000;

    @TempDir
    private Path directory;
    private Deployment deployment;

    @BeforeEach
    void open()
    {
        deployment = new Deployment(directory);
    }

    @AfterEach
    void close()
    {
        deployment.close();
    }

    /** Over the network with a driver at each end; the venue lives through it all, so its account is what is true. */
    @Test
    void shouldAgreeWithTheVenueThoughNodeAndFeedAreKilled()
    {
        final ChildCommand nodeDriver = deployment.driver("two-hosts-unicast/host-a/driver.yaml");
        final ChildCommand gatewayDriver = deployment.driver("two-hosts-unicast/host-b/driver.yaml");
        final ChildCommand venue = deployment.gateway("two-hosts-unicast/host-b/venue.yaml");
        final ChildCommand feed = deployment.gateway("two-hosts-unicast/host-b/feed.yaml");
        ChildCommand node = deployment.runNode("two-hosts-unicast/host-a/node.yaml");
        deployment.awaitTrading(node, SOME_INPUTS);

        node.close();
        assertThat(CommandRun.of("health", "--dir", deployment.node()).exits(1).out()).contains("is not there");
        node = deployment.runNode("two-hosts-unicast/host-a/node.yaml");
        deployment.awaitTrading(node, SOME_INPUTS);
        feed.close();
        node.await(() -> deployment.stat().get("silentGateways").asLong() == 1);
        assertThat(CommandRun.of("health", "--dir", deployment.node(), "--ready", "--json").exits(1).json()
            .get("ok").asBoolean()).isFalse();
        final ChildCommand secondFeed = deployment.gateway("two-hosts-unicast/host-b/feed.yaml");
        deployment.awaitTrading(node, SOME_INPUTS);
        CommandRun.of("control", "--dir", deployment.node(), "snapshot").exits(0);

        // The market outlives the node, or the venue's time would stand still and nothing be cancelled.
        assertThat(Deployment.stop(node).get("cleanEnd").asBoolean()).isTrue();
        assertThat(Deployment.stop(secondFeed).get("marketEvents").asLong()).isPositive();
        requireEqualAccounts(Deployment.stop(venue));
        assertThat(Deployment.stop(nodeDriver).get("errors").asLong()).isZero();
        assertThat(Deployment.stop(gatewayDriver).get("errors").asLong()).isZero();
        deployment.requireSoundJournal();
    }

    private void requireEqualAccounts(final JsonNode venue)
    {
        final JsonNode info = CommandRun.of("journal", "info", deployment.node(), "--json").exits(0).json();
        assertThat(info.get("incarnations").asInt()).isEqualTo(2);
        assertThat(info.get("byTemplate").get("NewOrderSingle").asLong()).isPositive()
            .isEqualTo(venue.get("orders").asLong() + venue.get("rejects").asLong());
        assertThat(venue.get("openOrders").asLong()).isZero();
        final List<List<Long>> engine = new ArrayList<>();
        for (final JsonNode section : CommandRun.of("journal", "state", deployment.node(), "--json").exits(0).json()
            .get("state"))
        {
            if (section.get("section").asText().equals("PositionSection"))
            {
                engine.add(account(section));
            }
        }
        final List<List<Long>> accounts = new ArrayList<>();
        venue.get("accounts").forEach((account) -> accounts.add(account(account)));
        assertThat(engine).isNotEmpty().isEqualTo(accounts);
    }

    private static List<Long> account(final JsonNode section)
    {
        final List<Long> account = new ArrayList<>();
        for (final String key : List.of("instrumentId", "netLots", "cash", "fees", "fills"))
        {
            account.add(section.get(key).asLong());
        }
        return account;
    }

    /** Within one host; what a venue has forgotten the node settles when it asks again. */
    @Test
    void shouldTradeOnWhenTheVenueHasForgottenAndEndWithTheDriver()
    {
        final ChildCommand driver = deployment.driver("one-host/driver.yaml");
        final ChildCommand feed = deployment.gateway("one-host/feed.yaml");
        final ChildCommand venue = deployment.gateway("one-host/venue.yaml");
        final ChildCommand node = deployment.runNode("one-host/node.yaml");
        deployment.awaitTrading(node, SOME_INPUTS);

        venue.close();
        node.await(() -> deployment.stat().get("venueReady").asLong() == 0);
        final ChildCommand secondVenue = deployment.gateway("one-host/venue.yaml");
        deployment.awaitTrading(node, SOME_INPUTS);
        assertThat(Deployment.stop(node).get("cleanEnd").asBoolean()).isTrue();
        deployment.requireSoundJournal();

        final Path aeron = deployment.driverDirectory("one-host");
        CommandRun.of("health", "--driver", aeron).exits(0);
        assertThat(CommandRun.of("driver", "--config", deployment.configuration("one-host/driver.yaml")).exits(3).err())
            .contains("a live media driver uses the directory: aeron.directory=" + aeron);
        driver.close();
        for (final ChildCommand gateway : List.of(feed, secondVenue))
        {
            assertThat(gateway.run().exits(3).err()).contains("media driver");
        }
        CommandRun.of("health", "--driver", aeron).exits(1);
        // Killed, not stopped: its directory is taken over.
        assertThat(Deployment.stop(deployment.driver("one-host/driver.yaml")).get("errors").asLong()).isZero();
        assertThat(aeron).doesNotExist();
    }

    @Test
    void shouldSayWhatItCannotDo()
    {
        assertThat(CommandRun.of("gateway", "--config", TestData.write(directory.resolve("g.yaml"),
            "aeron: {directory: " + directory + "/none, driverTimeout: 500ms}\nvenue: {minNotional: 1}\n")).exits(3)
            .err())
            .contains("expected a live media driver");
        final Path driver = TestData.write(directory.resolve("d.yaml"),
            "aeron: {directory: " + directory + "/aeron}\ndriver: {cores: [4000]}\n");
        assertThat(CommandRun.of("driver", "--config", driver).exits(2).err()).contains("driver.cores[0]=4000");
        CommandRun.of("driver", "--config", driver, "--debug-loss-rate", "2").exits(2);
        CommandRun.of("health", "--driver", directory, "--ready").exits(2);
        CommandRun.of("health", "--dir", directory, "--wait", "soon").exits(2);
        CommandRun.of("health", "--dir", directory, "--wait", "1h", "--pid", pidOfNone()).exits(1);
    }

    private static long pidOfNone()
    {
        return LongStream.rangeClosed(1, 1L << 22).filter((pid) -> ProcessHandle.of(pid).isEmpty()).max().orElseThrow();
    }
}
