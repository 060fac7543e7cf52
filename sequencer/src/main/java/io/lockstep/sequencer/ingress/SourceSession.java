package io.lockstep.sequencer.ingress;

import io.lockstep.core.host.SourceTable;

/**
 * The live side of one source: what was received of it in this incarnation. Decides what is to be done with a message by its
 * session and source sequence.
 * <p>
 * Within one Aeron image messages are in order and complete, so a skip there is the source's own and is taken as a gap. The
 * first message of an image may be anything, for a subscriber that joins late starts anywhere: the source is asked to go
 * back. One that cannot says so in its Hello; only if it does neither within {@link #RESUME_TIMEOUT_NS} in which the node
 * listens is the skip taken as a gap, for until then it may only be slow, or the node itself.
 * <p>
 * A gateway that was started again has another session. It begins with its Hello, and with no message before that. While the
 * present session is heard no other is taken: it is one that has ended and comes late, or a second gateway with the same id.
 */
final class SourceSession
{
    static final long RESUME_TIMEOUT_NS = 10_000_000_000L;
    static final long RESUME_INTERVAL_NS = 50_000_000L;
    static final long TAKE_OVER_NS = 1_000_000_000L;
    private static final long NOT_AWAITING = -1;

    /** What is to be done with a message. */
    enum Verdict
    {
        ACCEPT, REPEAT, GAP, AWAIT_RESUME, HELD
    }

    private final SourceTable.Source source;
    private final int sourceId;
    private final long takeOverNs;
    private final ProcessName process = new ProcessName();
    private boolean present;
    private int session;
    private int provenSession;
    private int provenStreamId;
    private int refusedSession;
    private long received;
    private long acknowledged;
    private long journaled;
    private int imageSessionId;
    private boolean contiguous;
    private long awaitingSinceNs;
    private long lastResumeNs;
    private boolean heard;
    private long heardNs;
    private boolean silent;
    private boolean receivesDecisions;
    private boolean operator;
    private boolean introduced;

    SourceSession(final SourceTable.Source journaled)
    {
        this(journaled, TAKE_OVER_NS);
    }

    /**
     * @param takeOverNs of silence after which another session may have the source id.
     */
    SourceSession(final SourceTable.Source journaled, final long takeOverNs)
    {
        this.takeOverNs = takeOverNs;
        source = journaled;
        sourceId = journaled.id();
        forget();
    }

    /** The source is heard, for the first time or after it had left: nothing is known of it but what is journaled. */
    void enter()
    {
        forget();
        present = true;
    }

    private void forget()
    {
        begin(source.session());
        received = source.lastSequence();
        acknowledged = received;
        journaled = received;
        provenSession = 0;
        refusedSession = 0;
        imageSessionId = 0;
        lastResumeNs = 0;
        heard = false;
        heardNs = 0;
        silent = false;
        receivesDecisions = false;
        operator = false;
        introduced = false;
    }

    /** Nobody misses the source. */
    void leave()
    {
        present = false;
    }

    boolean isPresent()
    {
        return present;
    }

    /** Whether this session has proven that it has the source's key, and came by this stream. */
    boolean isProven(final int ofSession, final int streamId)
    {
        return provenSession != 0 && provenSession == ofSession && provenStreamId == streamId;
    }

    void proven(final int newSession, final int streamId)
    {
        provenSession = newSession;
        provenStreamId = streamId;
    }

    int sourceId()
    {
        return sourceId;
    }

    int session()
    {
        return session;
    }

    /** Highest source sequence taken. */
    long received()
    {
        return received;
    }

    long acknowledged()
    {
        return acknowledged;
    }

    /** Highest source sequence that is in the journal: the source may forget no more. */
    long journaled()
    {
        return journaled;
    }

    /** All that was received is in the journal. */
    void onJournaled()
    {
        journaled = received;
    }

    void acknowledged(final long sequence)
    {
        acknowledged = sequence;
    }

    /** Whether another session has the source id and is heard, so that this one is not taken. */
    boolean isHeldAgainst(final int otherSession, final long listenedNs)
    {
        return session != 0 && otherSession != session && heard && silentNs(listenedNs) <= takeOverNs;
    }

