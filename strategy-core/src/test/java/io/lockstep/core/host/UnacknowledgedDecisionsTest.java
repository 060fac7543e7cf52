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
        decisions.add(records.buffer(), records.lastOffset());
    }

    private List<String> held()
    {
        final List<String> held = new ArrayList<>();
        decisions.forEachUnacknowledged((buffer, offset) -> held.add(RecordDescriptor.sourceSequence(buffer, offset) +
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
        decisions.release(1);

        decisions.withdraw(3);
        decisions.withdraw(1);
        decisions.withdraw(5);

        assertThat(held()).containsExactly("2", "3 withdrawn", "4");
    }

    @Test
    void shouldCountOnBehindAGatewayThatHasMore()
    {
        decisions.advanceTo(9);
        assertThat(held()).isEmpty();

        add(10);
        decisions.release(9);
        assertThat(held()).containsExactly("10");
        decisions.release(10);
        assertThat(held()).isEmpty();
    }

    /** The gateway has others under these numbers: they would be taken for what it has had. */
    @Test
    void shouldForgetWhatAGatewayHasOthersUnder()
    {
        decisions.advanceTo(2);

        assertThat(held()).containsExactly("3", "4");
        assertThat(decisions.ring().unsentSequence()).isEqualTo(3);
    }
}
