package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;
import io.lockstep.sbe.LimitType;
import io.lockstep.sequencer.NodeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ShardContextTest
{
    private static final String TEXT = """
        node: {directory: here, time: recorded}
        aeron:
          ingress:
            - {channel: "aeron:ipc", stream: 1001}
            - {channel: "aeron:udp?endpoint=localhost:40456", stream: 7}
          egress: {channel: "aeron:ipc", stream: 1002}
        instruments:
          - {symbol: A, venue: X, tickSize: 1, lotSize: 1, baseCurrency: A, quoteCurrency: USD}
          - {symbol: B, venue: X, tickSize: 1, lotSize: 1, baseCurrency: B, quoteCurrency: USD}
          - {symbol: C, venue: X, tickSize: 1, lotSize: 1, baseCurrency: C, quoteCurrency: USD}
        limits: {maxOpenOrders: 9, maxTotalOpenOrders: 10, maxTotalNotional: 2.5}
        strategies:
          - {name: moving-average-crossover, instruments: [C.X, A.X]}
        shards:
          - shard: 3
            core: 1
            instruments: [C.X, A.X]
            limits: {maxTotalOpenOrders: 6, maxTotalNotional: 1.25}
          - shard: 0
            instruments: [B.X]
            limits: {maxTotalOpenOrders: 4, maxTotalNotional: 1.25}
        """;

    @Test
    void shouldMakeAWholeContextOfEachShard()
    {
        final NodeContext node = NodeText.context(TEXT);
        final NodeContext first = node.shardContexts().get(0);
        final NodeContext second = node.shardContexts().get(1);

        assertThat(node.shardContexts()).hasSize(2);
        assertThat(first.text()).isEqualTo(TEXT);
        assertThat(first.directory()).isEqualTo(Path.of("here", "shard-3"));
        assertThat(first.shard()).isEqualTo(3);
        assertThat(first.core()).isEqualTo(1);
        assertThat(first.time()).isEqualTo(SequencedTime.RECORDED);
        assertThat(first.embeddedDriver()).isFalse();
        assertThat(first.driverDirectory()).isEqualTo(node.driverDirectory());
        assertThat(first.ingress()).containsExactly(
            new Channel("aeron:ipc", 1031), new Channel("aeron:udp?endpoint=localhost:40456", 37));
        assertThat(first.egress()).isEqualTo(new Channel("aeron:ipc", 1032));
        assertThat(first.instruments()).extracting((configured) -> configured.instrument().name())
            .containsExactly("A.X", "C.X");
        assertThat(first.limits()).containsExactly(new Limit(LimitType.MAX_OPEN_ORDERS, Decimal.parse("9")));
        assertThat(first.allocations()).containsExactlyInAnyOrder(
            new Allocation(LimitType.MAX_TOTAL_OPEN_ORDERS, Decimal.parse("6"), Decimal.parse("10")),
            new Allocation(LimitType.MAX_TOTAL_NOTIONAL, Decimal.parse("1.25"), Decimal.parse("2.5")));
        assertThat(first.strategies()).extracting(ConfiguredStrategy::instruments)
            .containsExactly(List.of("C.X", "A.X"));
        assertThat(first.shards()).isEmpty();

        assertThat(second.directory()).isEqualTo(Path.of("here", "shard-0"));
        assertThat(second.core()).isEqualTo(-1);
        assertThat(second.ingress().get(0)).isEqualTo(new Channel("aeron:ipc", 1001));
        assertThat(second.strategies()).as("not for all, which an empty list would mean").isEmpty();
    }

    @Test
    void shouldGiveEachShardItsVenuesAndTheirSources()
    {
        final String venues = "venues:\n  - {name: X, source: 2}\n  - {name: Y, source: 5}\n";
        final NodeContext node = NodeText.context(venues + TEXT.replace("symbol: B, venue: X", "symbol: B, venue: Y")
            .replace("[B.X]", "[B.Y]"));

        final NodeContext first = node.shardContexts().get(0);
        final NodeContext second = node.shardContexts().get(1);
        assertThat(first.venues()).extracting(VenueContext::name).containsExactly("X");
        assertThat(first.sources()).extracting(SourceContext::id).containsExactly(1, 2, 768);
        assertThat(second.venues()).extracting(VenueContext::name).containsExactly("Y");
        assertThat(second.sources()).extracting(SourceContext::id).containsExactly(1, 5, 768);
    }

    @Test
    void shouldRefuseLegsInTwoShards()
    {
        final String text = TEXT.replace("{name: moving-average-crossover, instruments: [C.X, A.X]}",
            "{name: pair, strategy: moving-average-crossover, legs: [A.X, B.X]}");
        assertThatThrownBy(() -> NodeText.context(text)).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("strategies[0].legs=[A.X, B.X]: expected legs in one shard, but A.X is in shard 3 " +
                "and B.X in shard 0");
        assertThat(NodeText.context(text.replace("[A.X, B.X]", "[A.X, C.X]")).shardContexts().get(0).instances())
            .extracting(ConfiguredInstance::legs).containsExactly(List.of("A.X", "C.X"));
    }

    @Test
    void shouldRefuseAnAccountInTwoShardsAndSayHowToDivideIt()
    {
        assertThatThrownBy(() -> NodeText.context("venues: [{name: X}]\n" + TEXT))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining(
                "test.yaml:1:11: venues[0].name=X: expected instruments of an account in one shard, " +
                    "but those of X are in shards [3, 0]")
            .hasMessageContaining("a sub-account for each shard, as a venue of its own name, source and account");
    }

    @Test
    void shouldChangeNothingWithoutShards()
    {
        final NodeContext node = NodeText.context(TEXT.substring(0, TEXT.indexOf("shards:")));

        assertThat(node.shardContexts()).isEmpty();
        assertThat(node.allocations()).isEmpty();
        assertThat(node.limits()).contains(new Limit(LimitType.MAX_TOTAL_OPEN_ORDERS, Decimal.parse("10")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        shard: 0                  | shard: 3                    | shard=3: expected each number once
        shard: 0\\n               | shard: 0\\n    core: 1\\n   | core=1: expected a processor for each shard
        [B.X]                     | []                          | expected at least one instrument
        [B.X]                     | [D.X]                       | D.X: expected an instrument of the list
        [B.X]                     | [B.X, C.X]                  | not another's, it is in shard 3
        [C.X, A.X]\\n    limits   | [C.X]\\n    limits          | instruments=A.X: expected an instrument of one of the shards
        maxTotalOpenOrders: 4,    |                             | maxTotalOpenOrders=: expected this shard's share of 10
        maxTotalOpenOrders: 4     | maxTotalOpenOrders: 5       | limits.maxTotalOpenOrders=10: expected at least the sum of the shards' shares, 11
        maxTotalOpenOrders: 4     | maxTotalOrdersPerSecond: 1, maxTotalOpenOrders: 4 | maxTotalOrdersPerSecond=1: expected no share
        maxTotalOpenOrders: 4     | maxOpenOrders: 1, maxTotalOpenOrders: 4 | maxOpenOrders=1: expected a known key
        directory: here           | directory: here, shard: 1   | node.shard=1: expected no such key beside shards
        directory: here           | directory: here, core: 1    | node.core=1: expected no such key beside shards
        stream: 1002              | stream: 1031                | shards 3 and 0 would both use stream 1031
        stream: 1002              | stream: 2147483647          | expected streams up to
        B, quoteCurrency: USD     | B, quoteCurrency: EUR       | A.X has USD and B.X has EUR
        quoteCurrency: USD}\\n  - {symbol: B | quoteCurrency: USD, limits: {maxTotalOpenOrders: 1}}\\n  - {symbol: B | maxTotalOpenOrders=1: expected a known key
        """)
    void shouldRefuseWhatIsNoDivision(final String found, final String replacement, final String problem)
    {
        final String old = found.replace("\\n", "\n");
        assertThat(TEXT).contains(old);
        final String text = TEXT.replace(old, replacement == null ? "" : replacement.replace("\\n", "\n"));

        assertThatThrownBy(() -> NodeText.context(text)).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining(problem).hasMessageStartingWith("test.yaml:");
    }
}
