package io.lockstep.cli.operate;

import io.lockstep.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be said of an operator's command before any node is asked: status 2, and what was expected. */
class ControlArgumentsTest
{
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        order --instrument A.X --quantity 1                              | Missing required option: '--side=SIDE'
        order --instrument A.X --side up --quantity 1                    | --side=up: expected buy or sell
        order --instrument A.X --side buy --quantity 1 --tif gtc         | --tif=gtc: expected ioc or fok for a market order
        order --instrument A.X --side buy --quantity 1 --tif day         | --tif=day: expected ioc or fok for a market order
        order --instrument A.X --side buy --quantity 1 --tif week        | --tif
        order --instrument A.X --side buy                                | expected --quantity or --amount, one of them
        order --instrument A.X --side buy --quantity 1 --amount 5        | expected --quantity or --amount, one of them
        order --instrument A.X --side buy --quantity 1 --type stip       | --type=stip: expected market, limit, stop,
        order --instrument A.X --side buy --quantity 1 --type stop       | --type=stop: expected --trigger
        order --instrument A.X --side buy --quantity 1 --trigger 5       | --trigger=5: of no use to --type=market
        order --instrument A.X --side buy --quantity 1 --type stop --trigger 5 --price 4 | --price=4: of no use to --type=stop
        order --instrument A.X --side buy --quantity 1 --type trailing-stop | --type=trailing-stop: expected --trailing
        order --instrument A.X --side buy --quantity 1 --type stop --trigger 5 --trigger-by ask | --trigger-by=ask: expected bid-ask, last, mid or mark
        order --instrument A.X --side buy --quantity 1 --price 5 --tif gtd | --tif=gtd: expected --until
        order --instrument A.X --side buy --quantity 1 --price 5 --tif gtd --until soon | --until=soon: expected a time such as
        order --instrument A.X --side buy --quantity 1 --price 5 --until 2026-12-01T16:00:00Z | expected with --tif=gtd
        order --instrument A.X --side buy --quantity 1 --price 5 --slide | --slide: expected with --post-only
        cancel --side up                                                 | --side=up: expected buy or sell
        order --instrument A.X --side buy --quantity 1 --post-only       | --post-only: expected a limit order that is good till cancel
        order --instrument A.X --side buy --quantity 1 --price 5 --tif ioc --post-only | --post-only: expected a limit order
        cancel                                                           | expected a CLORDID, some of --instrument, --strategy, --venue and --side, or --all
        cancel --all --instrument A.X                                    | expected a CLORDID, some of --instrument, --strategy, --venue and --side, or --all
        cancel abc                                                       | CLORDID=abc: expected 18 digits and upper-case letters
        transfer --instrument A.X --from a --to a --quantity 1           | --to=a: expected another than --from
        strategy pair pause                                              | strategy=pause: expected start, stop or resume; did you mean
        strategy pair stop --anew                                        | --anew: expected with resume, not with stop
        allocate pair --reason x                                         | expected --weight, --capital or both
        allocate pair --weight 1                                         | Missing required option: '--reason=TEXT'
        allocate pair --weight -1 --reason x                             | --weight=-1: expected a decimal that is not negative
        allocate pair --capital much --reason x                          | --capital=much
        account SIM refuse --reason x                                    | account=refuse: expected accept
        account SIM accept --reason ' '                                  | --reason=: expected 1 to 1000 characters on one line
        apply                                                            | Missing required parameter: 'FILE'
        apply no-such-file.yaml                                          | no-such-file.yaml
        limit maxPositionQuantity --strategy pair                        | expected 'limit NAME VALUE'
        unset maxPositionQuantity 3 --strategy pair                      | expected 'unset NAME'
        limit priceCollarBps 3 --strategy pair --instrument A.X          | limit=priceCollarBps: expected one of [
        limit maxTotalOpenOrders 3 --venue SIM                           | limit=maxTotalOpenOrders: expected one of [
        limit maxOpenOrders 3 --venue SIM --account SIM                  | --venue=SIM --account=SIM: expected one of them, or --strategy with --instrument
        halt --strategy pair --instrument A.X                            | --instrument=A.X --strategy=pair: expected one of them
        halt --flatten                                                   | --flatten: expected with kill, not with halt
        limit maxTotalNotional 3 --strategy pair                         | for a strategy's instance
        limit maxPositionQuantity much --strategy pair                   | value=much
        snapshot --strategy pair                                         | --strategy=pair: expected with limit, unset or a trading mode, not with snapshot
        limits --instrument A.X                                          | --instrument=A.X: expected with limit, unset or a trading mode, not with limits
        flaten                                                           | command=flaten: expected one of halt, resume
        flaten                                                           | did you mean 'flatten'?
        ''                                                               | command=: expected one of halt, resume
        """)
    void shouldRefuseAndSayWhatIsExpected(final String words, final String problem)
    {
        final List<String> arguments = words.isEmpty() ? List.of() : List.of(words.replace("' '", "\t").split(" +"));
        final CommandRun run = CommandRun.of("control", "--dir", directory,
            arguments.stream().map((word) -> word.equals("\t") ? " " : word).toList()).exits(2);
        assertThat(run.err()).contains(problem);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void shouldSayWhereNoNodeRuns()
    {
        for (final List<String> words : List.of(List.of("flatten"), List.of("cancel", "--all"),
            List.of("order", "--instrument", "A.X", "--side", "buy", "--quantity", "1")))
        {
            assertThat(CommandRun.of("control", "--dir", directory, words).exits(2).err())
                .contains("expected the directory of a node that runs");
        }
    }

    @Test
    void shouldTakeTheDirectoryBehindTheCommandToo()
    {
        assertThat(CommandRun.of("control", "flatten", "--dir", directory.resolve("here"), "--json").exits(2).err())
            .contains("here: expected the directory of a node that runs");
        assertThat(CommandRun.of("control", "--instrument", "A.X", "--dir", directory, "flatten").exits(2).err())
            .contains("--instrument=A.X: expected behind the command that it is for");
        assertThat(CommandRun.of("control", "--strategy", "pair", "--dir", directory, "flatten").exits(2).err())
            .contains("--strategy=pair: expected behind the command that it is for");
    }

    @Test
    void shouldExplainEachCommandWithAnExample()
    {
        for (final String command : List.of(
            "apply", "order", "cancel", "flatten", "transfer", "strategy", "allocate", "account", "breaker",
            "signal"))
        {
            assertThat(CommandRun.of("control", command, "--help").exits(0).out())
                .contains("Example: lockstep control --dir node " + command);
        }
    }
}
