package io.lockstep.core.risk.rule;

import io.lockstep.core.CoreScenario;
import io.lockstep.core.InputRecords;
import io.lockstep.core.LimitSays;
import io.lockstep.core.NodeSays;
import io.lockstep.sbe.LimitType;

import java.util.function.Consumer;

import static io.lockstep.core.CoreScenario.OTHER;
import static io.lockstep.core.CoreScenario.SCRIPTED;
import static io.lockstep.core.OperatorSays.instance;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two venues with an instrument each, 0 at A and 1 at B, books of 10 at 100 to 10 at 101; instance 1 has a leg on both and acts, instance 2
 * has one on instrument 0.
 */
final class RuleScenario
{
    static final int PAIR = 1;
    static final int LONE = 2;
    /** Order gateway of venue A. */
    static final int GATEWAY = 11;
    static final int A = 0;
    static final int B = 1;
    static final ScopeKey LEG = ScopeKey.ofLeg(PAIR, 0);
    static final ScopeKey STRATEGY = ScopeKey.ofStrategy(PAIR);
    static final ScopeKey INSTRUMENT = ScopeKey.ofInstrument(0);
    static final ScopeKey VENUE = ScopeKey.ofVenue(A);
    static final ScopeKey ACCOUNT = ScopeKey.ofAccount(A);
    static final ScopeKey NODE = ScopeKey.NODE;

    private RuleScenario()
    {
    }

    static CoreScenario live()
    {
        final CoreScenario scenario = new CoreScenario()
            .give(NodeSays.venueDefinition(A, GATEWAY, 10_000, "A")).give(NodeSays.venueDefinition(B, 12, 10_000, "B"))
            .defineAt(A, CoreScenario.LINEAR).snapshot(100, "100x10", "101x10")
            .defineAt(B, CoreScenario.LINEAR).snapshot(100, "100x10", "101x10")
            .give(instance(PAIR, "pair", SCRIPTED, 0, 1)).give(instance(LONE, "lone", OTHER, 0)).on(0);
        scenario.decisions();
        return scenario;
    }

    static CoreScenario limited(final ScopeKey key, final LimitType type, final String value)
    {
        final CoreScenario scenario = live().source(3).give(LimitSays.limit(key, type, value)).source(0);
        assertThat(scenario.decisions()).containsExactly(
            (key.instrumentId() > 0 ? "[" + key.instrumentId() + "] " : "") + "SetLimit ACCEPTED");
        return scenario;
    }

    static Consumer<InputRecords> limit(final ScopeKey key, final LimitType type, final String value)
    {
        return LimitSays.limit(key, type, value);
    }
}
