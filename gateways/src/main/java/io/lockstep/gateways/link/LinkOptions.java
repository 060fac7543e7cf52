package io.lockstep.gateways.link;

/**
 * Who a gateway is, and what it wants of its node.
 *
 * @param sourceId          what the node knows this gateway by, unique among its gateways, above 0.
 * @param session           another number at each start of the gateway.
 * @param receivesDecisions whether this is the gateway that decisions are for.
 * @param isOperator        whether it gives commands and nobody misses it when it has gone.
 * @param wantsDefinitions  whether it must know the node's instruments before it is linked.
 * @param key               of the source, for a node that asks for a proof; null for none.
 * @param ringCapacity      bytes kept for the node, a power of two.
 */
public record LinkOptions(
    int sourceId,
    int session,
    boolean receivesDecisions,
    boolean isOperator,
    boolean wantsDefinitions,
    byte[] key,
    int ringCapacity)
{
    /** Of a gateway without a key. */
    public static LinkOptions gateway(
        final int sourceId, final int session, final boolean receivesDecisions, final int ringCapacity)
    {
        return new LinkOptions(sourceId, session, receivesDecisions, false, true, null, ringCapacity);
    }

    /** Of an operator's client without a key. */
    public static LinkOptions operator(
        final int sourceId, final int session, final boolean wantsDefinitions, final int ringCapacity)
    {
        return new LinkOptions(sourceId, session, false, true, wantsDefinitions, null, ringCapacity);
    }

    /** The same with a key. */
    public LinkOptions withKey(final byte[] newKey)
    {
        return new LinkOptions(
            sourceId, session, receivesDecisions, isOperator, wantsDefinitions, newKey, ringCapacity);
    }
}
