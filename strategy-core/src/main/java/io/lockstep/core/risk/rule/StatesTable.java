package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Xxh64;
import io.lockstep.core.risk.rule.RefusalBook.Entry;
import io.lockstep.core.risk.rule.TradingStates.State;
import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.core.snapshot.StateTable;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.TradingStateSectionDecoder;
import io.lockstep.sbe.TradingStateSectionEncoder;

import static io.lockstep.core.snapshot.SectionWriter.ENTRIES_MAX;

/** Trading states and refusals as sections of a snapshot: all states, then all refusals. Allocates. */
public final class StatesTable implements StateTable<TradingStateSectionDecoder>
{
    private final TradingStates states;
    private final RefusalBook refusals;

    public StatesTable(final TradingStates states, final RefusalBook refusals)
    {
        this.states = states;
        this.refusals = refusals;
    }

    /** One that has no entry says what has none. */
    @Override
    public int sectionCount()
    {
        final int sections = sections(states.count()) + sections(refusals.count());
        return sections == 0 && states.nodeCloses() ? 1 : sections;
    }

    private static int sections(final int entries)
    {
        return (entries + ENTRIES_MAX - 1) / ENTRIES_MAX;
    }

    @Override
    public int templateId()
    {
        return TradingStateSectionDecoder.TEMPLATE_ID;
    }

    @Override
    public TradingStateSectionDecoder newDecoder()
    {
        return new TradingStateSectionDecoder();
    }

    @Override
    public void save(final SectionWriter writer)
    {
        for (int start = 0; start < states.count(); start += ENTRIES_MAX)
        {
            save(writer, start, Math.min(states.count(), start + ENTRIES_MAX), 0, 0);
        }
        for (int start = 0; start < refusals.count(); start += ENTRIES_MAX)
        {
            save(writer, 0, 0, start, Math.min(refusals.count(), start + ENTRIES_MAX));
        }
        if (states.count() + refusals.count() == 0 && states.nodeCloses())
        {
            save(writer, 0, 0, 0, 0);
        }
    }

    private void save(
        final SectionWriter writer,
        final int firstState,
        final int statesEnd,
        final int firstRefusal,
        final int refusalsEnd)
    {
        final TradingStateSectionEncoder section = writer.begin(new TradingStateSectionEncoder())
            .nodeFlattens(states.nodeCloses() ? BooleanType.TRUE : BooleanType.FALSE).refusalsLeft(refusals.left());
        saveStates(section.statesCount(statesEnd - firstState), firstState, statesEnd);
        saveRefusals(section.refusalsCount(refusalsEnd - firstRefusal), firstRefusal, refusalsEnd);
        writer.end();
    }

    private void saveStates(final TradingStateSectionEncoder.StatesEncoder group, final int start, final int end)
    {
        for (int i = start; i < end; i++)
        {
            final State state = states.get(i);
            final ScopeKey key = state.key();
            group.next().scope(key.scope()).mode(state.mode())
                .flattening(state.closes() ? BooleanType.TRUE : BooleanType.FALSE)
                .scopedId(key.scope() == LimitScope.INSTRUMENT ? key.instrumentId() : key.scopedId())
                .sequence(state.sequence());
        }
    }

    private void saveRefusals(final TradingStateSectionEncoder.RefusalsEncoder group, final int start, final int end)
    {
        for (int i = start; i < end; i++)
        {
            final Entry entry = refusals.get(i);
            group.next().reasonCode(entry.reason().value()).scope(entry.scope()).strategyId(entry.strategyId())
                .instrumentId(entry.instrumentId()).venueId(entry.venueId()).refusals(entry.refusals())
                .sequence(entry.sequence()).timeNs(entry.timeNs()).limitValue(entry.limitValue())
                .limitValueHigh(entry.limitValueHigh()).actualValue(entry.actualValue())
                .actualValueHigh(entry.actualValueHigh());
        }
    }

    @Override
    public void restore(final TradingStateSectionDecoder section)
    {
        states.nodeCloses(section.nodeFlattens() == BooleanType.TRUE);
        refusals.restoreLeft(section.refusalsLeft());
        final TradingStateSectionDecoder.StatesDecoder group = section.states();
        if (group.actingVersion() == TradingStateSectionDecoder.SCHEMA_VERSION &&
            group.actingBlockLength() != TradingStateSectionDecoder.StatesDecoder.sbeBlockLength())
        {
            throw new IllegalArgumentException("states: blockLength=" + group.actingBlockLength());
        }
        for (final TradingStateSectionDecoder.StatesDecoder state : group)
        {
            states.restore(state(state));
        }
        for (final TradingStateSectionDecoder.RefusalsDecoder refusal : section.refusals())
        {
            refusals.restore(entry(refusal));
        }
    }

    @Override
    public long stateHash()
    {
        final long hash = states.stateHash();
        return refusals.count() == 0 ? hash : Xxh64.chain(hash, refusals.stateHash());
    }

    private static State state(final TradingStateSectionDecoder.StatesDecoder group)
    {
        final TradingMode mode = group.mode();
        final ScopeKey key = switch (group.scope())
        {
            case STRATEGY -> ScopeKey.ofStrategy(group.scopedId());
            case INSTRUMENT -> ScopeKey.ofInstrument(group.scopedId());
            case VENUE -> ScopeKey.ofVenue(group.scopedId());
            case ACCOUNT -> ScopeKey.ofAccount(group.scopedId());
            case LEG, NODE, NULL_VAL, SBE_UNKNOWN -> throw new IllegalArgumentException(
                "no scope of a trading state: scope=" + group.scope());
        };
        if (mode == TradingMode.NULL_VAL || mode == TradingMode.SBE_UNKNOWN)
        {
            throw new IllegalArgumentException("no trading mode: mode=" + mode);
        }
        return new State(key, mode, group.flattening() == BooleanType.TRUE, group.sequence());
    }

    private static Entry entry(final TradingStateSectionDecoder.RefusalsDecoder group)
    {
        final RiskReason reason = RiskReason.get(group.reasonCode());
        if (reason == RiskReason.NULL_VAL || reason == RiskReason.SBE_UNKNOWN ||
            group.scope() == LimitScope.SBE_UNKNOWN)
        {
            throw new IllegalArgumentException(
                "no reason or scope: reasonCode=" + group.reasonCode() + " scope=" + group.scopeRaw());
        }
        final Entry entry = new Entry(reason, group.scope());
        entry.strategyId = group.strategyId();
        entry.instrumentId = group.instrumentId();
        entry.venueId = group.venueId();
        entry.refusals = group.refusals();
        entry.sequence = group.sequence();
        entry.timeNs = group.timeNs();
        entry.limitLow = group.limitValue();
        entry.limitHigh = group.limitValueHigh();
        entry.actualLow = group.actualValue();
        entry.actualHigh = group.actualValueHigh();
        return entry;
    }
}
