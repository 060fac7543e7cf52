package io.lockstep.verification.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** An order gateway is killed again and again; without its log the same kills make it send twice, and that is found. */
class GatewayKillCommandTest
{
    /** As the venue receives a request, all of them. */
    private static final long SEED = 7;
    private static final int KILLS = 3;

    @TempDir
    private Path directory;

    @Test
    void sendsNothingTwiceAndKnowsEachRequestInTheEnd()
    {
        final JsonNode result = CommandRun.of("crash-test", "--gateway-kills", KILLS, "--seed", SEED, "--dir",
            directory.resolve("node"), "--json").exits(0).json();
        assertThat(result.get("kills").asInt()).isEqualTo(KILLS);
        assertThat(result.get("killsInDoubt").asInt()).as("kills between write-ahead and answer").isPositive();
        for (final String key : new String[]{"sentTwice", "unknown", "notSentWrongly"})
        {
            assertThat(result.get(key).isInt()).as(key).isTrue();
            assertThat(result.get(key).asInt()).as(key).isZero();
        }
        assertThat(result.get("ledgerEqual").asBoolean()).isTrue();
        assertThat(result.get("ordersSettled").asBoolean()).isTrue();
        assertThat(result.get("requests").asInt()).isGreaterThan(100);
        assertThat(result.get("fills").asInt()).isPositive();
    }

    @Test
    void findsThatAGatewayWithoutItsLogSendsTwice()
    {
        final CommandRun run = CommandRun.of("crash-test", "--gateway-kills", KILLS, "--seed", SEED, "--lose-log",
            "--dir", directory.resolve("node"), "--json").exits(1);
        assertThat(run.json().get("sentTwice").asInt()).isPositive();
        assertThat(run.err()).contains("FAILED: duplicated: ");
    }

    @Test
    void refusesToLoseALogThatNobodyHas()
    {
        CommandRun.of("crash-test", "--lose-log").exits(2);
        CommandRun.of("crash-test", "--gateway-kills", 0).exits(2);
    }
}
