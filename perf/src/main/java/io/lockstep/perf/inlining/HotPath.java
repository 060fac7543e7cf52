package io.lockstep.perf.inlining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is called, and how often, from one method downwards: through what was inlined and, where something was not, on into what
 * was compiled of it. Frequencies are calls for each execution of the first method.
 */
final class HotPath
{
    /** Calls rarer than this are no part of it. */
    private static final double FREQUENCY_MIN = 0.002;
    private static final int DEPTH_MAX = 12;

    /**
     * @param frequency calls for each execution of the first method.
     */
    record Step(CallSite site, double frequency)
    {
    }

    private final Map<String, CompiledMethod> methodByName;
    private final Map<String, Step> stepBySite = new HashMap<>();
    private final List<String> methods = new ArrayList<>();

    /**
     * @param methodByName what the compiler has made.
     * @param from         name of the first method.
     */
    HotPath(final Map<String, CompiledMethod> methodByName, final String from)
    {
        this.methodByName = methodByName;
        follow(from, 1, DEPTH_MAX);
    }

    private void follow(final String name, final double frequency, final int depthLeft)
    {
        final CompiledMethod method = methodByName.get(name);
        if (method == null || depthLeft == 0)
        {
            return;
        }
        if (!methods.contains(name))
        {
            methods.add(name);
        }
        for (final CallSite site : method.sites())
        {
            final double ofSite = frequency * site.frequency();
            if (ofSite >= FREQUENCY_MIN && isNew(site, ofSite) && site.kind() == CallSite.Kind.DIRECT)
            {
                follow(site.callee(), ofSite, depthLeft - 1);
            }
        }
    }

    /** A site is met again wherever its method was inlined; it is followed where it is met more often than before. */
    private boolean isNew(final CallSite site, final double frequency)
    {
        final String key = site.caller() + "@" + site.bci() + site.callee();
        final Step known = stepBySite.get(key);
        if (known != null && known.frequency() >= frequency && (known.site().isVirtual() || !site.isVirtual()))
        {
            return false;
        }
        stepBySite.put(key, new Step(site, frequency));
        return true;
    }

    /** Methods that are on it and were compiled by themselves, in the order in which they were met. */
    List<String> methods()
    {
        return methods;
    }

    /** All calls that are left, the most frequent first. */
    List<Step> calls()
    {
        return stepBySite.values().stream()
            .sorted(
                Comparator.comparingDouble(Step::frequency).reversed().thenComparing((step) -> step.site().caller()))
            .toList();
    }

    /** Those of them that look up their target and are made by the engine's own code or Agrona's. */
    List<Step> megamorphic()
    {
        return calls().stream()
            .filter((step) -> step.site().isVirtual())
            .filter((step) -> step.site().caller().startsWith("io.lockstep.") ||
                step.site().caller().startsWith("org.agrona."))
            .toList();
    }
}
