package io.lockstep.sequencer.counters;

import io.lockstep.codecs.Decimal;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class NodeLinesTest
{
    private static final InstanceLines.Line PAIR = new InstanceLines.Line(4, "pair", "spread",
        InstanceLines.Status.CLOSING, Decimal.parse("0.5"), new Decimal(-1, 0), List.of(
            new InstanceLines.Leg("A:B.SPOT", "IN_TRADE", "-2.5", 3, "10.25", "-1", "USD"),
            new InstanceLines.Leg("A.PERP", "WATCH", "0", 0, "", "", "")));
    private static final InstanceLines.Line NOBODY = new InstanceLines.Line(0, "operator", "",
        InstanceLines.Status.MANUAL, Decimal.parse("1"), Decimal.parse("20000"), List.of());
    private static final VenueLines.Line VENUE = new VenueLines.Line(1, "PERP", 5, VenueLines.Status.RECONCILING, 7,
        512, 3,
        "main", "margin", true, List.of(
            new VenueLines.Balance("USDT", "1000.5", "1000"), new VenueLines.Balance("BTC", "0", "")));

    @Test
    void shouldReadInstancesAsTheyWereWritten()
    {
        assertThat(InstanceLines.parse(InstanceLines.text(List.of(NOBODY, PAIR)))).containsExactly(NOBODY, PAIR);
        assertThat(InstanceLines.parse("")).isEmpty();
    }

    @Test
    void shouldReadVenuesAsTheyWereWritten()
    {
        assertThat(VenueLines.parse(VenueLines.text(List.of(VENUE)))).containsExactly(VENUE);
        assertThat(VenueLines.parse("")).isEmpty();
    }

    /** A note has room for so much; what does not fit is not half shown. */
    @Test
    void shouldLeaveOutALineThatWasCutOff()
    {
        final String text = InstanceLines.text(List.of(NOBODY, PAIR));
        for (int length = text.indexOf('\n') + 1; length < text.length(); length++)
        {
            assertThat(InstanceLines.parse(text.substring(0, length))).containsExactly(NOBODY);
        }
    }
}
