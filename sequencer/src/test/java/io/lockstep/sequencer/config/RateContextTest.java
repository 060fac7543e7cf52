package io.lockstep.sequencer.config;

import io.lockstep.sequencer.NodeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RateContextTest
{
    private static final String TEXT = """
        instruments:
          - {symbol: BNBUSDT, venue: SPOT, tickSize: 1, lotSize: 1, baseCurrency: BNB, quoteCurrency: USDT}
          - {symbol: X, venue: SPOT, tickSize: 1, lotSize: 1}
        rates:
          - {asset: BNB, currency: USDT, instrument: BNBUSDT.SPOT, maxAge: 10s}
          - {asset: USDT, currency: BNB, instrument: BNBUSDT.SPOT, maxAge: 5ms}
        """;

    @Test
    void shouldReadRatesEitherWay()
    {
        assertThat(NodeText.context(TEXT).rates()).containsExactly(
            new RateContext("BNB", "USDT", "BNBUSDT.SPOT", 10_000_000_000L),
            new RateContext("USDT", "BNB", "BNBUSDT.SPOT", 5_000_000L));
        assertThat(NodeText.context(TEXT.substring(0, TEXT.indexOf("rates:"))).rates()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        instrument: BNBUSDT.SPOT, maxAge: 10s | instrument: BNB.SPOT, maxAge: 10s | rates[0].instrument=BNB.SPOT: expected an instrument of the list, one of [BNBUSDT.SPOT, X.SPOT]
        instrument: BNBUSDT.SPOT, maxAge: 10s | instrument: X.SPOT, maxAge: 10s | rates[0].instrument=X.SPOT: expected an instrument that trades BNB for USDT, or the other way round; it trades a currency without a name for a currency without a name
        currency: USDT, | currency: USD, | rates[0].instrument=BNBUSDT.SPOT: expected an instrument that trades BNB for USD, or the other way round; it trades BNB for USDT
        asset: USDT, currency: BNB | asset: BNB, currency: USDT | rates[1].asset=BNB: expected one rate for each asset and currency, that of BNB in USDT stands at test.yaml:5:6 as well
        maxAge: 10s | maxAge: 0 | rates[0].maxAge=0: expected a duration
        maxAge: 10s | maxAge: 10 | rates[0].maxAge=10: expected a duration
        ', maxAge: 10s' | '' | rates[0].maxAge=: expected a value, the key is required
        maxAge: 10s | maxAge: 10s, maxage: 9s | rates[0].maxage=9s: expected a known key; did you mean 'maxAge'?
        asset: BNB, | '' | rates[0].asset=: expected a value, the key is required
        """)
    void shouldRefuseWhatIsNone(final String found, final String replacement, final String problem)
    {
        assertThat(TEXT).contains(found);

        assertThatThrownBy(() -> NodeText.context(TEXT.replace(found, replacement)))
            .isInstanceOf(ConfigurationException.class).hasMessageStartingWith("test.yaml:")
            .hasMessageContaining(problem);
    }

    /** Each shard has the rates whose instruments it has. */
    @Test
    void shouldGiveAShardTheRatesOfItsInstruments()
    {
        final String shards = TEXT + """
            shards:
              - {shard: 1, instruments: [BNBUSDT.SPOT]}
              - {shard: 2, instruments: [X.SPOT]}
            """;

        assertThat(NodeText.context(shards).shardContexts()).extracting((shard) -> shard.rates().size())
            .containsExactly(2, 0);
    }
}
