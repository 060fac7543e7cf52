package io.lockstep.core;

import io.lockstep.codecs.Decimal;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.AccountSectionDecoder;
import io.lockstep.sbe.BookSectionDecoder;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.OrderSectionDecoder;
import io.lockstep.sbe.PositionSectionDecoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.StrategyStateDecoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;

import static io.lockstep.core.CoreScenario.CROSSING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What is not exactly the state that was saved is refused, by its place, its length or the state hash.
 */
class StateRefusalTest
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int VERSION_AT = MessageHeaderEncoder.versionEncodingOffset();

    private static final CoreScenario SCENARIO = busy();

    private final SavedState saved = SavedState.of(SCENARIO.core());

    /** Two instruments, the second with orders in all kinds of states and half a snapshot. */
    private static CoreScenario busy()
    {
        final CoreScenario scenario = new CoreScenario().started(10).limitAll(LimitType.MAX_POSITION_QUANTITY, "90")
            .limitAll(LimitType.MAX_ORDERS_PER_SECOND, "9").limitAll(LimitType.MAX_TOTAL_ORDERS_PER_SECOND, "18")
            .allocate(LimitType.MAX_TOTAL_NOTIONAL, "1000000", "2000000");
        scenario.define(CoreScenario.LINEAR).assign(CROSSING, "fast=2", "slow=3");
        scenario.snapshot(5, "100x10 99x10", "101x10");
        scenario.define(CoreScenario.LINEAR).assign("restless").snapshot(5, "1000x10 999x3", "1001x10");
        final RandomVenue venue = new RandomVenue(scenario, new SplittableRandom(7));
        final Set<String> wanted = Set.of("a replace under way", "a ClOrdID before", "a timer",
            "an order of a strategy");
        for (int step = 0; !facts(scenario).containsAll(wanted); step++)
        {
            assertThat(step).isLessThan(20_000);
            scenario.at(50L * step).on(0).trade(100 + Math.abs(step % 20 - 10)).on(1).trade(1_000 + step % 7);
            scenario.decisions();
            venue.takeOrders();
            venue.step(1_000);
            scenario.decisions();
        }
        scenario.give(SignalSays.signal(70).quantity("1")).give(SignalSays.signal("größe", 2, 3).quantity("1"));
        // In the middle of a venue's answer that knows an order which the journal has lost.
        final String lost = CoreScenario.clOrdId(1, 5_000_000, 1);
        scenario.give(NodeSays.started(true)).give(VenueSays.fill(lost, Side.BUY, 1, 100, 4).execId(9))
            .give(VenueSays.status(lost, Side.BUY, 1, 4));
        return scenario.chunk(0, 2, 20, "1000x5 995x5", "1005x5");
    }

    private static Set<String> facts(final CoreScenario scenario)
    {
        final Set<String> names = new TreeSet<>();
        final List<UnsafeBuffer> sections = SavedState.of(scenario.core()).sections();
        sections.forEach((section) -> names.addAll(new SectionFacts(section).names()));
        return names;
    }

    private static TradingCore newCore()
    {
        return TradingCoreTest.newCore(new DecisionCounter());
    }

    private long lastSequence()
    {
        return SCENARIO.core().lastSequence();
    }

    private void assertRefused(final String what, final String... words)
    {
        final Throwable refusal = catchThrowable(() -> saved.restoreInto(newCore(), lastSequence()));
        assertThat(refusal).as(what).isInstanceOf(IllegalStateException.class).hasMessageContainingAll(words);
    }

    @Test
    void shouldRestoreWhatIsWhole()
    {
        final TradingCore restored = newCore();
        saved.restoreInto(restored, lastSequence());

        assertThat(StateComparison.differences(SCENARIO.core(), restored)).isEmpty();
    }

    /** The negative control of the comparison that the round trips rely on. */
    @Test
    void shouldSeeAFieldThatWasForgotten()
    {
        final List<Consumer<TradingCore>> changes = List.of((core) -> core.marketInputs().restore(5),
            (core) -> core.slot(0).leg(0).flattening(true), (core) -> core.market(0).restoreSource(9),
            (core) -> core.market(0).book().setBid(3, 3), (core) -> core.instances().find(1).capital(new Decimal(7, 0)),
            (core) -> core.slot(0).risk().exposureLimits().orderTimeNs(8, 1),
            (core) -> core.venue(0).countUnknownOrder());
        for (final Consumer<TradingCore> change : changes)
        {
            final TradingCore restored = newCore();
            saved.restoreInto(restored, lastSequence());
            change.accept(restored);

            assertThat(StateComparison.differences(SCENARIO.core(), restored)).isNotEmpty();
        }
    }

    /** Whatever is forgotten or wrong in one place changes the state hash or fits no longer. */
    @Test
    void shouldRefuseEveryByteThatIsAnother()
    {
        final List<String> unseen = new ArrayList<>();
        for (int i = 0; i < saved.sections().size(); i++)
        {
            final UnsafeBuffer section = saved.sections().get(i);
            for (int at = 0; at < section.capacity(); at++)
            {
                final byte right = section.getByte(at);
                final boolean mayPass = reasonToPass(i, at) != null;
                section.putByte(at, (byte)(right ^ 1));
                if (!mayPass && isTaken())
                {
                    unseen.add("templateId=" + saved.templateId(i) + " section=" + i + " offset=" + at);
                }
                section.putByte(at, right);
            }
        }
        assertThat(unseen).isEmpty();
    }

    private boolean isTaken()
    {
        try
        {
            saved.restoreInto(newCore(), lastSequence());
            return true;
        }
        catch (final IllegalStateException ex)
        {
            return false;
        }
    }

    /** Why a byte may be another without being seen, or null. The record's checksum sees these too. */
    private String reasonToPass(final int index, final int at)
    {
        if (at >= VERSION_AT && at < HEADER)
        {
            return "an older version is read";
        }
        return switch (saved.templateId(index))
        {
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> at >= HEADER +
                InstrumentDefinitionDecoder.BLOCK_LENGTH ? "names are not hashed" : null;
            case BookSectionDecoder.TEMPLATE_ID -> reasonInBook(index, at);
            case OrderSectionDecoder.TEMPLATE_ID -> at == HEADER + OrderSectionDecoder.execInstEncodingOffset()
                ? "the venue has been told; nothing is decided by it"
                : null;
            case AccountSectionDecoder.TEMPLATE_ID -> reasonInAccount(index, at);
            default -> null;
        };
    }

    private String reasonInBook(final int index, final int at)
    {
        final int field = at - HEADER;
        if (field >= BookSectionDecoder.droppedBidLevelsEncodingOffset())
        {
            return "a counter for people";
        }
        final BookSectionDecoder book = new BookSectionDecoder()
            .wrapAndApplyHeader(saved.sections().get(index), 0, new MessageHeaderDecoder());
        return book.nextChunk() == 0 && field >= BookSectionDecoder.chunksUpdateIdEncodingOffset() &&
            field < BookSectionDecoder.chunksUpdateIdEncodingOffset() + Long.BYTES
                ? "of no snapshot that is under way"
                : null;
    }

    private String reasonInAccount(final int index, final int at)
    {
        final UnsafeBuffer section = saved.sections().get(index);
        final AccountSectionDecoder account = new AccountSectionDecoder()
            .wrapAndApplyHeader(section, 0, new MessageHeaderDecoder());
        final int groupAt = section.capacity() - AccountSectionDecoder.EntryIdsDecoder.HEADER_SIZE;
        return account.entriesTotal() == 0 && at >= groupAt && at < groupAt + Short.BYTES
            ? "the length of entries of which there are none"
            : null;
    }

    @Test
    void shouldRefuseASectionThatIsMissing()
    {
        for (int i = 0; i < saved.sections().size(); i++)
        {
            final UnsafeBuffer section = saved.sections().remove(i);
            assertRefused("without " + i, "step=");
            saved.sections().add(i, section);
        }
    }

    @Test
    void shouldRefuseASectionThatComesTwice()
    {
        for (int i = 0; i < saved.sections().size(); i++)
        {
            saved.sections().add(i, saved.sections().get(i));
            assertRefused("twice " + i, "instruments=");
            saved.sections().remove(i);
        }
    }

    @Test
    void shouldRefuseSectionsThatHaveChangedPlaces()
    {
        final int position = saved.indexOf(PositionSectionDecoder.TEMPLATE_ID);
        saved.sections().add(position + 1, saved.sections().remove(position));

        assertRefused("position behind what the strategy keeps", "templateId=126", "step=POSITION",
            "instrumentId=1 of instruments=2", "strategyId=1 of strategies=3",
            "expected templateId=115");
    }

    @Test
    void shouldRefuseASectionOfAnotherInstrument()
    {
        final int first = saved.indexOf(PositionSectionDecoder.TEMPLATE_ID);
        saved.sections().get(first).putInt(HEADER + PositionSectionDecoder.instrumentIdEncodingOffset(), 1);

        assertRefused("position of 1 at 0", "step=POSITION", "instrumentId=1 expected=0");
    }

    @Test
    void shouldRefuseOrdersThatHaveChangedPlaces()
    {
        int first = saved.indexOf(OrderSectionDecoder.TEMPLATE_ID);
        while (saved.templateId(first) != OrderSectionDecoder.TEMPLATE_ID ||
            saved.templateId(first + 1) != OrderSectionDecoder.TEMPLATE_ID)
        {
            first++;
        }
        saved.sections().add(first + 1, saved.sections().remove(first));

        assertRefused("oldest second", "stateHash=");
    }

    @Test
    void shouldRefuseASectionThatIsCutOff()
    {
        for (int i = 0; i < saved.sections().size(); i++)
        {
            final UnsafeBuffer whole = saved.sections().get(i);
            for (int length = 0; length < whole.capacity(); length++)
            {
                saved.sections().set(i, new UnsafeBuffer(whole, 0, length));
                assertRefused("section=" + i + " length=" + length, "length=" + length);
            }
            saved.sections().set(i, whole);
        }
    }

    @Test
    void shouldTakeARecordsAlignmentAndNoMore()
    {
        final UnsafeBuffer first = saved.sections().get(0);
        final UnsafeBuffer longer = new UnsafeBuffer(new byte[first.capacity() + 8]);
        longer.putBytes(0, first, 0, first.capacity());
        saved.sections().set(0, new UnsafeBuffer(longer, 0, first.capacity() + 7));
        saved.restoreInto(newCore(), lastSequence());
        saved.sections().set(0, longer);

        assertRefused("eight bytes more", "step=CORE", "read=" + first.capacity());
    }

    @Test
    void shouldRefuseATemplateOrVersionThatItDoesNotKnow()
    {
        final MessageHeaderEncoder header = new MessageHeaderEncoder().wrap(saved.sections().get(2), 0);
        header.version(MessageHeaderEncoder.SCHEMA_VERSION + 1);
        assertRefused("version", "version=" + (MessageHeaderEncoder.SCHEMA_VERSION + 1), "step=VENUE");
        header.version(MessageHeaderEncoder.SCHEMA_VERSION).templateId(139);
        assertRefused("template", "templateId=139", "expected templateId=120");
    }

    @Test
    void shouldRefuseAnotherSequence()
    {
        assertThatThrownBy(() -> saved.restoreInto(newCore(), lastSequence() + 1))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("lastSequence=" + lastSequence() + " expected=" + (lastSequence() + 1));
    }

    @Test
    void shouldRefuseAStrategyThatIsNotOffered()
    {
        final List<StrategyFactory> factories = List.of(new CrossingStrategy.Factory());
        assertThatThrownBy(
            () -> saved.restoreInto(new TradingCore(new DecisionCounter(), factories), lastSequence()))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContainingAll("strategy=restless", "not offered", "instrumentId=1");
    }

    @Test
    void shouldRefuseACoreThatIsNotNew()
    {
        final TradingCore used = new CoreScenario().started(5).core();

        assertThatThrownBy(() -> saved.restoreInto(used, lastSequence())).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("only a new core can be restored: lastSequence=1");
    }

    @Test
    void shouldTakeNothingElseUntilAllIsRestored()
    {
        final TradingCore core = newCore();
        final UnsafeBuffer first = saved.sections().get(0);
        core.restore(first, 0, first.capacity());

        assertThatThrownBy(() -> core.onInput(SCENARIO.records().buffer(), SCENARIO.records().offset(0)))
            .isInstanceOf(IllegalStateException.class).hasMessageContaining("before all is restored");
        assertThatThrownBy(() -> SavedState.of(core)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> core.completeRestore(lastSequence())).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("sections are missing");
    }

    @Test
    void shouldTakeNothingAfterARefusal()
    {
        final TradingCore core = newCore();
        final UnsafeBuffer first = saved.sections().get(0);
        assertThatThrownBy(() -> core.restore(first, 0, 20)).isInstanceOf(IllegalStateException.class);

        assertThatThrownBy(() -> core.restore(first, 0, first.capacity())).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("a section before was refused");
        assertThatThrownBy(() -> core.completeRestore(lastSequence())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldRefuseToCompleteWithoutSections()
    {
        assertThatThrownBy(() -> newCore().completeRestore(0)).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("nothing was restored");
    }

    @Test
    void shouldRefuseValuesThatAreMissing()
    {
        final int state = saved.indexOf(StrategyStateDecoder.TEMPLATE_ID);
        final UnsafeBuffer section = saved.sections().get(state);
        saved.sections().set(state, new UnsafeBuffer(section, 0, section.capacity() - Long.BYTES));

        assertRefused("a value less", "step=STATE");
    }
}
