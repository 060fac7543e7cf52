package io.lockstep.core.list;

import io.lockstep.sbe.ContingencyType;
import io.lockstep.sbe.PartState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lists over long random lives, at a venue that is as plain as can be: what the list wants is done at once, answers of the venue come when they
 * come, and everything that can happen to an order happens. What must hold is said anew from fills alone, without a look at how the list decides.
 */
class OrderListModelTest
{
    private static final int LIVES = 40_000;
    private static final int STEPS_MAX = 400;
    private static final long SIZE = 12;

    private final OrderList list = new OrderList();
    private final List<String> story = new ArrayList<>();
    private Random random;
    /** What each order has asked the venue for and not been answered: 0 without. */
    private final long[] replacedLots = new long[OrderList.PARTS_MAX];
    private final boolean[] isCancelAsked = new boolean[OrderList.PARTS_MAX];
    /** The venue has filled an exit after it had said that it is over. */
    private boolean hasLateFill;

    @ParameterizedTest
    @EnumSource(value = ContingencyType.class, names =
    {"NULL_VAL", "SBE_UNKNOWN"}, mode = EnumSource.Mode.EXCLUDE)
    void shouldNeverFillTooMuchAndAlwaysEnd(final ContingencyType type)
    {
        for (int seed = 0; seed < LIVES; seed++)
        {
            random = new Random(seed);
            story.clear();
            begin(type);
            settle();
            int steps = 0;
            while (list.next() != ListAction.END && steps++ < STEPS_MAX)
            {
                happen(steps > STEPS_MAX / 2);
                settle();
                requireSense(seed);
            }
            assertThat(list.next()).as("seed=%d %s", seed, story).isEqualTo(ListAction.END);
        }
    }

    private void begin(final ContingencyType type)
    {
        final int parts = type == ContingencyType.OCO || type == ContingencyType.OTO ? 2 : 3;
        list.begin(1, type, 0, 1, SIZE, 1);
        hasLateFill = false;
        for (int i = 0; i < parts; i++)
        {
            final ListPart part = list.parts[i];
            final boolean isEntry = i == 0 && type != ContingencyType.OCO;
            list.partCount = i + 1;
            part.triggered = !isEntry && (i == parts - 1 || random.nextBoolean());
            part.resting = isEntry || random.nextInt(4) > 0;
            part.state = isEntry ? PartState.WORKING : PartState.WAITING;
            part.askedLots = SIZE;
            part.cumLots = 0;
            part.sizedForLots = 0;
            part.refused = false;
            part.going = false;
            part.replaceable = isEntry;
            replacedLots[i] = 0;
            isCancelAsked[i] = false;
        }
    }

    private void settle()
    {
        for (int actions = 0; list.next() != ListAction.NONE && list.next() != ListAction.END; actions++)
        {
            assertThat(actions).as("no end of it: %s", story).isLessThan(30);
            perform(list.next(), list.actionPart(), list.actionLots());
        }
    }

    private void perform(final ListAction action, final int index, final long lots)
    {
        final ListPart part = list.parts[index];
        story.add(action + " " + index + " " + lots);
        switch (action)
        {
            case RELEASE -> {
                part.askedLots = lots;
                list.sized(index);
                final boolean isToWatch = part.state == PartState.WAITING && part.triggered;
                part.state = isToWatch ? PartState.WATCHING : PartState.WORKING;
            }
            case RESIZE -> {
                part.askedLots = lots;
                list.sized(index);
            }
            case REPLACE -> {
                if (random.nextInt(8) == 0)
                {
                    part.refused = true;
                    return;
                }
                replacedLots[index] = part.askedLots;
                part.askedLots = lots;
                part.replaceable = false;
                list.sized(index);
            }
            case CANCEL -> {
                part.going = part.state == PartState.WORKING;
                isCancelAsked[index] = part.going;
                part.state = part.going ? PartState.WORKING : PartState.ENDED;
            }
            case NONE, END -> throw new AssertionError();
        }
    }

