package io.lockstep.verification.simulation.gateway;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.verification.simulation.seed.SimulatedClock;
import io.lockstep.verification.simulation.seed.SimulationRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One stream from one sender to one receiver. Within a session messages arrive in order and complete, after a delay; a session
 * begins anywhere: what was under way may be lost, what was delivered may come again.
 */
public final class SimulatedPath implements MessageReceiver
{
    private static final int HISTORY = 64;
    private static final int CAPACITY = 512;

    private final SimulatedClock clock;
    private final SimulationRandom random;
    private final Deque<Message> underWay = new ArrayDeque<>();
    private final Deque<Message> delivered = new ArrayDeque<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private byte[] hello;
    private int session;
    private boolean open = true;
    private long closedUntilNs;
    private long cloggedUntilNs;
    private long delayMinNs = 20_000;
    private long delayMaxNs = 200_000;
    private long newestDueNs;

    private int sender;

    private record Message(byte[] bytes, long dueNs, int session, int sender)
    {
    }

    SimulatedPath(final SimulatedClock clock, final SimulationRandom random, final int firstSession)
    {
        this.clock = clock;
        this.random = random;
        this.session = firstSession;
    }

    /** As {@link MessageSender#offer}. */
    long offer(final DirectBuffer source, final int offset, final int length)
    {
        if (!isConnected())
        {
            return MessageSender.NOT_CONNECTED;
        }
        if (underWay.size() >= CAPACITY)
        {
            return MessageSender.BACK_PRESSURED;
        }
        final byte[] bytes = new byte[length];
        source.getBytes(offset, bytes);
        newestDueNs = Math.max(newestDueNs, clock.trueNs() + random.betweenNs(delayMinNs, delayMaxNs));
        underWay.addLast(new Message(bytes, newestDueNs, session, sender));
        hello = RecordDescriptor.templateId(source, offset) == HelloDecoder.TEMPLATE_ID ? bytes : hello;
        return length;
    }

    /** The newest Hello comes again, if this is a path that has had one. */
    void repeatHello()
    {
        if (hello != null && isConnected() && hasRoom())
        {
            underWay.addLast(new Message(hello, newestDueNs, session, sender));
        }
    }

    boolean hasRoom()
    {
        return underWay.size() < CAPACITY;
    }

    @Override
    public int poll(final MessageHandler handler, final int limit)
    {
        int polled = 0;
        while (polled < limit && isDue())
        {
            final Message message = underWay.removeFirst();
            remember(message);
            polled++;
            buffer.wrap(message.bytes);
            handler.onMessage(buffer, 0, message.bytes.length, message.session);
        }
        return polled;
    }

    private boolean isDue()
    {
        return !underWay.isEmpty() && clock.trueNs() >= cloggedUntilNs &&
            underWay.peekFirst().dueNs <= clock.trueNs();
    }

    private void remember(final Message message)
    {
        if (message.sender == sender)
        {
            delivered.addLast(message);
        }
        if (delivered.size() > HISTORY)
        {
            delivered.removeFirst();
        }
    }

    @Override
    public boolean isConnected()
    {
        return open && clock.trueNs() >= closedUntilNs;
    }

    /** Nothing is under way. */
    boolean isEmpty()
    {
        return underWay.isEmpty();
    }

    public void delay(final long minNs, final long maxNs)
    {
        delayMinNs = minNs;
        delayMaxNs = maxNs;
    }

    /** Delivers nothing for a while; what is sent queues, and then the sender is pressed back. */
    public void clog(final long ns)
    {
        cloggedUntilNs = clock.trueNs() + ns;
    }

    /** Loses everything that is under way and is gone for a while. */
    void breakSession(final int newSession, final long ns)
    {
        underWay.clear();
        delivered.clear();
        session = newSession;
        closedUntilNs = clock.trueNs() + ns;
    }

    /** The sender's process is gone; what it has sent arrives still, or is lost. */
    void senderGone(final boolean lost)
    {
        hello = null;
        // What a sender has left comes late, but never again.
        delivered.clear();
        sender++;
        open = false;
        if (lost)
        {
            underWay.clear();
        }
    }

    void senderBack(final int newSession)
    {
        open = true;
        session = newSession;
    }

    /** Another receiver takes the place of the one before, at an arbitrary position of what was under way or delivered. */
    void rejoin(final int newSession)
    {
        if (random.flip())
        {
            for (int lost = random.below(underWay.size() + 1); lost > 0; lost--)
            {
                underWay.removeFirst();
            }
        }
        else
        {
            for (int repeated = random.below(delivered.size() + 1); repeated > 0; repeated--)
            {
                underWay.addFirst(delivered.removeLast());
            }
        }
        delivered.clear();
        session = newSession;
        final Deque<Message> rest = new ArrayDeque<>(underWay);
        underWay.clear();
        rest.forEach(
            (message) -> underWay.addLast(new Message(message.bytes, message.dueNs, newSession, message.sender)));
    }

    /** No faults any more. */
    void heal()
    {
        closedUntilNs = 0;
        cloggedUntilNs = 0;
        delayMinNs = 20_000;
        delayMaxNs = 200_000;
    }
}
