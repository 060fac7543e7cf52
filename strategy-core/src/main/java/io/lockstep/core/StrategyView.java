package io.lockstep.core;

/**
 * What an instrument's strategy is, for messages.
 *
 * @param name         that it was assigned by.
 * @param type         its class.
 * @param warmUpSeen   as {@link io.lockstep.core.strategy.Strategy#warmUpSeen()}.
 * @param warmUpNeeded as {@link io.lockstep.core.strategy.Strategy#warmUpNeeded()}.
 */
public record StrategyView(String name, Class<?> type, long warmUpSeen, long warmUpNeeded)
{
}
