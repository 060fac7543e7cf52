package io.lockstep.verification.link;

import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.codecs.transport.MessageSender;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A stream in memory that does what Aeron does, and does it often: each sender and receiver meet in a session, in which
 * messages are in order and complete; a session can be lost with all that is in it, and is then another; a receiver that died
 * holds its senders up until it is missed. What happens is drawn from a seed.
 */
final class LossyStream
{
    private static final int QUEUE_MAX = 64;

    private final SplittableRandom random;
    private final List<Sender> senders = new ArrayList<>();
    private final List<Receiver> receivers = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private int nextSessionId = 1;
    private boolean faulty;

    LossyStream(final SplittableRandom random)
    {
        this.random = random;
    }

    /** Whether offers fail at random, and {@link #disturb} does anything. */
    void faulty(final boolean isFaulty)
    {
        faulty = isFaulty;
    }

    Sender newSender()
    {
        final Sender sender = new Sender();
        senders.add(sender);
        receivers.forEach((receiver) -> sessions.add(new Session(sender, receiver)));
        return sender;
    }

    Receiver newReceiver()
    {
        final Receiver receiver = new Receiver();
        receivers.add(receiver);
        senders.forEach((sender) -> sessions.add(new Session(sender, receiver)));
        return receiver;
    }

    /** Loses a session, now and then; what is sent from then on is another. */
    void disturb()
    {
        if (faulty && !sessions.isEmpty() && random.nextInt(50) == 0)
        {
            sessions.get(random.nextInt(sessions.size())).lose();
        }
    }

    /** Loses all sessions. */
    void loseAll()
    {
        sessions.forEach(Session::lose);
    }

    /** A message with the id of the session it came on. */
    private record Message(UnsafeBuffer buffer, int sessionId)
    {
    }

    private final class Session
    {
        private final Sender sender;
        private final Receiver receiver;
        private final Deque<Message> queue = new ArrayDeque<>();
        private int id = nextSessionId++;

        private Session(final Sender sender, final Receiver receiver)
        {
            this.sender = sender;
            this.receiver = receiver;
        }

        private void lose()
        {
            queue.clear();
            id = nextSessionId++;
        }
    }

    /** The sending end, until it is closed. */
    final class Sender implements MessageSender
    {
        @Override
        public long offer(final DirectBuffer buffer, final int offset, final int length)
        {
            boolean connected = false;
            for (final Session session : sessions)
            {
                connected |= session.sender == this;
                if (session.sender == this && session.queue.size() >= QUEUE_MAX)
                {
                    return BACK_PRESSURED;
                }
            }
            if (!connected)
            {
                return NOT_CONNECTED;
            }
            if (faulty && random.nextInt(8) == 0)
            {
                return random.nextBoolean() ? BACK_PRESSURED : ADMIN_ACTION;
            }
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            sessions.stream().filter((session) -> session.sender == this)
                .forEach((session) -> session.queue.add(new Message(new UnsafeBuffer(bytes), session.id)));
            return 1;
        }

        /** What was sent and not yet received may still be. */
        void close()
        {
            senders.remove(this);
        }
    }

    /** The receiving end, until it is closed. */
    final class Receiver implements MessageReceiver
    {
        private boolean dead;

        @Override
        public int poll(final MessageHandler handler, final int limit)
        {
            int polled = 0;
            final int first = sessions.isEmpty() ? 0 : random.nextInt(sessions.size());
            final List<Session> all = List.copyOf(sessions);
            for (int i = 0; i < all.size(); i++)
            {
                final Session session = all.get((first + i) % all.size());
                while (session.receiver == this && !session.queue.isEmpty() && polled < limit)
                {
                    final Message message = session.queue.poll();
                    handler.onMessage(message.buffer, 0, message.buffer.capacity(), message.sessionId);
                    polled++;
                }
            }
            sessions.removeIf((session) -> session.receiver == this && session.queue.isEmpty() &&
                !senders.contains(session.sender));
            return polled;
        }

        @Override
        public boolean isConnected()
        {
            return sessions.stream().anyMatch((session) -> session.receiver == this);
        }

        /** Takes nothing any more, and holds its senders up until {@link #miss}. */
        void die()
        {
            dead = true;
            receivers.remove(this);
        }

        /** It is noticed that it is dead. */
        void miss()
        {
            sessions.removeIf((session) -> session.receiver == this && dead);
        }
    }
}
