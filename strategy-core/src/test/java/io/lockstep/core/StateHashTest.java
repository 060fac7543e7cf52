package io.lockstep.core;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.function.Consumer;
import java.util.stream.Stream;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.buyMarket;
import static io.lockstep.core.CoreScenario.cancelOldest;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static io.lockstep.core.CoreScenario.sell;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The state hash sees every piece of state. Each test brings two cores through as many inputs, which differ in what is named
 * and in nothing else that lasts.
 */
class StateHashTest
{
    private static DynamicTest differ(
        final String name, final Consumer<CoreScenario> one, final Consumer<CoreScenario> other)
    {
        return DynamicTest.dynamicTest(name, () ->
        {
            final CoreScenario a = CoreScenario.live();
            final CoreScenario b = CoreScenario.live();
            final CoreScenario again = CoreScenario.live();
            assertThat(a.core().stateHash()).isEqualTo(b.core().stateHash());
            one.accept(a);
            other.accept(b);
            one.accept(again);
            assertThat(a.core().lastSequence()).isEqualTo(b.core().lastSequence());
            assertThat(a.core().stateHash()).isEqualTo(again.core().stateHash()).isNotEqualTo(b.core().stateHash());
        });
    }

    @TestFactory
    Stream<DynamicTest> shouldSeeTheMarket()
    {
        return Stream.of(
            differ("quantity of a level", (s) -> s.update("99x11", ""), (s) -> s.update("99x12", "")),
            differ("price of a level", (s) -> s.update("98x11", ""), (s) -> s.update("97x11", "")),
            differ("side of a level", (s) -> s.update("", "150x1"), (s) -> s.update("50x1", "")),
            differ("update id", (s) -> s.update(100, 101, "", ""), (s) -> s.update(100, 102, "", "")),
            differ("bid of a quote", (s) -> s.quote(101, 99, 101), (s) -> s.quote(101, 98, 101)),
            differ("offer of a quote", (s) -> s.quote(101, 99, 101), (s) -> s.quote(101, 99, 102)),
            differ("id of a quote", (s) -> s.quote(101, 99, 101), (s) -> s.quote(102, 99, 101)),
            differ("last trade", (s) -> s.trade(100), (s) -> s.trade(101)),
            differ("bid's quantity", (s) -> s.quote(101, 99, 1, 101, 1), (s) -> s.quote(101, 99, 2, 101, 1)),
            differ("offer's quantity", (s) -> s.quote(101, 99, 1, 101, 1), (s) -> s.quote(101, 99, 1, 101, 2)),
            differ("quantity of a trade", (s) -> s.trade(100, 1, Side.BUY), (s) -> s.trade(100, 2, Side.BUY)),
            differ("side of a trade", (s) -> s.trade(100, 1, Side.BUY), (s) -> s.trade(100, 1, Side.SELL)),
            differ("open of a bar", (s) -> s.bar(3, 9, 1, 5, 7), (s) -> s.bar(4, 9, 1, 5, 7)),
            differ("high of a bar", (s) -> s.bar(3, 9, 1, 5, 7), (s) -> s.bar(3, 8, 1, 5, 7)),
            differ("low of a bar", (s) -> s.bar(3, 9, 1, 5, 7), (s) -> s.bar(3, 9, 2, 5, 7)),
            differ("close of a bar", (s) -> s.bar(3, 9, 1, 5, 7), (s) -> s.bar(3, 9, 1, 6, 7)),
            differ("volume of a bar", (s) -> s.bar(3, 9, 1, 5, 7), (s) -> s.bar(3, 9, 1, 5, 8)),
            differ("time of the newest event", (s) -> s.at(1).trade(100), (s) -> s.at(2).trade(100)),
            differ("chunks of a snapshot", (s) -> s.chunk(0, 3, 105, "", "").chunk(1, 3, 105, "", ""),
                (s) -> s.chunk(0, 3, 105, "", "").chunk(0, 3, 105, "", "")),
            differ("id of an unfinished snapshot", (s) -> s.chunk(0, 3, 105, "", ""),
                (s) -> s.chunk(0, 3, 106, "", "")),
            differ("condition", (s) -> s.feed(FeedCondition.STALE, FeedReason.BAD_INPUT),
                (s) -> s.feed(FeedCondition.LIVE, FeedReason.NONE)),
            differ("reason of the condition", (s) -> s.feed(FeedCondition.STALE, FeedReason.BAD_INPUT),
                (s) -> s.feed(FeedCondition.STALE, FeedReason.OFF_GRID)),
            differ("what a gap was found by", (s) -> s.update(102, 103, "", ""), (s) -> s.update(103, 104, "", "")),
            differ("source of the instrument", (s) -> s.source(1).trade(100), (s) -> s.source(2).trade(100)));
    }

