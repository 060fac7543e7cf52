package io.lockstep.verification.simulation.plant;

import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.core.host.CoreHost;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sequencer.ingress.Ingress;
import io.lockstep.sequencer.ingress.LinkSender;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.snapshot.SnapshotStore;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import io.lockstep.verification.simulation.seed.SimulatedClock;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;

import java.util.Set;
import java.util.function.Consumer;

/**
 * Bugs that are put into a simulated node, gateway, disk or venue on purpose, at the seams between its real parts, one at a time,
 * to see that the simulation finds them.
 */
public enum Plant
{
    /** Everything as it is. */
    NONE,
    /** After a Hello egress goes on one decision too late. */
    EGRESS_SKIPS_ONE,
    /** A decision that the publication does not take is taken for sent. */
    EGRESS_DROPS_UNDER_PRESSURE,
    /** A decision that the publication took at last is sent twice. */
    EGRESS_REPEATS_AFTER_PRESSURE,
    /** Recovery leaves decisions that a crash has cut off out of the journal. */
    CUT_OFF_NOT_COMPLETED,
    /** Messages are acknowledged when they are received, before they are in the journal. */
    ACKNOWLEDGED_BEFORE_JOURNALED,
    /** Messages are never acknowledged. */
    NEVER_ACKNOWLEDGED,
    /** The journal says that a document is appended and does not keep it. */
    JOURNAL_LOSES_DOCUMENT,
    /** The journal keeps a document with another bit. */
    JOURNAL_FLIPS_BIT,
    /** The journal appends a document twice. */
    JOURNAL_REPEATS_DOCUMENT,
    /** The journal writes a document only with the next one: orders leave before they are in it. */
    JOURNAL_ONE_BEHIND,
    /** Inputs are journaled with the wall clock's time, also where that has gone back. */
    TIME_GOES_BACK,
    /** A market message is sequenced twice. */
    MARKET_REPEATED,
    /** A market message is sequenced twice, the second time under the number of the next. */
    MARKET_REPEATED_AS_NEW,
    /** A market message is sequenced with another time than its venue gave it. */
    MARKET_CHANGED,
    /** A market message is acknowledged and not sequenced. */
    MARKET_LEFT_OUT,
    /** The order gateway passes a fill on twice, the second time under an execution id of its own. */
    FILL_TAKEN_TWICE,
    /** The order gateway does not pass on that an order was cancelled. */
    CANCELLATION_LOST,
    /** The node refuses nothing for its limits. */
    LIMITS_NOT_SET,
    /** A message comes to the node with another content than it was sent with. */
    MESSAGE_DAMAGED,
    /** The order gateway passes a repeated request on as a new one. */
    REPEAT_TAKEN_AS_NEW,
    /** The venue accepts an order twice. */
    ORDER_ACCEPTED_TWICE,
    /** A snapshot does not say how far sources have got. */
    SNAPSHOT_LEAVES_SOURCES_OUT,
    /** A snapshot does not say how many orders were refused, which no decision follows from. */
    SNAPSHOT_LEAVES_COUNT_OUT,
    /** A snapshot says another state hash than its state has. */
    SNAPSHOT_NOT_RESTORABLE,
    /** A node that starts takes the newest snapshot for damaged. */
    SNAPSHOT_PASSED_OVER,
    /** That an input is passed over is not journaled. */
    SKIP_NOT_JOURNALED,
    /** That the disk is nearly full is journaled and halts nothing. */
    ALERT_HALTS_NOTHING,
    /** Steps of the wall clock are not seen. */
    CLOCK_STEPS_NOT_SEEN,
    /** A node that stops leaves the clean end out. */
    STOP_WITHOUT_END,
    /** A node that stops keeps orders that it was to cancel. */
    STOP_KEEPS_ORDERS,
    /** A decision does not say whose venue it is for. */
    VENUE_NOT_SAID,
    /** An account that differs is not halted. */
    ACCOUNT_NEVER_HALTS,
    /** A venue's account is reported as another than it is. */
    ACCOUNT_REPORT_WRONG,
    /** The configuration takes the operator for a feed. */
    ROLE_MISTAKEN,
    /** That a cancel is to be sent again is forgotten. */
    LATCH_FORGOTTEN(Tampering::forgetWishes),
    /** That a request has no answer is forgotten. */
    DOUBT_FORGOTTEN(Tampering::forgetDoubts),
    /** The price of an order that is held is not watched any more. */
    HELD_ORDER_LOST(Tampering::loseHeldOrder),
    /** That an order is good till a time is forgotten. */
    EXPIRY_FORGOTTEN(Tampering::forgetExpiry),
    /** A list forgets what one of its orders has filled: the other keeps its size. */
    SIBLING_NOT_REDUCED(Tampering::forgetFill),
    /** A list is forgotten, and its orders stay. */
    LIST_LOST(Tampering::forgetList),
    /** A lot of one instance becomes another's, and the sum stays. */
    LOT_OF_ANOTHER(Tampering::moveLot),
    /** An instance is there that no input has defined. */
    INSTANCE_FROM_NOWHERE(Tampering::defineInstance),
    /** A suspended instance goes on by itself. */
    SUSPENSION_FORGOTTEN(Tampering::resume),
    /** An instance that is to be taken out goes on. */
    END_FORGOTTEN(Tampering::reopen),
    /** A venue whose answer is waited for is taken for reconciled. */
    ANSWER_NOT_AWAITED(Tampering::reconcile),
    /** With one venue the other is taken for away. */
    OTHER_VENUE_AWAY(Tampering::takeOtherAway),
    /** Fees in another asset are left out of what fills have cost. */
    RATE_IGNORED,
    /** Which signals were answered is forgotten. */
    SIGNAL_TAKEN_TWICE(Tampering::forgetSignals),
    /** A circuit breaker that is open lets orders out. */
    BREAKER_FORGOTTEN(Tampering::closeBreakers),
    /** The node takes the egress of a venue for larger than it is. */
    ROOM_MISTAKEN;

