package io.lockstep.core.list;

import io.lockstep.sbe.ContingencyType;
import io.lockstep.sbe.PartState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a list wants in every state of its orders. */
class OrderListTest
{
    private static final long SIZE = 3;
    private static final PartState[] STATES = {
        PartState.WAITING, PartState.WATCHING, PartState.TRIGGERED, PartState.LEAVING, PartState.WORKING,
        PartState.ENDED};

    private final OrderList list = new OrderList();

    private OrderList list(final ContingencyType type, final ListPart... parts)
    {
        list.begin(1, type, 0, 1, SIZE, 1);
        for (int i = 0; i < parts.length; i++)
        {
            list.parts[i] = parts[i];
        }
        list.partCount = parts.length;
        return list;
    }

    private static ListPart part(final PartState state, final long askedLots, final long cumLots)
    {
        final ListPart part = new ListPart();
        part.state = state;
        part.askedLots = askedLots;
        part.cumLots = cumLots;
        part.resting = true;
        part.replaceable = state == PartState.WORKING;
        return part;
    }

    private static ListPart triggered(final ListPart part)
    {
        part.triggered = true;
        return part;
    }

    private static ListPart going(final ListPart part)
    {
        part.going = true;
        return part;
    }

    private void assertWants(final ListAction action, final int part, final long lots)
    {
        assertThat(list.next()).isEqualTo(action);
        assertThat(list.actionPart()).isEqualTo(part);
        assertThat(list.actionLots()).isEqualTo(lots);
    }

    private ListPart entry(final PartState state, final long cumLots)
    {
        return part(state, SIZE, cumLots);
    }

    @Test
    void shouldLeaveTheExitsUntilTheEntryIsFilled()
    {
        list(ContingencyType.BRACKET, entry(PartState.WORKING, 0), triggered(part(PartState.WAITING, SIZE, 0)),
            part(PartState.WAITING, SIZE, 0));
        assertThat(list.next()).isEqualTo(ListAction.NONE);
    }

    @Test
    void shouldReleaseTheStopWithWhatIsFilledBeforeTheTarget()
    {
        final ListPart stop = triggered(part(PartState.WAITING, SIZE, 0));
        list(ContingencyType.BRACKET, entry(PartState.WORKING, 1), stop, part(PartState.WAITING, SIZE, 0));
        assertWants(ListAction.RELEASE, 1, 1);
        stop.state = PartState.WATCHING;
        stop.askedLots = 1;
        list.sized(1);
        assertWants(ListAction.RELEASE, 2, 1);
    }

    @Test
    void shouldGrowBothExitsWithTheEntry()
    {
        final ListPart stop = triggered(part(PartState.WATCHING, 1, 0));
        stop.sizedForLots = 1;
        final ListPart target = part(PartState.WORKING, 1, 0);
        target.sizedForLots = 1;
        list(ContingencyType.BRACKET, entry(PartState.WORKING, 3), stop, target);
        assertWants(ListAction.RESIZE, 1, 3);
        stop.askedLots = 3;
        list.sized(1);
        assertWants(ListAction.REPLACE, 2, 3);
        target.replaceable = false;
        assertThat(list.next()).isEqualTo(ListAction.NONE);
    }

    @Test
    void shouldReduceTheOtherByWhatOneFills()
    {
        list(ContingencyType.OCO, part(PartState.WORKING, SIZE, 2), triggered(part(PartState.WATCHING, SIZE, 0)));
        assertWants(ListAction.RESIZE, 1, 1);
    }

    /** A fill that comes after the cancel, of what was taken to be over. */
    @Test
    void shouldReduceTheOtherAtTheVenueByALateFill()
    {
        final ListPart rest = part(PartState.WORKING, 3, 0);
        list(ContingencyType.OCO, part(PartState.ENDED, 3, 1), rest);
        assertWants(ListAction.REPLACE, 1, 2);
        rest.refused = true;
        assertWants(ListAction.CANCEL, 1, 0);
    }

