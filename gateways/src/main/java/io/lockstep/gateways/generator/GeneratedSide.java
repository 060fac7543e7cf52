package io.lockstep.gateways.generator;

/**
 * One side of a generated book: quantities in units by price step, in a ring that moves with the best price. Only steps
 * from the best to a given depth behind it hold anything once {@link #trim} has run. Remembers which steps changed
 * since the last {@link #clearChanges}. No allocation after the constructor.
 */
final class GeneratedSide
{
    /** More than the greatest depth and what the best price moves in one action: no two steps in use share a slot. */
    private static final int RING_SIZE = 256;
    private static final int RING_MASK = RING_SIZE - 1;

    private final int sign;
    private final int depth;
    private final int[] unitsByStep = new int[RING_SIZE];
    private final int[] changedSteps;
    private int changedSize;
    private int bestStep;
    /** No step worse than this holds anything. */
    private int edgeStep;

    /**
     * @param changedSteps room for the changes, may be shared by sides that do not change at the same time.
     */
    GeneratedSide(final boolean isBid, final int depth, final int bestStep, final int[] changedSteps)
    {
        this.sign = isBid ? 1 : -1;
        this.depth = depth;
        this.bestStep = bestStep;
        this.edgeStep = bestStep;
        this.changedSteps = changedSteps;
    }

    int depth()
    {
        return depth;
    }

    int bestStep()
    {
        return bestStep;
    }

    int bestUnits()
    {
        return units(bestStep);
    }

    int units(final int step)
    {
        return unitsByStep[step & RING_MASK];
    }

    /** The step so far behind the best one; negative distances are before it. */
    int behindBest(final int distance)
    {
        return bestStep - sign * distance;
    }

    int changedSize()
    {
        return changedSize;
    }

    int changedStep(final int index)
    {
        return changedSteps[index];
    }

    void clearChanges()
    {
        changedSize = 0;
    }

    void add(final int step, final int units)
    {
        unitsByStep[step & RING_MASK] += units;
        changed(step);
        if (isBetter(step, bestStep))
        {
            bestStep = step;
        }
        if (isBetter(edgeStep, step))
        {
            edgeStep = step;
        }
    }

    /** Takes off up to so many units and returns how many; the last level of the side keeps one unit. */
    int reduce(final int step, final int unitsMax)
    {
        final int units = Math.min(units(step), unitsMax);
        unitsByStep[step & RING_MASK] -= units;
        changed(step);
        if (step == bestStep && 0 == units(step))
        {
            retreat();
        }
        return units;
    }

    /** Removes what is deeper than a side may be. */
    void trim()
    {
        final int newEdgeStep = behindBest(depth - 1);
        while (isBetter(newEdgeStep, edgeStep))
        {
            if (0 != units(edgeStep))
            {
                unitsByStep[edgeStep & RING_MASK] = 0;
                changed(edgeStep);
            }
            edgeStep += sign;
        }
        edgeStep = newEdgeStep;
    }

    private void retreat()
    {
        int step = bestStep;
        while (0 == units(step) && isBetter(step, edgeStep))
        {
            step -= sign;
        }
        if (0 == units(step))
        {
            unitsByStep[bestStep & RING_MASK] = 1;
        }
        else
        {
            bestStep = step;
        }
    }

    private boolean isBetter(final int step, final int thanStep)
    {
        return sign * (step - thanStep) > 0;
    }

    private void changed(final int step)
    {
        for (int i = 0; i < changedSize; i++)
        {
            if (changedSteps[i] == step)
            {
                return;
            }
        }
        changedSteps[changedSize++] = step;
    }
}
