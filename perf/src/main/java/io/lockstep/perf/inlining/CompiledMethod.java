package io.lockstep.perf.inlining;

import java.util.List;

/**
 * What the optimising compiler has made of one method, with all that it has inlined.
 *
 * @param name  class, a dot, the method's name, a slash and the number of its arguments.
 * @param sites in the order of the code.
 */
record CompiledMethod(String name, List<CallSite> sites)
{
}
