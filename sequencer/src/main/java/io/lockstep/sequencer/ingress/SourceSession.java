package io.lockstep.sequencer.ingress;

import io.lockstep.core.host.SourceTable;

/**
 * The live side of one source: what was received of it in this incarnation. Decides what is to be done with a message by its
 * session and source sequence.
 * <p>
 * Within one Aeron image messages are in order and complete, so a skip there is the source's own and is taken as a gap. The
 * first message of an image may be anything, for a subscriber that joins late starts anywhere: the source is asked to go
 * back. One that cannot says so in its Hello; only if it does neither within {@link #RESUME_TIMEOUT_NS} is the skip taken as
 * a gap, for until then it may only be slow.
 * <p>
 * A gateway that was started again has another session. It begins with its Hello, and with no message before that. While the
 * present session is heard no other is taken: it is one that has ended and comes late, or a second gateway with the same id.
 */
final class SourceSession
{
    static final long RESUME_TIMEOUT_NS = 10_000_000_000L;
    static final long RESUME_INTERVAL_NS = 50_000_000L;
    static final long TAKE_OVER_NS = 1_000_000_000L;

    /** What is to be done with a message. */
    enum Verdict
    {
        ACCEPT, REPEAT, GAP, AWAIT_RESUME, HELD
    }

    private final int sourceId;
    private int session;
    private final long takeOverNs;
    private String process = "";
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
        sourceId = journaled.id();
        session = journaled.session();
        received = journaled.lastSequence();
        acknowledged = received;
        this.journaled = received;
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
    String process()
    {
        return process;
    }

    void process(final String newProcess)
    {
        process = newProcess;
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
        awaitingSinceNs = 0;
    }

    private void begin(final int newSession)
    {
        session = newSession;
        process = "";
        received = 0;
        acknowledged = 0;
        journaled = 0;
        contiguous = false;
        awaitingSinceNs = 0;
    }

    Verdict onMessage(
        final int messageSession,
        final long sequence,
        final int newImageSessionId,
        final long nowNs,
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
        if (!contiguous && awaitingSinceNs == 0)
        {
            awaitingSinceNs = nowNs;
        }
        return contiguous || nowNs - awaitingSinceNs >= RESUME_TIMEOUT_NS ? Verdict.GAP : Verdict.AWAIT_RESUME;
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

    void operator(final boolean givesCommands)
    {
        operator = givesCommands;
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
        awaitingSinceNs = 0;
    }

    /** What is missing up to here will not come; more may follow. */
    void skipTo(final long sequence)
    {
        received = sequence;
        awaitingSinceNs = 0;
    }
}
