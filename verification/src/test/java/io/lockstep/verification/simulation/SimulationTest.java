package io.lockstep.verification.simulation;

import io.lockstep.verification.simulation.audit.Invariant;
import io.lockstep.verification.simulation.plant.Plant;
import io.lockstep.verification.simulation.seed.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A failure names its seed; {@code lockstep simulate --seeds SEED..SEED} reproduces it.
 */
class SimulationTest
{
    private static final int STEPS = 2_000;
    private static final int SEEDS = 120;
    private static final int PLANTED_SEEDS = 25;
    /** Within so many each planted fault is found; most are within a few. */
    private static final int FINDING_SEEDS = 300;

    @Test
    void shouldHoldEveryInvariantForAFixedSetOfSeeds()
    {
        final List<SimulationResult> results = run(Plant.NONE, 1, SEEDS);

        assertThat(results.stream().filter((result) -> result.failure() != null)).isEmpty();
        // They would hold as well if nothing happened.
        assertThat(results.stream().mapToLong(SimulationResult::incarnations).sum()).isGreaterThan(2 * SEEDS);
        assertThat(results.stream().mapToLong(SimulationResult::requests).sum()).isGreaterThan(50 * SEEDS);
        assertThat(results.stream().mapToLong(SimulationResult::fills).sum()).isGreaterThan(20 * SEEDS);
        assertThat(results.stream().mapToLong(SimulationResult::snapshots).sum()).isGreaterThan(5 * SEEDS);
        assertThat(results.stream().mapToLong(SimulationResult::restored).sum()).isGreaterThan(2 * SEEDS);
        assertThat(results.stream().mapToLong(SimulationResult::refused).sum()).isGreaterThan(100 * SEEDS);
        assertThat(results.stream().mapToLong(SimulationResult::suspended).sum()).isGreaterThan(SEEDS);
        assertThat(results.stream().mapToLong(SimulationResult::differing).sum()).isGreaterThan(SEEDS / 4);
        assertThat(results.stream().mapToLong(SimulationResult::withoutRoom).sum()).isPositive();
        assertThat(results.stream().mapToLong(SimulationResult::signals).sum()).isGreaterThan(SEEDS);
        assertThat(results.stream().mapToLong(SimulationResult::openings).sum()).isGreaterThan(SEEDS);
        // Of some 80 that the venues have room for.
        assertThat(results.stream().mapToLong(SimulationResult::heldMax).max().orElse(0)).isGreaterThan(30);
    }

    @Test
    void shouldDoTheSameForTheSameSeedAndAnotherThingForAnother()
    {
        final SimulationResult first = new Simulation(7, Plant.NONE).run(STEPS);
        final SimulationResult again = new Simulation(7, Plant.NONE).run(STEPS);
        final SimulationResult other = new Simulation(8, Plant.NONE).run(STEPS);

        assertThat(again).isEqualTo(first);
        assertThat(other.traceHash()).isNotEqualTo(first.traceHash());
    }

