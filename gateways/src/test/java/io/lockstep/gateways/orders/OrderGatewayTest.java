package io.lockstep.gateways.orders;

import io.lockstep.sbe.ExecType;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Given what node and venue say, and the death of processes and connections: what each is told then. */
class OrderGatewayTest
{
    private static final long ANSWER_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long NODE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    @TempDir
    private Path directory;

    private final NodeStandIn node = new NodeStandIn();
    private final List<String> notices = new ArrayList<>();
    private ScriptedVenue venue;
    private RequestLog log;
    private OrderGateway gateway;
    private long nowNs = TimeUnit.HOURS.toNanos(1);
    private int session;
    private boolean isDiskFull;

    @BeforeEach
    void start() throws IOException
    {
        start(false);
    }

    private void start(final boolean acceptsNewLog) throws IOException
    {
        log = RequestLog.open(directory, LogFixture.IDENTITY, LogFixture.OPTIONS, this::channel);
        venue = new ScriptedVenue();
        session++;
        gateway = new OrderGateway(log, (listener) -> node.link(listener, session), (listener) ->
        {
            venue.listener = listener;
            return venue;
        }, new OrderGatewayContext(ANSWER_TIMEOUT_NS, NODE_TIMEOUT_NS, acceptsNewLog), () -> nowNs,
            new HeardNotices(notices));
        venue.isLogged = (number) -> isInLog(number);
    }

    private boolean isInLog(final long number)
    {
        final UnsafeBuffer id = new UnsafeBuffer(new byte[18]);
        ScriptedVenue.putId(id, 0, number);
        return log.find(id, 0) != null;
    }

    private RequestLogChannel channel(final Path path) throws IOException
    {
        final RequestLogChannel channel = RequestLogChannel.open(path);
        return new RequestLogChannel()
        {
            @Override
            public void write(final ByteBuffer buffer, final long position) throws IOException
            {
                if (isDiskFull)
                {
                    throw new IOException("No space left on device");
                }
                channel.write(buffer, position);
            }

            @Override
            public void force() throws IOException
            {
                channel.force();
            }

            @Override
            public void close() throws IOException
            {
                channel.close();
            }
        };
    }

    @AfterEach
    void end() throws IOException
    {
        log.close();
    }

    /** The process dies, and the next one starts. */
    private void die() throws IOException
    {
        log.close();
        notices.clear();
        node.heard.clear();
        start(false);
    }

    private void run(final long ns)
    {
        for (long ran = 0; ran <= ns; ran += TimeUnit.MILLISECONDS.toNanos(1))
        {
            gateway.doWork();
            nowNs += TimeUnit.MILLISECONDS.toNanos(1);
        }
    }

    private void settle()
    {
        run(TimeUnit.MILLISECONDS.toNanos(40));
    }

    /** Node and venue are there, and nothing was missed. */
    private void link(final long decisionsAcknowledged)
    {
        gateway.doWork();
        node.resume(decisionsAcknowledged);
        venue.connect();
        settle();
        venue.executionsEnd(0);
        settle();
        node.heard.clear();
        venue.heard.clear();
    }

    @Test
    void shouldLogARequestBeforeItIsHandedOver()
    {
        link(0);
        node.order(1, 5);
        node.cancel(2, 1);
        settle();
        assertThat(venue.taken()).containsExactly("new 1", "cancel 2");
        assertThat(node.taken()).containsExactly("acknowledged 2");
    }

    @Test
    void shouldAskAboutWhatADeadProcessHandedOverAndNeverSendItAgain() throws IOException
    {
        link(0);
        node.order(1, 5);
        settle();
        die();
        assertThat(notices.get(0)).contains("egressSequence=1 requestsInDoubt=1");
        gateway.doWork();
        assertThat(node.taken()).containsExactly("hello 1 of 3/1");
        link(0);
        // A node that does not know better sends it again.
        node.order(1, 5);
        settle();
        assertThat(venue.taken()).isEmpty();
        venue.standing(1, RequestStanding.UNDER_WAY);
        settle();
        settle();
        assertThat(venue.taken()).containsExactly("ask 1");
        venue.execution(1, ExecType.NEW, 1);
        venue.standing(1, RequestStanding.DONE);
        run(2 * ScriptedVenue.SETTLE_NS);
        assertThat(venue.taken()).isEmpty();
        assertThat(node.taken()).contains("NEW 1 NONE").doesNotContain("REJECTED 1 NOT_SENT");
    }

