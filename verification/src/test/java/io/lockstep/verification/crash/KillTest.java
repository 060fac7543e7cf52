package io.lockstep.verification.crash;

import io.lockstep.verification.crash.Kill.Moment;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A plan of kills is a function of its seed. */
class KillTest
{
    @Test
    void sameSeedDrawsTheSameKills()
    {
        assertThat(Kill.draw(7, 40)).isEqualTo(Kill.draw(7, 40)).startsWith(Kill.draw(7, 10).toArray(new Kill[0]));
        assertThat(Kill.draw(8, 40)).isNotEqualTo(Kill.draw(7, 40));
    }

    @Test
    void everyMomentComesAndTheMarketIsBounded()
    {
        final List<Kill> kills = Kill.draw(1, 200);
        assertThat(kills.stream().map(Kill::moment).distinct()).containsExactlyInAnyOrderElementsOf(
            Arrays.asList(Moment.values()));
        long marketEvents = 0;
        for (final Kill kill : kills)
        {
            switch (kill.moment())
            {
                case AFTER_INPUTS, AFTER_TIME -> assertThat(kill.marketEvents()).isBetween(200, 4_000);
                case AT_SNAPSHOT, AT_ROLL -> assertThat(kill.marketEvents()).isEqualTo(5_000);
                case IN_START, AT_INCARNATION -> assertThat(kill.marketEvents()).isZero();
            }
            assertThat(kill.delayMs()).isBetween(0, 400);
            assertThat(kill.startPercent()).isBetween(0, 100);
            marketEvents += kill.marketEvents();
        }
        assertThat(Kill.marketEvents(kills)).isEqualTo(marketEvents);
    }
}
