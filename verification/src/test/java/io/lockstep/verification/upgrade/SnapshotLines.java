package io.lockstep.verification.upgrade;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sbe.AssignStrategyDecoder;
import io.lockstep.sbe.CoreSectionDecoder;
import io.lockstep.sbe.HostStateDecoder;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.LegSectionDecoder;
import io.lockstep.sbe.MachineSectionDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrderSectionDecoder;
import io.lockstep.sbe.PositionSectionDecoder;
import io.lockstep.sbe.RiskSectionDecoder;
import io.lockstep.sbe.SourceStateDecoder;
import io.lockstep.sbe.StrategyDefinitionDecoder;
import io.lockstep.sbe.StrategySectionDecoder;
import io.lockstep.sbe.StrategyStateDecoder;
import io.lockstep.sbe.StrategyValuesDecoder;
import io.lockstep.sbe.TimerStateDecoder;
import io.lockstep.sbe.UnacknowledgedDecisionDecoder;
import io.lockstep.sbe.VenueSectionDecoder;
import io.lockstep.sequencer.snapshot.Snapshot;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * What the sections of a snapshot say, a line each, in the same words whichever schema version they are of: one strategy on an
 * instrument of before is the instance with the only leg there now. Read from the sections alone, without a core.
 */
final class SnapshotLines
{
    private final List<String> lines = new ArrayList<>();
    private final Map<Integer, List<Long>> valuesByInstrument = new TreeMap<>();
    private final Map<Integer, String> instruments = new LinkedHashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private DirectBuffer buffer;
    private int offset;
    private boolean running;
    private int legOf;

    private SnapshotLines()
    {
    }

    /** Of a file. */
    static SnapshotLines of(final Snapshot snapshot)
    {
        final SnapshotLines lines = new SnapshotLines();
        snapshot.forEachSection(
            (buffer, offset) -> lines.onSection(buffer, offset + RecordDescriptor.HEADER_LENGTH));
        return lines;
    }

    /** Of what a host would save. */
    static SnapshotLines of(final CoreHost host)
    {
        final SnapshotLines lines = new SnapshotLines();
        host.save((message, offset, length) -> lines.onSection(message, offset));
        return lines;
    }

    List<String> lines()
    {
        return lines;
    }

    /** What the strategy on each instrument has saved: indicators, its orders, what it waits for. */
    Map<Integer, List<Long>> values()
    {
        return valuesByInstrument;
    }

    private <T extends MessageDecoderFlyweight> T read(final T decoder)
    {
        decoder.wrap(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH, header.blockLength(), header.version());
        return decoder;
    }

    private void onSection(final DirectBuffer newBuffer, final int newOffset)
    {
        buffer = newBuffer;
        offset = newOffset;
        header.wrap(buffer, offset);
        switch (header.templateId())
        {
            case HostStateDecoder.TEMPLATE_ID -> onHost(read(new HostStateDecoder()));
            case SourceStateDecoder.TEMPLATE_ID -> onSource(read(new SourceStateDecoder()));
            case TimerStateDecoder.TEMPLATE_ID -> onTimer(read(new TimerStateDecoder()));
            case UnacknowledgedDecisionDecoder.TEMPLATE_ID -> onUnacknowledged(
                read(new UnacknowledgedDecisionDecoder()));
            case CoreSectionDecoder.TEMPLATE_ID -> onCore(read(new CoreSectionDecoder()));
            case VenueSectionDecoder.TEMPLATE_ID -> onVenue(read(new VenueSectionDecoder()));
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> onInstrument(read(new InstrumentDefinitionDecoder()));
            case RiskSectionDecoder.TEMPLATE_ID -> onRisk(read(new RiskSectionDecoder()));
            case PositionSectionDecoder.TEMPLATE_ID -> onPosition(read(new PositionSectionDecoder()));
            case OrderSectionDecoder.TEMPLATE_ID -> onOrder(read(new OrderSectionDecoder()));
            default -> onStrategySection();
        }
    }

