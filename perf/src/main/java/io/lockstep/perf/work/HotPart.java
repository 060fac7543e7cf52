package io.lockstep.perf.work;

import java.util.List;
import java.util.function.Supplier;

/**
 * A hot part by its name.
 *
 * @param make makes it, ready for its first step.
 */
public record HotPart(String name, Supplier<Work> make)
{
    /** Those that a change must not make slower: each stage by itself, and the core over each kind of input. */
    public static List<HotPart> all()
    {
        return List.of(
            new HotPart("encode.bookUpdate", () -> new EncodeWork(EncodeWork.Message.BOOK_UPDATE)),
            new HotPart("encode.newOrder", () -> new EncodeWork(EncodeWork.Message.NEW_ORDER)),
            new HotPart("decode.bookUpdate", () -> new DecodeWork(4)),
            new HotPart("seal", () -> new SealWork(120)),
            new HotPart("book.top", () -> new BookWork(20, BookWork.Place.TOP)),
            new HotPart("book.deep", () -> new BookWork(1_000, BookWork.Place.DEEP)),
            new HotPart("averages", AverageWork::new),
            new HotPart("transition", TransitionWork::new),
            new HotPart("risk", RiskWork::new),
            new HotPart("risk.chain", ChainWork::new),
            new HotPart("dispatch", MarketWork::dispatch),
            new HotPart("core.bookUpdate", () -> MarketWork.bookUpdates(4, 20)),
            new HotPart("core.quote", MarketWork::quotes),
            new HotPart("core.trade", MarketWork::trades),
            new HotPart("core.bar", MarketWork::bars),
            new HotPart("core.execution", ExecutionWork::new),
            new HotPart("core.timer", TimerWork::new),
            new HotPart("core.command", MarketWork::commands),
            new HotPart("core.orderCycle", OrderCycleWork::new),
            new HotPart("loop", () -> new LoopWork(1)));
    }
}
