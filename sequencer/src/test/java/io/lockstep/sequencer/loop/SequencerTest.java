package io.lockstep.sequencer.loop;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.Outbox;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.SetTradingModeEncoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.RecordText;
import io.lockstep.sequencer.TickStrategy;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.node.Incarnation;
import io.lockstep.sequencer.node.Strategies;
import io.lockstep.sequencer.recovery.Predecessor;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The order of the stages, the order of inputs and the order of time, each as the loop's two ends and its journal see it. */
class SequencerTest
{
    private static final long START_NS = 1_000_000_000_000L;
    private static final long MILLI_NS = 1_000_000L;
    private static final int FEED = 7;

    private final LoopRecorder ends = new LoopRecorder();
    private final WireRecords feed = new WireRecords(FEED, 70);
    private final List<Long> timeBackwards = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final SequencerMonitor monitor = new SequencerMonitor()
    {
        @Override
        public void onBatch(final int inputs, final CoreHost batchHost, final long sequence, final long timeNs)
        {
        }

        @Override
        public void onTickToTrade(final long durationNs)
        {
        }

        @Override
        public void onStage(final Stage stage)
        {
            stages.add(stage);
        }

        @Override
        public void onTimeBackwards(final long byNs)
        {
            timeBackwards.add(byNs);
        }
    };
    private CoreHost host;
    private Sequencer sequencer;
    private long wallNs = START_NS;
    private int operators = 1;

    /** Inputs 1 to 5 are the configuration; input 6 a quote that makes the market live. */
    private void start(final SequencedTime time, final String parameters)
    {
        final NodeContext context = NodeText.context(
            NodeText.of(Path.of("none"), ", stateHashInterval: 0", "embedded: true", parameters));
        host = new CoreHost(Strategies.load(context.strategies()), ends);
        sequencer = new Sequencer(host, ends, ends, ends, () -> wallNs, time, monitor, 3, 9, 0);
        final Incarnation incarnation = new Incarnation(host, sequencer);
        incarnation.begin(context, 9, Predecessor.NONE);
        incarnation.configure(context);
        ends.turn(feed.timeNs(START_NS).quote(0, 99, 101));
        sequencer.doWork();
        assertThat(sequencer.sequence()).isEqualTo(6);
        ends.takeEvents();
    }

    @Test
    void shouldBeginWithMetadataAndTheConfigurationAsItsOwnInputs()
    {
        start(SequencedTime.WALL, "timerMs: 0");

        final List<String> texts = ends.records().stream().map((record) -> RecordText.of(record, 0)).toList();
        assertThat(texts).startsWith("RUN_METADATA", "I1:NodeStarted", "I2:ConfigurationText",
            "I3:InstrumentDefinition", "I4:SetLimit", "I5:StrategyDefinition", "D3.1:CommandResult",
            "D4.1:CommandResult",
            "D5.1:CommandResult", "I6:BestBidOffer");
        for (int i = 1; i <= 5; i++)
        {
            assertThat(RecordDescriptor.sourceId(ends.records().get(i), 0)).isZero();
        }
    }

    /** The journal says when a node started again, and a start is no clock that goes back. */
    @Test
    void shouldStampTheInputsOfAStartByTheClock()
    {
        start(SequencedTime.WALL, "timerMs: 0");

        assertThat(inputTimes()).containsOnly(START_NS);
        assertThat(ends.records()).extracting((record) -> RecordDescriptor.wallTimeNs(record, 0)).contains(START_NS);

        wallNs = START_NS + 7 * MILLI_NS;
        startAgain();

        assertThat(inputTimes()).endsWith(START_NS, wallNs);
        assertThat(timeBackwards).isEmpty();
    }

    private void startAgain()
    {
        sequencer = new Sequencer(host, ends, ends, ends, () -> wallNs, SequencedTime.WALL, monitor, 3, 10,
            sequencer.chain());
        final NodeContext context = NodeText.context(
            NodeText.of(Path.of("none"), ", stateHashInterval: 0", "embedded: true", "timerMs: 0"));
        final Incarnation incarnation = new Incarnation(host, sequencer);
        incarnation.begin(context, 10, new Predecessor(sequencer.sequence(), sequencer.chain(), 10));
        incarnation.configure(context);
    }

