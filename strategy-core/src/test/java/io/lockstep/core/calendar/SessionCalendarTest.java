package io.lockstep.core.calendar;

import io.lockstep.sbe.CalendarDefinitionDecoder;
import io.lockstep.sbe.CalendarDefinitionEncoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SessionCalendarTest
{
    private static final long SEED = 11;

    /** Of sessions {openNs, closeNs, tradingDay}. */
    static CalendarDefinitionDecoder definition(final int id, final String name, final long[]... sessions)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final CalendarDefinitionEncoder encoder = new CalendarDefinitionEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).calendarId(id);
        final CalendarDefinitionEncoder.SessionsEncoder group = encoder.sessionsCount(sessions.length);
        for (final long[] session : sessions)
        {
            group.next().openNs(session[0]).closeNs(session[1]).tradingDay((int)session[2]);
        }
        encoder.name(name).timeZone("UTC");
        return new CalendarDefinitionDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    }

    private static SessionCalendar calendar(final long[]... sessions)
    {
        return SessionCalendar.decode(definition(1, "XTST", sessions));
    }

    @Test
    void shouldSayWhatIsOpenAndWhichDayItIs()
    {
        final SessionCalendar calendar = calendar(
            new long[]
            {100, 150, 1}, new long[]{160, 200, 1}, new long[]{300, 400, 2});

        assertThat(calendar.isOpen(99)).isFalse();
        assertThat(calendar.isOpen(100)).isTrue();
        assertThat(calendar.isOpen(149)).isTrue();
        assertThat(calendar.isOpen(150)).as("closed at its closing time").isFalse();
        assertThat(calendar.isOpen(160)).isTrue();
        assertThat(calendar.isOpen(250)).isFalse();
        assertThat(calendar.tradingDay(0)).as("of the next session").isEqualTo(1);
        assertThat(calendar.tradingDay(155)).isEqualTo(1);
        assertThat(calendar.tradingDay(200)).isEqualTo(2);
        assertThat(calendar.dayEndNs(0)).as("with the last session of the day").isEqualTo(200);
        assertThat(calendar.dayEndNs(199)).isEqualTo(200);
        assertThat(calendar.dayEndNs(200)).isEqualTo(400);
    }

    @Test
    void shouldEndAtItsHorizon()
    {
        final SessionCalendar calendar = calendar(new long[]{100, 150, 1});

        assertThat(calendar.horizonNs()).isEqualTo(150);
        assertThat(calendar.isOpen(150)).isFalse();
        assertThat(calendar.tradingDay(150)).isEqualTo(MarketCalendar.BEYOND);
        assertThat(calendar.dayEndNs(150)).isEqualTo(MarketCalendar.BEYOND);
    }

    /** Against a look at each session, with times that go back and forth. */
    @Test
    void shouldAnswerAlikeInWhateverOrderItIsAsked()
    {
        final SplittableRandom random = new SplittableRandom(SEED);
        final long[][] sessions = new long[200][];
        long timeNs = 0;
        int day = 0;
        for (int i = 0; i < sessions.length; i++)
        {
            final long openNs = timeNs + random.nextInt(3);
            timeNs = openNs + 1 + random.nextInt(5);
            day += random.nextInt(2);
            sessions[i] = new long[]{openNs, timeNs, day};
        }
        final SessionCalendar calendar = calendar(sessions);
        for (int i = 0; i < 20_000; i++)
        {
            final long askedNs = random.nextLong(-2, timeNs + 3);
            boolean isOpen = false;
            long tradingDay = MarketCalendar.BEYOND;
            long dayEndNs = MarketCalendar.BEYOND;
            for (int s = sessions.length - 1; s >= 0; s--)
            {
                isOpen |= sessions[s][0] <= askedNs && askedNs < sessions[s][1];
                tradingDay = askedNs < sessions[s][1] ? sessions[s][2] : tradingDay;
            }
            for (final long[] session : sessions)
            {
                dayEndNs = session[2] == tradingDay ? session[1] : dayEndNs;
            }
            assertThat(calendar.isOpen(askedNs)).as("timeNs=%d", askedNs).isEqualTo(isOpen);
            assertThat(calendar.tradingDay(askedNs)).as("timeNs=%d", askedNs).isEqualTo(tradingDay);
            assertThat(calendar.dayEndNs(askedNs)).as("timeNs=%d", askedNs).isEqualTo(dayEndNs);
        }
    }

    @Test
    void shouldRefuseSessionsThatCannotBe()
    {
        assertThatThrownBy(() -> calendar()).hasMessageContaining("sessions=0 expected from 1 to 2048");
        assertThatThrownBy(() -> calendar(new long[]{100, 100, 1})).hasMessageContaining("session 0 does not follow");
        assertThatThrownBy(() -> calendar(new long[]{100, 200, 1}, new long[]{199, 300, 2}))
            .hasMessageContaining("session 1 does not follow the one before: openNs=199");
        assertThatThrownBy(() -> calendar(new long[]{100, 200, 2}, new long[]{200, 300, 1}))
            .hasMessageContaining("tradingDay=1");
    }

    @Test
    void shouldCountDaysOfUtc()
    {
        final long dayNs = 86_400_000_000_000L;
        final UtcCalendar calendar = UtcCalendar.INSTANCE;

        assertThat(calendar.isOpen(123)).isTrue();
        assertThat(calendar.tradingDay(dayNs - 1)).isZero();
        assertThat(calendar.tradingDay(dayNs)).isEqualTo(1);
        assertThat(calendar.tradingDay(-1)).isEqualTo(-1);
        assertThat(calendar.dayEndNs(dayNs)).isEqualTo(2 * dayNs);
        assertThat(calendar.horizonNs()).isEqualTo(MarketCalendar.BEYOND);
    }
}