    @Test
    void shouldSendWhatWasTriggeredOnceTheOtherIsOver()
    {
        final ListPart target = part(PartState.WORKING, SIZE, 0);
        list(ContingencyType.OCO, triggered(part(PartState.TRIGGERED, SIZE, 0)), target);
        assertWants(ListAction.CANCEL, 1, 0);
        target.going = true;
        assertThat(list.next()).isEqualTo(ListAction.NONE);
        target.state = PartState.ENDED;
        target.cumLots = 1;
        assertWants(ListAction.RELEASE, 0, 2);
        target.cumLots = 3;
        assertWants(ListAction.CANCEL, 0, 0);
    }

    /** What the entry fills while its cancel is under way is closed by the same stop. */
    @Test
    void shouldCancelTheEntryBeforeItsStopLeaves()
    {
        final ListPart entry = entry(PartState.WORKING, 1);
        list(ContingencyType.OTO, entry, triggered(part(PartState.TRIGGERED, 1, 0)));
        assertWants(ListAction.CANCEL, 0, 0);
        entry.going = true;
        entry.cumLots = 2;
        assertThat(list.next()).isEqualTo(ListAction.NONE);
        entry.state = PartState.ENDED;
        assertWants(ListAction.RELEASE, 1, 2);
    }

    @Test
    void shouldLetTheOneNamedFirstLeaveWhenBothAreTriggered()
    {
        list(ContingencyType.OCO, triggered(part(PartState.TRIGGERED, SIZE, 0)),
            triggered(part(PartState.TRIGGERED, SIZE, 0)));
        assertWants(ListAction.CANCEL, 1, 0);
        list.parts[1].state = PartState.ENDED;
        assertWants(ListAction.RELEASE, 0, 3);
    }

    @Test
    void shouldEndTheExitsOfAnEntryThatFillsNothing()
    {
        list(ContingencyType.BRACKET, entry(PartState.ENDED, 0), triggered(part(PartState.WAITING, SIZE, 0)),
            part(PartState.WAITING, SIZE, 0));
        assertWants(ListAction.CANCEL, 1, 0);
        list.parts[1].state = PartState.ENDED;
        assertWants(ListAction.CANCEL, 2, 0);
        list.parts[2].state = PartState.ENDED;
        assertThat(list.next()).isEqualTo(ListAction.END);
    }

    @Test
    void shouldKeepTheExitsOfAnEntryThatEndsPartlyFilled()
    {
        list(ContingencyType.BRACKET, entry(PartState.ENDED, 2), triggered(part(PartState.WATCHING, 2, 0)),
            part(PartState.WORKING, 2, 0));
        assertThat(list.next()).isEqualTo(ListAction.NONE);
    }

    @Test
    void shouldEndTheEntryWhenItsExitsHaveDoneAllTheyCan()
    {
        list(ContingencyType.BRACKET, entry(PartState.WORKING, 2), triggered(part(PartState.WATCHING, 2, 0)),
            part(PartState.ENDED, 2, 2));
        assertWants(ListAction.CANCEL, 0, 0);
        list.parts[0].going = true;
        list.parts[0].cumLots = 3;
        assertWants(ListAction.RESIZE, 1, 1);
    }

    @Test
    void shouldKeepTheOtherWhenOneEndsUnfilled()
    {
        list(ContingencyType.OCO, part(PartState.ENDED, SIZE, 0), triggered(part(PartState.WATCHING, SIZE, 0)));
        assertThat(list.next()).isEqualTo(ListAction.NONE);
    }

    @Test
    void shouldEndTheOtherWhenOneIsFilled()
    {
        list(ContingencyType.OCO, part(PartState.ENDED, SIZE, SIZE), triggered(part(PartState.WATCHING, SIZE, 0)));
        assertWants(ListAction.CANCEL, 1, 0);
    }

