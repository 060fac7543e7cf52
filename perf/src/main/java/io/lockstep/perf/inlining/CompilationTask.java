package io.lockstep.perf.inlining;

import javax.xml.stream.XMLStreamReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One method's way through the optimising compiler, as its log tells it. Ids of types, classes and methods hold within the task.
 */
final class CompilationTask
{
    private final String name;
    private final double executions;
    private final Map<String, String> classById = new HashMap<>();
    private final Map<String, String> methodById = new HashMap<>();
    private final Map<String, Double> executionsById = new HashMap<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final List<CallSite> sites = new ArrayList<>();
    private boolean failed;

    /** A method being parsed, and the calls met in it so far. */
    private record Frame(String method, Map<Integer, Call> callByBci)
    {
    }

    /** What is known of a call while the compiler decides about it. */
    private static final class Call
    {
        private final String declared;
        private final double count;
        private String target;
        private String reason = "";
        private boolean hasTargets;

        Call(final String declared, final double count)
        {
            this.declared = declared;
            this.count = count;
        }
    }

    private int bci;

    /**
     * @param reader at the start of the element.
     */
    CompilationTask(final XMLStreamReader reader)
    {
        final String[] parts = attribute(reader, "method", "").split(" ");
        name = name(parts[0] + "." + parts[1], arguments(parts[2]));
        executions = Math.max(1, Double.parseDouble(attribute(reader, "iicount", "1")));
    }

    /** Overloads are told apart by how many arguments they have. */
    private static String name(final String classAndName, final int arguments)
    {
        return classAndName + "/" + arguments;
    }

    /** As many as a descriptor says, such as {@code (J[Ljava/lang/Object;)V}. */
    private static int arguments(final String descriptor)
    {
        int count = 0;
        for (int i = 1; descriptor.charAt(i) != ')'; i++)
        {
            while (descriptor.charAt(i) == '[')
            {
                i++;
            }
            i = descriptor.charAt(i) == 'L' ? descriptor.indexOf(';', i) : i;
            count++;
        }
        return count;
    }

    private static String attribute(final XMLStreamReader reader, final String attribute, final String other)
    {
        final String value = reader.getAttributeValue(null, attribute);
        return value == null ? other : value;
    }

    void onElement(final String element, final XMLStreamReader reader)
    {
        switch (element)
        {
            case "klass" -> classById.put(attribute(reader, "id", ""), attribute(reader, "name", ""));
            case "method" -> onMethod(reader);
            case "parse" -> frames.push(
                new Frame(methodById.getOrDefault(attribute(reader, "method", ""), "?"), new HashMap<>()));
            case "bc" -> bci = Integer.parseInt(attribute(reader, "bci", "-1"));
            case "call" -> onCall(reader);
            case "inline_success" -> onInlined();
            case "inline_fail" -> onRefused(attribute(reader, "reason", ""));
            case "direct_call" -> add(reader, false);
            case "virtual_call" -> add(reader, true);
            case "failure" -> failed = true;
            default -> {
                // Dependencies, branches, traps, phases.
            }
        }
    }

    private void onMethod(final XMLStreamReader reader)
    {
        final String id = attribute(reader, "id", "");
        final String arguments = attribute(reader, "arguments", "");
        methodById.put(id, name(
            classById.get(attribute(reader, "holder", "")) + "." + attribute(reader, "name", ""),
            arguments.isEmpty() ? 0 : arguments.split(" ").length));
        executionsById.put(id, Double.parseDouble(attribute(reader, "iicount", "0")));
    }

    private void onCall(final XMLStreamReader reader)
    {
        final String callee = methodById.getOrDefault(attribute(reader, "method", ""), "?");
        // Without a profile the compiler says -1; then it is no more than the callee has been called at all.
        final double profiled = Double.parseDouble(attribute(reader, "count", "0"));
        final double count = profiled < 0
            ? executionsById.getOrDefault(attribute(reader, "method", ""), 0.0)
            : profiled * Double.parseDouble(attribute(reader, "prof_factor", "1"));
        if (!frames.isEmpty())
        {
            // The first is the call as it stands in the code, the ones that follow are its likely targets.
            frames.peek().callByBci.computeIfAbsent(bci, (at) -> new Call(callee, count)).target = callee;
        }
    }

    private Call call(final int at)
    {
        return frames.isEmpty() ? null : frames.peek().callByBci.get(at);
    }

    private void onInlined()
    {
        final Call call = call(bci);
        if (call != null)
        {
            call.hasTargets = true;
        }
    }

    private void onRefused(final String reason)
    {
        final Call call = call(bci);
        if (call != null)
        {
            call.reason = reason;
        }
    }

    private void add(final XMLStreamReader reader, final boolean looksUp)
    {
        final int at = Integer.parseInt(attribute(reader, "bci", "-1"));
        final Call call = call(at);
        if (call != null)
        {
            final CallSite.Kind kind = !looksUp
                ? CallSite.Kind.DIRECT
                : call.hasTargets ? CallSite.Kind.GUARDED : CallSite.Kind.VIRTUAL;
            sites.add(new CallSite(frames.peek().method, at, looksUp ? call.declared : call.target,
                call.count / executions, kind, call.reason));
            // A likely target that is called directly stands before the look-up of any other.
            call.hasTargets |= !looksUp;
        }
    }

    void endParse()
    {
        frames.poll();
    }

    boolean hasFailed()
    {
        return failed;
    }

    String name()
    {
        return name;
    }

    CompiledMethod result()
    {
        return new CompiledMethod(name, List.copyOf(sites));
    }
}
