package io.lockstep.perf.gate;

import io.lockstep.codecs.text.NeutralLocale;
import io.lockstep.perf.work.HotPart;

/**
 * Measures one part in a JVM of its own, so that what the compiler has seen is that part alone, and prints the ratio.
 */
public final class RatioFork
{
    private RatioFork()
    {
    }

    /**
     * @param args name of the part; what is planted, or empty.
     */
    public static void main(final String[] args)
    {
        NeutralLocale.set();
        final HotPart part = PlantedWork.parts(args[1]).stream()
            .filter((candidate) -> candidate.name().equals(args[0])).findFirst().orElseThrow();
        final PairedRatio paired = new PairedRatio(new Kernel(), part.make().get());
        final double ratio = paired.measure();
        // Printed too, so that nothing of the work is in vain.
        System.out.println(ratio + " " + paired.sink());
    }
}
