package io.lockstep.gateways.link;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.sbe.ContractType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A gateway's end against a node's end made by hand, over Aeron. */
class LinkClientTest
{
    private static final Instrument INSTRUMENT = new Instrument(0, "BTCUSDT", "SIM", ContractType.LINEAR,
        new Increment(1, -2), new Increment(1, -3), 1, 1, new Increment(1, 0), "BTC", "USDT", "USDT");

    private LinkFixture on = new LinkFixture(0);

    @AfterEach
    void close()
    {
        on.close();
    }

    @Test
    void sendsWhatTheNodeLacksOnceItHasAnswered()
    {
        offer(1, 3);
        on.awaitHello();
        assertThat(on.takenByNode()).containsExactly("hello first=1 decisions=0");
        on.sendResume(1);
        on.await(on.link::isLinked);
        on.settle();
        assertThat(on.takenByGateway()).containsExactly("linked");
        assertThat(on.takenByNode()).endsWith("input 2", "input 3").doesNotContain("input 1");
        assertThat(on.link.acknowledged()).isEqualTo(1);
        on.sendAcknowledgement(LinkFixture.SESSION + 1, 3);
        on.settle();
        assertThat(on.link.acknowledged()).isEqualTo(1);
        on.sendAcknowledgement(LinkFixture.SESSION, 3);
        on.await(() -> on.link.acknowledged() == 3);
        assertThat(on.link.offered()).isEqualTo(3);
    }

    @Test
    void saysHelloAtIntervalsUntilItIsLinked()
    {
        on.close();
        // As a clock may that counts from anywhere.
        on = new LinkFixture(Long.MIN_VALUE / 2);
        on.awaitHello();
        on.heardByNode.clear();
        for (int i = 0; i < 100; i++)
        {
            on.poll();
        }
        assertThat(on.takenByNode()).hasSize(5).allMatch("hello first=1 decisions=0"::equals);
        link(0);
        for (int i = 0; i < 100; i++)
        {
            on.poll();
        }
        assertThat(on.takenByNode()).isEmpty();
    }

    @Test
    void goesBackWhenTheNodeAsksForIt()
    {
        offer(1, 3);
        link(0);
        assertThat(on.takenByNode()).endsWith("input 1", "input 2", "input 3");
        on.sendResume(1);
        on.settle();
        assertThat(on.takenByNode()).containsExactly("input 2", "input 3");
        assertThat(on.takenByGateway()).containsExactly("linked");
    }

    /** Something is missing at the node: it has to know how far this gateway is before it says where to go on. */
    @Test
    void saysHelloAgainWhenTheNodeAsksForIt()
    {
        offer(1, 3);
        link(0);
        on.takenByNode();
        on.sendResume(-1);
        on.await(() -> !on.link.isLinked());
        on.awaitHello();
        assertThat(on.takenByNode()).containsOnly("hello first=1 decisions=0");
        link(1);
        assertThat(on.takenByNode()).endsWith("input 2", "input 3").doesNotContain("input 1");
        assertThat(on.takenByGateway()).containsExactly("linked", "unlinked", "linked");
    }

    @Test
    void goesOnWithAnotherIncarnationWhereItsJournalStops()
    {
        offer(1, 3);
        link(0);
        on.sendAcknowledgement(LinkFixture.SESSION, 2);
        on.settle();
        on.startNode();
        // The new node is heard before Aeron has noticed that the old one is gone.
        on.sendAcknowledgement(LinkFixture.SESSION + 1, 9);
        on.await(() -> !on.link.isLinked());
        offer(4, 4);
        on.awaitHello();
        assertThat(on.takenByNode()).containsOnly("hello first=3 decisions=0");
        link(2);
        assertThat(on.takenByNode()).endsWith("input 3", "input 4").doesNotContain("input 2");
        assertThat(on.takenByGateway()).containsExactly("linked", "unlinked", "linked");
    }

    @Test
    void handlesEachDecisionOnceAndInOrder()
    {
        on.awaitHello();
        on.sendDecision(1);
        link(0);
        on.sendDecision(1);
        on.sendDecision(2);
        on.sendDecision(1);
        on.sendDecision(2);
        on.sendDecision(3);
        on.settle();
        assertThat(on.takenByGateway()).containsExactly("linked", "decision 1", "decision 2", "decision 3");
    }

