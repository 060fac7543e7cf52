package io.lockstep.core.command;

import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.AccountEntryDecoder;
import io.lockstep.sbe.AccountReportDecoder;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.AssignCalendarDecoder;
import io.lockstep.sbe.CalendarDefinitionDecoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.CoreSectionDecoder;
import io.lockstep.sbe.CoreSectionEncoder;
import io.lockstep.sbe.ControlStrategyDecoder;
import io.lockstep.sbe.DecisionAcknowledgementDecoder;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.FundingRateDecoder;
import io.lockstep.sbe.MarkPriceDecoder;
import io.lockstep.sbe.AcceptAccountDecoder;
import io.lockstep.sbe.AllocateStrategyDecoder;
import io.lockstep.sbe.AssignStrategyDecoder;
import io.lockstep.sbe.BreakerDefinitionDecoder;
import io.lockstep.sbe.FlattenDecoder;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.MassStatusEndDecoder;
import io.lockstep.sbe.OperatorCancelDecoder;
import io.lockstep.sbe.OperatorOrderDecoder;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.RateDefinitionDecoder;
import io.lockstep.sbe.ResetBreakerDecoder;
import io.lockstep.sbe.SetLimitDecoder;
import io.lockstep.sbe.SetTradingModeDecoder;
import io.lockstep.sbe.SignalDecoder;
import io.lockstep.sbe.SnapshotRequestDecoder;
import io.lockstep.sbe.SourceDefinitionDecoder;
import io.lockstep.sbe.SourceRole;
import io.lockstep.sbe.StrategyDefinitionDecoder;
import io.lockstep.sbe.TradeDecoder;
import io.lockstep.sbe.TransferPositionDecoder;
import io.lockstep.sbe.UnassignStrategyDecoder;
import io.lockstep.sbe.UnsetLimitDecoder;

import java.util.Arrays;
import java.util.List;

/**
 * What each source is, and so which inputs it may send. Before the first definition all may send all; from then on a source that was
 * not defined may send nothing. The node itself may send everything. A definition allocates; asking does not.
 */
public final class SourceRoles
{
    /** Source id of the node's own inputs. */
    public static final int NODE = 0;
    public static final int SOURCE_ID_MAX = 1023;
    private static final int TEMPLATE_ID_MAX = 255;
    private static final int[] OF_FEED = {BookUpdateDecoder.TEMPLATE_ID, BookSnapshotDecoder.TEMPLATE_ID,
        BestBidOfferDecoder.TEMPLATE_ID, TradeDecoder.TEMPLATE_ID, BarDecoder.TEMPLATE_ID,
        MarkPriceDecoder.TEMPLATE_ID, FundingRateDecoder.TEMPLATE_ID};
    private static final int[] OF_ORDER_GATEWAY = {ExecutionReportDecoder.TEMPLATE_ID,
        OrderCancelRejectDecoder.TEMPLATE_ID, MassStatusEndDecoder.TEMPLATE_ID, AccountReportDecoder.TEMPLATE_ID,
        AccountEntryDecoder.TEMPLATE_ID, DecisionAcknowledgementDecoder.TEMPLATE_ID};
    private static final int[] OF_OPERATOR = {SetLimitDecoder.TEMPLATE_ID, UnsetLimitDecoder.TEMPLATE_ID,
        SetTradingModeDecoder.TEMPLATE_ID, ControlStrategyDecoder.TEMPLATE_ID, SnapshotRequestDecoder.TEMPLATE_ID,
        AssignStrategyDecoder.TEMPLATE_ID, StrategyDefinitionDecoder.TEMPLATE_ID,
        UnassignStrategyDecoder.TEMPLATE_ID, AllocateStrategyDecoder.TEMPLATE_ID, OperatorOrderDecoder.TEMPLATE_ID,
        OperatorCancelDecoder.TEMPLATE_ID, FlattenDecoder.TEMPLATE_ID, TransferPositionDecoder.TEMPLATE_ID,
        AcceptAccountDecoder.TEMPLATE_ID, InstrumentDefinitionDecoder.TEMPLATE_ID,
        CalendarDefinitionDecoder.TEMPLATE_ID, AssignCalendarDecoder.TEMPLATE_ID,
        BreakerDefinitionDecoder.TEMPLATE_ID, ResetBreakerDecoder.TEMPLATE_ID,
        RateDefinitionDecoder.TEMPLATE_ID, SignalDecoder.TEMPLATE_ID};
    private static final int[] OF_CONTROL_PLANE = {SetLimitDecoder.TEMPLATE_ID, UnsetLimitDecoder.TEMPLATE_ID,
        ControlStrategyDecoder.TEMPLATE_ID, StrategyDefinitionDecoder.TEMPLATE_ID,
        AllocateStrategyDecoder.TEMPLATE_ID, SignalDecoder.TEMPLATE_ID};
    private static final boolean[][] ALLOWED = allowed();
    private static final boolean[] ALL = ALLOWED[SourceRole.NODE.value()];
    private static final boolean[] NONE = new boolean[TEMPLATE_ID_MAX + 1];

    /**
     * What the sources of a range are.
     *
     * @param venueId of order gateways; null when the definition names none.
     */
    public record Definition(int firstSourceId, int lastSourceId, SourceRole role, int venueId)
    {
    }

    private final SourceRole[] roles = new SourceRole[SOURCE_ID_MAX + 1];
    /** What each source may send, by template; follows from the roles, so that each input asks for it alone. */
    private final boolean[][] allowed = new boolean[SOURCE_ID_MAX + 1][];
    private Definition[] definitions = {};

