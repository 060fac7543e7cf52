package io.lockstep.perf.latency.peer;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.lockstep.codecs.text.NeutralLocale;
import io.lockstep.peers.Peer;
import io.lockstep.peers.PeerPlan;
import io.lockstep.peers.PeerRun;
import io.lockstep.perf.latency.load.GeneratedWorkload;
import io.lockstep.perf.latency.load.Load;
import io.lockstep.perf.latency.load.Workload;
import io.lockstep.perf.latency.path.FillEncoder;
import io.lockstep.perf.latency.path.LinkedEnds;
import io.lockstep.perf.latency.path.LoopThread;
import io.lockstep.perf.latency.path.MeasuredNode;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sequencer.aeron.DriverClient;
import io.lockstep.sequencer.aeron.EmbeddedDriver;
import io.lockstep.sequencer.config.Units;
import io.lockstep.sequencer.loop.SequencerMonitor;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Lockstep itself, measured as its peers are: the whole path that tick-to-trade is measured with.
 */
public final class LockstepPeer implements Peer
{
    private final PeerPlan plan;
    private final Path directory;
    private final Answers receiver;
    private final Load load;
    private final Workload workload;
    private final FillEncoder fills = new FillEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderSingleDecoder order = new NewOrderSingleDecoder();
    private final MediaDriver driver;
    private final Aeron aeron;
    private final LinkedEnds ends;
    private LoopThread loopThread;
    private MeasuredNode node;
    private int messageLength;

    private LockstepPeer(final PeerPlan plan, final Path directory, final Answers receiver) throws InterruptedException
    {
        this.plan = plan;
        this.directory = directory;
        this.receiver = receiver;
        load = GeneratedWorkload.load(plan.answerEvery());
        workload = load.workloads().get();
        driver = EmbeddedDriver.launch(PeerRun.memory(directory), Throwable::printStackTrace);
        aeron = DriverClient.connect(new Aeron.Context()
            .aeronDirectoryName(driver.aeronDirectoryName()).errorHandler(Throwable::printStackTrace));
        startNode();
        ends = new LinkedEnds(aeron, node.context().ingress().get(0), node.context().egress());
        ends.orderHandler(this::onOrder);
        sendFirstBooks();
    }

    /**
     * @param args of a {@link PeerPlan}.
     */
    public static void main(final String[] args) throws IOException
    {
        NeutralLocale.set();
        PeerRun.run(args, LockstepPeer::new);
    }

    private void startNode() throws InterruptedException
    {
        loopThread = new LoopThread();
        node = new MeasuredNode(directory.resolve("node"), driver.aeronDirectoryName(), load,
            Units.durationNs(MeasuredNode.REHEARSE), loopThread, SequencerMonitor.NONE);
        node.start();
    }

    private void sendFirstBooks()
    {
        while (!ends.isLinked())
        {
            poll();
        }
        for (int i = 0; i < workload.firstBooks(); i++)
        {
            final int length = workload.firstBook(i);
            while (!ends.offerMarket(workload.market(), length, System.nanoTime()))
            {
                poll();
            }
        }
        messageLength = workload.next();
    }

    @Override
    public boolean offer(final long event, final boolean isAsking, final long intendedNs)
    {
        if (!ends.offerMarket(workload.market(), messageLength, intendedNs))
        {
            return false;
        }
        messageLength = workload.next();
        return true;
    }

    private void onOrder(final DirectBuffer buffer, final int offset, final long egressSequence)
    {
        order.wrapAndApplyHeader(buffer, offset, header);
        final long intendedNs = order.transactTimeNs();
        receiver.onAnswer(intendedNs);
        final int length = fills.fill(order, egressSequence);
        while (!ends.offerReply(fills.reply(), length, intendedNs))
        {
            Thread.onSpinWait();
        }
    }

    @Override
    public void poll()
    {
        ends.poll(System.nanoTime());
    }

    @Override
    public long restart() throws InterruptedException
    {
        stopNode();
        final long startNs = System.nanoTime();
        startNode();
        return System.nanoTime() - startNs;
    }

    private void stopNode()
    {
        loopThread.stop();
        while (node.isAlive())
        {
            poll();
        }
    }

    @Override
    public void close()
    {
        stopNode();
        CloseHelper.quietCloseAll(aeron, driver);
    }
}
