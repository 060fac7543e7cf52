package io.lockstep.verification.simulation.gateway;

import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import io.lockstep.verification.simulation.seed.SimulatedClock;
import io.lockstep.verification.simulation.seed.SimulationRandom;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The paths between node, feed, operator and the order gateways of the venues, and what becomes of them when a process ends or begins.
 */
public final class SimulatedNetwork
{
    private final SimulationRandom random;
    private final SimulatedPath feedToNode;
    private final SimulatedPath[] venueToNode = new SimulatedPath[SimulatedMarket.VENUES];
    private final SimulatedPath operatorToNode;
    private final SimulatedPath nodeToFeed;
    private final SimulatedPath[] nodeToVenue = new SimulatedPath[SimulatedMarket.VENUES];
    private final SimulatedPath nodeToOperator;
    private final SimulatedPath[] toNode;
    private final SimulatedPath[] fromNode;
    private final SimulatedPath[] all;
    private final PressedSender nodeSender;
    private int lastSession;

    public SimulatedNetwork(final SimulatedClock clock, final SimulationRandom random)
    {
        this.random = random;
        feedToNode = path(clock);
        operatorToNode = path(clock);
        nodeToFeed = path(clock);
        nodeToOperator = path(clock);
        for (int venueId = 0; venueId < SimulatedMarket.VENUES; venueId++)
        {
            venueToNode[venueId] = path(clock);
            nodeToVenue[venueId] = path(clock);
        }
        toNode = concat(new SimulatedPath[]{feedToNode, operatorToNode}, venueToNode);
        fromNode = concat(new SimulatedPath[]{nodeToFeed, nodeToOperator}, nodeToVenue);
        all = concat(toNode, fromNode);
        nodeSender = new PressedSender(new SimulatedSender(fromNode), clock, random.fork());
        nodeGone(true);
    }

    private static SimulatedPath[] concat(final SimulatedPath[] some, final SimulatedPath[] others)
    {
        return Stream.concat(Arrays.stream(some), Arrays.stream(others)).toArray(SimulatedPath[]::new);
    }

    private SimulatedPath path(final SimulatedClock clock)
    {
        return new SimulatedPath(clock, random.fork(), ++lastSession);
    }

    /** The node's ends; made anew at each start. */
    public List<MessageReceiver> nodeReceivers()
    {
        return List.of(toNode);
    }

    public MessageSender nodeSender()
    {
        return nodeSender;
    }

    SimulatedPath feedToNode()
    {
        return feedToNode;
    }

    SimulatedPath venueToNode(final int venueId)
    {
        return venueToNode[venueId];
    }

    SimulatedPath operatorToNode()
    {
        return operatorToNode;
    }

    SimulatedPath nodeToFeed()
    {
        return nodeToFeed;
    }

    SimulatedPath nodeToVenue(final int venueId)
    {
        return nodeToVenue[venueId];
    }

    SimulatedPath nodeToOperator()
    {
        return nodeToOperator;
    }

    public SimulatedPath any()
    {
        return random.choose(all);
    }

    /** The node's process has ended: what it sent may still arrive, and nobody hears what is sent to it. */
    public void nodeGone(final boolean lost)
    {
        for (final SimulatedPath path : fromNode)
        {
            path.senderGone(lost);
        }
    }

    public void nodeBack()
    {
        for (final SimulatedPath path : fromNode)
        {
            path.senderBack(++lastSession);
        }
        for (final SimulatedPath path : toNode)
        {
            path.rejoin(++lastSession);
        }
    }

    /** Another process has taken a gateway's place. */
    void gatewayBack(final SimulatedPath toNode, final SimulatedPath fromNode)
    {
        toNode.senderGone(random.flip());
        toNode.senderBack(++lastSession);
        fromNode.rejoin(++lastSession);
    }

    public void breakSession(final SimulatedPath path, final long ns)
    {
        path.breakSession(++lastSession, ns);
    }

    /** Messages that the node's publication did not take. */
    public long refused()
    {
        return nodeSender.refused();
    }

    /** The node's publication takes little for so long. */
    public void pressNode(final long ns)
    {
        nodeSender.press(ns);
    }

    /** A gateway's Hello comes once more. */
    public void repeatHello()
    {
        (random.flip() ? feedToNode : random.choose(venueToNode)).repeatHello();
    }

    public void heal()
    {
        nodeSender.heal();
        for (final SimulatedPath path : all)
        {
            path.heal();
        }
    }

    public boolean isEmpty()
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