    /** All order gateways read one stream, and each venue counts its decisions from 1. */
    @Test
    void leavesOtherVenuesDecisionsAlone()
    {
        link(0);
        on.sendDecisionTo(LinkFixture.SOURCE + 1, false, 1);
        on.sendDecisionTo(LinkFixture.SOURCE, false, 1);
        on.sendDecisionTo(LinkFixture.SOURCE + 1, false, 2);
        on.sendDecisionTo(LinkFixture.SOURCE + 1, true, 3);
        on.sendDecisionTo(LinkFixture.SOURCE + 1, false, 9);
        on.sendDecisionTo(LinkFixture.SOURCE, true, 2);
        on.sendDecisionTo(LinkFixture.SOURCE, false, 3);
        on.settle();
        assertThat(on.takenByGateway()).containsExactly("linked", "decision 1", "decision 3");
        assertThat(on.link.decisionsReceived()).isEqualTo(3);
    }

    @Test
    void saysHelloWhenADecisionIsMissing()
    {
        link(0);
        on.sendDecision(1);
        on.sendDecision(3);
        on.await(() -> !on.link.isLinked());
        on.sendDecision(4);
        on.awaitHello();
        assertThat(on.takenByNode()).containsOnly("hello first=1 decisions=1");
        link(0);
        on.sendDecision(2);
        on.sendDecision(3);
        on.settle();
        assertThat(on.takenByGateway())
            .containsExactly("linked", "decision 1", "unlinked", "linked", "decision 2", "decision 3");
    }

    /** Else the node, which may have lost those decisions, would not know that they are with the venue. */
    @Test
    void saysHelloAgainWhenTheAnswerIsToOneFromBeforeTheLastDecisions()
    {
        link(0);
        on.sendDecision(1);
        on.settle();
        on.takenByNode();
        on.startNode();
        on.sendResume(0);
        on.awaitHello();

        assertThat(on.takenByNode()).containsOnly("hello first=1 decisions=1");
        assertThat(on.link.isLinked()).isFalse();
        link(0);
        assertThat(on.takenByGateway()).containsExactly("linked", "decision 1", "unlinked", "linked");
    }

    @Test
    void joinsANodeWithAPastAtTheFirstDecisionItStillHolds()
    {
        link(0);
        on.sendDecision(5_001);
        on.sendDecision(5_002);
        on.settle();
        assertThat(on.takenByGateway()).containsExactly("linked", "decision 5001", "decision 5002");
        assertThat(on.link.isLinked()).isTrue();
        assertThat(on.link.decisionsReceived()).isEqualTo(5_002);
    }

    @Test
    void tellsOfAnInstrumentWhenItIsFirstHeardOfOrHasChanged()
    {
        on.sendDefinition(INSTRUMENT);
        on.sendDefinition(INSTRUMENT);
        on.sendDefinition(INSTRUMENT.withId(1));
        on.settle();
        assertThat(on.takenByGateway()).containsExactly("instrument BTCUSDT.SIM", "instrument BTCUSDT.SIM");
        assertThat(on.link.instrument("BTCUSDT.SIM").id()).isEqualTo(1);
    }

    @Test
    void whatTheListenerThrowsEndsThePoll()
    {
        link(0);
        on.toThrow = new IllegalStateException("no room");
        on.sendDefinition(INSTRUMENT);
        on.sendDecision(1);
        assertThatThrownBy(on::settle).isSameAs(on.toThrow);
        assertThatThrownBy(on::settle).isSameAs(on.toThrow);
        assertThat(on.takenByGateway()).containsExactly("linked");
    }

    @Test
    void refusesWhenTheNodeTakesNothingAndGoesOnWhenItDoes()
    {
        long offered = 0;
        while (on.offer(offered + 1))
        {
            offered++;
        }
        assertThat(on.offer(offered + 1)).isFalse();
        assertThat(on.link.offered()).isEqualTo(offered);
        link(0);
        assertThat(on.takenByNode()).contains("input 1", "input " + offered);
        assertThat(on.offer(offered + 1)).isFalse();
        on.sendAcknowledgement(LinkFixture.SESSION, 2);
        on.settle();
        assertThat(on.offer(offered + 1)).isTrue();
        on.settle();
        assertThat(on.takenByNode()).containsExactly("input " + (offered + 1));
    }

    private void offer(final long from, final long to)
    {
        for (long value = from; value <= to; value++)
        {
            assertThat(on.offer(value)).isTrue();
        }
    }

    private void link(final long lastSourceSequence)
    {
        on.sendResume(lastSourceSequence);
        on.await(on.link::isLinked);
        on.settle();
    }
}
