package io.lockstep.core.calendar;

import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.core.snapshot.StateTable;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.MessageHeaderDecoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static io.lockstep.core.calendar.SessionCalendarTest.definition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CalendarsTest
{
    private static final long[] DAY_ONE = {100, 200, 1};
    private static final long[] DAY_TWO = {300, 400, 2};

    private final Calendars calendars = new Calendars();

    @Test
    void shouldGoByUtcUntilAnotherIsAssigned()
    {
        assertThat(calendars.ofInstrument(7)).isSameAs(UtcCalendar.INSTANCE);
        assertThat(calendars.assign(7, 1)).as("not defined").isEqualTo(CommandReason.INVALID_VALUE);
        assertThat(calendars.assign(7, UtcCalendar.ID)).isEqualTo(CommandReason.NO_CHANGE);

        assertThat(calendars.define(definition(1, "XTST", DAY_ONE))).isEqualTo(CommandReason.ACCEPTED);
        assertThat(calendars.assign(7, 1)).isEqualTo(CommandReason.ACCEPTED);
        assertThat(calendars.ofInstrument(7).tradingDay(150)).isEqualTo(1);
        assertThat(calendars.ofInstrument(6)).isSameAs(UtcCalendar.INSTANCE);
        assertThat(calendars.ofInstrument(8)).isSameAs(UtcCalendar.INSTANCE);
        assertThat(calendars.assign(7, UtcCalendar.ID)).isEqualTo(CommandReason.ACCEPTED);
        assertThat(calendars.ofInstrument(7)).isSameAs(UtcCalendar.INSTANCE);
    }

    @Test
    void shouldTakeUpOtherSessionsOfOneThatIsKnown()
    {
        calendars.define(definition(1, "XTST", DAY_ONE));
        calendars.assign(0, 1);

        assertThat(calendars.define(definition(1, "XTST", DAY_ONE))).isEqualTo(CommandReason.NO_CHANGE);
        assertThat(calendars.define(definition(1, "XTST", DAY_ONE, DAY_TWO))).isEqualTo(CommandReason.ACCEPTED);
        assertThat(calendars.ofInstrument(0).horizonNs()).isEqualTo(400);
    }

    @Test
    void shouldRefuseWhatIsNone()
    {
        assertThat(calendars.define(definition(2, "XTST", DAY_ONE))).isEqualTo(CommandReason.INVALID_VALUE);
        assertThat(calendars.define(definition(0, "XTST", DAY_ONE))).isEqualTo(CommandReason.INVALID_VALUE);
        assertThat(calendars.define(definition(1, "XTST"))).isEqualTo(CommandReason.INVALID_VALUE);
        calendars.define(definition(1, "XTST", DAY_ONE));
        assertThat(calendars.define(definition(2, "XTST", DAY_ONE))).isEqualTo(CommandReason.NAME_TAKEN);
        assertThat(calendars.define(definition(1, "OTHER", DAY_ONE))).as("a name stays")
            .isEqualTo(CommandReason.NAME_TAKEN);
        assertThat(calendars.count()).isEqualTo(2);
    }

    @Test
    void shouldBeRestoredAsItWasSaved()
    {
        assertThat(calendars.definitions().stateHash()).as("nothing kept").isZero();
        assertThat(calendars.assignments().stateHash()).isZero();
        calendars.define(definition(1, "XTST", DAY_ONE, DAY_TWO));
        calendars.define(definition(2, "XOTH", DAY_TWO));
        calendars.assign(3, 2);
        calendars.assign(1, 1);
        final Calendars copy = new Calendars();
        copy(calendars.definitions(), copy.definitions());
        copy(calendars.assignments(), copy.assignments());

        assertThat(copy.definitions().stateHash()).isEqualTo(calendars.definitions().stateHash()).isNotZero();
        assertThat(copy.assignments().stateHash()).isEqualTo(calendars.assignments().stateHash()).isNotZero();
        assertThat(copy.ofInstrument(3).id()).isEqualTo(2);
        assertThat(copy.findSessions(1).name()).isEqualTo("XTST");
        assertThat(copy.findSessions(1).timeZone()).isEqualTo("UTC");
        assertThat(copy.findSessions(1).sessionCount()).isEqualTo(2);
        assertThatThrownBy(() -> copy(calendars.assignments(), copy.assignments())).as("twice")
            .isInstanceOf(IllegalArgumentException.class);
    }

    private static <D extends MessageDecoderFlyweight> void copy(final StateTable<D> from, final StateTable<D> to)
    {
        final List<D> sections = new ArrayList<>();
        from.save(new SectionWriter((buffer, offset, length) ->
        {
            final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            final D decoder = to.newDecoder();
            decoder.wrap(new UnsafeBuffer(bytes), MessageHeaderDecoder.ENCODED_LENGTH, header.blockLength(),
                header.version());
            assertThat(header.templateId()).isEqualTo(from.templateId());
            sections.add(decoder);
        }));
        assertThat(sections).hasSize(from.sectionCount());
        sections.forEach(to::restore);
    }
}