    @Test
    void shouldReportARequestAsNotSentOnlyWhenTheVenueCanNoLongerHaveIt() throws IOException
    {
        link(0);
        node.order(1, 5);
        node.cancel(2, 1);
        settle();
        die();
        gateway.doWork();
        node.resume(0);
        venue.connect();
        settle();
        venue.executionsEnd(0);
        settle();
        assertThat(venue.taken()).containsExactly("executions behind 0", "ask 1", "ask 2");
        venue.standing(1, RequestStanding.NONE);
        venue.standing(2, RequestStanding.NONE);
        run(ScriptedVenue.SETTLE_NS - TimeUnit.MILLISECONDS.toNanos(20));
        assertThat(venue.taken()).as("before the settle time is over").isEmpty();
        settle();
        assertThat(venue.taken()).containsExactly("ask 1", "ask 2");
        node.heard.clear();
        venue.standing(1, RequestStanding.NONE);
        venue.standing(2, RequestStanding.NONE);
        settle();
        assertThat(node.taken()).containsExactly("REJECTED 1 NOT_SENT", "CANCEL_REQUEST refused 2 NOT_SENT");
        assertThat(gateway.counters().notSent()).isEqualTo(2);
    }

    @Test
    void shouldStartTheSettleTimeAnewWithAnotherConnection() throws IOException
    {
        link(0);
        node.order(1, 5);
        settle();
        venue.disconnect();
        venue.connect();
        settle();
        venue.executionsEnd(0);
        settle();
        venue.standing(1, RequestStanding.NONE);
        run(ScriptedVenue.SETTLE_NS);
        venue.disconnect();
        venue.connect();
        settle();
        venue.executionsEnd(0);
        settle();
        node.heard.clear();
        venue.standing(1, RequestStanding.NONE);
        settle();
        assertThat(node.taken()).doesNotContain("REJECTED 1 NOT_SENT");
        run(ScriptedVenue.SETTLE_NS);
        venue.standing(1, RequestStanding.NONE);
        settle();
        assertThat(node.taken()).contains("REJECTED 1 NOT_SENT");
    }

    @Test
    void shouldGiveARefusalWhoseAnswerWasLost() throws IOException
    {
        link(0);
        node.order(1, 5);
        node.cancel(2, 1);
        settle();
        venue.execution(1, ExecType.NEW, 1);
        venue.disconnect();
        venue.connect();
        settle();
        assertThat(venue.taken()).containsExactly("new 1", "cancel 2", "executions behind 1");
        venue.executionsEnd(1);
        settle();
        assertThat(venue.taken()).containsExactly("ask 2");
        node.heard.clear();
        venue.standing(2, RequestStanding.REFUSED);
        settle();
        assertThat(node.taken()).containsExactly("CANCEL_REQUEST refused 2 UNKNOWN_ORDER");
    }