    private CommandReason command(final TradingMode mode)
    {
        final WireRecords operator = new WireRecords(3, 30);
        operator.sequence(operators++);
        ends.turn(operator.input(operator.begin(new SetTradingModeEncoder()).mode(mode).scope(LimitScope.NODE)
            .flatten(BooleanType.FALSE).scopedId(SetTradingModeEncoder.scopedIdNullValue()).user("")));
        sequencer.doWork();
        return host.commandReason();
    }

    @Test
    void shouldHaltAStartWhoseClockIsBehindTheJournalUntilTheClockHasPassedIt()
    {
        start(SequencedTime.WALL, "timerMs: 0");
        ends.takeEvents();

        wallNs = START_NS - 900_000 * MILLI_NS;
        startAgain();

        assertThat(sequencer.clockBehindNs()).isEqualTo(900_000 * MILLI_NS);
        assertThat(ends.takeEvents())
            .anyMatch((event) -> event.startsWith("journal I7:NodeStarted I8:OperationalAlert"));
        assertThat(host.core().mode()).isEqualTo(TradingMode.HALTED);
        assertThat(command(TradingMode.RUNNING)).isEqualTo(CommandReason.CLOCK_BEHIND);
        assertThat(command(TradingMode.REDUCE_ONLY)).isEqualTo(CommandReason.CLOCK_BEHIND);
        assertThat(command(TradingMode.KILLED)).as("what is stricter passes").isEqualTo(CommandReason.ACCEPTED);
        assertThat(command(TradingMode.HALTED)).isEqualTo(CommandReason.ACCEPTED);
        assertThat(host.core().mode()).isEqualTo(TradingMode.HALTED);

        wallNs = START_NS - 1;
        assertThat(command(TradingMode.RUNNING)).isEqualTo(CommandReason.CLOCK_BEHIND);
        wallNs = START_NS;
        assertThat(command(TradingMode.RUNNING)).isEqualTo(CommandReason.ACCEPTED);
        assertThat(host.core().mode()).isEqualTo(TradingMode.RUNNING);
    }

    @Test
    void shouldNotHaltAStartWhoseClockIsBehindByNoMoreThanIsAllowed()
    {
        start(SequencedTime.WALL, "timerMs: 0");

        wallNs = START_NS - 1_000 * MILLI_NS;
        startAgain();

        assertThat(host.core().mode()).isEqualTo(TradingMode.RUNNING);
    }

    /** A clock that is set back while the node runs makes time stand still, too. */
    @Test
    void shouldNotResumeWhileAClockIsBehindThatWasSetBack()
    {
        start(SequencedTime.WALL, "timerMs: 0");

        wallNs = START_NS - 1;
        sequencer.beginOwnInputs();
        sequencer.onAlert(AlertType.CLOCK_BEHIND, TradingMode.HALTED, true, 1, 0);
        sequencer.sequenceOwnInputs();
        assertThat(command(TradingMode.RUNNING)).isEqualTo(CommandReason.CLOCK_BEHIND);
        wallNs = START_NS + 1;
        assertThat(command(TradingMode.RUNNING)).isEqualTo(CommandReason.ACCEPTED);
    }

    @Test
    void shouldJournalInputsBeforeDispatchAndDecisionsBeforeAnythingLeaves()
    {
        start(SequencedTime.WALL, "timerMs: 10");
        ends.turn(feed.trade(0, 100, 1));

        sequencer.doWork();

        assertThat(ends.takeEvents()).containsExactly(
            "journal I7:Trade",
            "outbox D7.1:NewOrderSingle",
            "applied I7:Trade",
            "journal D7.1:NewOrderSingle D7.2:ScheduleTimer",
            "sync", "flush",
            "journaled");
    }

    /** A snapshot may be taken behind the clean end, and is synced. */
    @Test
    void shouldSyncTheRecordsOfItsOwn()
    {
        start(SequencedTime.WALL, "timerMs: 0");

        new Incarnation(host, sequencer).end();

        assertThat(ends.takeEvents()).hasSize(2).endsWith("sync");
    }