    @Test
    void shouldKeepOrdersOnTheGrid()
    {
        list(ContingencyType.OTO, entry(PartState.WORKING, 3), triggered(part(PartState.WAITING, SIZE, 0)));
        list.stepLots = 2;
        assertWants(ListAction.RELEASE, 1, 2);
        list.parts[0].cumLots = 1;
        assertThat(list.next()).isEqualTo(ListAction.NONE);
    }

    /** The whole product of states, fills and sizes: what is wanted can be done, and never makes the list fill too much. */
    @ParameterizedTest
    @EnumSource(value = ContingencyType.class, names =
    {"NULL_VAL", "SBE_UNKNOWN"}, mode = EnumSource.Mode.EXCLUDE)
    void shouldWantWhatCanBeDone(final ContingencyType type)
    {
        final int exits = type == ContingencyType.OTO ? 1 : 2;
        int cases = 0;
        for (final ListPart entry : OrderList.hasEntry(type) ? everyPart(false) : List.of(new ListPart()))
        {
            for (final ListPart first : everyPart(true))
            {
                for (final ListPart second : exits == 1 ? List.of(new ListPart()) : everyPart(true))
                {
                    requireSense(OrderList.hasEntry(type)
                        ? exits == 1 ? list(type, entry, first) : list(type, entry, first, second)
                        : list(type, first, second));
                    cases++;
                }
            }
        }
        assertThat(cases).isGreaterThan(1_000);
    }

    private static List<ListPart> everyPart(final boolean withSizes)
    {
        final List<ListPart> parts = new ArrayList<>();
        for (final PartState state : STATES)
        {
            for (long cumLots = 0; cumLots <= 2; cumLots++)
            {
                for (long askedLots = withSizes ? 1 : 3; askedLots <= 3; askedLots++)
                {
                    parts.add(part(state, askedLots, cumLots));
                    parts.add(triggered(part(state, askedLots, cumLots)));
                }
            }
        }
        // Only what the venue has can be on its way out: what is held ends at once.
        parts.add(going(part(PartState.WORKING, 3, 1)));
        parts.add(going(triggered(part(PartState.WORKING, 3, 2))));
        final ListPart refused = part(PartState.WORKING, 3, 1);
        refused.refused = true;
        parts.add(refused);
        return parts;
    }

    private void requireSense(final OrderList list)
    {
        final ListAction action = list.next();
        final boolean isOver = Arrays.stream(list.parts, 0, list.partCount).allMatch(ListPart::isEnded);
        assertThat(action == ListAction.END).isEqualTo(isOver);
        if (action == ListAction.NONE || action == ListAction.END)
        {
            return;
        }
        final int index = list.actionPart();
        final ListPart part = list.parts[index];
        final boolean isExit = index > 0 || !list.hasEntry();
        final long leftLots = (list.hasEntry() ? list.entryLots() : SIZE) - list.exitLots();
        assertThat(part.state).isNotEqualTo(PartState.ENDED);
        switch (action)
        {
            case RELEASE -> {
                assertThat(part.state).isIn(PartState.WAITING, PartState.TRIGGERED);
                assertThat(!isExit || list.actionLots() == leftLots && leftLots > 0).isTrue();
                assertThat(isExit && (part.state == PartState.TRIGGERED || !part.triggered) && isOtherOut(list, index))
                    .as("two out at once").isFalse();
            }
            case RESIZE -> {
                assertThat(part.state).isIn(PartState.WATCHING, PartState.LEAVING);
                assertThat(list.actionLots()).isEqualTo(leftLots).isPositive();
            }
            case REPLACE -> {
                assertThat(part.replaceable && !part.going && !part.refused).isTrue();
                assertThat(list.actionLots() - part.cumLots).isEqualTo(leftLots).isPositive();
            }
            case CANCEL -> assertThat(part.going).isFalse();
            case NONE, END -> throw new AssertionError();
        }
    }

    private static boolean isOtherOut(final OrderList list, final int index)
    {
        for (int i = list.hasEntry() ? 1 : 0; i < list.partCount; i++)
        {
            if (i != index && list.parts[i].isOut())
            {
                return true;
            }
        }
        return false;
    }
}