    private void onStrategySection()
    {
        switch (header.templateId())
        {
            case MachineSectionDecoder.TEMPLATE_ID -> onMachine(read(new MachineSectionDecoder()));
            case AssignStrategyDecoder.TEMPLATE_ID -> onAssignment(read(new AssignStrategyDecoder()));
            case StrategyValuesDecoder.TEMPLATE_ID -> onValues(read(new StrategyValuesDecoder()));
            case StrategySectionDecoder.TEMPLATE_ID -> running = String.valueOf(
                read(new StrategySectionDecoder()).running()).equals("TRUE");
            case StrategyDefinitionDecoder.TEMPLATE_ID -> onDefinition(read(new StrategyDefinitionDecoder()));
            case LegSectionDecoder.TEMPLATE_ID -> onLeg(read(new LegSectionDecoder()));
            case StrategyStateDecoder.TEMPLATE_ID -> onState(read(new StrategyStateDecoder()));
            default -> {
                // Market data and sections that are new.
            }
        }
    }

    private void add(final String line, final Object... values)
    {
        lines.add(line.formatted(values));
    }

    private void onHost(final HostStateDecoder host)
    {
        add("decisions count=%d hash=%x orders=%d refused=%d", host.decisionCount(), host.decisionHash(),
            host.ordersSent(), host.riskRejects());
    }

    private void onSource(final SourceStateDecoder source)
    {
        add("source %d session=%d last=%d", source.sourceId(), source.sourceSession(), source.lastSourceSequence());
    }

    /** Its id is another one since there are instances. */
    private void onTimer(final TimerStateDecoder timer)
    {
        add("scheduled %d", timer.deadlineNs());
    }

    private void onUnacknowledged(final UnacknowledgedDecisionDecoder decision)
    {
        final UnsafeBuffer record = new UnsafeBuffer();
        decision.wrapRecord(record);
        add("unacknowledged egress=%d template=%d checksum=%x", RecordDescriptor.sourceSequence(record, 0),
            RecordDescriptor.templateId(record, 0), RecordDescriptor.checksum(record, 0));
    }

    private void onCore(final CoreSectionDecoder core)
    {
        add("core last=%d mode=%s opened=%d overfills=%d", core.lastSequence(), core.mode(), core.ordersOpened(),
            core.overfills());
        if (header.version() < 4)
        {
            add("venue egress=%d acknowledged=%d unknown=%d repeated=%d", core.egressSequence(),
                core.acknowledgedEgress(), core.unknownOrders(), core.repeatedExecutions());
        }
        for (final CoreSectionDecoder.CommonLimitsDecoder limit : core.commonLimits())
        {
            add("limit of all %s %d %d", limit.limitType(), limit.value().mantissa(), limit.value().exponent());
        }
        for (final CoreSectionDecoder.ExecutionIdsDecoder id : core.executionIds())
        {
            add("executions of source=%d up to %d", id.sourceId(), id.execId());
        }
        skip(core);
        for (final CoreSectionDecoder.LimitOriginsDecoder origin : core.limitOrigins())
        {
            add("limit of all %s by operator=%s %d %d at=%d", origin.limitType(), origin.givenByOperator(),
                origin.value().mantissa(), origin.value().exponent(), origin.sequence());
        }
    }

    /** Groups in between that say nothing of before. */
    private static void skip(final CoreSectionDecoder core)
    {
        core.strays().forEach((stray) -> stray.sequence());
        core.aheadIds().forEach((id) -> id.execId());
        core.totalLimits().forEach((limit) -> limit.value());
        core.totalOrderTimes().forEach((time) -> time.timeNs());
    }

    private void onVenue(final VenueSectionDecoder venue)
    {
        add("venue egress=%d acknowledged=%d unknown=%d repeated=%d", venue.egressSequence(),
            venue.acknowledgedEgress(), venue.unknownOrders(), venue.repeatedExecutions());
        for (final VenueSectionDecoder.NumberedIdsDecoder id : venue.numberedIds())
        {
            add("executions of source=%d up to %d", id.sourceId(), id.execId());
        }
    }

    private void onInstrument(final InstrumentDefinitionDecoder definition)
    {
        instruments.put(definition.instrumentId(), definition.symbol() + "." + definition.venue());
    }

    private void onRisk(final RiskSectionDecoder risk)
    {
        final int id = risk.instrumentId();
        for (final RiskSectionDecoder.LimitsDecoder limit : risk.limits())
        {
            add("limit of %d %s %d", id, limit.limitType(), limit.value());
        }
        for (final RiskSectionDecoder.LimitOriginsDecoder origin : risk.limitOrigins())
        {
            add("limit of %d %s by operator=%s %d %d at=%d", id, origin.limitType(), origin.givenByOperator(),
                origin.value().mantissa(), origin.value().exponent(), origin.sequence());
        }
    }