    @Test
    void shouldTakeABatchAsOneDocumentOfInputsAndOneOfDecisions()
    {
        start(SequencedTime.WALL, "timerMs: 0");
        ends.turn(feed.trade(0, 100, 1), feed.quote(0, 99, 101), feed.trade(0, 101, 1));

        sequencer.doWork();

        assertThat(ends.takeEvents()).containsExactly(
            "journal I7:Trade I8:BestBidOffer I9:Trade",
            "outbox D7.1:NewOrderSingle",
            "applied I7:Trade",
            "applied I8:BestBidOffer",
            "outbox D9.1:NewOrderSingle",
            "applied I9:Trade",
            "journal D7.1:NewOrderSingle D9.1:NewOrderSingle",
            "sync", "flush",
            "journaled");
    }

    @Test
    void shouldTakeWhatIsTooLargeForOneDocumentAsSeveralBatches()
    {
        ends.batchLengthMax(RecordDescriptor.recordLength(feed.trade(0, 100, 1), 0) * 2 - 1);
        start(SequencedTime.WALL, "timerMs: 0");
        ends.turn(feed.trade(0, 100, 1), feed.trade(0, 101, 1));

        sequencer.doWork();

        assertThat(ends.takeEvents()).containsExactly(
            "journal I7:Trade",
            "outbox D7.1:NewOrderSingle",
            "applied I7:Trade",
            "journal D7.1:NewOrderSingle",
            "sync", "flush",
            "journal I8:Trade",
            "outbox D8.1:NewOrderSingle",
            "applied I8:Trade",
            "journal D8.1:NewOrderSingle",
            "sync", "flush",
            "journaled");
    }

    @Test
    void shouldTellTheStagesOfABatchInOrderAndOfAnIdleTurnTheFirst()
    {
        start(SequencedTime.WALL, "timerMs: 0");
        ends.turn(feed.trade(0, 100, 1), feed.quote(0, 99, 101));
        stages.clear();

        sequencer.doWork();
        sequencer.doWork();

        assertThat(stages).containsExactly(Stage.INGRESS, Stage.JOURNAL_INPUT, Stage.DISPATCH, Stage.JOURNAL_DECISION,
            Stage.EGRESS, Stage.INGRESS);
    }

    @Test
    void shouldJournalNothingWhenThereIsNothing()
    {
        start(SequencedTime.WALL, "timerMs: 0");

        assertThat(sequencer.doWork()).isZero();

        assertThat(ends.takeEvents()).containsExactly("idle");
    }

    @Test
    void shouldNameEveryRecordAndChainThemInTheOrderJournaled()
    {
        start(SequencedTime.WALL, "timerMs: 1");
        for (int i = 0; i < 50; i++)
        {
            wallNs += 2 * MILLI_NS;
            ends.turn(feed.trade(0, 100, 1), feed.quote(0, 99, 101));
            sequencer.doWork();
        }

        long chain = 0;
        long sequence = 0;
        for (final UnsafeBuffer record : ends.records())
        {
            assertThat(RecordDescriptor.checksum(record, 0)).isEqualTo(RecordDescriptor.computeChecksum(record, 0));
            chain = Xxh64.chain(chain, RecordDescriptor.checksum(record, 0));
            assertThat(RecordDescriptor.chain(record, 0)).isEqualTo(chain);
            assertThat(RecordDescriptor.shard(record, 0)).isEqualTo(3);
            assertThat(RecordDescriptor.incarnation(record, 0)).isEqualTo(9);
            if (RecordDescriptor.kind(record, 0) == RecordKind.INPUT.value())
            {
                assertThat(RecordDescriptor.sequence(record, 0)).isEqualTo(++sequence);
                assertThat(RecordDescriptor.ordinal(record, 0)).isZero();
            }
            else if (RecordDescriptor.kind(record, 0) == RecordKind.DECISION.value())
            {
                assertThat(RecordDescriptor.wallTimeNs(record, 0)).isZero();
            }
        }
        assertThat(sequence).isEqualTo(sequencer.sequence()).isGreaterThan(120);
        assertThat(sequencer.chain()).isEqualTo(chain);
        assertThat(sequencer.records()).isEqualTo(ends.records().size());
    }

