package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;
import io.lockstep.core.breaker.BreakerTerms;
import io.lockstep.sbe.BreakerCause;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sequencer.NodeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BreakerContextTest
{
    private static NodeContext read(final String... entries)
    {
        return NodeText.context("breakers:\n  - {" + String.join("}\n  - {", entries) + "}\n");
    }

    @Test
    void shouldReadWhatOpensIt()
    {
        assertThat(read("scope: node, cause: disconnects, threshold: 3, window: 1m, coolDown: 5m").breakers())
            .containsExactly(new BreakerContext(LimitScope.NODE, "", BreakerCause.DISCONNECTS,
                new BreakerTerms(Decimal.parse("3"), 0, 60_000_000_000L, 300_000_000_000L, "")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value =
    {
        "scope: leg, cause: disconnects, threshold: 3, window: 1m, coolDown: 5m | breakers[0].scope",
        "scope: node, cause: weather, threshold: 3, window: 1m, coolDown: 5m | breakers[0].cause",
        "scope: node, of: X, cause: disconnects, threshold: 3, window: 1m, coolDown: 5m | no such key for the node",
        "scope: venue, cause: disconnects, threshold: 3, window: 1m, coolDown: 5m | breakers[0].of",
        "scope: strategy, of: X, cause: disconnects, threshold: 3, window: 1m, coolDown: 5m | venue or node",
        "scope: node, cause: disconnects, threshold: 3, coolDown: 5m | breakers[0].window",
        "scope: node, cause: consecutive-losses, threshold: 3, window: 1m, coolDown: 5m | breakers[0].window",
        "scope: node, cause: consecutive-losses, threshold: 1.5, coolDown: 5m | a whole number from 1 to 10000",
        "scope: node, cause: consecutive-losses, threshold: 0, coolDown: 5m | a whole number from 1 to 10000",
        "scope: node, cause: slippage, threshold: 0.001, fills: 3, coolDown: 5m | basis points",
        "scope: node, cause: drawdown, threshold: 5, coolDown: 5m | breakers[0].currency",
        "scope: node, cause: drawdown, threshold: -5, currency: USD, coolDown: 5m | an amount above 0",
        "scope: node, cause: consecutive-losses, threshold: 3, coolDown: 0s | breakers[0].coolDown",
        "scope: node, cause: consecutive-losses, threshold: 3, coolDown: 5m, more: 1 | breakers[0].more",
        "scope: venue, of: NOWHERE, cause: reject-rate, threshold: 3, window: 1s, coolDown: 5m | a venue of the list"})
    void shouldRefuseWhatIsNone(final String entry, final String expected)
    {
        assertThatThrownBy(() -> read(entry)).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining(expected);
    }

    @Test
    void shouldRefuseASecondOfOneScopeAndCause()
    {
        final String entry = "scope: node, cause: consecutive-losses, threshold: 3, coolDown: 5m";

        assertThatThrownBy(() -> read(entry, entry)).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("one breaker for each scope and cause");
    }
}
