package io.lockstep.core;

import io.lockstep.codecs.Decimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import static io.lockstep.core.SignalSays.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Which model gets a signal follows from the weights and the signal's id, and from nothing else. */
class SignalRoutingTest
{
    private static final int SIGNALS = 10_000;
    private static final String[] WEIGHTS = {"70", "20", "10"};

    private static CoreScenario models(final String... weights)
    {
        final CoreScenario scenario = new CoreScenario(new SignalTaker.Factory()).define(CoreScenario.LINEAR);
        for (int id = 1; id <= weights.length; id++)
        {
            scenario.give(OperatorSays.instanceWith(id, "model-" + id, SignalTaker.NAME, 0, "answer=3"))
                .give(OperatorSays.weight(id, weights[id - 1]));
        }
        scenario.decisions();
        return scenario;
    }

    /** The model of each signal, by counter. */
    private static List<Integer> routed(final CoreScenario scenario, final long epoch, final int from, final int to)
    {
        final List<Integer> models = new ArrayList<>();
        for (int counter = from; counter < to; counter++)
        {
            scenario.give(signal("platform", epoch, counter).quantity("1"));
            assertThat(scenario.core().newestSignal().isTaken()).isTrue();
            models.add(scenario.core().newestSignal().strategyId());
        }
        scenario.decisions();
        return models;
    }

    private static void assertShares(final List<Integer> models, final String... weights)
    {
        final TreeMap<Integer, Long> counts = models.stream()
            .collect(Collectors.groupingBy((id) -> id, TreeMap::new, Collectors.counting()));
        final ToLongFunction<String> millionths = (weight) -> Decimal.parse(weight).value().movePointRight(6)
            .longValueExact();
        final double sum = List.of(weights).stream().mapToLong(millionths).sum();
        for (int id = 1; id <= weights.length; id++)
        {
            final double share = millionths.applyAsLong(weights[id - 1]) / sum;
            final double standardError = Math.sqrt(SIGNALS * share * (1 - share));
            assertThat((double)counts.getOrDefault(id, 0L)).as("model-" + id)
                .isCloseTo(SIGNALS * share, within(3 * standardError));
        }
    }

    @ParameterizedTest
    @ValueSource(longs =
    {1, 2, 20_261_130})
    void shouldRouteInProportionToTheWeights(final long epoch)
    {
        assertShares(routed(models(WEIGHTS), epoch, 0, SIGNALS), WEIGHTS);
    }

    @Test
    void shouldCountWeightsOfAnySizeExactly()
    {
        final String[] weights = {"0.000007", "0.000002", "0.000001"};
        final List<Integer> models = routed(models(weights), 1, 0, SIGNALS);

        assertShares(models, weights);
        assertThat(models).isEqualTo(routed(models("7", "2", "1"), 1, 0, SIGNALS));
    }

    /** Restored in between, and replayed from the beginning: each signal has the model that it had. */
    @Test
    void shouldRouteAlikeInEveryReplay()
    {
        final CoreScenario once = models(WEIGHTS);
        final List<Integer> expected = routed(once, 1, 0, SIGNALS);
        final CoreScenario cut = models(WEIGHTS);
        final List<Integer> actual = new ArrayList<>(routed(cut, 1, 0, SIGNALS / 3));
        final CoreScenario restored = new CoreScenario(new SignalTaker.Factory())
            .restored(SavedState.of(cut.core()), cut.core().lastSequence());
        actual.addAll(routed(restored, 1, SIGNALS / 3, SIGNALS));

        assertThat(actual).isEqualTo(expected);
        assertThat(restored.core().stateHash()).isEqualTo(once.core().stateHash());
        final TradingCore replayed = new TradingCore(new DecisionCounter(), List.of(new SignalTaker.Factory()));
        once.records().replay(replayed);
        assertThat(replayed.stateHash()).isEqualTo(once.core().stateHash());
        assertThat(replayed.instances().find(1).signals().taken())
            .isEqualTo(expected.stream().filter((id) -> id == 1).count());
    }

    /** A window is part of the state: what was answered before a restart is known behind it. */
    @Test
    void shouldKnowBehindARestartWhatWasAnswered()
    {
        final CoreScenario before = models(WEIGHTS);
        routed(before, 4, 100, 200);
        final CoreScenario restored = new CoreScenario(new SignalTaker.Factory())
            .restored(SavedState.of(before.core()), before.core().lastSequence());

        restored.give(signal("platform", 4, 150).quantity("1")).give(signal("platform", 3, 500).quantity("1"))
            .give(signal("platform", 4, 99).quantity("1"));

        assertThat(restored.decisions()).filteredOn((line) -> line.startsWith("SIGNAL")).satisfiesExactly(
            (line) -> assertThat(line).isEqualTo("SIGNAL platform:4:150 SIGNAL_REPEATED"),
            (line) -> assertThat(line).isEqualTo("SIGNAL platform:3:500 SIGNAL_TOO_OLD"),
            (line) -> assertThat(line).startsWith("SIGNAL platform:4:99 NONE"));
        assertThat(restored.core().signalClients().get(0).answered()).isEqualTo(101);
        assertThat(restored.core().signalClients().get(0).refusedAgain()).isEqualTo(2);
    }
}
