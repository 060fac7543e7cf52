package io.lockstep.sequencer.node;

import io.lockstep.codecs.text.Escapes;
import io.lockstep.codecs.text.Numbers;
import io.lockstep.core.TradingCore;
import io.lockstep.core.instance.StrategyDefinition;
import io.lockstep.core.instance.StrategyInstance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The instances that a start gives other code than they had, a line each. To be made before the inputs of the start and asked behind them.
 * Code that is known for the first time, as behind a snapshot of a logic version that kept no hash of it, is no line.
 */
final class CodeTakeovers
{
    private final TradingCore core;
    private final Map<Integer, StrategyDefinition> beforeById = new LinkedHashMap<>();

    CodeTakeovers(final TradingCore core)
    {
        this.core = core;
        for (int id = 1; id < core.instances().count(); id++)
        {
            final StrategyInstance instance = core.instances().find(id);
            if (instance.isPresent())
            {
                beforeById.put(id, instance.definition());
            }
        }
    }

    List<String> lines()
    {
        final List<String> lines = new ArrayList<>();
        beforeById.forEach((id, before) ->
        {
            final StrategyInstance instance = core.instances().find(id);
            if (instance.isPresent() && before.codeHash() != StrategyDefinition.UNKNOWN_CODE &&
                before.codeHash() != instance.definition().codeHash())
            {
                lines.add(line(instance, before));
            }
        });
        return lines;
    }

    private static String line(final StrategyInstance instance, final StrategyDefinition before)
    {
        final StrategyDefinition now = instance.definition();
        return "strategy " + Escapes.line(instance.name()) + ": " + (now.codeHash() == StrategyDefinition.UNKNOWN_CODE
            ? "code that is not known"
            : "other code, " + Numbers.hex(now.codeHash())) + ", before " + Numbers.hex(before.codeHash()) +
            (now.isEqual(before.ofCode(now.codeHash()))
                ? "; it goes on with the state, orders, timers and position that it has"
                : "");
    }
}
