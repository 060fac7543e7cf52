package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;
import io.lockstep.sbe.LimitType;

/**
 * A shard's share of a limit that binds all shards of a node together.
 *
 * @param total of all shards.
 */
public record Allocation(LimitType type, Decimal share, Decimal total)
{
}
