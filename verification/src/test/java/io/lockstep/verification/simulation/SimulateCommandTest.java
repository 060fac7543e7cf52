package io.lockstep.verification.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SimulateCommandTest
{
    @Test
    void shouldSayTheSeedsFirstAndWhatCameOfThem()
    {
        final CommandRun run = CommandRun.of("simulate", "--seeds", "3..5", "--steps", "300", "--json").exits(0);

        final JsonNode json = run.json();
        assertThat(run.err()).startsWith("lockstep: seeds 3..5");
        assertThat(json.get("seeds").asLong()).isEqualTo(3);
        assertThat(json.get("steps").asLong()).isGreaterThanOrEqualTo(900);
        assertThat(json.get("failures").asLong()).isZero();
        assertThat(json.get("firstFailureSeed").isNull()).isTrue();
    }

    @Test
    void shouldExitWithOneAndNameTheSeedOfAFailure()
    {
        final CommandRun run = CommandRun.of(
            "simulate", "--seeds", "1..1", "--plant", "JOURNAL_ONE_BEHIND", "--json").exits(1);

        assertThat(run.json().get("failures").asLong()).isEqualTo(1);
        assertThat(run.json().get("firstFailureSeed").asLong()).isEqualTo(1);
        assertThat(run.err()).contains("seed 1 FAILED: JOURNALED_BEFORE_SENT");
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"7", "7..", "..7", "8..7", "a..b", "1..2..3"})
    void shouldRefuseSeedsThatAreNoRange(final String seeds)
    {
        final CommandRun run = CommandRun.of("simulate", "--seeds", seeds).exits(2);

        assertThat(run.err()).contains("--seeds=" + seeds + ": expected FROM..TO");
    }

    @Test
    void shouldDoTheSameOnOneThreadAndOnSeveral()
    {
        final String[] arguments = {"simulate", "--seeds", "1..9", "--steps", "300", "--threads", "1"};
        final String one = CommandRun.of((Object[])arguments).exits(0).out();
        arguments[arguments.length - 1] = "3";

        assertThat(CommandRun.of((Object[])arguments).exits(0).out()).isEqualTo(one);
    }

    @Test
    void shouldRefuseFewerStepsOrThreadsThanOne()
    {
        assertThat(CommandRun.of("simulate", "--seeds", "1..1", "--threads", "0").exits(2).err())
            .contains("--threads=0: expected at least 1");
        assertThat(CommandRun.of("simulate", "--seeds", "1..1", "--steps", "0").exits(2).err())
            .contains("--steps=0: expected at least 1");
    }
}
