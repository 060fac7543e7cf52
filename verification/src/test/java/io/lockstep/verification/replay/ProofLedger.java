package io.lockstep.verification.replay;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.AcceptAccountEncoder;
import io.lockstep.sbe.AccountEntryEncoder;
import io.lockstep.sbe.AccountEntryKind;
import io.lockstep.sbe.AccountReportEncoder;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.PositionMode;
import io.lockstep.sbe.SourceDefinitionEncoder;
import io.lockstep.sbe.SourceRole;
import io.lockstep.sbe.VenueDefinitionEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What a node is told of its venue, of that venue's account and of what each source is. */
final class ProofLedger
{
    private static final int FEED_SOURCE = 1;
    private static final int VENUE_SOURCE = 2;
    private static final long IN_DOUBT_AFTER_NS = 5_000_000_000L;
    private static final int EGRESS_REQUESTS = 65_536;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Predicate<MessageEncoderFlyweight> own;
    private final Supplier<MutableDirectBuffer> target;
    private final IntSupplier offset;
    private final Predicate<MessageEncoderFlyweight> fromVenue;
    private final MutableDirectBuffer record;
    private long reports;

    /**
     * @param own       sequences an input of the node's that was written to target and offset.
     * @param fromVenue sequences one of the order gateway's that was written to the record.
     */
    ProofLedger(
        final Predicate<MessageEncoderFlyweight> own,
        final Supplier<MutableDirectBuffer> target,
        final IntSupplier offset,
        final Predicate<MessageEncoderFlyweight> fromVenue,
        final MutableDirectBuffer record)
    {
        this.own = own;
        this.target = target;
        this.offset = offset;
        this.fromVenue = fromVenue;
        this.record = record;
    }

    boolean defineVenue()
    {
        final VenueDefinitionEncoder venue = new VenueDefinitionEncoder()
            .wrapAndApplyHeader(target.get(), offset.getAsInt(), header).venueId(0).orderSourceId(VENUE_SOURCE)
            .inDoubtAfterNs(IN_DOUBT_AFTER_NS)
            .egressRequests(EGRESS_REQUESTS).accountType(AccountType.MARGIN).haltOnDifference(BooleanType.FALSE)
            .positionToleranceLots(0).positionMode(PositionMode.NETTING);
        venue.balanceTolerance().mantissa(1).exponent((byte)-2);
        return own.test(venue.name("PROOF").account("proof"));
    }

    /** What nobody would expect, the same each time: a difference once nothing is in flight. */
    boolean report()
    {
        reports++;
        final AccountReportEncoder report = new AccountReportEncoder()
            .wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, header).venueId(0).reportId(reports)
            .complete(BooleanType.FALSE);
        report.positionsCount(1).next().instrumentId(1).netLots(1_000)
            .longLots(AccountReportEncoder.PositionsEncoder.longLotsNullValue())
            .shortLots(AccountReportEncoder.PositionsEncoder.shortLotsNullValue());
        final AccountReportEncoder.BalancesEncoder balance = report.balancesCount(1).next();
        balance.amount().mantissa(1_234_567).exponent((byte)-2);
        balance.amountHigh(AccountReportEncoder.BalancesEncoder.amountHighNullValue()).asset("USDT");
        return fromVenue.test(report);
    }

    boolean enter()
    {
        final AccountEntryEncoder entry = new AccountEntryEncoder()
            .wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, header).venueId(0)
            .kind(AccountEntryKind.FUNDING).instrumentId(0);
        entry.amount().mantissa(-15).exponent((byte)-2);
        return fromVenue.test(entry.entryId("entry-" + reports).asset(reports % 2 == 0 ? "ETH" : "USDT"));
    }

    boolean accept()
    {
        return own.test(new AcceptAccountEncoder().wrapAndApplyHeader(target.get(), offset.getAsInt(), header)
            .venueId(0).reason("proven").user("proof"));
    }

    /** From now on a source may send what its role may. */
    void defineSources()
    {
        define(FEED_SOURCE, SourceRole.FEED, SourceDefinitionEncoder.venueIdNullValue(), "feed");
        define(VENUE_SOURCE, SourceRole.ORDER_GATEWAY, 0, "orders");
    }

    private void define(final int sourceId, final SourceRole role, final int venueId, final String name)
    {
        own.test(new SourceDefinitionEncoder().wrapAndApplyHeader(target.get(), offset.getAsInt(), header)
            .definedSourceId(sourceId).role(role).venueId(venueId)
            .lastSourceId(SourceDefinitionEncoder.lastSourceIdNullValue()).name(name));
    }
}
