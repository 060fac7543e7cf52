package io.lockstep.codecs;

import io.lockstep.sbe.AssignStrategyDecoder;
import io.lockstep.sbe.AssignStrategyEncoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookSnapshotEncoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.Side;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.agrona.ExpandableArrayBuffer;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The messages that carry most of a day, written and read as the engine does.
 */
class MessagePropertiesTest
{
    private static final int OFFSET = RecordDescriptor.HEADER_LENGTH;
    /** The largest change seen in recordings of a real venue. */
    private static final int LARGEST_UPDATE_LEVELS = 1_226;
    private static final int SNAPSHOT_LEVELS = 5_000;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();

    private record Level(long priceTicks, long quantityLots)
    {
    }

    private record Parameter(String name, long mantissa, int exponent)
    {
    }

    @Property(tries = 300)
    void shouldCarryBookUpdates(
        @ForAll final int instrumentId,
        @ForAll final long updateId,
        @ForAll final long previousUpdateId,
        @ForAll("levels") final List<Level> bids,
        @ForAll("levels") final List<Level> asks)
    {
        assertCarriesUpdate(instrumentId, updateId, previousUpdateId, bids, asks);
    }

    @Example
    void shouldCarryTheLargestBookUpdate()
    {
        assertCarriesUpdate(
            1, 2, Nulls.NULL_UPDATE_ID, randomLevels(LARGEST_UPDATE_LEVELS, 1), randomLevels(0, 2));
        assertCarriesUpdate(1, 2, 1, randomLevels(LARGEST_UPDATE_LEVELS, 3), randomLevels(LARGEST_UPDATE_LEVELS, 4));
    }

