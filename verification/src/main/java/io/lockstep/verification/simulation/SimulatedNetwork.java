package io.lockstep.verification.simulation;

import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.codecs.transport.MessageSender;

import java.util.List;

/**
 * The paths between node, feed and order gateway, and what becomes of them when a process ends or begins.
 */
final class SimulatedNetwork
{
    private final SimulationRandom random;
    private final SimulatedPath feedToNode;
    private final SimulatedPath venueToNode;
    private final SimulatedPath operatorToNode;
    private final SimulatedPath nodeToFeed;
    private final SimulatedPath nodeToVenue;
    private final SimulatedPath nodeToOperator;
    private final SimulatedPath[] all;
    private final PressedSender nodeSender;
    private int lastSession;

    SimulatedNetwork(final SimulatedClock clock, final SimulationRandom random)
    {
        this.random = random;
        feedToNode = path(clock);
        venueToNode = path(clock);
        operatorToNode = path(clock);
        nodeToFeed = path(clock);
        nodeToVenue = path(clock);
        nodeToOperator = path(clock);
        all = new SimulatedPath[]{feedToNode, venueToNode, operatorToNode, nodeToFeed, nodeToVenue, nodeToOperator};
        nodeSender = new PressedSender(
            new SimulatedSender(nodeToFeed, nodeToVenue, nodeToOperator), clock, random.fork());
        nodeGone(true);
    }

    private SimulatedPath path(final SimulatedClock clock)
    {
        return new SimulatedPath(clock, random.fork(), ++lastSession);
    }

    /** The node's ends; made anew at each start. */
    List<MessageReceiver> nodeReceivers()
    {
        return List.of(feedToNode, venueToNode, operatorToNode);
    }

    MessageSender nodeSender()
    {
        return nodeSender;
    }

    SimulatedPath feedToNode()
    {
        return feedToNode;
    }

    SimulatedPath venueToNode()
    {
        return venueToNode;
    }

    SimulatedPath operatorToNode()
    {
        return operatorToNode;
    }

    SimulatedPath nodeToFeed()
    {
        return nodeToFeed;
    }

    SimulatedPath nodeToVenue()
    {
        return nodeToVenue;
    }

    SimulatedPath nodeToOperator()
    {
        return nodeToOperator;
    }

    SimulatedPath any()
    {
        return random.choose(all);
    }

    /** The node's process has ended: what it sent may still arrive, and nobody hears what is sent to it. */
    void nodeGone(final boolean lost)
    {
        nodeToFeed.senderGone(lost);
        nodeToVenue.senderGone(lost);
        nodeToOperator.senderGone(lost);
    }

    void nodeBack()
    {
        nodeToFeed.senderBack(++lastSession);
        nodeToVenue.senderBack(++lastSession);
        nodeToOperator.senderBack(++lastSession);
        feedToNode.rejoin(++lastSession);
        venueToNode.rejoin(++lastSession);
        operatorToNode.rejoin(++lastSession);
    }

    /** Another process has taken a gateway's place. */
    void gatewayBack(final SimulatedPath toNode, final SimulatedPath fromNode)
    {
        toNode.senderGone(random.flip());
        toNode.senderBack(++lastSession);
        fromNode.rejoin(++lastSession);
    }

    void breakSession(final SimulatedPath path, final long ns)
    {
        path.breakSession(++lastSession, ns);
    }

    /** Messages that the node's publication did not take. */
    long refused()
    {
        return nodeSender.refused();
    }

    /** The node's publication takes little for so long. */
    void pressNode(final long ns)
    {
        nodeSender.press(ns);
    }

    /** A gateway's Hello comes once more. */
    void repeatHello()
    {
        (random.flip() ? feedToNode : venueToNode).repeatHello();
    }

    void heal()
    {
        nodeSender.heal();
        for (final SimulatedPath path : all)
        {
            path.heal();
        }
    }

    boolean isEmpty()
    {
        for (final SimulatedPath path : all)
        {
            if (!path.isEmpty())
            {
                return false;
            }
        }
        return true;
    }
}
