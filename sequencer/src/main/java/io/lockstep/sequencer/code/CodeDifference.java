package io.lockstep.sequencer.code;

import io.lockstep.codecs.text.Escapes;
import io.lockstep.codecs.text.Numbers;
import io.lockstep.core.TradingCore;
import io.lockstep.core.instance.StrategyDefinition;
import io.lockstep.core.instance.StrategyInstance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An instance of which this process has other code than a journal was written by. What it decides here says nothing about what it has
 * decided there.
 *
 * @param instance     by its name.
 * @param strategy     by which its factory is found.
 * @param recordedHash of the code that wrote the journal, as the instance's definition has it.
 * @param loadedHash   of the code that is here.
 */
public record CodeDifference(String instance, String strategy, long recordedHash, long loadedHash)
{
    /** Of each instance of a core; one of which either code is not known is left out. Read while the core stands still. */
    public static List<CodeDifference> of(final TradingCore core)
    {
        final List<CodeDifference> differences = new ArrayList<>();
        for (int id = 1; id < core.instances().count(); id++)
        {
            final StrategyInstance instance = core.instances().find(id);
            if (instance.isPresent())
            {
                final StrategyDefinition definition = instance.definition();
                final CodeDifference difference = new CodeDifference(instance.name(), definition.strategyName(),
                    definition.codeHash(), CodedFactory.codeHash(core.instances().factory(definition.strategyName())));
                if (difference.isOne())
                {
                    differences.add(difference);
                }
            }
        }
        return differences;
    }

    private boolean isOne()
    {
        return recordedHash != loadedHash && recordedHash != StrategyDefinition.UNKNOWN_CODE &&
            loadedHash != StrategyDefinition.UNKNOWN_CODE;
    }

    /** For people, in one line; empty where there are none. */
    public static String text(final List<CodeDifference> differences)
    {
        return differences.stream().map(CodeDifference::toString).collect(Collectors.joining("; "));
    }

    @Override
    public String toString()
    {
        return "the code of strategy " + Escapes.line(strategy) + " (instance " + Escapes.line(instance) +
            ") is other: the journal was written by code " + Numbers.hex(recordedHash) + ", here is code " +
            Numbers.hex(loadedHash);
    }
}
