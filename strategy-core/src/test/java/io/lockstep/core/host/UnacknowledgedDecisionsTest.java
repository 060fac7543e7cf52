package io.lockstep.core.host;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.InputRecords;
import io.lockstep.sbe.DecisionWithdrawnDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What waits to be sent or acknowledged, by its number. */
class UnacknowledgedDecisionsTest
{
    private static final int VENUE = 0;

    private final InputRecords records = new InputRecords();
    private final UnacknowledgedDecisions decisions = new UnacknowledgedDecisions(1 << 16);

    @BeforeEach
    void addSome()
    {
        for (int number = 1; number <= 4; number++)
        {
            add(number);
        }
    }

    private void add(final long number)
    {
        records.begin(new NewOrderSingleEncoder());
        records.end();
        RecordDescriptor.sourceSequence(records.buffer(), records.lastOffset(), number);
        decisions.add(VENUE, records.buffer(), records.lastOffset());
    }

    private List<String> held()
    {
        final List<String> held = new ArrayList<>();
        decisions.forEachUnacknowledged(
            (venueId, buffer, offset) -> held.add(RecordDescriptor.sourceSequence(buffer, offset) +
                switch (RecordDescriptor.templateId(buffer, offset))
                {
                    case NewOrderSingleDecoder.TEMPLATE_ID -> "";
                    case DecisionWithdrawnDecoder.TEMPLATE_ID -> " withdrawn";
                    default -> " of another kind";
                }));
        return held;
    }

    @Test
    void shouldHoldWhatIsWithdrawnInItsPlaceAndNothingElse()
    {
        decisions.release(VENUE, 1);

        decisions.withdraw(VENUE, 3);
        decisions.withdraw(VENUE, 1);
        decisions.withdraw(VENUE, 5);

        assertThat(held()).containsExactly("2", "3 withdrawn", "4");
    }

    @Test
    void shouldCountOnBehindAGatewayThatHasMore()
    {
        decisions.advanceTo(VENUE, 9);
        assertThat(held()).isEmpty();

        add(10);
        decisions.release(VENUE, 9);
        assertThat(held()).containsExactly("10");
        decisions.release(VENUE, 10);
        assertThat(held()).isEmpty();
    }

    /** The gateway has others under these numbers: they would be taken for what it has had. */
    @Test
    void shouldForgetWhatAGatewayHasOthersUnder()
    {
        decisions.advanceTo(VENUE, 2);

        assertThat(held()).containsExactly("3", "4");
        assertThat(decisions.ring(VENUE).unsentSequence()).isEqualTo(3);
    }

    private void add(final int venueId, final long number)
    {
        records.begin(new NewOrderSingleEncoder());
        records.end();
        RecordDescriptor.sourceSequence(records.buffer(), records.lastOffset(), number);
        decisions.add(venueId, records.buffer(), records.lastOffset());
    }

    @Test
    void shouldKeepVenuesApart()
    {
        add(2, 1);
        add(2, 2);
        decisions.release(VENUE, 4);
        assertThat(held()).as("of venue 2").containsExactly("1", "2");

        decisions.withdraw(2, 2);
        decisions.withdraw(1, 2);
        decisions.release(1, 9);
        assertThat(held()).containsExactly("1", "2 withdrawn");
        assertThat(decisions.count(VENUE)).isZero();
        assertThat(decisions.count(2)).isEqualTo(decisions.count()).isEqualTo(2);
    }

    /** A full ring is no reason for an input to fail: the core says when there are too many. */
    @Test
    void shouldGrowRatherThanThrow()
    {
        final UnacknowledgedDecisions small = new UnacknowledgedDecisions(1 << 10);
        for (int number = 1; number <= 100; number++)
        {
            RecordDescriptor.sourceSequence(records.buffer(), records.lastOffset(), number);
            small.add(VENUE, records.buffer(), records.lastOffset());
            if (number == 3)
            {
                small.ring(VENUE).advance();
                small.release(VENUE, 1);
                small.ring(VENUE).advance();
            }
        }

        final List<Long> numbers = new ArrayList<>();
        small.forEachUnacknowledged(
            (venueId, buffer, offset) -> numbers.add(RecordDescriptor.sourceSequence(buffer, offset)));
        assertThat(numbers).hasSize(99).startsWith(2L).endsWith(100L).isSorted();
        assertThat(small.ring(VENUE).unsentSequence()).as("what was sent is not sent again").isEqualTo(3);
    }

    @Test
    void shouldHaveRoomForAllThatADefinitionAllows()
    {
        final UnacknowledgedDecisions reserved = new UnacknowledgedDecisions(1 << 10);
        reserved.reserve(1, 1_000);
        final int capacity = reserved.ring(1).buffer().capacity();

        for (int number = 1; number <= 1_000; number++)
        {
            reserved.add(1, records.buffer(), records.lastOffset());
        }

        assertThat(reserved.ring(1).buffer().capacity()).isEqualTo(capacity);
    }
}
