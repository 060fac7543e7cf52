package io.lockstep.sequencer.ingress;

import io.lockstep.core.host.SourceTable;
import io.lockstep.sequencer.ingress.SourceSession.Verdict;
import org.junit.jupiter.api.Test;

import static io.lockstep.sequencer.ingress.SourceSession.RESUME_INTERVAL_NS;
import static io.lockstep.sequencer.ingress.SourceSession.RESUME_TIMEOUT_NS;
import static io.lockstep.sequencer.ingress.SourceSession.Verdict.ACCEPT;
import static io.lockstep.sequencer.ingress.SourceSession.Verdict.AWAIT_RESUME;
import static io.lockstep.sequencer.ingress.SourceSession.Verdict.GAP;
import static io.lockstep.sequencer.ingress.SourceSession.Verdict.HELD;
import static io.lockstep.sequencer.ingress.SourceSession.Verdict.REPEAT;
import static org.assertj.core.api.Assertions.assertThat;

class SourceSessionTest
{
    private static final int FIRST = 70;
    private static final int SECOND = 71;
    private static final int IMAGE = 1;
    private static final long NOW_NS = 1_000_000_000_000L;
    private static final long LISTENED_NS = 5_000_000_000L;

    private final SourceSession session = new SourceSession(new SourceTable().source(7));
    private long nowNs = NOW_NS;
    private long listenedNs = LISTENED_NS;

    private Verdict message(final int sourceSession, final long sequence)
    {
        return message(sourceSession, sequence, IMAGE);
    }

    private Verdict message(final int sourceSession, final long sequence, final int image)
    {
        return session.onMessage(sourceSession, sequence, image, listenedNs);
    }

    @Test
    void shouldTakeEachMessageOnce()
    {
        assertThat(message(FIRST, 1)).isEqualTo(ACCEPT);
        assertThat(message(FIRST, 2)).isEqualTo(ACCEPT);
        assertThat(message(FIRST, 2)).isEqualTo(REPEAT);
        assertThat(message(FIRST, 1)).isEqualTo(REPEAT);
        assertThat(message(FIRST, 0)).isEqualTo(REPEAT);
        assertThat(message(FIRST, Long.MIN_VALUE)).isEqualTo(REPEAT);
        assertThat(message(FIRST, 3)).isEqualTo(ACCEPT);
        assertThat(session.received()).isEqualTo(3);
    }

    @Test
    void shouldCallASkipWithinAnImageAGapAtOnce()
    {
        message(FIRST, 1);

        assertThat(message(FIRST, 5)).isEqualTo(GAP);

        session.accept(5);
        assertThat(message(FIRST, 6)).isEqualTo(ACCEPT);
        assertThat(message(FIRST, 4)).isEqualTo(REPEAT);
    }

    @Test
    void shouldAskToGoBackWhenANewImageBeginsWithASkip()
    {
        message(FIRST, 1);

        assertThat(message(FIRST, 5, IMAGE + 1)).isEqualTo(AWAIT_RESUME);
        assertThat(message(FIRST, 6, IMAGE + 1)).isEqualTo(AWAIT_RESUME);

        assertThat(message(FIRST, 2, IMAGE + 1)).isEqualTo(ACCEPT);
        assertThat(message(FIRST, 3, IMAGE + 1)).isEqualTo(ACCEPT);
        assertThat(message(FIRST, 7, IMAGE + 1)).as("it has gone back, so this is its own skip").isEqualTo(GAP);
    }

    @Test
    void shouldWaitForTheSourceOnlySoLong()
    {
        message(FIRST, 1);
        assertThat(message(FIRST, 5, IMAGE + 1)).isEqualTo(AWAIT_RESUME);

        // Neither a clock that jumps nor a loop that stands still is time to go back in.
        nowNs += 2 * RESUME_TIMEOUT_NS;
        listenedNs += RESUME_TIMEOUT_NS - 1;
        assertThat(message(FIRST, 6, IMAGE + 1)).isEqualTo(AWAIT_RESUME);
        listenedNs++;
        assertThat(message(FIRST, 7, IMAGE + 1)).isEqualTo(GAP);
    }