    @ParameterizedTest
    @EnumSource(SequencedTime.class)
    void shouldNeverLetTimeDecrease(final SequencedTime time)
    {
        start(time, "timerMs: 0");
        final long[] stepsNs = {5, -20, 1, 0, 30, -1, 2};
        long nowNs = START_NS;
        for (final long stepNs : stepsNs)
        {
            nowNs += stepNs;
            wallNs = nowNs;
            ends.turn(feed.timeNs(nowNs).quote(0, 99, 101));
            sequencer.doWork();
        }

        assertThat(inputTimes()).isSorted().endsWith(
            START_NS + 5, START_NS + 5, START_NS + 5, START_NS + 5, START_NS + 16, START_NS + 16, START_NS + 17);
        assertThat(timeBackwards).containsExactly(20L, 19L, 19L, 1L);
    }

    @Test
    void shouldTakeARecordWithoutATimeAsNow()
    {
        start(SequencedTime.RECORDED, "timerMs: 0");
        ends.turn(feed.timeNs(START_NS + 5).quote(0, 99, 101), feed.timeNs(0).quote(0, 99, 101));

        sequencer.doWork();

        assertThat(inputTimes()).endsWith(START_NS + 5, START_NS + 5);
        assertThat(timeBackwards).isEmpty();
    }

    /** Both are due, the timer at the very time of the input. */
    @Test
    void shouldFireATimerBeforeAnInputOfItsTimeByTheWallClock()
    {
        start(SequencedTime.WALL, "timerMs: 10");
        ends.turn(feed.trade(0, 100, 1));
        sequencer.doWork();
        ends.takeEvents();

        wallNs += 10 * MILLI_NS - 1;
        ends.turn(feed.quote(0, 99, 101));
        sequencer.doWork();
        assertThat(ends.takeEvents()).startsWith("journal I8:BestBidOffer");

        wallNs++;
        ends.turn(feed.quote(0, 99, 101));
        sequencer.doWork();
        assertThat(ends.takeEvents()).startsWith("journal I9:TimerFired I10:BestBidOffer",
            "outbox D9.1:OrderCancelRequest");
    }

    @Test
    void shouldFireATimerBeforeAnInputOfItsTimeByTheRecordingsTime()
    {
        start(SequencedTime.RECORDED, "timerMs: 10");
        ends.turn(feed.timeNs(START_NS).trade(0, 100, 1));
        sequencer.doWork();
        ends.takeEvents();

        wallNs += 1_000 * MILLI_NS;
        sequencer.doWork();
        assertThat(ends.takeEvents()).as("the clock fires nothing").containsExactly("idle");

        ends.turn(feed.timeNs(START_NS + 10 * MILLI_NS - 1).quote(0, 99, 101),
            feed.timeNs(START_NS + 10 * MILLI_NS).quote(0, 99, 101));
        sequencer.doWork();
        assertThat(ends.takeEvents()).startsWith("journal I8:BestBidOffer I9:TimerFired I10:BestBidOffer");
        assertThat(inputTimes()).endsWith(
            START_NS + 10 * MILLI_NS - 1, START_NS + 10 * MILLI_NS, START_NS + 10 * MILLI_NS);
    }

    @Test
    void shouldLeaveAReplayWithTheTimersOfTheLoop()
    {
        start(SequencedTime.WALL, "timerMs: 10");
        ends.turn(feed.trade(0, 100, 1));
        sequencer.doWork();
        wallNs += 10 * MILLI_NS;
        sequencer.doWork();

        final CoreHost replayed = new CoreHost(List.of(new TickStrategy.Factory()), Outbox.MUTED);
        ends.records().stream()
            .filter((record) -> RecordDescriptor.kind(record, 0) == RecordKind.INPUT.value())
            .forEach((record) -> replayed.apply(record, 0));

        assertThat(RecordText.of(ends.records().get(ends.records().size() - 2), 0)).isEqualTo("I8:TimerFired");
        assertThat(host.timers().count()).isZero();
        assertThat(replayed.timers().count()).isZero();
    }

