package io.lockstep.core.venue;

import io.lockstep.codecs.Xxh64;
import io.lockstep.core.account.Account;
import io.lockstep.core.account.AccountPort;
import io.lockstep.core.account.AccountTerms;
import io.lockstep.core.account.LotsByInstrument;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.PositionMode;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.VenueDefinitionDecoder;
import io.lockstep.sbe.VenueDefinitionEncoder;
import io.lockstep.sbe.VenueSectionDecoder;
import io.lockstep.sbe.VenueSectionEncoder;

/**
 * One place where orders go, through one order gateway: whether it is there, how many requests it was sent, how it is reconciled. What happens to
 * one venue leaves the others alone.
 * <p>
 * The venue is away from a {@code NodeStarted} that reconciles, and from each {@code VenueStatus} that says so, to the next
 * {@code MassStatusEnd} of it that is taken. In an incarnation that does not reconcile nobody asks the venue, so there a
 * {@code VenueStatus} that says it is back is enough.
 */
public final class Venue
{
    /** The name and the order gateway of the venue that there is before any definition. */
    public static final String DEFAULT_NAME = "DEFAULT";
    public static final int ANY_SOURCE = -1;
    /** In place of a time. */
    public static final long NEVER = VenueDefinitionEncoder.inDoubtAfterNsNullValue();
    /** Requests that may wait for acknowledgement where no definition says otherwise. */
    public static final int EGRESS_REQUESTS = 65_536;

    private final int id;
    private final NodeState node;
    private final ExecutionIds executionIds = new ExecutionIds();
    private final StrayOrders strays = new StrayOrders();

    private String name = DEFAULT_NAME;
    private String account = "";
    private int orderSourceId = ANY_SOURCE;
    private int egressRequests = EGRESS_REQUESTS;
    private AccountType accountType = AccountType.MARGIN;
    private PositionMode positionMode = PositionMode.NETTING;
    private boolean haltsOnDifference = true;
    private long toleranceMantissa;
    private int toleranceExponent;
    private long positionToleranceLots;
    private long inDoubtAfterNs = NEVER;
    private long termsHash;

    private Account holdings;
    private boolean reconciling;
    private boolean connected = true;
    private int openOrders;
    private long egressSequence;
    private long acknowledged;
    private int statuses;
    private long unknownOrders;
    private long ignoredAnswers;
    private boolean asked;
    private long inquiries;

    Venue(final int id, final NodeState node, final LotsByInstrument lots, final AccountPort port)
    {
        this.id = id;
        this.node = node;
        holdings = new Account(id, AccountTerms.DEFAULT, lots, port);
        reconciling = node.reconciles();
        termsHash = termsHash();
    }

    public int id()
    {
        return id;
    }

    public String name()
    {
        return name;
    }

    /** The account's name at the venue; empty when there is no definition. */
    public String account()
    {
        return account;
    }

    /** Whether a definition has named the venue. */
    public boolean isDefined()
    {
        return orderSourceId != ANY_SOURCE;
    }

    /** Source id of its order gateway; {@link #ANY_SOURCE} while no definition names one. */
    public int orderSourceId()
    {
        return orderSourceId;
    }

    public AccountType accountType()
    {
        return accountType;
    }

    public boolean haltsOnDifference()
    {
        return haltsOnDifference;
    }

    /** How its account holds what was bought and sold of one instrument. */
    public PositionMode positionMode()
    {
        return positionMode;
    }

    /** A difference of a balance up to mantissa x 10^exponent of the asset is none. */
    public long toleranceMantissa()
    {
        return toleranceMantissa;
    }

    public int toleranceExponent()
    {
        return toleranceExponent;
    }

    public long positionToleranceLots()
    {
        return positionToleranceLots;
    }

    /** An order whose request has no answer for so long is in doubt; {@link #NEVER} is one. */
    public long inDoubtAfterNs()
    {
        return inDoubtAfterNs;
    }

    /** What is held here, as the engine has it. */
    public Account holdings()
    {
        return holdings;
    }

