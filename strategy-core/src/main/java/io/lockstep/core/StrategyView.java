package io.lockstep.core;

/**
 * What an instance of a strategy is, for messages.
 *
 * @param name         of the instance.
 * @param strategyName that a factory goes by.
 * @param type         its class.
 * @param warmUpSeen   as {@link io.lockstep.core.strategy.Strategy#warmUpSeen()}.
 * @param warmUpNeeded as {@link io.lockstep.core.strategy.Strategy#warmUpNeeded()}.
 */
public record StrategyView(String name, String strategyName, Class<?> type, long warmUpSeen, long warmUpNeeded)
{
}