    @Test
    void shouldReproduceAFailureFromItsSeed()
    {
        final SimulationResult failed = run(Plant.FILL_TAKEN_TWICE, 1, PLANTED_SEEDS).stream()
            .filter((result) -> result.failure() != null).findFirst().orElseThrow();

        final SimulationResult again = new Simulation(failed.seed(), Plant.FILL_TAKEN_TWICE).run(STEPS);

        assertThat(again).isEqualTo(failed);
        assertThat(new Simulation(failed.seed(), Plant.NONE).run(STEPS).failure()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
    {
        "EGRESS_SKIPS_ONE, NOTHING_LOST",
        "EGRESS_DROPS_UNDER_PRESSURE, SENT_IN_ORDER",
        "EGRESS_REPEATS_AFTER_PRESSURE, SENT_IN_ORDER",
        "CUT_OFF_NOT_COMPLETED, REPLAY_EQUAL",
        "ACKNOWLEDGED_BEFORE_JOURNALED, NOTHING_LOST",
        "NEVER_ACKNOWLEDGED, SETTLES",
        "JOURNAL_LOSES_DOCUMENT, RECOVERS",
        "JOURNAL_FLIPS_BIT, RECOVERS",
        "JOURNAL_REPEATS_DOCUMENT, INPUTS_CONTIGUOUS",
        "JOURNAL_REPEATS_DOCUMENT, DECISIONS_NUMBERED",
        "JOURNAL_ONE_BEHIND, JOURNALED_BEFORE_SENT",
        "TIME_GOES_BACK, TIME_MONOTONIC",
        "MARKET_REPEATED, TAKEN_ONCE",
        "MARKET_REPEATED_AS_NEW, TAKEN_ONCE",
        "MARKET_CHANGED, TAKEN_ONCE",
        "MARKET_LEFT_OUT, NOTHING_LOST",
        "FILL_TAKEN_TWICE, MONEY_EQUAL",
        "CANCELLATION_LOST, ORDERS_EQUAL",
        "LIMITS_NOT_SET, LIMITS_HELD",
        "MESSAGE_DAMAGED, NO_FAILURE",
        "REPEAT_TAKEN_AS_NEW, JOURNALED_BEFORE_SENT",
        "ORDER_ACCEPTED_TWICE, ACTED_ON_ONCE",
        "SNAPSHOT_LEAVES_SOURCES_OUT, REPLAY_EQUAL",
        "SNAPSHOT_LEAVES_COUNT_OUT, REPLAY_EQUAL",
        "SNAPSHOT_NOT_RESTORABLE, SNAPSHOTS_RESTORE",
        "SNAPSHOT_PASSED_OVER, SNAPSHOTS_RESTORE",
        "SKIP_NOT_JOURNALED, REPLAY_EQUAL",
        "ALERT_HALTS_NOTHING, FAILS_SAFE",
        "CLOCK_STEPS_NOT_SEEN, FAILS_SAFE",
        "STOP_WITHOUT_END, ENDS_CLEANLY",
        "STOP_KEEPS_ORDERS, ENDS_CLEANLY",
        "VENUE_NOT_SAID, VENUES_APART",
        "ROLE_MISTAKEN, ROLES_KEPT",
        "ACCOUNT_NEVER_HALTS, ACCOUNTS_HALT",
        "ACCOUNT_REPORT_WRONG, ACCOUNTS_HALT",
        "LOT_OF_ANOTHER, INSTANCES_APART",
        "INSTANCE_FROM_NOWHERE, IDS_GIVEN_ONCE",
        "SUSPENSION_FORGOTTEN, OPENS_NOTHING",
        "END_FORGOTTEN, OPENS_NOTHING",
        "ANSWER_NOT_AWAITED, RECONCILED_FIRST",
        "OTHER_VENUE_AWAY, VENUES_APART",
        "SIBLING_NOT_REDUCED, LISTS_KEPT",
        "LIST_LOST, LISTS_KEPT",
        "LATCH_FORGOTTEN, WISHES_KEPT",
        "DOUBT_FORGOTTEN, DOUBTS_ASKED",
        "HELD_ORDER_LOST, HELD_KEPT",
        "EXPIRY_FORGOTTEN, HELD_KEPT",
        "RATE_IGNORED, INSTANCES_APART",
        "SIGNAL_TAKEN_TWICE, SIGNALS_ANSWERED_ONCE",
        "BREAKER_FORGOTTEN, BREAKERS_KEEP_BACK",
        "ROOM_MISTAKEN, EGRESS_ROOM_KEPT"
    })
    void shouldFindAPlantedFault(final Plant plant, final Invariant invariant)
    {
        final Stream<Invariant> failures = LongStream.rangeClosed(1, FINDING_SEEDS)
            .mapToObj((seed) -> new Simulation(seed, plant).run(STEPS).failure());

        assertThat(failures.anyMatch((failure) -> failure == invariant)).isTrue();
    }

    /** An invariant that no plant breaks may be one that is never checked. */
    @ParameterizedTest
    @EnumSource(Invariant.class)
    void shouldHaveAPlantForEveryInvariant(final Invariant invariant) throws NoSuchMethodException
    {
        assertThat(List.of(plantRows())).anyMatch((row) -> row.endsWith(", " + invariant));
    }

    private static String[] plantRows() throws NoSuchMethodException
    {
        return SimulationTest.class.getDeclaredMethod("shouldFindAPlantedFault", Plant.class, Invariant.class)
            .getAnnotation(CsvSource.class).value();
    }

    /** Else a plant could be added that no test looks for. */
    @ParameterizedTest
    @EnumSource(Plant.class)
    void shouldKnowEveryPlant(final Plant plant) throws NoSuchMethodException
    {
        assertThat(plant == Plant.NONE || List.of(plantRows()).stream().anyMatch((row) -> row.startsWith(plant + ",")))
            .isTrue();
    }

    /** Of each kind of fault some seed has some. */
    @Test
    void shouldDrawEveryFaultForSomeSeed()
    {
        final Set<Fault> drawn = EnumSet.noneOf(Fault.class);
        for (final SimulationResult result : run(Plant.NONE, 1, 20))
        {
            for (final Fault fault : Fault.values())
            {
                if (result.faults().contains(fault + "="))
                {
                    drawn.add(fault);
                }
            }
        }

        assertThat(drawn).isEqualTo(EnumSet.allOf(Fault.class));
    }

    private static List<SimulationResult> run(final Plant plant, final long from, final int seeds)
    {
        return new ArrayList<>(LongStream.range(from, from + seeds)
            .mapToObj((seed) -> new Simulation(seed, plant).run(STEPS)).toList());
    }
}