    /** Whether another session has had the source id in this incarnation. */
    boolean isTakenOverBy(final int otherSession)
    {
        return session != 0 && otherSession != session && heard;
    }

    /** Which process has the source id, as it said; empty where it did not. */
    ProcessName process()
    {
        return process;
    }

    /** Another number whenever the source was heard. */
    long heardNs()
    {
        return heardNs;
    }

    /** Whether this is the first time that the session is refused. */
    boolean isFirstRefusal(final int ofSession)
    {
        final boolean isFirst = ofSession != refusedSession;
        refusedSession = ofSession;
        return isFirst;
    }

    /** The source says who it is; a session of another number counts from 1. */
    void hello(final int newSession)
    {
        if (newSession != session)
        {
            begin(newSession);
        }
        contiguous = false;
        awaitingSinceNs = NOT_AWAITING;
    }

    private void begin(final int newSession)
    {
        session = newSession;
        process.clear();
        received = 0;
        acknowledged = 0;
        journaled = 0;
        contiguous = false;
        awaitingSinceNs = NOT_AWAITING;
    }

    Verdict onMessage(
        final int messageSession,
        final long sequence,
        final int newImageSessionId,
        final long listenedNs)
    {
        if (messageSession != session)
        {
            if (session != 0 && silentNs(listenedNs) <= takeOverNs)
            {
                // What a gateway before has left in its image would make its successor's count start again. A gateway that
                // is new says Hello, and sends all of it again behind that.
                return heard ? Verdict.HELD : Verdict.REPEAT;
            }
            begin(messageSession);
        }
        if (newImageSessionId != imageSessionId)
        {
            imageSessionId = newImageSessionId;
            contiguous = false;
        }
        if (sequence <= received)
        {
            return Verdict.REPEAT;
        }
        if (sequence == received + 1)
        {
            accept(sequence);
            return Verdict.ACCEPT;
        }
        if (!contiguous && awaitingSinceNs == NOT_AWAITING)
        {
            awaitingSinceNs = listenedNs;
        }
        return contiguous || listenedNs - awaitingSinceNs >= RESUME_TIMEOUT_NS ? Verdict.GAP : Verdict.AWAIT_RESUME;
    }

    /**
     * The source was heard.
     *
     * @param listenedNs on the clock of {@link LinkIngress} that runs while it listens.
     */
    void heard(final long listenedNs)
    {
        heard = true;
        heardNs = listenedNs;
    }

    /** How long it was not heard; 0 while it has not been at all, for it may never come. */
    long silentNs(final long listenedNs)
    {
        return heard ? listenedNs - heardNs : 0;
    }

    /** Whether it was heard in this incarnation. */
    boolean isHeard()
    {
        return heard;
    }

    /** Whether all that was received is in the journal, and acknowledged. */
    boolean isSettled()
    {
        return journaled == received && acknowledged == received;
    }

    boolean isSilent()
    {
        return silent;
    }

    void silent(final boolean nowSilent)
    {
        silent = nowSilent;
    }

    boolean receivesDecisions()
    {
        return receivesDecisions;
    }

    void receivesDecisions(final boolean receives)
    {
        receivesDecisions = receives;
    }

    /** Whether it gives commands: it comes and goes as it likes. */
    boolean isOperator()
    {
        return operator;
    }

    /** As its Hello says. */
    void introduce(final boolean givesCommands)
    {
        operator = givesCommands;
        introduced = true;
    }

    /** As its newest input lets guess, where its Hello has not said it. */
    void guessOperator(final boolean isCommand)
    {
        operator = introduced ? operator : isCommand;
    }

    /** Whether it is time to ask the source once more to go back. */
    boolean isResumeDue(final long nowNs)
    {
        final boolean due = nowNs - lastResumeNs >= RESUME_INTERVAL_NS;
        lastResumeNs = due ? nowNs : lastResumeNs;
        return due;
    }

    /** Takes the message with this sequence, whatever is missing before it. */
    void accept(final long sequence)
    {
        received = sequence;
        contiguous = true;
        awaitingSinceNs = NOT_AWAITING;
    }

    /** What is missing up to here will not come; more may follow. */
    void skipTo(final long sequence)
    {
        received = sequence;
        awaitingSinceNs = NOT_AWAITING;
    }
}