    @Test
    void shouldAskAboutARequestThatTheVenueDoesNotAnswerInTime()
    {
        link(0);
        node.order(1, 5);
        settle();
        venue.heard.clear();
        run(ANSWER_TIMEOUT_NS - TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(venue.taken()).isEmpty();
        run(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(venue.taken()).containsExactly("ask 1");
    }

    /** A report that the node has not journaled dies with the process, and nobody else has it. */
    @Test
    void shouldAskAgainWhenTheNodeHasNotJournaledTheAnswer() throws IOException
    {
        link(0);
        node.order(1, 5);
        node.order(2, 5);
        settle();
        venue.execution(1, ExecType.NEW, 1);
        node.journal();
        settle();
        venue.execution(2, ExecType.NEW, 2);
        settle();
        die();
        gateway.doWork();
        node.resume(2);
        venue.connect();
        settle();
        assertThat(venue.taken()).containsExactly("executions behind 1");
        venue.executionsEnd(2);
        settle();
        assertThat(venue.taken()).containsExactly("ask 2");
    }

    @Test
    void shouldNotHandOverWhatComesAgain()
    {
        link(0);
        node.order(1, 1, 5);
        node.order(2, 1, 5);
        node.order(3, 1, 6);
        settle();
        assertThat(venue.taken()).containsExactly("new 1");
        assertThat(gateway.counters().repeats()).isEqualTo(1);
        assertThat(gateway.counters().conflicts()).isEqualTo(1);
        assertThat(notices.get(notices.size() - 1)).contains("another request has its ClOrdID");
        assertThat(node.taken()).containsExactly("acknowledged 3");
    }

    @Test
    void shouldNotHandOverWhatIsOlderThanTheLog()
    {
        link(0);
        node.order(1, 7, 5);
        node.order(2, 6, 5);
        settle();
        assertThat(venue.taken()).containsExactly("new 7");
        assertThat(gateway.counters().stale()).isEqualTo(1);
    }

    @Test
    void shouldSayAtOnceThatNothingWasSentWithoutAConnection()
    {
        link(0);
        venue.disconnect();
        node.order(1, 5);
        node.cancel(2, 1);
        settle();
        assertThat(venue.taken()).isEmpty();
        assertThat(node.taken()).containsExactly("REJECTED 1 NOT_SENT", "CANCEL_REQUEST refused 2 NOT_SENT",
            "acknowledged 2");
    }

    @Test
    void shouldTakeNoOrdersButCancelsWhenTheLogCannotBeWritten()
    {
        link(0);
        isDiskFull = true;
        node.order(1, 5);
        node.cancel(2, 1);
        node.order(3, 5);
        settle();
        assertThat(venue.taken()).containsExactly("cancel 2 unlogged");
        assertThat(node.taken()).containsExactly(
            "REJECTED 1 NOT_SENT", "REJECTED 3 NOT_SENT", "acknowledged 3");
        assertThat(notices).filteredOn((notice) -> notice.contains("!takes no new orders")).hasSize(1)
            .allSatisfy((notice) -> assertThat(notice).contains("No space left on device", "requests-a.log"));
        assertThat(gateway.counters().unlogged()).isEqualTo(1);
    }

    @Test
    void shouldRefuseALogThatIsBehindTheNode() throws IOException
    {
        gateway.doWork();
        node.resume(4);
        assertThatThrownBy(gateway::doWork).isInstanceOf(RequestLogException.class)
            .hasMessageContaining("behind: file=" + directory.resolve("requests-a.log"))
            .hasMessageContaining("ends with egressSequence=0: expected at least egressSequence=4")
            .hasMessageContaining("--accept-new-log");
        assertThat(venue.taken()).isEmpty();
    }

    @Test
    void shouldTakeALogUpBehindTheNodeWhenThatIsAccepted() throws IOException
    {
        log.close();
        start(true);
        link(4);
        node.order(5, 5);
        settle();
        assertThat(venue.taken()).containsExactly("new 5");
        die();
        assertThat(notices.get(0)).contains("egressSequence=5");
    }

    /** What the log is for: without it a node that has no acknowledgement yet makes the gateway send again. */
    @Test
    void shouldSendAgainWithoutItsLog() throws IOException
    {
        link(0);
        node.order(1, 5);
        gateway.doWork();
        assertThat(venue.taken()).containsExactly("new 1");
        log.close();
        directory = directory.resolve("another");
        start(true);
        link(0);
        node.order(1, 5);
        settle();
        assertThat(venue.taken()).containsExactly("new 1");
    }

    @Test
    void shouldAnswerHowOrdersStandWhenNothingIsInDoubt()
    {
        link(0);
        node.order(1, 5);
        settle();
        venue.heard.clear();
        node.askForMassStatus(1, 0);
        settle();
        assertThat(venue.taken()).as("its answer is under way").isEmpty();
        venue.execution(1, ExecType.NEW, 1);
        settle();
        assertThat(venue.taken()).containsExactly("executions behind 0");
        venue.execution(1, ExecType.NEW, 1);
        venue.executionsEnd(1);
        settle();
        assertThat(venue.taken()).containsExactly("open orders");
        node.heard.clear();
        venue.openOrder(1);
        settle();
        assertThat(node.taken()).as("half a list").isEmpty();
        venue.openOrdersEnd(1, 1);
        settle();
        assertThat(node.taken()).containsExactly(
            "ORDER_STATUS 1 NONE", "end 1 open=1 decisions=1 lastExecId=1");
    }

    @Test
    void shouldAnswerFromTheBeginningWhenTheConnectionEndsAmidTheAnswer()
    {
        link(0);
        node.askForMassStatus(1, 0);
        settle();
        venue.executionsEnd(0);
        settle();
        venue.openOrder(9);
        venue.disconnect();
        venue.connect();
        settle();
        venue.executionsEnd(0);
        settle();
        venue.heard.clear();
        node.heard.clear();
        venue.executionsEnd(0);
        settle();
        assertThat(venue.taken()).containsExactly("open orders");
        venue.openOrdersEnd(0, 0);
        settle();
        assertThat(node.taken()).containsExactly("end 1 open=0 decisions=0 lastExecId=0");
    }

    @Test
    void shouldCancelWhatIsOpenWhenTheNodeIsSilentAndSaySoWhenItIsBack()
    {
        link(0);
        node.order(1, 5);
        settle();
        venue.execution(1, ExecType.NEW, 1);
        venue.heard.clear();
        run(NODE_TIMEOUT_NS - TimeUnit.MILLISECONDS.toNanos(200));
        assertThat(venue.taken()).isEmpty();
        run(TimeUnit.MILLISECONDS.toNanos(300));
        assertThat(venue.taken()).containsExactly("cancel all");
        assertThat(notices.get(notices.size() - 1)).contains("!the node has said nothing for 500", "cancelled");
        venue.execution(1, ExecType.CANCELED, 2);
        run(NODE_TIMEOUT_NS);
        assertThat(venue.taken()).as("what came to be an order since").containsExactly("cancel all");
        node.heartbeat();
        settle();
        assertThat(notices.get(notices.size() - 1))
            .isEqualTo("the node is back; orders that ended at the venue while it was silent: 1");
        assertThat(node.taken()).contains("CANCELED 1 NONE");
        run(NODE_TIMEOUT_NS / 2);
        assertThat(venue.taken()).isEmpty();
    }

    @Test
    void shouldAcknowledgeManyDecisionsAtOnce()
    {
        link(0);
        for (int number = 1; number <= 60; number++)
        {
            node.order(number, 1);
        }
        gateway.doWork();
        assertThat(node.taken()).isEmpty();
        node.order(61, 1);
        settle();
        assertThat(node.taken()).containsExactly("acknowledged 61");
    }
}