    @TestFactory
    Stream<DynamicTest> shouldSeeOrdersAndPosition()
    {
        return Stream.of(
            differ("an open order", (s) -> s.act(buy(1, 100)), (s) -> s.act((context) ->
            {
                // Nothing.
            })),
            differ("price of an order", (s) -> s.act(buy(1, 100)), (s) -> s.act(buy(1, 99))),
            differ("quantity of an order", (s) -> s.act(buy(1, 100)), (s) -> s.act(buy(2, 100))),
            differ("side of an order", (s) -> s.act(buy(1, 100)), (s) -> s.act(sell(1, 100))),
            differ("state of an order", (s) -> s.act(buy(1, 100)).accept(1), (s) -> s.act(buy(1, 100)).acknowledged(0)),
            differ("filled quantity", (s) -> s.act(buy(9, 100)).fill(1, 1, 100),
                (s) -> s.act(buy(9, 100)).fill(1, 2, 100)),
            differ("pending price", (s) -> s.act(buy(9, 100)).accept(1).act(replaceOldest(9, 98)),
                (s) -> s.act(buy(9, 100)).accept(1).act(replaceOldest(9, 99))),
            differ("pending quantity", (s) -> s.act(buy(9, 100)).accept(1).act(replaceOldest(8, 99)),
                (s) -> s.act(buy(9, 100)).accept(1).act(replaceOldest(9, 99))),
            differ("why a cancel was asked for", (s) -> s.act(buy(9, 100)).act(cancelOldest()),
                (s) -> s.act(buy(9, 100))
                    .act((context) -> context.cancel(context.openOrders().first(), OrderReason.TIMEOUT))),
            differ("cash", (s) -> s.act(buyMarket(1)).fill(1, 1, 100), (s) -> s.act(buyMarket(1)).fill(1, 1, 101)),
            differ("fees", (s) -> s.act(buyMarket(1)).fill(1, 1, 100, 1),
                (s) -> s.act(buyMarket(1)).fill(1, 1, 100, 2)),
            differ("reports of unknown orders", (s) -> s.act(buy(1, 100)).reject("", "",
                CxlRejResponseTo.CANCEL_REQUEST), (s) -> s.act(buy(1, 100)).acknowledged(0)),
            differ("impossible events", (s) -> s.act(buy(1, 100)).accept(1).accept(1),
                (s) -> s.act(buy(1, 100)).accept(1).acknowledged(0)));
    }

    @TestFactory
    Stream<DynamicTest> shouldSeeConfigurationAndControl()
    {
        return Stream.of(
            differ("a limit", (s) -> s.limit(LimitType.MAX_OPEN_ORDERS, "5"),
                (s) -> s.limit(LimitType.MAX_OPEN_ORDERS, "6")),
            differ("which limit", (s) -> s.limit(LimitType.MAX_OPEN_ORDERS, "5"),
                (s) -> s.limit(LimitType.PRICE_COLLAR_BPS, "5")),
            differ("whether a limit is for instruments to come", (s) -> s.limit(LimitType.MAX_OPEN_ORDERS, "5"),
                (s) -> s.limitAll(LimitType.MAX_OPEN_ORDERS, "5")),
            differ("times of orders",
                (s) -> rated(s, 10), (s) -> rated(s, 11)),
            differ("mode", (s) -> s.mode(TradingMode.HALTED), (s) -> s.mode(TradingMode.REDUCE_ONLY)),
            differ("whether a strategy runs", (s) -> s.stop(CoreScenario.SCRIPTED),
                (s) -> s.start(CoreScenario.SCRIPTED)),
            differ("which strategy", (s) -> s.assign(CoreScenario.CROSSING), (s) -> s.assign("restless")),
            differ("interval of state hashes", (s) -> s.started(5), (s) -> s.started(6)),
            differ("number of instruments", (s) -> s.define(CoreScenario.LINEAR), (s) -> s.acknowledged(0)),
            differ("inputs of unknown instruments", (s) -> s.on(7).trade(100), (s) -> s.acknowledged(0)));
    }

