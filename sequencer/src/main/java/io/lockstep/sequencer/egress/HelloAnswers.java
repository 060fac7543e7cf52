package io.lockstep.sequencer.egress;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.ResumeEncoder;
import org.agrona.collections.IntArrayQueue;

/**
 * Answers to Hellos, each a definition of every instrument, where the session wants them, and a Resume behind them. An answer goes to
 * the session that asked; it goes on where the link stopped taking it, and no turn of the loop sends more than
 * {@link #MESSAGES_PER_TURN} messages of all answers together, which take turns. What is defined later goes to all.
 * <p>
 * On the sequencer's thread. Allocates when a source says Hello for the first time.
 */
final class HelloAnswers
{
    static final int MESSAGES_PER_TURN = 64;
    private static final int MESSAGES_PER_SLICE = 16;
    private static final int SOURCES = 1024;

    /** What the node has defined. */
    interface Definitions
    {
        /** Instruments; their ids are dense. */
        int count();

        Instrument instrument(int id);
    }

    /** What becomes of the order gateways among those that are answered. */
    interface Receivers
    {
        /** Highest egress sequence that the gateway has acknowledged. */
        long acknowledged(HelloDecoder hello);

        /** The gateway has been sent its Resume: it takes decisions from now on. */
        void onAnswered(HelloDecoder hello);
    }

    private final Definitions definitions;
    private final LinkMessages messages;
    private final int incarnation;
    private final Receivers receivers;
    private final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
    private final ResumeEncoder resume = new ResumeEncoder();
    private final HelloAnswer[] answerBySourceId = new HelloAnswer[SOURCES];
    private final HelloAnswer[] waiting = new HelloAnswer[SOURCES];
    private final IntArrayQueue defined = new IntArrayQueue();
    private int first;
    private int count;
    private boolean isAnyAnswered;

    HelloAnswers(
        final Definitions definitions,
        final LinkMessages messages,
        final int incarnation,
        final Receivers receivers)
    {
        this.definitions = definitions;
        this.messages = messages;
        this.incarnation = incarnation;
        this.receivers = receivers;
    }

    /** A Hello of the session whose answer is under way changes nothing of how far that is. */
    void add(final HelloDecoder hello, final long lastSourceSequence)
    {
        final int sourceId = hello.sourceId();
        HelloAnswer answer = answerBySourceId[sourceId];
        if (answer == null)
        {
            answer = new HelloAnswer();
            answerBySourceId[sourceId] = answer;
        }
        final boolean isWaiting = answer.isWaiting();
        answer.take(hello, lastSourceSequence);
        if (!isWaiting)
        {
            waiting[first + count & SOURCES - 1] = answer;
            count++;
        }
    }

    /** An instrument has been defined, or another way than before. */
    void onDefined(final int instrumentId)
    {
        if (isAnyAnswered && instrumentId >= 0 && instrumentId < definitions.count())
        {
            defined.addInt(instrumentId);
        }
    }

    /** Whether there is anything to send. */
    boolean isIdle()
    {
        return count == 0 && defined.isEmpty();
    }

    /** Whether the source has said Hello and waits for its Resume: decisions that it is sent before that are lost on it. */
    boolean isWaiting(final int sourceId)
    {
        return count > 0 && answerBySourceId[sourceId] != null && answerBySourceId[sourceId].isWaiting();
    }

    /** Sends as much as the link takes and a turn may have. */
    void send()
    {
        int room = MESSAGES_PER_TURN;
        while (room > 0 && !defined.isEmpty() && sendDefinition(defined.peekInt(), 0, 0) > 0)
        {
            defined.pollInt();
            room--;
        }
        while (room > 0 && count > 0)
        {
            final HelloAnswer answer = waiting[first];
            final int before = room;
            room -= sendSlice(answer, Math.min(room, MESSAGES_PER_SLICE));
            if (answer.isWaiting() && room == before)
            {
                // The link takes nothing now.
                return;
            }
            next(answer);
        }
    }

    private void next(final HelloAnswer answer)
    {
        first = first + 1 & SOURCES - 1;
        count--;
        if (answer.isWaiting())
        {
            waiting[first + count & SOURCES - 1] = answer;
            count++;
        }
    }

    /** Returns the number of messages that were sent; an answer that nobody listens to is given up. */
    private int sendSlice(final HelloAnswer answer, final int limit)
    {
        for (int sent = 0; sent < limit; sent++)
        {
            final boolean isLast = answer.definitionsSent() >= definitionCount(answer);
            final long result = isLast
                ? sendResume(answer)
                : sendDefinition(answer.definitionsSent(), answer.sourceId(), answer.sourceSession());
            if (result < 0)
            {
                if (result != MessageSender.BACK_PRESSURED && result != MessageSender.ADMIN_ACTION)
                {
                    answer.end();
                }
                return sent;
            }
            if (isLast)
            {
                conclude(answer);
                return sent + 1;
            }
            answer.onDefinitionSent();
        }
        return limit;
    }

    private int definitionCount(final HelloAnswer answer)
    {
        return answer.wantsDefinitions() ? definitions.count() : 0;
    }

    private void conclude(final HelloAnswer answer)
    {
        isAnyAnswered = true;
        answer.end();
        if (answer.receivesDecisions())
        {
            receivers.onAnswered(answer.hello());
        }
    }

    private long sendDefinition(final int instrumentId, final int sourceId, final int sourceSession)
    {
        definitions.instrument(instrumentId).encode(messages.begin(definition));
        return messages.send(definition, sourceId, sourceSession);
    }

    private long sendResume(final HelloAnswer answer)
    {
        messages.begin(resume)
            .sourceId(answer.sourceId())
            .sourceSession(answer.sourceSession())
            .incarnation(incarnation)
            .lastSourceSequence(answer.lastSourceSequence())
            .decisionsAcknowledged(
                answer.receivesDecisions() ? receivers.acknowledged(answer.hello()) : Nulls.NULL_LONG)
            .definitions(definitionCount(answer));
        return messages.send(resume, answer.sourceId(), answer.sourceSession());
    }
}
