package io.lockstep.core.host;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.core.snapshot.SectionPort;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.HostStateDecoder;
import io.lockstep.sbe.HostStateEncoder;
import io.lockstep.sbe.VenueDefinitionDecoder;
import org.agrona.DirectBuffer;

import java.util.List;
import java.util.function.Function;

/**
 * The core and everything a host must remember beside it, all of it a function of the inputs: timers, how far each source has got, what
 * each venue's order gateway has acknowledged, the hash of the decisions. Live, recovery, replay and backtest apply inputs through it, so
 * that after a replay it stands exactly where the live one stood.
 * <p>
 * {@link #apply} leaves the decisions of the input in {@link #decisions()} as records complete but for their chain. A decision that leaves
 * has in its header the source id of its venue's order gateway, and as source sequence its number among the venue's.
 */
public final class CoreHost
{
    private final TradingCore core;
    private final VenueView venues;
    private final TimerQueue timers = new TimerQueue();
    private final SourceTable sources = new SourceTable();
    private final Outbox outbox;
    private final Refusals refusals = new Refusals();
    private final HostInputs inputs;
    private final HostDecisions decisions;

    private long lastTimeNs;
    private int epoch;
    private HostSections sections;
    private CoreFailureException lookAheadFailure;
    private long savedSequence = Nulls.NULL_SEQUENCE;

    public CoreHost(final List<StrategyFactory> strategies, final Outbox outbox)
    {
        this(strategies, outbox, VenueView::of);
    }

    /** With venues that the core does not know of. */
    CoreHost(
        final List<StrategyFactory> strategies, final Outbox outbox, final Function<TradingCore, VenueView> venuesOf)
    {
        this.outbox = outbox;
        decisions = new HostDecisions(timers, outbox, refusals);
        core = new TradingCore(decisions, strategies);
        venues = venuesOf.apply(core);
        decisions.venues(venues);
        inputs = new HostInputs(timers, outbox, refusals, venues);
    }

    /**
     * Applies one input. Decisions of earlier inputs stay in {@link #decisions()} until the caller clears them.
     *
     * @param buffer holds the record with its sequence and times; unchanged while this runs.
     * @throws CoreFailureException when the core or a strategy fails on it.
     */
    public void apply(final DirectBuffer buffer, final int offset)
    {
        decisions.begin(buffer, offset);
        take(buffer, offset);
        final int templateId = RecordDescriptor.templateId(buffer, offset);
        inputs.onInput(templateId, buffer, offset);
        try
        {
            core.onInput(buffer, offset);
        }
        catch (final RuntimeException | StackOverflowError | AssertionError | LinkageError ex)
        {
            // A strategy may throw these; an error of the JVM's, such as no memory, is not the input's doing.
            throw CoreFailure.of(ex, core, buffer, offset);
        }
        if (templateId == VenueDefinitionDecoder.TEMPLATE_ID)
        {
            reserve();
        }
        if (core.isStateHashDue())
        {
            decisions.addStateHash(core);
        }
    }

    private void take(final DirectBuffer buffer, final int offset)
    {
        lastTimeNs = RecordDescriptor.sequencerTimeNs(buffer, offset);
        epoch = RecordDescriptor.incarnation(buffer, offset);
        sources.onInput(buffer, offset);
    }

    private void reserve()
    {
        for (int venueId = 0; venueId < venues.count(); venueId++)
        {
            if (venues.orderSourceId(venueId) != VenueView.ANY_SOURCE)
            {
                outbox.reserve(venueId, venues.egressRequests(venueId));
            }
        }
    }

    /**
     * As {@link TradingCore#lookAhead}. It is a matter of speed alone, so what a strategy throws there decides nothing: it is kept as
     * {@link #lookAheadFailure} and the host stops looking ahead.
     */
    public void lookAhead(final DirectBuffer buffer, final int offset, final int end)
    {
        if (lookAheadFailure == null)
        {
            try
            {
                core.lookAhead(buffer, offset, end);
            }
            catch (final RuntimeException | StackOverflowError | AssertionError | LinkageError ex)
            {
                lookAheadFailure = CoreFailure.of(ex, core, buffer, offset);
            }
        }
    }

    /** As {@link #lookAhead} on one input, with however few instruments: for whoever checks that it changes nothing. */
    public void lookAheadNow(final DirectBuffer buffer, final int offset)
    {
        if (lookAheadFailure == null)
        {
            try
            {
                core.lookAheadNow(buffer, offset, offset + RecordDescriptor.recordLength(buffer, offset));
            }
            catch (final RuntimeException | StackOverflowError | AssertionError | LinkageError ex)
            {
                lookAheadFailure = CoreFailure.of(ex, core, buffer, offset);
            }
        }
    }

    /** What a strategy threw while it was to read ahead, and where; null for nothing. */
    public CoreFailureException lookAheadFailure()
    {
        return lookAheadFailure;
    }

