package io.lockstep.perf.jmh;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.gateways.generator.GeneratorOptions;
import io.lockstep.gateways.generator.MarketGenerator;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.strategies.MovingAverageCrossover;
import org.agrona.ExpandableDirectByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The whole core over a generated market, an input a time: dispatch, book, market, machine. The generator runs within the
 * measured time; {@link #generate} is what it costs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CoreBenchmark
{
    private final ExpandableDirectByteBuffer record = new ExpandableDirectByteBuffer(1 << 16);
    private TradingCore core;
    private MarketGenerator generator;
    private long sequence;

    /** A core with one instrument, and its market. */
    @Setup
    public void setup()
    {
        final Instrument instrument = new Instrument(0, "S", "PERF", ContractType.LINEAR, new Increment(1, -2),
            new Increment(1, -1), 1, 1, new Increment(1, 0), "S", "USD", "USD");
        core = new TradingCore((id, ordinal, buffer, offset, length) ->
        {
        }, List.of(new MovingAverageCrossover.Factory()));
        final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
        instrument.encode(
            definition.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, new MessageHeaderEncoder()));
        apply(MessageHeaderEncoder.ENCODED_LENGTH + definition.encodedLength());
        generator = new MarketGenerator(
            1, List.of(instrument), MarketGenerator.UNLIMITED, 1, 1_000, GeneratorOptions.defaults());
    }

    private void apply(final int messageLength)
    {
        RecordDescriptor.begin(record, 0, RecordKind.INPUT, messageLength);
        RecordDescriptor.sequence(record, 0, ++sequence);
        core.onInput(record, 0);
    }

    @Benchmark
    public int generate()
    {
        generator.next();
        return generator.length();
    }

    @Benchmark
    public long generateAndApply()
    {
        generator.next();
        record.putBytes(RecordDescriptor.HEADER_LENGTH, generator.buffer(), generator.offset(), generator.length());
        apply(generator.length());
        return core.lastSequence();
    }
}
