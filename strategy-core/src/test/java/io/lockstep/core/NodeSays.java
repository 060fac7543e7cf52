package io.lockstep.core;

import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.NodeStartedEncoder;
import io.lockstep.sbe.NodeStoppedEncoder;
import io.lockstep.sbe.NodeStoppingEncoder;
import io.lockstep.sbe.OperationalAlertEncoder;
import io.lockstep.sbe.PositionMode;
import io.lockstep.sbe.RequestExpiredEncoder;
import io.lockstep.sbe.SnapshotRequestEncoder;
import io.lockstep.sbe.SourceDefinitionEncoder;
import io.lockstep.sbe.SourceRole;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.VenueDefinitionEncoder;
import io.lockstep.sbe.VenueStatusEncoder;

import java.util.function.Consumer;

/** Inputs that the node makes itself, and an operator's request for a snapshot; for {@link CoreScenario#give}. */
public final class NodeSays
{
    private NodeSays()
    {
    }

    public static Consumer<InputRecords> started(final boolean reconciles)
    {
        return (records) -> records.begin(new NodeStartedEncoder()).logicVersion(TradingCore.LOGIC_VERSION)
            .stateHashInterval(0).configurationHash(7).reconciles(of(reconciles));
    }

    static Consumer<InputRecords> stopping(final boolean cancelOrders)
    {
        return (records) -> records.begin(new NodeStoppingEncoder()).cancelOrders(of(cancelOrders));
    }

    static Consumer<InputRecords> stopped()
    {
        return (records) -> records.begin(new NodeStoppedEncoder());
    }

    /** A venue with room for so many requests that its gateway has not acknowledged; a difference of its account halts it. */
    public static Consumer<InputRecords> venueDefinition(
        final int venueId, final int orderSourceId, final int egressRequests, final String name)
    {
        return venueDefinition(
            venueId, orderSourceId, egressRequests, VenueDefinitionEncoder.inDoubtAfterNsNullValue(), name);
    }

    /** Likewise; an order whose request has no answer for so long is in doubt. */
    static Consumer<InputRecords> venueDefinition(
        final int venueId,
        final int orderSourceId,
        final int egressRequests,
        final long inDoubtAfterNs,
        final String name)
    {
        return (records) ->
        {
            final VenueDefinitionEncoder venue = records.begin(new VenueDefinitionEncoder());
            venue.venueId(venueId).orderSourceId(orderSourceId).egressRequests(egressRequests)
                .accountType(AccountType.MARGIN).haltOnDifference(BooleanType.TRUE).positionToleranceLots(0)
                .positionMode(PositionMode.NETTING).inDoubtAfterNs(inDoubtAfterNs);
            venue.balanceTolerance().mantissa(0).exponent((byte)0);
            venue.name(name).account("");
        };
    }

    public static Consumer<InputRecords> venue(final int venueId, final boolean connected)
    {
        return (records) -> records.begin(new VenueStatusEncoder()).connected(of(connected)).silentNs(5)
            .venueId(venueId);
    }

    /** What each source of a range is; the first of these decides that no other source may send anything. */
    static Consumer<InputRecords> sources(final int firstId, final int lastId, final SourceRole role)
    {
        return (records) -> records.begin(new SourceDefinitionEncoder()).definedSourceId(firstId).role(role)
            .venueId(SourceDefinitionEncoder.venueIdNullValue()).lastSourceId(lastId).name("");
    }

    public static Consumer<InputRecords> venue(final boolean connected)
    {
        return (records) -> records.begin(new VenueStatusEncoder()).connected(of(connected)).silentNs(5);
    }

    static Consumer<InputRecords> alert(final TradingMode mode, final boolean cancelOrders)
    {
        return (records) -> records.begin(new OperationalAlertEncoder()).alertType(AlertType.DISK_NEARLY_FULL)
            .mode(mode).cancelOrders(of(cancelOrders)).value(1).threshold(2);
    }

    static Consumer<InputRecords> clockBehind()
    {
        return (records) -> records.begin(new OperationalAlertEncoder()).alertType(AlertType.CLOCK_BEHIND)
            .mode(TradingMode.HALTED).cancelOrders(BooleanType.FALSE).value(1).threshold(0);
    }

    /** The operator lets the node go on though the gateway has had decisions that the journal lost. */
    static Consumer<InputRecords> gatewayAhead(final long egressSequence)
    {
        return (records) -> records.begin(new OperationalAlertEncoder()).alertType(AlertType.GATEWAY_AHEAD)
            .mode(TradingMode.HALTED).cancelOrders(BooleanType.FALSE).value(egressSequence).threshold(0);
    }

    static Consumer<InputRecords> expired(final String clOrdId, final int requestTemplateId)
    {
        return (records) -> records.begin(new RequestExpiredEncoder()).clOrdId(clOrdId).egressSequence(1)
            .requestTemplateId(requestTemplateId).ageNs(1);
    }

    static Consumer<InputRecords> snapshotRequest()
    {
        return (records) -> records.begin(new SnapshotRequestEncoder()).user("");
    }

    private static BooleanType of(final boolean value)
    {
        return value ? BooleanType.TRUE : BooleanType.FALSE;
    }
}