    private final Consumer<CoreHost> tampering;

    Plant()
    {
        this(null);
    }

    Plant(final Consumer<CoreHost> tampering)
    {
        this.tampering = tampering;
    }

    /** Changes the state of a core behind its back, as a bug of it would. */
    public void tamper(final CoreHost host)
    {
        if (tampering != null)
        {
            tampering.accept(host);
        }
    }

    /** What the configuration says of the room of a venue's egress. */
    public int egressRequests()
    {
        return this == ROOM_MISTAKEN ? 1 << Short.SIZE : SimulatedMarket.EGRESS_REQUESTS;
    }

    /** Whether a difference of an account halts it. */
    public boolean differencesHalt()
    {
        return this != ACCOUNT_NEVER_HALTS;
    }

    /** What the configuration says that the operator's source is. */
    public String operatorRole()
    {
        return this == ROLE_MISTAKEN ? "feed" : "operator";
    }

    /** Whether venues report what their accounts do not hold. */
    public boolean misreportsAccounts()
    {
        return this == ACCOUNT_REPORT_WRONG;
    }

    /** What the node hears of its gateways. */
    public MessageReceiver receiver(final MessageReceiver real)
    {
        return this == EGRESS_SKIPS_ONE || this == MESSAGE_DAMAGED ? new PlantedReceiver(real, this) : real;
    }

    /** How the node's decisions leave. */
    public MessageSender sender(final MessageSender real)
    {
        return switch (this)
        {
            case EGRESS_DROPS_UNDER_PRESSURE, EGRESS_REPEATS_AFTER_PRESSURE, VENUE_NOT_SAID ->
                new PlantedSender(real, this);
            default -> real;
        };
    }

    /** Where the loop takes messages from. */
    public Ingress ingress(final Ingress real, final LinkSender links)
    {
        return switch (this)
        {
            case MARKET_REPEATED, MARKET_REPEATED_AS_NEW, MARKET_CHANGED, MARKET_LEFT_OUT,
                ACKNOWLEDGED_BEFORE_JOURNALED, NEVER_ACKNOWLEDGED -> new PlantedIngress(real, links, this);
            default -> real;
        };
    }

