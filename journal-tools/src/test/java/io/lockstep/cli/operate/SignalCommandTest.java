package io.lockstep.cli.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.ChildCommand;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Signals to a running node with a market, a venue and two models, one of which is stopped. */
class SignalCommandTest
{
    private static final String NODE = """
        node: {directory: "%s", idle: backoff, stallMax: 1h, clockStepMax: 1h}
        journal: {segmentSize: 8MiB, reserveAhead: 1MiB, minFreeSpace: 1MiB}
        instruments:
          - {symbol: BTCUSDT, venue: SIM, tickSize: 0.01, lotSize: 0.001, baseCurrency: BTC, quoteCurrency: USDT}
        feed: {generator: {seed: 1, eventsPerSecond: 500}, pace: 1}
        venue: {orderLatencyUs: 100, reportLatencyUs: 100}
        strategies:
          - {name: first, strategy: signal-executor, legs: [BTCUSDT.SIM], weight: 70}
          - {name: second, strategy: signal-executor, legs: [BTCUSDT.SIM], weight: 30}
        """;

    @TempDir
    private Path directory;

    private Path node()
    {
        return directory.resolve("node");
    }

    private CommandRun control(final String... words)
    {
        return CommandRun.of("control", "--dir", node(), List.of(words));
    }

    @SuppressWarnings("try") // the node is held, not used
    @Test
    void shouldSayWhatBecameOfEachSignal()
    {
        final Path config = TestData.write(directory.resolve("node.yaml"), NODE.formatted(node()));
        try (ChildCommand running = ChildCommand.start(directory, "run", "--config", config).awaitErr("running in"))
        {
            assertThat(control("strategy", "second", "stop", "--reason", "in doubt").exits(0).out())
                .startsWith("accepted: ACCEPTED");
            // Until there is a market, each new signal is refused.
            running
                .await(() -> control("signal", "BTCUSDT", "buy", "--quantity", "0.001").out().startsWith("accepted"));

            final JsonNode taken = control("signal", "BTCUSDT.SIM", "sell", "--quantity", "0.002", "--id", "a:b:3:42",
                "--reason", "target", "--json").exits(0).json();
            assertThat(taken.get("riskReason").asText()).isEqualTo("NONE");
            assertThat(taken.get("model").asText()).isEqualTo("first");
            assertThat(taken.get("instrument").asText()).isEqualTo("BTCUSDT.SIM");
            assertThat(taken.get("quantity").asText()).isEqualTo("0.002");
            assertThat(taken.get("clOrdId").asText()).hasSize(18);
            assertThat(taken.get("id").asText()).isEqualTo("a:b:3:42");

            assertThat(control("signal", "BTCUSDT", "sell", "--quantity", "0.002", "--id", "a:b:3:42").exits(1).out())
                .startsWith("refused: SIGNAL_REPEATED, signal a:b:3:42, sequence ");
            assertThat(control("signal", "BTCUSDT", "buy", "--quote", "1000", "--model", "second").exits(1).out())
                .startsWith("refused: MODEL_PAUSED by model second of BTCUSDT.SIM");
            assertThat(control("signal", "BTCUSD", "buy", "--quantity", "1").exits(2).err())
                .contains(
                    "SYMBOL=BTCUSD: expected a symbol, or symbol and venue, of the node; did you mean 'BTCUSDT'?");

            final JsonNode state = CommandRun.of("journal", "state", node(), "--json").exits(0).json();
            assertThat(state.get("signals").get("clients")).anySatisfy((client) ->
            {
                assertThat(client.get("name").asText()).isEqualTo("a:b");
                assertThat(client.get("epoch").asLong()).isEqualTo(3);
                assertThat(client.get("rememberedTo").asLong()).isEqualTo(42);
                assertThat(client.get("answered").asLong()).isEqualTo(1);
                assertThat(client.get("refusedAgain").asLong()).isEqualTo(1);
            });
            assertThat(state.get("signals").get("models").get(0).get("taken").asLong()).isGreaterThan(1);
            assertThat(state.get("signals").get("models").get(1).get("refused").asLong()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value =
    {
        "BTCUSDT buy                                      | signal: expected either --quantity or --quote",
        "BTCUSDT buy --quantity 1 --quote 1               | signal: expected either --quantity or --quote",
        "BTCUSDT hold --quantity 1                        | side=hold: expected buy or sell",
        "BTCUSDT buy --quantity 0                         | --quantity=0: expected a positive decimal such as 0.01",
        "BTCUSDT buy --quantity -1                        | --quantity=-1: expected a positive decimal such as 0.01",
        "BTCUSDT buy --quote 1e3                          | --quote=1e3: expected a positive decimal such as 0.01",
        "BTCUSDT buy --quote 1 --id one                   | --id=one: expected CLIENT:EPOCH:COUNTER, such as platform:1:42",
        "BTCUSDT buy --quote 1 --id a:1:x                 | --id=a:1:x: 'x' is no whole number of 63 bits",
        "BTCUSDT buy --quote 1 --id a:1:-1                | --id=a:1:-1: epoch=1 counter=-1: expected no negative number",
        "BTCUSDT buy --quote 1 --id :1:1                  | --id=:1:1: client=: expected a name of 1 to 64 bytes on one line"
    })
    void shouldRefuseWhatMakesNoSenseBeforeAnyNodeIsAsked(final String words, final String expected)
    {
        final CommandRun run = control(
            Arrays.stream(("signal " + words.strip()).split(" ")).toArray(String[]::new));

        assertThat(run.exits(2).err()).contains(expected);
    }
}