    /** One thing, to one of the orders; near the end of the life nothing but what brings it to its end. */
    private void happen(final boolean isToEnd)
    {
        final int index = random.nextInt(list.partCount);
        final ListPart part = list.parts[index];
        part.refused = false;
        switch (part.state)
        {
            case WATCHING -> part.state = random.nextInt(4) == 0 || isToEnd ? PartState.TRIGGERED : part.state;
            case WORKING -> happenAtVenue(index, part, isToEnd);
            case ENDED -> fillLate(index, part, isToEnd);
            case WAITING, TRIGGERED, LEAVING, NULL_VAL, SBE_UNKNOWN -> {
                // Nothing but the list lets it go.
            }
        }
    }

    private void happenAtVenue(final int index, final ListPart part, final boolean isToEnd)
    {
        switch (random.nextInt(6))
        {
            case 0 -> answerReplace(index, part, true);
            case 1 -> answerReplace(index, part, false);
            case 2 -> {
                if (isCancelAsked[index] || isToEnd)
                {
                    end(part, "CANCELED " + index);
                }
            }
            case 3 -> {
                if (random.nextInt(10) == 0)
                {
                    end(part, "DROPPED " + index);
                }
            }
            case 4 -> {
                if (!part.replaceable && replacedLots[index] == 0)
                {
                    part.replaceable = true;
                }
            }
            default -> fill(index, part, 1 + random.nextInt(5));
        }
    }

    /** What the venue has of it is what it was before a replace that it has not granted. */
    private void fill(final int index, final ListPart part, final long atMost)
    {
        final long hasLots = replacedLots[index] == 0 ? part.askedLots : replacedLots[index];
        final long lots = Math.min(atMost, hasLots - part.cumLots);
        if (lots > 0)
        {
            part.cumLots += lots;
            story.add("FILL " + index + " " + lots);
            if (part.cumLots == hasLots)
            {
                end(part, "FILLED " + index);
            }
        }
    }

    private void answerReplace(final int index, final ListPart part, final boolean isGranted)
    {
        if (replacedLots[index] == 0)
        {
            return;
        }
        part.askedLots = isGranted ? part.askedLots : replacedLots[index];
        replacedLots[index] = 0;
        part.replaceable = true;
        story.add((isGranted ? "REPLACED " : "NOT REPLACED ") + index);
        if (part.cumLots >= part.askedLots)
        {
            end(part, "FILLED " + index);
        }
    }

    private void end(final ListPart part, final String how)
    {
        part.state = PartState.ENDED;
        part.going = false;
        part.replaceable = false;
        story.add(how);
    }

    private void fillLate(final int index, final ListPart part, final boolean isToEnd)
    {
        if (!isToEnd && random.nextInt(40) == 0 && part.cumLots > 0 && part.cumLots < SIZE)
        {
            part.fillLate(1);
            hasLateFill |= index > 0 || !list.hasEntry();
            story.add("LATE " + index);
        }
    }

    /** From fills alone. */
    private void requireSense(final int seed)
    {
        long filledLots = 0;
        long openLots = 0;
        int out = 0;
        for (int i = list.hasEntry() ? 1 : 0; i < list.partCount; i++)
        {
            final ListPart part = list.parts[i];
            filledLots += part.cumLots;
            final boolean isOut = part.state == PartState.WORKING;
            out += isOut ? 1 : 0;
            openLots += isOut && part.resting && !part.going && part.replaceable ? part.askedLots - part.cumLots : 0;
        }
        final long mayLots = list.hasEntry() ? list.parts[0].cumLots : SIZE;
        assertThat(out).as("seed=%d two out at once: %s", seed, story).isLessThanOrEqualTo(1);
        // A late fill, and what overtakes the replace that answers one, are the venue's doing.
        assertThat(hasLateFill || filledLots <= mayLots).as("seed=%d filled too much: %s", seed, story).isTrue();
        assertThat(openLots).as("seed=%d open at the venue beyond what is left: %s", seed, story)
            .isLessThanOrEqualTo(Math.max(0, mayLots - filledLots));
    }
}
