package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;
import io.lockstep.sbe.ParameterType;
import io.lockstep.sequencer.NodeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfiguredStrategyTest
{
    private static final String INSTRUMENTS = """
        instruments:
          - {symbol: A, venue: X, tickSize: 1, lotSize: 1, baseCurrency: A, quoteCurrency: USD}
          - {symbol: B, venue: X, tickSize: 1, lotSize: 1, baseCurrency: B, quoteCurrency: USD}
        """;

    private static List<ConfiguredInstance> instances(final String strategies)
    {
        return NodeText.context(INSTRUMENTS + "strategies:\n" + strategies).instances();
    }

    @Test
    void shouldMakeOneInstanceOverAllLegs()
    {
        assertThat(instances("""
              - name: pair
                strategy: spread
                legs: [B.X, A.X]
                onFailure: keep
                weight: 0.5
                capital: 10000
            """)).singleElement().satisfies((instance) ->
        {
            assertThat(instance.name()).isEqualTo("pair");
            assertThat(instance.strategy()).isEqualTo("spread");
            assertThat(instance.legs()).containsExactly("B.X", "A.X");
            assertThat(instance.keepOrders()).isTrue();
            assertThat(instance.weight()).isEqualTo(Decimal.parse("0.5"));
            assertThat(instance.capital()).isEqualTo(Decimal.parse("10000"));
        });
    }

    @Test
    void shouldMakeAnInstanceOnEachInstrument()
    {
        assertThat(instances("  - {name: fast, strategy: crossover, instruments: [B.X, A.X]}\n"))
            .extracting((instance) -> instance.name() + " " + instance.strategy() + " " + instance.legs())
            .containsExactly("fast@B.X crossover [B.X]", "fast@A.X crossover [A.X]");
        assertThat(instances("  - {name: crossover}\n"))
            .extracting((instance) -> instance.name() + " " + instance.strategy() + " " + instance.keepOrders() + " " +
                instance.weight() + " " + instance.capital())
            .containsExactly("crossover@A.X crossover false null null", "crossover@B.X crossover false null null");
    }

    @Test
    void shouldLetSeveralInstancesTradeOneInstrument()
    {
        assertThat(instances("""
              - {name: fast, strategy: crossover, parameters: {slow: 5}}
              - {name: slow, strategy: crossover, parameters: {slow: 50}}
            """)).extracting(ConfiguredInstance::name).containsExactly("fast@A.X", "fast@B.X", "slow@A.X", "slow@B.X");
    }

    @Test
    void shouldTypeAParameterAsItIsWritten()
    {
        assertThat(instances("""
              - name: x
                instruments: [A.X]
                parameters: {whole: 8, decimal: "0.50", pause: 250ms, mode: fast, hedge: B.X, text: "10ms", flag: true}
            """).get(0).parameters()).containsExactly(
            Map.entry("whole", new ParameterValue(ParameterType.DECIMAL, Decimal.parse("8"), "8")),
            Map.entry("decimal", new ParameterValue(ParameterType.DECIMAL, Decimal.parse("0.5"), "0.50")),
            Map.entry("pause", new ParameterValue(ParameterType.DURATION, new Decimal(250_000_000, 0), "250ms")),
            Map.entry("mode", new ParameterValue(ParameterType.TEXT, new Decimal(0, 0), "fast")),
            Map.entry("hedge", new ParameterValue(ParameterType.INSTRUMENT, new Decimal(0, 0), "B.X")),
            Map.entry("text", new ParameterValue(ParameterType.TEXT, new Decimal(0, 0), "10ms")),
            Map.entry("flag", new ParameterValue(ParameterType.TEXT, new Decimal(0, 0), "true")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {name: x}                  | {name: x}                        | strategies[1].name=x: expected a name of its own for each instance, x@A.X stands at test.yaml:5:6 as well
        {name: x, legs: [A.X]}     | {name: x, legs: [B.X]}           | strategies[1].name=x: expected a name of its own for each instance, x stands at test.yaml:5:6 as well
        {name: x, instruments: [A.X]} | {name: "x@A.X", legs: [B.X]}  | x@A.X stands at test.yaml:5:6 as well
        {name: x, legs: [A.X], instruments: [B.X]} | {name: y}        | strategies[0].legs=[A.X]: expected 'legs' for one instance over all of them, or 'instruments' for one on each
        {name: x, legs: []}        | {name: y}                        | strategies[0].legs=[]: expected 1 to 64 instruments
        {name: x, legs: [A.X, A.X]} | {name: y}                       | strategies[0].legs=[A.X, A.X]: expected each instrument once
        {name: x, legs: [A.X, C.X]} | {name: y}                       | strategies[0].legs=C.X: expected an instrument of the list, one of [A.X, B.X]
        {strategy: x}              | {name: y}                        | strategies[0].name=: expected a value, the key is required
        {name: x, onFailure: stop} | {name: y}                        | strategies[0].onFailure=stop: expected one of cancel, keep
        {name: x, weight: -1}      | {name: y}                        | strategies[0].weight=-1: expected a multiple of 0.000001 from 0 to 1000000
        {name: x, weight: 0.0000001} | {name: y}                      | strategies[0].weight=0.0000001: expected a multiple of 0.000001 from 0 to 1000000
        {name: x, capital: -1}     | {name: y}                        | strategies[0].capital=-1: expected a decimal that is not negative
        {name: x, wieght: 1}       | {name: y}                        | strategies[0].wieght=1: expected a known key; did you mean 'weight'?
        {name: x, parameters: {fast: 1e3}}   | {name: y}              | strategies[0].parameters.fast=1e3: expected a decimal number such as 0.01
        {name: x, parameters: {fast: 1_000}} | {name: y}              | strategies[0].parameters.fast=1_000: expected a decimal number such as 0.01
        {name: x, parameters: {fast: .5}}    | {name: y}              | strategies[0].parameters.fast=.5: expected a decimal number such as 0.01
        {name: x, parameters: {fast: [1]}}   | {name: y}              | strategies[0].parameters.fast=[1]: expected a decimal number such as 0.01
        """)
    void shouldRefuseWhatIsNone(final String first, final String second, final String problem)
    {
        assertThatThrownBy(() -> instances("  - " + first + "\n  - " + second + "\n"))
            .isInstanceOf(ConfigurationException.class).hasMessageStartingWith("test.yaml:")
            .hasMessageContaining(problem);
    }

    @Test
    void shouldKnowTheFactoriesOfARecordedConfiguration()
    {
        assertThat(ConfiguredStrategy.recorded(Path.of("recorded"), """
            strategies:
              - {name: crossover}
              - {name: pair, strategy: spread, class: com.example.Spread, legs: [A.X, B.X]}
            """)).extracting((strategy) -> strategy.strategy() + " " + strategy.className())
            .containsExactly("crossover null", "spread com.example.Spread");
    }
}
