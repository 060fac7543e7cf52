package io.lockstep.sequencer.apply;

import io.lockstep.codecs.Decimal;

import java.util.List;
import java.util.Map;

/**
 * A strategy's instance as the core has it: by its newest definition, whether that is in force or waits to be.
 *
 * @param id         dense, from 1.
 * @param legs       instruments by name, in the order of the definition.
 * @param parameters by name.
 * @param codeHash   of its code.
 * @param keepOrders whether its open orders stay when it is suspended.
 * @param weight     its share of signals.
 * @param capital    what its positions may be worth; below 0 for no bound.
 * @param isClosing  whether it waits to be taken out.
 */
public record RunningInstance(
    int id,
    String name,
    String strategy,
    List<String> legs,
    Map<String, RunningParameter> parameters,
    long codeHash,
    boolean keepOrders,
    Decimal weight,
    Decimal capital,
    boolean isClosing)
{
}