    @Test
    void shouldFireATimerWhenTheRecordingsTimePassesWithoutAnInput()
    {
        start(SequencedTime.RECORDED, "timerMs: 10");
        ends.turn(feed.timeNs(START_NS).trade(0, 100, 1));
        sequencer.doWork();
        ends.takeEvents();

        ends.turnOf(List.of((sink) -> sink.onTime(START_NS + 11 * MILLI_NS)));
        sequencer.doWork();

        assertThat(ends.takeEvents()).startsWith("journal I8:TimerFired");
        assertThat(inputTimes()).endsWith(START_NS + 10 * MILLI_NS);
    }

    /** The input is stamped with the time there was, so a timer due by then is due before it. */
    @Test
    void shouldFireADueTimerAlthoughTheClockHasSteppedBack()
    {
        start(SequencedTime.WALL, "timerMs: 10");
        ends.turn(feed.trade(0, 100, 1));
        sequencer.doWork();
        wallNs += 9 * MILLI_NS;
        ends.turn(feed.quote(0, 99, 101));
        sequencer.doWork();
        host.timers().schedule(5, wallNs - 1);
        wallNs -= 5 * MILLI_NS;
        ends.takeEvents();

        ends.turn(feed.quote(0, 99, 101));
        sequencer.doWork();

        assertThat(ends.takeEvents()).startsWith("journal I9:TimerFired I10:BestBidOffer");
    }

    /** A deadline in the past is no clock that steps back. */
    @Test
    void shouldNotCountALateTimerAsTimeGoingBackwards()
    {
        start(SequencedTime.RECORDED, "timerMs: 0");
        host.timers().schedule(5, START_NS - 1_000);
        ends.turn(feed.timeNs(START_NS + 1).quote(0, 99, 101));

        sequencer.doWork();

        assertThat(ends.takeEvents()).startsWith("journal I7:TimerFired I8:BestBidOffer");
        assertThat(inputTimes()).endsWith(START_NS, START_NS + 1);
        assertThat(timeBackwards).isEmpty();
    }

    @Test
    void shouldJournalAGapOfASourceAsAnInputBeforeTheMessageBehindIt()
    {
        start(SequencedTime.WALL, "timerMs: 0");
        final UnsafeBuffer behind = feed.sequence(20).quote(0, 99, 101);
        ends.turnOf(List.of(
            (sink) -> sink.onSourceStatus(FEED, 70, FeedReason.SOURCE_GAP, 2, 20),
            (sink) -> sink.onInput(behind, 0, behind.capacity())));

        sequencer.doWork();

        assertThat(ends.takeEvents()).startsWith("journal I7:FeedStatus I8:BestBidOffer");
        final UnsafeBuffer record = ends.records().stream()
            .filter((candidate) -> RecordDescriptor.templateId(candidate, 0) == FeedStatusDecoder.TEMPLATE_ID)
            .findFirst().orElseThrow();
        final FeedStatusDecoder status = new FeedStatusDecoder();
        status.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
        assertThat(status.condition()).isEqualTo(FeedCondition.STALE);
        assertThat(status.reason()).isEqualTo(FeedReason.SOURCE_GAP);
        assertThat(status.expected()).isEqualTo(2);
        assertThat(status.actual()).isEqualTo(20);
        assertThat(RecordDescriptor.sourceSequence(record, 0)).as("where the source stands").isEqualTo(19);
        assertThat(host.core().market(0).condition()).isEqualTo(FeedCondition.STALE);
        assertThat(host.sources().source(FEED).lastSequence()).isEqualTo(20);
    }

    @Test
    void shouldReleaseWhatTheGatewayHasAcknowledged()
    {
        start(SequencedTime.WALL, "timerMs: 0");
        ends.turn(feed.trade(0, 100, 1), feed.acknowledgement(1));

        sequencer.doWork();

        assertThat(ends.takeEvents()).containsSubsequence(
            "journal I7:Trade I8:DecisionAcknowledgement", "outbox D7.1:NewOrderSingle", "release 1", "sync", "flush");
    }

    private List<Long> inputTimes()
    {
        return ends.records().stream()
            .filter((record) -> RecordDescriptor.kind(record, 0) == RecordKind.INPUT.value())
            .map((record) -> RecordDescriptor.sequencerTimeNs(record, 0))
            .toList();
    }
}
