package io.lockstep.tools.simulation;

import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.SetTradingModeEncoder;
import io.lockstep.sbe.SnapshotRequestEncoder;
import io.lockstep.sbe.TradingMode;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gives commands over a link of its own; mostly that trading goes on.
 */
final class SimulatedOperator implements LinkListener
{
    static final int SOURCE_ID = 3;
    private static final int RING_CAPACITY = 1 << 16;
    private static final TradingMode[] MODES = {
        TradingMode.RUNNING, TradingMode.RUNNING, TradingMode.RUNNING, TradingMode.REDUCE_ONLY, TradingMode.HALTED,
        TradingMode.KILLED
    };

    private final SimulatedClock clock;
    private final SimulationRandom random;
    private final LinkClient link;
    private final UnsafeBuffer message = new UnsafeBuffer(
        new byte[MessageHeaderEncoder.ENCODED_LENGTH + SetTradingModeEncoder.BLOCK_LENGTH]);
    private final UnsafeBuffer request = new UnsafeBuffer(
        new byte[MessageHeaderEncoder.ENCODED_LENGTH + SnapshotRequestEncoder.BLOCK_LENGTH]);
    private final SnapshotRequestEncoder snapshotRequest = new SnapshotRequestEncoder();
    private final SetTradingModeEncoder setTradingMode = new SetTradingModeEncoder();

    SimulatedOperator(
        final SimulatedClock clock,
        final SimulatedNetwork network,
        final SentMessages sent,
        final SimulationRandom random)
    {
        this.clock = clock;
        this.random = random;
        link = new LinkClient(sent.watching(new SimulatedSender(network.operatorToNode())), network.nodeToOperator(),
            this,
            SOURCE_ID, 1, false, RING_CAPACITY);
    }

    /** One duty cycle. */
    void doWork()
    {
        link.poll(clock.trueNs());
    }

    /** Gives some command, and says which. */
    String command()
    {
        if (random.below(MODES.length + 1) == 0)
        {
            snapshotRequest.wrapAndApplyHeader(request, 0, new MessageHeaderEncoder());
            link.offer(request, 0, request.capacity(), 0, clock.trueNs());
            return "snapshot";
        }
        final TradingMode mode = random.choose(MODES);
        command(mode);
        return "mode " + mode;
    }

    void command(final TradingMode mode)
    {
        setTradingMode.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder()).mode(mode);
        link.offer(message, 0, message.capacity(), 0, clock.trueNs());
    }

    boolean isSettled()
    {
        return link.isLinked() && link.acknowledged() == link.offered();
    }
}
