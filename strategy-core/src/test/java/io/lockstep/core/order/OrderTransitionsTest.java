package io.lockstep.core.order;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Every state with every event, against a table written by hand from what a venue and an engine can do to an order. */
class OrderTransitionsTest
{
    private static final String TABLE = """
        .                ACCEPTED         PARTIAL_FILL     FILL   CANCELED REPLACED       REJECTED EXPIRED
        PENDING_NEW      NEW              PARTIALLY_FILLED FILLED CANCELED -              REJECTED EXPIRED
        NEW              -                PARTIALLY_FILLED FILLED CANCELED -              -        EXPIRED
        PARTIALLY_FILLED PARTIALLY_FILLED PARTIALLY_FILLED FILLED CANCELED -              -        EXPIRED
        PENDING_CANCEL   PENDING_CANCEL   PENDING_CANCEL   FILLED CANCELED PENDING_CANCEL REJECTED EXPIRED
        PENDING_REPLACE  PENDING_REPLACE  PENDING_REPLACE  FILLED CANCELED NEW            -        EXPIRED
        FILLED           -                -                -      -        -              -        -
        CANCELED         -                -                -      -        -              -        -
        REJECTED         -                -                -      -        -              -        -
        EXPIRED          -                -                -      -        -              -        -
        HELD             NEW              PARTIALLY_FILLED FILLED CANCELED -              REJECTED EXPIRED
        DENIED           -                -                -      -        -              -        -

        .                CANCEL_REQUESTED REPLACE_REQUESTED REQUEST_REJECTED
        PENDING_NEW      PENDING_CANCEL   -                 -
        NEW              PENDING_CANCEL   PENDING_REPLACE   -
        PARTIALLY_FILLED PENDING_CANCEL   PENDING_REPLACE   -
        PENDING_CANCEL   -                -                 NEW
        PENDING_REPLACE  PENDING_CANCEL   -                 NEW
        FILLED           -                -                 -
        CANCELED         -                -                 -
        REJECTED         -                -                 -
        EXPIRED          -                -                 -
        HELD             -                -                 -
        DENIED           -                -                 -

        .                RESTATED         TRADE_CORRECT     TRADE_CANCEL
        PENDING_NEW      NEW              NEW               NEW
        NEW              NEW              NEW               NEW
        PARTIALLY_FILLED NEW              NEW               NEW
        PENDING_CANCEL   PENDING_CANCEL   PENDING_CANCEL    PENDING_CANCEL
        PENDING_REPLACE  PENDING_REPLACE  PENDING_REPLACE   PENDING_REPLACE
        FILLED           -                -                 -
        CANCELED         -                -                 -
        REJECTED         -                -                 -
        EXPIRED          -                -                 -
        HELD             NEW              NEW               NEW
        DENIED           -                -                 -

        .                RELEASED         DENIED SLICE_FILLED
        PENDING_NEW      -                -      HELD
        NEW              -                -      HELD
        PARTIALLY_FILLED -                -      HELD
        PENDING_CANCEL   -                -      -
        PENDING_REPLACE  -                -      -
        FILLED           -                -      -
        CANCELED         -                -      -
        REJECTED         -                -      -
        EXPIRED          -                -      -
        HELD             PENDING_NEW      DENIED -
        DENIED           -                -      -
        """;

    /** One cell of the table. */
    private record Cell(OrderState state, OrderEvent event, OrderState next)
    {
    }

    private static List<Cell> cells()
    {
        return Arrays.stream(TABLE.strip().split("\n\n")).flatMap(OrderTransitionsTest::cells).toList();
    }

    private static Stream<Cell> cells(final String block)
    {
        final List<String[]> rows = block.lines().map((line) -> line.strip().split(" +")).toList();
        final String[] events = rows.get(0);
        return rows.stream().skip(1).flatMap((row) -> Stream.iterate(1, (i) -> i < row.length, (i) -> i + 1)
            .map((i) -> new Cell(OrderState.valueOf(row[0]), OrderEvent.valueOf(events[i]),
                "-".equals(row[i]) ? null : OrderState.valueOf(row[i]))));
    }

    @TestFactory
    Stream<DynamicTest> shouldFollowTheTable()
    {
        return cells().stream().map((cell) -> DynamicTest.dynamicTest(cell.state() + " " + cell.event(),
            () -> assertThat(OrderTransitions.next(cell.state(), cell.event())).isEqualTo(cell.next())));
    }

    @Test
    void shouldCoverEveryStateAndEventOnce()
    {
        final List<Cell> cells = cells();

        assertThat(cells).hasSize(OrderState.values().length * OrderEvent.values().length);
        assertThat(cells.stream().map((cell) -> cell.state() + " " + cell.event())).doesNotHaveDuplicates();
    }

    @Test
    void shouldAdmitNothingInATerminalState()
    {
        for (final OrderState state : OrderState.values())
        {
            final boolean admits = Arrays.stream(OrderEvent.values())
                .anyMatch((event) -> OrderTransitions.next(state, event) != null);
            assertThat(admits).as(state.name()).isEqualTo(!state.isTerminal());
        }
    }
}
