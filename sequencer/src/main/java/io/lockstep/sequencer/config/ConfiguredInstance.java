package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;

import java.util.List;
import java.util.Map;

/**
 * A strategy's instance as configuration describes it.
 *
 * @param name       the instance's own, e.g. {@code btc-momentum} or {@code momentum@BTCUSDT.BINANCE}.
 * @param strategy   that a factory goes by.
 * @param legs       names of its instruments, at least one.
 * @param parameters by their names, in the order in which they are written.
 * @param keepOrders whether its open orders stay when it is suspended.
 * @param weight     its share of signals; null where the configuration leaves it to others.
 * @param capital    what its positions may be worth, in quote currency; null where the configuration leaves it to others.
 * @param limits     its own, on each of its instruments, beside those of the instrument.
 * @param strategyLimits its own, on all its instruments together.
 */
public record ConfiguredInstance(
    String name,
    String strategy,
    List<String> legs,
    Map<String, ParameterValue> parameters,
    boolean keepOrders,
    Decimal weight,
    Decimal capital,
    List<Limit> limits,
    List<Limit> strategyLimits)
{
}