    @TestFactory
    Stream<DynamicTest> shouldSeeTheTermsOfAnInstrument()
    {
        return Stream.of(
            terms("tick", "2", "1", "1", 1, 1, ContractType.LINEAR),
            terms("exponent of the tick", "10", "1", "1", 1, 1, ContractType.LINEAR),
            terms("lot", "1", "2", "1", 1, 1, ContractType.LINEAR),
            terms("multiplier", "1", "1", "2", 1, 1, ContractType.LINEAR),
            terms("order ticks", "1", "1", "1", 2, 1, ContractType.LINEAR),
            terms("order lots", "1", "1", "1", 1, 2, ContractType.LINEAR),
            terms("contract type", "1", "1", "1", 1, 1, ContractType.INVERSE));
    }

    private static DynamicTest terms(
        final String name,
        final String tick,
        final String lot,
        final String multiplier,
        final long orderTicks,
        final long orderLots,
        final ContractType contractType)
    {
        final Instrument other = new Instrument(0, "BTCUSDT", "TEST", contractType, Increment.parse(tick),
            Increment.parse(lot), orderTicks, orderLots, Increment.parse(multiplier), "BASE", "USDT", "USDT");
        return differ(name, (s) -> s.define(CoreScenario.LINEAR), (s) -> s.define(other));
    }

    private static void rated(final CoreScenario scenario, final long millis)
    {
        scenario.limit(LimitType.MAX_ORDERS_PER_SECOND, "3").at(millis).act(buy(1, 100)).at(20).act(cancelOldest())
            .cancel(1);
    }

    @TestFactory
    Stream<DynamicTest> shouldSeeMachineAndStrategy()
    {
        return Stream.of(
            differ("state of the machine",
                (s) -> s.act((context) -> context.state(MachineState.CLOSE_WATCH, OrderReason.SIGNAL)),
                (s) -> s.act((context) -> context.state(MachineState.IN_TRADE, OrderReason.SIGNAL))),
            differ("deadline of a timer", (s) -> s.act((context) -> context.schedule(1, 5)),
                (s) -> s.act((context) -> context.schedule(1, 6))),
            differ("which timer", (s) -> s.act((context) -> context.schedule(1, 5)),
                (s) -> s.act((context) -> context.schedule(2, 5))),
            differ("what a strategy remembers", (s) -> s.assign(CoreScenario.CROSSING).trades(97, 98, 100),
                (s) -> s.assign(CoreScenario.CROSSING).trades(98, 97, 100)),
            differ("fast", assigned("fast=3"), assigned("fast=4")),
            differ("slow", assigned("slow=30"), assigned("slow=31")),
            differ("source", assigned("source=0"), assigned("source=1")),
            differ("entryTimeoutMs", assigned("entryTimeoutMs=3"), assigned("entryTimeoutMs=4")),
            differ("orderNotional", assigned("orderNotional=3"), assigned("orderNotional=4")));
    }

    private static Consumer<CoreScenario> assigned(final String parameter)
    {
        return (scenario) ->
        {
            // Of more prices a strategy has another state once it has had them.
            scenario.assign(CoreScenario.CROSSING, parameter);
            for (int i = 0; i < 40; i++)
            {
                scenario.trade(100 + i % 3);
            }
        };
    }