    /**
     * Takes up an input that the core failed on: it counts, its source has sent it, and nothing else comes of it.
     */
    public void skip(final DirectBuffer buffer, final int offset)
    {
        take(buffer, offset);
        core.skip(RecordDescriptor.sequence(buffer, offset));
    }

    /**
     * Gives the whole state, the core's included, as sections of a snapshot; each section is bounded and says what it is, and none
     * knows a file or a place in a journal. Allocates.
     */
    public void save(final SectionPort port)
    {
        HostSections.save(this, port);
        core.save(port);
    }

    void save(final HostStateEncoder state)
    {
        decisions.save(state);
        inputs.save(state);
        state.egressSequence(venues.egressSequence(VenueView.FIRST_VENUE))
            .lastSequence(core.lastSequence())
            .lastTimeNs(lastTimeNs)
            .epoch(epoch);
    }

    /**
     * Takes a section that {@link #save} gave, in that order; the host must be new.
     *
     * @param offset of the messageHeader.
     * @param length of messageHeader and message, and of up to 7 bytes more.
     * @throws IllegalStateException for a section that is not known or not in its place.
     */
    public void restore(final DirectBuffer buffer, final int offset, final int length)
    {
        sections = sections == null ? new HostSections(this) : sections;
        if (!sections.restore(buffer, offset))
        {
            core.restore(buffer, offset, length);
        }
    }

    void restore(final HostStateDecoder state)
    {
        decisions.restore(state);
        inputs.restore(state);
        if (state.lastSequence() != HostStateDecoder.lastSequenceNullValue())
        {
            savedSequence = state.lastSequence();
            lastTimeNs = state.lastTimeNs();
            epoch = state.epoch();
        }
    }

    /**
     * All sections have been given: the host goes on behind the input that they say they were saved after.
     *
     * @throws IllegalStateException when they do not say it, as those of before version 4, or when sections are missing.
     */
    public void completeRestore()
    {
        if (savedSequence == Nulls.NULL_SEQUENCE)
        {
            throw new IllegalStateException("the sections do not say which input they were saved after");
        }
        completeRestore(savedSequence, lastTimeNs, true);
    }

    /**
     * All sections have been given: the host goes on behind this input.
     *
     * @param timeNs     sequenced time of the input.
     * @param isSameCode false for strategies of other code than was saved: the state hash is not compared.
     */
    public void completeRestore(final long lastSequence, final long timeNs, final boolean isSameCode)
    {
        lastTimeNs = timeNs;
        core.completeRestore(lastSequence, isSameCode);
        sections.complete();
        sections = null;
        reserve();
    }

    public TradingCore core()
    {
        return core;
    }

    public VenueView venues()
    {
        return venues;
    }

    public TimerQueue timers()
    {
        return timers;
    }

    public SourceTable sources()
    {
        return sources;
    }

    public Outbox outbox()
    {
        return outbox;
    }

    /** Decisions and state hashes not yet cleared, in the order the journal holds them. */
    public RecordBatch decisions()
    {
        return decisions.records();
    }

    /** Sequenced time of the newest input. */
    public long lastTimeNs()
    {
        return lastTimeNs;
    }

    /** Incarnation of the newest input; ClOrdIDs of what is decided on it carry it. */
    public int epoch()
    {
        return epoch;
    }

    public long decisionCount()
    {
        return decisions.count();
    }

    /** Hash of all decisions since the start of the journal. */
    public long decisionHash()
    {
        return decisions.hash();
    }

    /** Decisions that left, or were to leave, for the venue since the start. */
    public long egressSequence(final int venueId)
    {
        return venues.egressSequence(venueId);
    }

    /** Decisions that left, or were to leave, for any venue since this object was made; a snapshot does not hold it. */
    public long departed()
    {
        return decisions.departed();
    }

    /** Snapshots of books that feeds were to be asked for since this object was made; a snapshot does not hold it. */
    public long snapshotsWanted()
    {
        return decisions.snapshotsWanted();
    }

    public long ordersSent()
    {
        return decisions.ordersSent();
    }

    public long riskRejects()
    {
        return decisions.riskRejects();
    }

    /** What was refused since this object was made, by reason; a snapshot does not hold it. */
    public Refusals refusals()
    {
        return refusals;
    }

    /** The reason in the newest input's CommandResult; NULL_VAL when it made none. */
    public CommandReason commandReason()
    {
        return decisions.commandReason();
    }

    /** Hash of the configuration that the newest incarnation started with. */
    public long configurationHash()
    {
        return inputs.configurationHash();
    }

    /** Logic version of the newest incarnation, 0 before any. */
    public int logicVersion()
    {
        return inputs.logicVersion();
    }

    /** Instruments by id. */
    public Instrument instrument(final int instrumentId)
    {
        return core.instrument(instrumentId);
    }
}