    /** Takes up all but the id, which must be the message's. Allocates. */
    void define(final VenueDefinitionDecoder message)
    {
        holdings = holdings.with(AccountTerms.decode(message));
        orderSourceId = message.orderSourceId();
        egressRequests = message.egressRequests();
        accountType = message.accountType();
        positionMode = message.positionMode() == PositionMode.HEDGE ? PositionMode.HEDGE : PositionMode.NETTING;
        haltsOnDifference = message.haltOnDifference() == BooleanType.TRUE;
        toleranceMantissa = message.balanceTolerance().mantissa();
        toleranceExponent = message.balanceTolerance().exponent();
        positionToleranceLots = message.positionToleranceLots();
        inDoubtAfterNs = message.inDoubtAfterNs();
        name = message.name();
        account = message.account();
        termsHash = termsHash();
    }

    private long termsHash()
    {
        long hash = Xxh64.chain(hash(name), hash(account));
        hash = Xxh64.chain(hash, (long)orderSourceId << 32 | egressRequests);
        hash = Xxh64.chain(hash,
            (long)accountType.value() << 8 | positionMode.value() << 1 | (haltsOnDifference ? 1 : 0));
        hash = Xxh64.chain(Xxh64.chain(hash, toleranceMantissa), toleranceExponent);
        return Xxh64.chain(Xxh64.chain(hash, positionToleranceLots), inDoubtAfterNs);
    }

