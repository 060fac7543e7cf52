package io.lockstep.peers;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PeerPlanTest
{
    private final PeerPlan plan = new PeerPlan(
        "YIELDING+journal", List.of(10, 20), 1, 2, 3, 4, 5, 6, true, Path.of("/journals"), Path.of("/out"));

    @Test
    void shouldBeTheSameAfterItsWayThroughArguments()
    {
        assertThat(PeerPlan.parse(plan.arguments().toArray(String[]::new))).isEqualTo(plan);
    }

    @Test
    void shouldRefuseArgumentsOfAnotherVersion()
    {
        final List<String> arguments = plan.arguments();

        assertThatThrownBy(() -> PeerPlan.parse(arguments.subList(1, arguments.size()).toArray(String[]::new)))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expected 11");
    }

    @Test
    void shouldHaveEachEventOfSoManyAnswered()
    {
        assertThat(List.of(1L, 3L, 4L, 5L, 8L)).filteredOn(plan::isAsking).containsExactly(4L, 8L);
    }
}
