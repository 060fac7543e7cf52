package io.lockstep.perf.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One benchmark's result.
 *
 * @param name                with its parameters.
 * @param value               in {@code unit}.
 * @param error               half of the 99.9 % confidence interval; not-a-number when there were too few iterations.
 * @param isLowerBetter       whether the unit is a time.
 * @param allocatedBytesPerOp by the allocation profiler, or not-a-number.
 */
record Score(
    String name, double value, double error, String unit, boolean isLowerBetter, double allocatedBytesPerOp)
{
    Map<String, Object> json()
    {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("value", value);
        json.put("error", Double.isNaN(error) ? null : error);
        json.put("unit", unit);
        json.put("isLowerBetter", isLowerBetter);
        json.put("allocatedBytesPerOp", Double.isNaN(allocatedBytesPerOp) ? null : allocatedBytesPerOp);
        return json;
    }

    static Score parse(final Map<?, ?> json)
    {
        return new Score((String)json.get("name"), number(json, "value"), number(json, "error"),
            (String)json.get("unit"), Boolean.TRUE.equals(json.get("isLowerBetter")),
            number(json, "allocatedBytesPerOp"));
    }

    private static double number(final Map<?, ?> json, final String key)
    {
        return json.get(key) instanceof Number value ? value.doubleValue() : Double.NaN;
    }
}