    private static long hash(final String text)
    {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++)
        {
            hash = Xxh64.chain(hash, text.charAt(i));
        }
        return hash;
    }

    /** Writes the message; the encoder must be wrapped. */
    public void encode(final VenueDefinitionEncoder message)
    {
        message.venueId(id).orderSourceId(orderSourceId).egressRequests(egressRequests).accountType(accountType)
            .positionMode(positionMode)
            .haltOnDifference(of(haltsOnDifference)).positionToleranceLots(positionToleranceLots)
            .inDoubtAfterNs(inDoubtAfterNs);
        message.balanceTolerance().mantissa(toleranceMantissa).exponent((byte)toleranceExponent);
        message.name(name).account(account);
    }

    private static BooleanType of(final boolean value)
    {
        return value ? BooleanType.TRUE : BooleanType.FALSE;
    }

    /** Whether its answer is waited for: no order leaves until then. */
    public boolean isReconciling()
    {
        return reconciling;
    }

    /** Whether its gateway is there, by the newest VenueStatus. */
    public boolean isConnected()
    {
        return connected;
    }

    public void onNodeStarted()
    {
        asked = false;
        reconciling = node.reconciles();
        connected = true;
    }

    public void onStatus(final boolean nowConnected)
    {
        connected = nowConnected;
        asked &= nowConnected;
        reconciling = !nowConnected || reconciling && node.reconciles();
    }

    public void onReconciled()
    {
        reconciling = false;
        asked = false;
    }

    /** Whether an answer is waited for while orders go on leaving: some are in doubt. */
    public boolean isAsked()
    {
        return asked;
    }

    /** Times that the venue was to be asked of orders in doubt; the node asks once more when it has grown. */
    public long inquiries()
    {
        return inquiries;
    }

    /** Orders are in doubt: the venue is to be asked how its orders stand. */
    public void onInquiry()
    {
        asked = true;
        inquiries++;
    }

    /** Forgets the statuses of an answer that has not come to its end. */
    public void beginInquiry()
    {
        statuses = 0;
    }

    /** Why a new order or replace is refused; NONE when it may go. */
    public RiskReason refusal()
    {
        if (node.isStopping())
        {
            return RiskReason.STOPPING;
        }
        return reconciling ? RiskReason.VENUE_UNAVAILABLE : holdings.refusal();
    }

    /**
     * Whether one more new order or replace fits, with room left for a cancel of each order that is open and of this one: so cancels
     * always have room.
     */
    public boolean hasEgressRoom()
    {
        return requestsWithAnother() <= egressRequests;
    }

    /**
     * Whether a request fits beside one cancel of each open order: one that comes again has no room kept for it. With nothing waiting
     * one always fits.
     */
    public boolean hasRoomToRepeat()
    {
        return waitingRequests() == 0 || waitingRequests() + 1 + openOrders <= egressRequests;
    }

    /** Requests that would wait if another order were sent, and then each open one cancelled. */
    public long requestsWithAnother()
    {
        return waitingRequests() + 1 + openOrders + 1;
    }

    /** Requests that the gateway has not acknowledged. */
    public long waitingRequests()
    {
        return egressSequence - acknowledged;
    }

    public int egressRequests()
    {
        return egressRequests;
    }

    /** Egress sequence of the newest request that left or is to leave for the venue; from 1. */
    public long egressSequence()
    {
        return egressSequence;
    }

    /** One more request has been decided; returns its egress sequence. */
    public long onRequest()
    {
        return ++egressSequence;
    }

    /** Egress sequence up to which no request waits to be sent, 0 before any. */
    public long acknowledged()
    {
        return acknowledged;
    }

    /** The gateway has handled the requests up to this one; at most those count that were decided. */
    public void onAcknowledged(final long sequence)
    {
        acknowledged = Math.max(acknowledged, Math.min(sequence, egressSequence));
    }

    /**
     * The order gateway has decisions that the journal lost: what leaves from now on is numbered behind them, and what the journal
     * has under their numbers is never sent.
     */
    public void onGatewayAhead(final long sequence)
    {
        egressSequence = Math.max(egressSequence, sequence);
        acknowledged = Math.max(acknowledged, sequence);
    }

    public int openOrders()
    {
        return openOrders;
    }

    public void onOrderOpened()
    {
        openOrders++;
    }

    public void onOrderClosed()
    {
        openOrders--;
    }

    public ExecutionIds executionIds()
    {
        return executionIds;
    }

    public StrayOrders strays()
    {
        return strays;
    }

    /** Statuses of the answer that is being taken. */
    public int statuses()
    {
        return statuses;
    }

    public void onOrderStatus()
    {
        statuses++;
    }

    /** Forgets the statuses counted so far: they belong to no answer. */
    public void forgetAnswer()
    {
        statuses = 0;
        strays.clear();
    }

    /** The answer was whole, and has been taken. */
    public void onAnswerTaken()
    {
        statuses = 0;
    }

    /** Count of reports about orders that are not open; they had no other effect. */
    public long unknownOrders()
    {
        return unknownOrders;
    }

    public void countUnknownOrder()
    {
        unknownOrders++;
    }

    /** Answers that nobody asked for, or that were not the whole of one. */
    public long ignoredAnswers()
    {
        return ignoredAnswers;
    }

    public void countIgnoredAnswer()
    {
        ignoredAnswers++;
    }

    /** Writes what the section has of it, but for its groups and counts. */
    public void save(final VenueSectionEncoder section)
    {
        section.venueId(id).reconciling(of(reconciling)).connected(of(connected)).egressSequence(egressSequence)
            .acknowledgedEgress(acknowledged).statuses(statuses).unknownOrders(unknownOrders)
            .ignoredAnswers(ignoredAnswers).asked(of(asked)).inquiries(inquiries);
    }

    public void restore(final VenueSectionDecoder section)
    {
        reconciling = section.reconciling() == BooleanType.TRUE;
        connected = section.connected() == BooleanType.TRUE;
        egressSequence = section.egressSequence();
        acknowledged = section.acknowledgedEgress();
        statuses = section.statuses();
        unknownOrders = section.unknownOrders();
        ignoredAnswers = section.ignoredAnswers();
        asked = section.asked() == BooleanType.TRUE;
        inquiries = section.inquiries() == VenueSectionDecoder.inquiriesNullValue() ? 0 : section.inquiries();
    }

    /** Takes up the fields of a snapshot of before there were several venues. */
    public void restore(
        final boolean newReconciling,
        final long newEgressSequence,
        final long newAcknowledged,
        final int newStatuses,
        final long newUnknownOrders,
        final long newIgnoredAnswers)
    {
        reconciling = newReconciling;
        egressSequence = newEgressSequence;
        acknowledged = newAcknowledged;
        statuses = newStatuses;
        unknownOrders = newUnknownOrders;
        ignoredAnswers = newIgnoredAnswers;
    }

    long stateHash()
    {
        long hash = Xxh64.chain(termsHash,
            (reconciling ? 1L : 0L) | (connected ? 2L : 0L) | (asked ? 4L : 0L) | inquiries << 3);
        hash = Xxh64.chain(Xxh64.chain(hash, egressSequence), acknowledged);
        hash = Xxh64.chain(Xxh64.chain(hash, statuses), unknownOrders);
        hash = Xxh64.chain(Xxh64.chain(hash, ignoredAnswers), executionIds.stateHash());
        return Xxh64.chain(Xxh64.chain(hash, strays.stateHash()), holdings.stateHash());
    }
}