    @TestFactory
    Stream<DynamicTest> shouldSeeVenueAndNode()
    {
        final String lost = CoreScenario.clOrdId(1, 9_000, 1);
        final String otherLost = CoreScenario.clOrdId(1, 9_000, 2);
        return Stream.of(
            differ("whether the node reconciles", (s) -> s.give(NodeSays.started(true)),
                (s) -> s.give(NodeSays.started(false))),
            differ("whether the venue is away", (s) -> s.give(NodeSays.venue(false)),
                (s) -> s.give(NodeSays.venue(true))),
            differ("whether the node stops", (s) -> s.give(NodeSays.stopping(false)), (s) -> s.acknowledged(0)),
            differ("incarnation", (s) -> s.incarnation(5).give(NodeSays.started(true)),
                (s) -> s.incarnation(6).give(NodeSays.started(true))),
            differ("clock behind", (s) -> s.give(NodeSays.alert(TradingMode.HALTED, false)),
                (s) -> s.give(NodeSays.clockBehind())),
            differ("mode after an alert", (s) -> s.give(NodeSays.alert(TradingMode.HALTED, false)),
                (s) -> s.give(NodeSays.alert(TradingMode.REDUCE_ONLY, false))),
            differ("ExecID taken ahead",
                (s) -> s.give(NodeSays.started(true)).give(VenueSays.report(ExecType.NEW, "", Side.BUY).execId(4)),
                (s) -> s.give(NodeSays.started(true)).give(VenueSays.report(ExecType.NEW, "", Side.BUY).execId(5))),
            differ("ExecID", (s) -> s.give(VenueSays.report(ExecType.NEW, "", Side.BUY).execId(4)),
                (s) -> s.give(VenueSays.report(ExecType.NEW, "", Side.BUY).execId(5))),
            differ("source of an ExecID",
                (s) -> s.source(1).give(VenueSays.report(ExecType.NEW, "", Side.BUY).execId(4)),
                (s) -> s.source(2).give(VenueSays.report(ExecType.NEW, "", Side.BUY).execId(4))),
            differ("statuses of an answer",
                (s) -> s.give(NodeSays.started(true)).give(VenueSays.status("x", Side.BUY, 0, 1)),
                (s) -> s.give(NodeSays.started(true)).give(VenueSays.report(ExecType.NEW, "x", Side.BUY))),
            differ("a lost order", (s) -> s.give(NodeSays.started(true)).give(VenueSays.status(lost, Side.BUY, 0, 1)),
                (s) -> s.give(NodeSays.started(true)).give(VenueSays.status(otherLost, Side.BUY, 0, 1))),
            differ("what the answer says of an order", (s) -> s.act(buy(1, 100)).give(NodeSays.started(true))
                .give(VenueSays.status(s.order(1)).ordStatus(OrdStatus.PENDING_NEW)),
                (s) -> s.act(buy(1, 100)).give(NodeSays.started(true))
                    .give(VenueSays.status(s.order(1)).ordStatus(OrdStatus.PENDING_CANCEL))),
            differ("what is acknowledged", (s) -> s.act(buy(1, 100)).acknowledged(1),
                (s) -> s.act(buy(1, 100)).acknowledged(0)),
            differ("egress sequence", (s) -> s.act(buy(1, 100)).reject(1), (s) -> s.act(buy(0, 100)).acknowledged(0)),
            differ("an answer that nobody asked for", (s) -> s.give(VenueSays.end(1, 1, 1, 0)),
                (s) -> s.acknowledged(0)),
            differ("whether a quote's id binds", (s) -> s.quote(101, 99, 101).feed(FeedCondition.LIVE, FeedReason.NONE),
                (s) -> s.quote(101, 99, 101).feed(FeedCondition.END, FeedReason.NONE)));
    }

    /** What follows depends on the sequence that comes with it, not on how many there were. */
    @Test
    void shouldNotSeeInputsThatChangeNothing()
    {
        final CoreScenario scenario = CoreScenario.live();
        final long before = scenario.core().stateHash();

        scenario.acknowledged(0);

        assertThat(scenario.core().stateHash()).isEqualTo(before);
    }

    /** It is a hash of the state, not of how it came about. */
    @Test
    void shouldBeTheSameForTheSameStateReachedOtherwise()
    {
        final CoreScenario one = CoreScenario.live().update("98x1", "").update("97x2", "").update("", "104x0");
        final CoreScenario other = CoreScenario.live().update("97x2 96x1", "").update("98x5", "")
            .update("98x1 96x0", "");

        assertThat(one.core().stateHash()).isEqualTo(other.core().stateHash());
    }

    @Test
    void shouldForgetAQuoteThatIsGone()
    {
        final CoreScenario one = CoreScenario.live().quote(101, 90, 91).quote(102, 98, Nulls.NULL_PRICE_TICKS);
        final CoreScenario other = CoreScenario.live().quote(101, 93, 94).quote(102, 98, Nulls.NULL_PRICE_TICKS);

        assertThat(one.core().stateHash()).isEqualTo(other.core().stateHash());
    }
}