    public SourceRoles()
    {
        Arrays.fill(allowed, ALL);
    }

    private static boolean[][] allowed()
    {
        final boolean[][] table = new boolean[SourceRole.CONTROL_PLANE.value() + 1][TEMPLATE_ID_MAX + 1];
        Arrays.fill(table[SourceRole.NODE.value()], true);
        set(table, SourceRole.FEED, OF_FEED);
        set(table, SourceRole.ORDER_GATEWAY, OF_ORDER_GATEWAY);
        set(table, SourceRole.OPERATOR, OF_OPERATOR);
        set(table, SourceRole.CONTROL_PLANE, OF_CONTROL_PLANE);
        return table;
    }

    private static void set(final boolean[][] table, final SourceRole role, final int[] templateIds)
    {
        for (final int templateId : templateIds)
        {
            table[role.value()][templateId] = true;
        }
        // The node says in a source's own name that messages of it are missing.
        table[role.value()][FeedStatusDecoder.TEMPLATE_ID] = true;
    }

    /** Whether a role may send such an input. */
    public static boolean mayThatRole(final SourceRole role, final int templateId)
    {
        return templateId >= 0 && templateId <= TEMPLATE_ID_MAX && ALLOWED[role.value()][templateId];
    }

    /** Whether the source may send such an input. */
    public boolean may(final int sourceId, final int templateId)
    {
        final boolean[] templates = templates(sourceId);
        return templateId >= 0 && templateId <= TEMPLATE_ID_MAX ? templates[templateId] : templates == ALL;
    }

    /** Whoever hosts the core may let through ids that no definition can name. */
    private boolean[] templates(final int sourceId)
    {
        if (sourceId >= 0 && sourceId <= SOURCE_ID_MAX)
        {
            return allowed[sourceId];
        }
        return definitions.length == 0 ? ALL : NONE;
    }

    /** Whether others were defined and the source was not, so that it may send nothing. */
    public boolean isUndefined(final int sourceId)
    {
        return definitions.length > 0 && sourceId != NODE && roleOrNull(sourceId) == null;
    }

    /** The definitions, in the order in which they came; allocates. */
    public List<Definition> definitions()
    {
        return List.of(definitions);
    }

    /** What the source is; NULL_VAL when it was not defined. */
    public SourceRole role(final int sourceId)
    {
        final SourceRole role = roleOrNull(sourceId);
        return role == null ? SourceRole.NULL_VAL : role;
    }

    private SourceRole roleOrNull(final int sourceId)
    {
        return sourceId >= 0 && sourceId <= SOURCE_ID_MAX ? roles[sourceId] : null;
    }

    /** Says what a source, or each of a range, is from now on. */
    CommandReason define(final SourceDefinitionDecoder message)
    {
        final int first = message.definedSourceId();
        final boolean isRange = message.lastSourceId() != SourceDefinitionDecoder.lastSourceIdNullValue();
        final int last = isRange ? message.lastSourceId() : first;
        final SourceRole role = message.role();
        if (first <= NODE || last < first || last > SOURCE_ID_MAX || role == SourceRole.NULL_VAL ||
            role == SourceRole.SBE_UNKNOWN || role == SourceRole.NODE)
        {
            return CommandReason.INVALID_VALUE;
        }
        return add(new Definition(first, last, role, message.venueId()))
            ? CommandReason.ACCEPTED
            : CommandReason.NO_CHANGE;
    }

    private boolean add(final Definition definition)
    {
        for (int i = 0; i < definitions.length; i++)
        {
            if (definitions[i].equals(definition))
            {
                return false;
            }
        }
        definitions = Arrays.stream(definitions)
            .filter((each) -> each.firstSourceId != definition.firstSourceId).toArray(Definition[]::new);
        definitions = Arrays.copyOf(definitions, definitions.length + 1);
        definitions[definitions.length - 1] = definition;
        Arrays.fill(roles, null);
        for (final Definition each : definitions)
        {
            Arrays.fill(roles, each.firstSourceId, each.lastSourceId + 1, each.role);
        }
        for (int id = NODE + 1; id <= SOURCE_ID_MAX; id++)
        {
            allowed[id] = roles[id] == null ? NONE : ALLOWED[roles[id].value()];
        }
        return true;
    }

    /** Writes the message's group; what comes before it must have been written. */
    public void save(final CoreSectionEncoder section)
    {
        final CoreSectionEncoder.SourcesEncoder group = section.sourcesCount(definitions.length);
        for (final Definition definition : definitions)
        {
            group.next().sourceId(definition.firstSourceId).role(definition.role).venueId(definition.venueId)
                .lastSourceId(definition.lastSourceId);
        }
    }

    /** Reads the message's group. */
    public void restore(final CoreSectionDecoder.SourcesDecoder sources)
    {
        for (final CoreSectionDecoder.SourcesDecoder source : sources)
        {
            add(new Definition(source.sourceId(), source.lastSourceId(), source.role(), source.venueId()));
        }
    }

    public long stateHash()
    {
        long hash = definitions.length;
        for (final Definition definition : definitions)
        {
            hash = Xxh64.chain(hash, (long)definition.firstSourceId << 32 | definition.lastSourceId);
            hash = Xxh64.chain(hash, (long)definition.role.value() << 32 | definition.venueId & 0xFFFF_FFFFL);
        }
        return hash;
    }
}
