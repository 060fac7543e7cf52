package io.lockstep.codecs.text;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class NearestTest
{
    private static final List<String> PATHS = List.of("sequence", "message.side", "message.price.mantissa");

    @Test
    void shouldFindWhatTakesTheFewestChanges()
    {
        assertThat(Nearest.of("makerFee", List.of("takerFeePpm", "makerFeePpm", "seed"))).isEqualTo("makerFeePpm");
        assertThat(Nearest.of("START", List.of("stop", "start"))).isEqualTo("start");
    }

    @Test
    void shouldTakeTheShorterOfTwoAsNear()
    {
        assertThat(Nearest.of("ab", List.of("abcd", "x"))).isEqualTo("x");
    }

    @Test
    void shouldFindAFieldWithoutItsPathWherePathsAreAskedFor()
    {
        assertThat(Nearest.ofPaths("sid", PATHS)).isEqualTo("message.side");
        assertThat(Nearest.ofPaths("message.sid", PATHS)).isEqualTo("message.side");
        assertThat(Nearest.of("BTCUSD", List.of("SIMUSD.BTC", "BTCUSDT.SIM"))).isEqualTo("BTCUSDT.SIM");
    }

    @Test
    void shouldAnswerALongWordAtOnce()
    {
        assertThat(Nearest.of("x".repeat(10_000_000), List.of("node"))).isEqualTo("node");
        assertThat(Nearest.of("node", List.of())).isEmpty();
    }
}