    @Test
    void shouldAskAgainAtIntervals()
    {
        assertThat(session.isResumeDue(nowNs)).isTrue();
        assertThat(session.isResumeDue(nowNs + RESUME_INTERVAL_NS - 1)).isFalse();
        assertThat(session.isResumeDue(nowNs + RESUME_INTERVAL_NS)).isTrue();
        assertThat(session.isResumeDue(nowNs + RESUME_INTERVAL_NS + 1)).isFalse();
    }

    @Test
    void shouldCountANewSessionFromOne()
    {
        message(FIRST, 1);
        message(FIRST, 2);
        assertThat(message(SECOND, 1)).as("not before its Hello").isEqualTo(REPEAT);
        session.hello(SECOND);

        assertThat(message(SECOND, 1)).isEqualTo(ACCEPT);
        assertThat(session.session()).isEqualTo(SECOND);
        assertThat(session.received()).isEqualTo(1);
        assertThat(message(SECOND, 2)).isEqualTo(ACCEPT);
    }

    /** Its image may still hold some when the successor's messages have come. */
    @Test
    void shouldTakeNoMoreOfASessionThatHasASuccessor()
    {
        message(FIRST, 1);
        session.hello(SECOND);
        message(SECOND, 1, IMAGE + 1);

        assertThat(message(FIRST, 2)).isEqualTo(REPEAT);
        assertThat(message(FIRST, 1)).isEqualTo(REPEAT);

        assertThat(session.session()).isEqualTo(SECOND);
        assertThat(message(SECOND, 2, IMAGE + 1)).isEqualTo(ACCEPT);
    }

    @Test
    void shouldBeHeldAgainstAnyOtherWhileItIsHeard()
    {
        session.hello(FIRST);
        assertThat(session.isHeldAgainst(SECOND, listenedNs)).as("never heard").isFalse();
        session.heard(listenedNs);

        listenedNs += SourceSession.TAKE_OVER_NS;
        assertThat(session.isHeldAgainst(FIRST, listenedNs)).isFalse();
        assertThat(session.isHeldAgainst(SECOND, listenedNs)).isTrue();
        assertThat(message(SECOND, 5)).isEqualTo(HELD);
        assertThat(session.session()).isEqualTo(FIRST);

        listenedNs++;
        assertThat(session.isHeldAgainst(SECOND, listenedNs)).isFalse();
        assertThat(session.isTakenOverBy(SECOND)).isTrue();
        assertThat(session.isTakenOverBy(FIRST)).isFalse();
        assertThat(message(SECOND, 5)).isEqualTo(AWAIT_RESUME);
        assertThat(session.session()).isEqualTo(SECOND);
    }

    @Test
    void shouldGoOnWhereTheJournalStands()
    {
        final SourceTable table = new SourceTable();
        table.restore(7, FIRST, 41);
        final SourceSession restored = new SourceSession(table.source(7));

        assertThat(restored.received()).isEqualTo(41);
        assertThat(restored.acknowledged()).isEqualTo(41);
        assertThat(restored.onMessage(FIRST, 41, IMAGE, LISTENED_NS)).isEqualTo(REPEAT);
        assertThat(restored.onMessage(FIRST, 43, IMAGE, LISTENED_NS)).isEqualTo(AWAIT_RESUME);
        assertThat(restored.onMessage(FIRST, 42, IMAGE, LISTENED_NS)).isEqualTo(ACCEPT);
    }

    @Test
    void shouldKeepItsPlaceWhenTheSameSessionSaysHelloAgain()
    {
        message(FIRST, 1);
        session.hello(FIRST);

        assertThat(session.received()).isEqualTo(1);
        assertThat(message(FIRST, 3)).as("it was told where to go on").isEqualTo(AWAIT_RESUME);
        assertThat(message(FIRST, 2)).isEqualTo(ACCEPT);
    }
}