    @Example
    void shouldRefuseMoreLevelsThanAGroupCounts()
    {
        final BookUpdateEncoder encoder = new BookUpdateEncoder().wrapAndApplyHeader(buffer, OFFSET, headerEncoder);

        assertThatThrownBy(() -> encoder.bidsCount(65_535)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 20)
    void shouldCarrySnapshotsInChunks(@ForAll @IntRange(min = 100, max = SNAPSHOT_LEVELS) final int chunkLevels)
    {
        final List<Level> bids = randomLevels(SNAPSHOT_LEVELS, 5);
        final List<Level> asks = randomLevels(SNAPSHOT_LEVELS, 6);
        final int chunkCount = (SNAPSHOT_LEVELS + chunkLevels - 1) / chunkLevels;
        final List<Level> readBids = new ArrayList<>();
        final List<Level> readAsks = new ArrayList<>();
        for (int chunk = 0; chunk < chunkCount; chunk++)
        {
            final int from = chunk * chunkLevels;
            final int to = Math.min(SNAPSHOT_LEVELS, from + chunkLevels);
            encodeChunk(chunk, chunkCount, bids.subList(from, to), asks.subList(from, to));

            final BookSnapshotDecoder decoder = new BookSnapshotDecoder().wrapAndApplyHeader(buffer, OFFSET,
                headerDecoder);
            assertThat(decoder.instrumentId()).isEqualTo(12);
            assertThat(decoder.chunkIndex()).isEqualTo(chunk);
            assertThat(decoder.chunkCount()).isEqualTo(chunkCount);
            assertThat(decoder.updateId()).isEqualTo(1L << 40);
            decoder.bids().forEach((level) -> readBids.add(new Level(level.priceTicks(), level.quantityLots())));
            decoder.asks().forEach((level) -> readAsks.add(new Level(level.priceTicks(), level.quantityLots())));
        }

        assertThat(readBids).isEqualTo(bids);
        assertThat(readAsks).isEqualTo(asks);
    }

    @Property
    void shouldCarryExecutionReports(
        @ForAll("clOrdIds") final String clOrdId,
        @ForAll("clOrdIdsOrBlank") final String origClOrdId,
        @ForAll("execTypes") final ExecType execType,
        @ForAll("ordStatuses") final OrdStatus ordStatus,
        @ForAll("enums") final Object[] enums,
        @ForAll final int instrumentId,
        @ForAll @Size(7) final long[] numbers)
    {
        final ExecutionReportEncoder encoder = new ExecutionReportEncoder().wrapAndApplyHeader(buffer, OFFSET,
            headerEncoder);
        encoder.clOrdId(clOrdId).origClOrdId(origClOrdId).execType(execType).ordStatus(ordStatus)
            .side((Side)enums[0]).ordRejReason((OrdRejReason)enums[1]).liquidity((LiquidityIndicator)enums[2])
            .instrumentId(instrumentId).orderId(numbers[0]).execId(numbers[1]).lastPxTicks(numbers[2])
            .lastQtyLots(numbers[3]).leavesQtyLots(numbers[4]).cumQtyLots(numbers[5]).commission(numbers[6]);

        final ExecutionReportDecoder decoder = new ExecutionReportDecoder().wrapAndApplyHeader(buffer, OFFSET,
            headerDecoder);
        assertThat(decoder.clOrdId()).isEqualTo(clOrdId);
        assertThat(decoder.origClOrdId()).isEqualTo(origClOrdId);
        assertThat(decoder.execType()).isEqualTo(execType);
        assertThat(decoder.ordStatus()).isEqualTo(ordStatus);
        assertThat(new Object[]{decoder.side(), decoder.ordRejReason(), decoder.liquidity()}).isEqualTo(enums);
        assertThat(decoder.instrumentId()).isEqualTo(instrumentId);
        assertThat(new long[]{decoder.orderId(), decoder.execId(), decoder.lastPxTicks(), decoder.lastQtyLots(),
            decoder.leavesQtyLots(), decoder.cumQtyLots(), decoder.commission()}).isEqualTo(numbers);
    }

    @Property
    void shouldCarryStrategies(
        @ForAll final int instrumentId,
        @ForAll("parameters") final List<Parameter> parameters,
        @ForAll("names") final String strategyName)
    {
        final AssignStrategyEncoder encoder = new AssignStrategyEncoder().wrapAndApplyHeader(buffer, OFFSET,
            headerEncoder);
        encoder.instrumentId(instrumentId);
        final AssignStrategyEncoder.ParametersEncoder entries = encoder.parametersCount(parameters.size());
        for (final Parameter parameter : parameters)
        {
            entries.next().name(parameter.name());
            entries.value().mantissa(parameter.mantissa()).exponent((byte)parameter.exponent());
        }
        encoder.strategyName(strategyName);

        final AssignStrategyDecoder decoder = new AssignStrategyDecoder().wrapAndApplyHeader(buffer, OFFSET,
            headerDecoder);
        final List<Parameter> read = new ArrayList<>();
        assertThat(decoder.instrumentId()).isEqualTo(instrumentId);
        decoder.parameters().forEach((entry) -> read.add(
            new Parameter(entry.name(), entry.value().mantissa(), entry.value().exponent())));
        assertThat(read).isEqualTo(parameters);
        assertThat(decoder.strategyName()).isEqualTo(strategyName);
        assertThat(decoder.encodedLength()).isEqualTo(encoder.encodedLength());
    }

    @Example
    void shouldRefuseAParameterNameThatDoesNotFit()
    {
        final AssignStrategyEncoder encoder = new AssignStrategyEncoder().wrapAndApplyHeader(buffer, OFFSET,
            headerEncoder);
        final AssignStrategyEncoder.ParametersEncoder entries = encoder.parametersCount(1).next();

        assertThatThrownBy(() -> entries.name("x".repeat(33))).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Provide
    Arbitrary<List<Level>> levels()
    {
        return Combinators.combine(Arbitraries.integers().between(0, LARGEST_UPDATE_LEVELS), Arbitraries.longs())
            .as(MessagePropertiesTest::randomLevels);
    }

    @Provide
    Arbitrary<List<Parameter>> parameters()
    {
        return Combinators.combine(names(), Arbitraries.longs(), Arbitraries.integers().between(-18, 18))
            .as(Parameter::new).list().ofMaxSize(40);
    }

    @Provide
    Arbitrary<String> names()
    {
        return Arbitraries.strings().withCharRange('!', '~').ofMaxLength(32);
    }

    @Provide
    Arbitrary<String> clOrdIds()
    {
        return Arbitraries.strings().withCharRange('0', '9').withCharRange('A', 'Z').ofLength(ClOrdIds.LENGTH);
    }

    @Provide
    Arbitrary<String> clOrdIdsOrBlank()
    {
        return Arbitraries.oneOf(clOrdIds(), Arbitraries.just(""));
    }

    @Provide
    Arbitrary<ExecType> execTypes()
    {
        return Arbitraries.of(ExecType.class).filter((type) -> type.value() != 0);
    }

    @Provide
    Arbitrary<OrdStatus> ordStatuses()
    {
        return Arbitraries.of(OrdStatus.class).filter((status) -> status.value() != 0);
    }

    @Provide
    Arbitrary<Object[]> enums()
    {
        return Combinators.combine(
            Arbitraries.of(Side.BUY, Side.SELL),
            Arbitraries.of(OrdRejReason.class).filter((reason) -> reason.value() != 255),
            Arbitraries.of(LiquidityIndicator.class).filter((liquidity) -> liquidity.value() != 255))
            .as((side, reason, liquidity) -> new Object[]
            {side, reason, liquidity});
    }

    private void assertCarriesUpdate(
        final int instrumentId,
        final long updateId,
        final long previousUpdateId,
        final List<Level> bids,
        final List<Level> asks)
    {
        final BookUpdateEncoder encoder = new BookUpdateEncoder().wrapAndApplyHeader(buffer, OFFSET, headerEncoder);
        encoder.instrumentId(instrumentId).updateId(updateId).previousUpdateId(previousUpdateId);
        final BookUpdateEncoder.BidsEncoder bidsEncoder = encoder.bidsCount(bids.size());
        bids.forEach((level) -> bidsEncoder.next().priceTicks(level.priceTicks()).quantityLots(level.quantityLots()));
        final BookUpdateEncoder.AsksEncoder asksEncoder = encoder.asksCount(asks.size());
        asks.forEach((level) -> asksEncoder.next().priceTicks(level.priceTicks()).quantityLots(level.quantityLots()));

        final BookUpdateDecoder decoder = new BookUpdateDecoder().wrapAndApplyHeader(buffer, OFFSET, headerDecoder);
        final List<Level> readBids = new ArrayList<>();
        final List<Level> readAsks = new ArrayList<>();
        assertThat(decoder.instrumentId()).isEqualTo(instrumentId);
        assertThat(decoder.updateId()).isEqualTo(updateId);
        assertThat(decoder.previousUpdateId()).isEqualTo(previousUpdateId);
        decoder.bids().forEach((level) -> readBids.add(new Level(level.priceTicks(), level.quantityLots())));
        decoder.asks().forEach((level) -> readAsks.add(new Level(level.priceTicks(), level.quantityLots())));
        assertThat(readBids).isEqualTo(bids);
        assertThat(readAsks).isEqualTo(asks);
        assertThat(decoder.encodedLength()).isEqualTo(encoder.encodedLength());
    }

    private void encodeChunk(
        final int chunkIndex, final int chunkCount, final List<Level> bids, final List<Level> asks)
    {
        final BookSnapshotEncoder encoder = new BookSnapshotEncoder().wrapAndApplyHeader(buffer, OFFSET, headerEncoder);
        encoder.instrumentId(12).chunkIndex(chunkIndex).chunkCount(chunkCount).updateId(1L << 40);
        final BookSnapshotEncoder.BidsEncoder bidsEncoder = encoder.bidsCount(bids.size());
        bids.forEach((level) -> bidsEncoder.next().priceTicks(level.priceTicks()).quantityLots(level.quantityLots()));
        final BookSnapshotEncoder.AsksEncoder asksEncoder = encoder.asksCount(asks.size());
        asks.forEach((level) -> asksEncoder.next().priceTicks(level.priceTicks()).quantityLots(level.quantityLots()));
    }

    private static List<Level> randomLevels(final int count, final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<Level> levels = new ArrayList<>(count);
        for (int i = 0; i < count; i++)
        {
            levels.add(new Level(random.nextLong(), random.nextLong()));
        }
        return levels;
    }
}
