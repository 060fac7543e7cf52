package io.lockstep.sequencer.config;

import io.lockstep.sequencer.NodeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CalendarContextTest
{
    private static final String NEW_YORK = """
        calendars:
          - name: XNYS
            timeZone: America/New_York
            from: 2026-11-23
            until: 2026-11-30
            sessions:
              - {open: "09:30", close: "16:00"}
            holidays: [2026-11-26]
            halfDays:
              - {date: 2026-11-27, close: "13:00"}
        """;

    private static List<String> sessions(final String text)
    {
        return CalendarSessions.of(NodeText.context(text).calendars().get(0)).stream()
            .map((times) -> Instant.ofEpochSecond(TimeUnit.NANOSECONDS.toSeconds(times.openNs())) + " " +
                Instant.ofEpochSecond(TimeUnit.NANOSECONDS.toSeconds(times.closeNs())) + " of " +
                LocalDate.ofEpochDay(times.tradingDay()))
            .toList();
    }

    @Test
    void shouldLeaveHolidaysOutAndEndHalfDaysEarly()
    {
        assertThat(sessions(NEW_YORK)).containsExactly(
            "2026-11-23T14:30:00Z 2026-11-23T21:00:00Z of 2026-11-23",
            "2026-11-24T14:30:00Z 2026-11-24T21:00:00Z of 2026-11-24",
            "2026-11-25T14:30:00Z 2026-11-25T21:00:00Z of 2026-11-25",
            "2026-11-27T14:30:00Z 2026-11-27T18:00:00Z of 2026-11-27",
            "2026-11-30T14:30:00Z 2026-11-30T21:00:00Z of 2026-11-30");
    }

    /** Clocks in New York go back on 2026-11-01, in the night: the days before and after begin at other times of UTC. */
    @Test
    void shouldGoByTheClockOfItsZone()
    {
        assertThat(sessions(NEW_YORK.replace("2026-11-23", "2026-10-30").replace("2026-11-30", "2026-11-02")))
            .containsExactly(
                "2026-10-30T13:30:00Z 2026-10-30T20:00:00Z of 2026-10-30",
                "2026-11-02T14:30:00Z 2026-11-02T21:00:00Z of 2026-11-02");
    }

    @Test
    void shouldCountASessionOverMidnightToTheDayOnWhichItCloses()
    {
        final String futures = """
            calendars:
              - name: CME
                timeZone: America/Chicago
                from: 2026-11-23
                until: 2026-11-24
                sessions:
                  - {days: [sun, mon, tue, wed, thu], open: "17:00", close: "16:00"}
            """;

        assertThat(sessions(futures)).containsExactly(
            "2026-11-22T23:00:00Z 2026-11-23T22:00:00Z of 2026-11-23",
            "2026-11-23T23:00:00Z 2026-11-24T22:00:00Z of 2026-11-24");
        assertThat(sessions(futures + "    holidays: [2026-11-24]\n").size()).as("the day, not the opening")
            .isEqualTo(1);
    }

    @Test
    void shouldTakeSeveralSessionsOfADay()
    {
        assertThat(sessions(NEW_YORK.replace("""
            - {open: "09:30", close: "16:00"}
            """.strip(), """
            - {open: "13:00", close: "16:00"}
                  - {open: "09:30", close: "12:00"}
            """.strip()).replace("2026-11-30", "2026-11-23"))).containsExactly(
            "2026-11-23T14:30:00Z 2026-11-23T17:00:00Z of 2026-11-23",
            "2026-11-23T18:00:00Z 2026-11-23T21:00:00Z of 2026-11-23");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value =
    {
        "America/New_York | Ameri/NewYork | calendars[0].timeZone=Ameri/NewYork: expected a time zone such as America/New_York",
        "from: 2026-11-23 | from: 23.11.2026 | calendars[0].from=23.11.2026: expected a date such as 2026-12-31",
        "until: 2026-11-30 | until: 2026-11-01 | until=2026-11-01: expected no day before from=2026-11-23",
        "09:30 | 9:30 | sessions[0].open=9:30: expected a time of day such as 09:30",
        "[2026-11-26] | [2026-11-31] | holidays[0]=2026-11-31: expected a date such as 2026-12-31",
        "[2026-11-26] | [2026-11-27] | halfDays=2026-11-27: expected a day that is not among the holidays",
        "{open: | {days: [mon, Tuesday], open: | days[1]=Tuesday: expected each of mon, tue, wed, thu, fri, sat, sun at most once",
        "{open: | {days: [sat], opens: 1, open: | opens=1: expected a known key; did you mean 'open'?",
        "until: 2026-11-30 | until: 2040-11-30 | expected from one session to 2048, from 2026-11-23 on there are 3659"})
    void shouldRefuseWhatIsNoCalendar(final String text, final String changed, final String problem)
    {
        final String wrong = NEW_YORK.replace(text, changed);
        assertThat(wrong).isNotEqualTo(NEW_YORK);

        assertThatThrownBy(() -> NodeText.context(wrong)).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining(problem);
    }

    @Test
    void shouldRefuseSessionsThatOverlap()
    {
        assertThatThrownBy(() -> NodeText.context(NEW_YORK.replace("- {open: \"09:30\", close: \"16:00\"}",
            "- {open: \"09:30\", close: \"16:00\"}\n      - {open: \"15:00\", close: \"17:00\"}")))
            .hasMessageContaining("sessions=2026-11-23: expected sessions that do not overlap");
    }

    @Test
    void shouldRefuseTwoOfOneNameAndANameThatIsNone()
    {
        assertThatThrownBy(() -> NodeText.context(NEW_YORK + NEW_YORK.replace("calendars:\n", "")))
            .hasMessageContaining("calendars[1].name=XNYS: expected each calendar once");
        assertThatThrownBy(() -> NodeText.context(NEW_YORK + """
            instruments:
              - {symbol: AAPL, venue: ARCA, tickSize: 0.01, lotSize: 1, calendar: XNAS}
            """)).hasMessageContaining("instruments[0].calendar=XNAS: expected a calendar of the list, one of [XNYS]");
        assertThatThrownBy(() -> NodeText.context(NEW_YORK + """
            venues:
              - {name: ARCA, calendar: XNAS}
            """)).hasMessageContaining("venues[0].calendar=XNAS: expected a calendar of the list, one of [XNYS]");
    }
}