    private void onPosition(final PositionSectionDecoder position)
    {
        add("position on %d net=%d cash=%d openCost=%d realized=%d fees=%d fills=%d", position.instrumentId(),
            position.netLots(), position.cash(), position.openCost(), position.realized(), position.fees(),
            position.fills());
    }

    private void onOrder(final OrderSectionDecoder order)
    {
        add("order on %d %d-%d-%d %s %s %s %s %s price=%d quantity=%d filled=%d egress=%d,%d,%d accepted=%s cancel=%s",
            order.instrumentId(), order.incarnation(), order.sequence(), order.ordinal(), order.side(),
            order.ordType(), order.timeInForce(), order.execInst(), order.ordStatus(), order.priceTicks(),
            order.orderQtyLots(), order.cumQtyLots(), order.entryEgress(), order.replaceEgress(),
            order.cancelEgress(), order.accepted(), order.cancelReason());
    }

    private void onMachine(final MachineSectionDecoder machine)
    {
        final MachineSectionDecoder.TimersDecoder timers = machine.timers();
        addLeg(machine.instrumentId(), machine.state(), String.valueOf(machine.running()).equals("TRUE"),
            deadlines(timers.count(), (timer) -> timers.next().deadlineNs()));
    }

    private void onLeg(final LegSectionDecoder leg)
    {
        final LegSectionDecoder.TimersDecoder timers = leg.timers();
        legOf = leg.instrumentId();
        addLeg(legOf, leg.state(), running, deadlines(timers.count(), (timer) -> timers.next().deadlineNs()));
    }

    private static List<Long> deadlines(final int count, final IntFunction<Long> deadlines)
    {
        final List<Long> all = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            all.add(deadlines.apply(i));
        }
        return all;
    }

    private void addLeg(
        final int instrumentId, final Object state, final boolean isRunning, final List<Long> timersNs)
    {
        add("leg on %d state=%s running=%s timers=%s", instrumentId, state, isRunning, timersNs);
    }

    private void onAssignment(final AssignStrategyDecoder assignment)
    {
        final int id = assignment.instrumentId();
        final List<String> parameters = new ArrayList<>();
        for (final AssignStrategyDecoder.ParametersDecoder parameter : assignment.parameters())
        {
            final String value = parameter.value().mantissa() + "E" + parameter.value().exponent();
            parameters.add(parameter.name() + "=" + value);
        }
        final String strategy = assignment.strategyName();
        addInstance(strategy + "@" + instruments.get(id), strategy, List.of(id), parameters);
    }

    private void onDefinition(final StrategyDefinitionDecoder definition)
    {
        final List<Integer> legs = new ArrayList<>();
        for (final StrategyDefinitionDecoder.LegsDecoder leg : definition.legs())
        {
            legs.add(leg.instrumentId());
        }
        final List<String> parameters = new ArrayList<>();
        for (final StrategyDefinitionDecoder.ParametersDecoder parameter : definition.parameters())
        {
            final String value = parameter.value().mantissa() + "E" + parameter.value().exponent();
            parameters.add(parameter.name() + "=" + value);
            parameter.skipText();
        }
        addInstance(definition.name(), definition.strategyName(), legs, parameters);
    }

    private void addInstance(
        final String name, final String strategy, final List<Integer> legs, final List<String> parameters)
    {
        add("instance %s of %s on %s with %s", name, strategy, legs, parameters.stream().sorted().toList());
    }

    private void onValues(final StrategyValuesDecoder values)
    {
        for (final StrategyValuesDecoder.ValuesDecoder value : values.values())
        {
            valuesByInstrument.computeIfAbsent(values.instrumentId(), (id) -> new ArrayList<>()).add(value.value());
        }
    }

    private void onState(final StrategyStateDecoder state)
    {
        final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer();
        final int length = state.getBytes(bytes, 0, state.bytesLength());
        for (int i = 0; i < length; i += Long.BYTES)
        {
            valuesByInstrument.computeIfAbsent(legOf, (id) -> new ArrayList<>())
                .add(bytes.getLong(i, ByteOrder.LITTLE_ENDIAN));
        }
    }
}
