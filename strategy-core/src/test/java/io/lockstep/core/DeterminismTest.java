package io.lockstep.core;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.TradeDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The same inputs make the same decisions and the same state, to the byte and after each input. */
class DeterminismTest
{
    private static final int STEPS = 5_000;

    private static InputRecords recorded(final String strategy, final long seed)
    {
        final RandomTrading trading = "restless".equals(strategy)
            ? new RandomTrading(seed, strategy, "seed=" + seed)
            : new RandomTrading(seed, strategy, "fast=2", "slow=5", "entryTimeoutMs=300");
        for (int step = 0; step < STEPS; step++)
        {
            trading.step();
        }
        return trading.scenario().records();
    }

    @ParameterizedTest
    @CsvSource(
    {"restless,21", "restless,22", "crossing,23"})
    void shouldDecideAlikeFromTheSameInputs(final String strategy, final long seed)
    {
        final InputRecords records = recorded(strategy, seed);
        final DecisionCounter oneDecisions = new DecisionCounter();
        final DecisionCounter otherDecisions = new DecisionCounter();
        final TradingCore one = TradingCoreTest.newCore(oneDecisions);
        final TradingCore other = TradingCoreTest.newCore(otherDecisions);
        for (int i = 0; i < records.count(); i++)
        {
            one.onInput(records.buffer(), records.offset(i));
            other.onInput(records.buffer(), records.offset(i));
            if (one.stateHash() != other.stateHash() || oneDecisions.hash() != otherDecisions.hash())
            {
                throw new AssertionError("seed=" + seed + " differ after sequence=" + (i + 1));
            }
        }
        assertThat(oneDecisions.count()).isEqualTo(otherDecisions.count()).isGreaterThan(100);
    }

    /** A hash kept from input to input must be that of a core that was never asked before. */
    @ParameterizedTest
    @CsvSource(
    {"restless,31", "crossing,32"})
    void shouldHashAlikeHoweverOftenItIsAsked(final String strategy, final long seed)
    {
        final InputRecords records = recorded(strategy, seed);
        final TradingCore asked = TradingCoreTest.newCore(new DecisionCounter());
        for (int i = 0; i < records.count(); i++)
        {
            asked.onInput(records.buffer(), records.offset(i));
            final long hash = asked.stateHash();
            assertThat(asked.stateHash()).isEqualTo(hash);
            if (i % 500 == 0)
            {
                assertThat(hashOfFirst(records, i + 1)).as("seed=%d sequence=%d", seed, i + 1).isEqualTo(hash);
            }
        }
        assertThat(hashOfFirst(records, records.count())).isEqualTo(asked.stateHash());
    }

    private static long hashOfFirst(final InputRecords records, final int count)
    {
        final TradingCore core = TradingCoreTest.newCore(new DecisionCounter());
        for (int i = 0; i < count; i++)
        {
            core.onInput(records.buffer(), records.offset(i));
        }
        return core.stateHash();
    }

    /** That the tests above can fail: one changed byte of one input is another state. */
    @Test
    void shouldDifferFromOtherInputs()
    {
        final InputRecords records = recorded("restless", 41);
        final DecisionCounter decisions = new DecisionCounter();
        final TradingCore core = TradingCoreTest.newCore(decisions);
        records.replay(core);
        final int tradePrice = priceOfLastTrade(records);
        records.buffer().putLong(tradePrice, records.buffer().getLong(tradePrice) + 1);

        final TradingCore changed = TradingCoreTest.newCore(new DecisionCounter());
        records.replay(changed);

        assertThat(changed.lastSequence()).isEqualTo(core.lastSequence());
        assertThat(changed.stateHash()).isNotEqualTo(core.stateHash());
    }

    private static int priceOfLastTrade(final InputRecords records)
    {
        int last = -1;
        for (int i = 0; i < records.count(); i++)
        {
            final int templateId = RecordDescriptor
                .templateId(records.buffer(), records.offset(i));
            if (templateId == TradeDecoder.TEMPLATE_ID)
            {
                last = records.offset(i);
            }
        }
        return last + RecordDescriptor.BODY_OFFSET +
            TradeDecoder.priceTicksEncodingOffset();
    }
}