    /** Where the loop writes ahead. */
    public Journal journal(final Journal real)
    {
        return switch (this)
        {
            case JOURNAL_ONE_BEHIND, JOURNAL_REPEATS_DOCUMENT, TIME_GOES_BACK -> new PlantedJournal(real, this);
            default -> real;
        };
    }

    /** Whether recovery completes what is cut off. */
    public boolean completesCutOff()
    {
        return this != CUT_OFF_NOT_COMPLETED;
    }

    /** Whether recovery journals what it passes over. */
    public boolean journalsSkips()
    {
        return this != SKIP_NOT_JOURNALED;
    }

    /** Whether the disk keeps the document of this number, which it may change. */
    public boolean keeps(final long number, final byte[] document)
    {
        if (this == JOURNAL_FLIPS_BIT && number % 100 == 50)
        {
            document[document.length / 2] ^= 1;
        }
        return this != JOURNAL_LOSES_DOCUMENT || number % 100 != 50;
    }

    /** A snapshot as it is kept. */
    public byte[] snapshot(final byte[] written)
    {
        return switch (this)
        {
            case SNAPSHOT_LEAVES_SOURCES_OUT -> PlantedSnapshot.withoutSources(written);
            case SNAPSHOT_LEAVES_COUNT_OUT -> PlantedSnapshot.withoutRefusals(written);
            case SNAPSHOT_NOT_RESTORABLE -> PlantedSnapshot.withOtherHash(written);
            default -> written;
        };
    }

    /** The snapshots as a node that starts sees them. */
    public SnapshotStore recovered(final SnapshotStore real)
    {
        return this == SNAPSHOT_PASSED_OVER ? new PlantedSnapshot.WithoutNewest(real) : real;
    }

    /** Whether fees in another asset are made cash. */
    public boolean convertsFees()
    {
        return this != RATE_IGNORED;
    }

    /** Whether the node's limits are those that are checked. */
    public boolean setsLimits()
    {
        return this != LIMITS_NOT_SET;
    }

    /** Whether the node's watch does what it is to. */
    public boolean alertsHalt()
    {
        return this != ALERT_HALTS_NOTHING;
    }

    /** What the node's watch takes for the wall clock. */
    public EpochNanoClock watchedClock(final SimulatedClock clock)
    {
        return this == CLOCK_STEPS_NOT_SEEN ? clock::trueNs : clock;
    }

    /** Whether a node that stops cancels when it is to. */
    public boolean cancelsAtStop()
    {
        return this != STOP_KEEPS_ORDERS;
    }

    /** Whether a node that stops writes its end. */
    public boolean endsCleanly()
    {
        return this != STOP_WITHOUT_END;
    }

    /** Whether the order gateway passes a report of the venue on. */
    public boolean passesOn(final DirectBuffer report, final int offset)
    {
        return this != CANCELLATION_LOST || !is(report, offset, ExecType.CANCELED);
    }

    /** Whether the order gateway passes it on once more. */
    public boolean passesOnAgain(final DirectBuffer report, final int offset)
    {
        return this == FILL_TAKEN_TWICE && is(report, offset, ExecType.TRADE);
    }

    private static boolean is(final DirectBuffer report, final int offset, final ExecType type)
    {
        return report.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(),
            MessageHeaderDecoder.BYTE_ORDER) == ExecutionReportDecoder.TEMPLATE_ID &&
            report.getByte(offset + MessageHeaderDecoder.ENCODED_LENGTH +
                ExecutionReportDecoder.execTypeEncodingOffset()) == type.value();
    }

    /** Whether the venue reports a new order as accepted once. */
    public boolean acceptsOnce()
    {
        return this != ORDER_ACCEPTED_TWICE;
    }

    /** What the order gateway does with decisions; the set outlives it. */
    public LinkListener listener(final LinkListener real, final Set<String> seen)
    {
        return this == REPEAT_TAKEN_AS_NEW ? new PlantedListener(real, seen) : real;
    }
}
