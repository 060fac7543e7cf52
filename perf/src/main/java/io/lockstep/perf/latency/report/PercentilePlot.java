package io.lockstep.perf.latency.report;

import io.lockstep.perf.latency.path.MeasuredPath;
import org.HdrHistogram.Histogram;

import java.util.Locale;
import java.util.Map;

/**
 * Latency by percentile as an inline SVG, both axes logarithmic: nines to the right, time upwards.
 */
final class PercentilePlot
{
    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 130;
    private static final int TOP = 15;
    private static final int BOTTOM = 40;
    private static final double NINES_MAX = 5;
    private static final int STEPS = 200;
    private static final String[] NINES = {"0%", "90%", "99%", "99.9%", "99.99%", "99.999%"};
    private static final String[] COLOURS = {"#1f77b4", "#2ca02c", "#9467bd", "#d62728", "#999999"};

    private PercentilePlot()
    {
    }

    static String svg(final Map<MeasuredPath, Histogram> histogramByPath)
    {
        final double top = Math.ceil(Math.log10(Math.max(10, histogramByPath.values().stream()
            .mapToLong(Histogram::getMaxValue).max().orElse(10))));
        final StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">%n", WIDTH, HEIGHT));
        grid(svg, top);
        int legend = 0;
        for (final Map.Entry<MeasuredPath, Histogram> entry : histogramByPath.entrySet())
        {
            if (entry.getValue().getTotalCount() > 0)
            {
                final String colour = COLOURS[entry.getKey().ordinal()];
                line(svg, entry.getValue(), top, colour);
                svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n",
                    WIDTH - RIGHT + 8, TOP + 16 + 18 * legend++, colour, entry.getKey().key()));
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static void grid(final StringBuilder svg, final double top)
    {
        for (int nines = 0; nines < NINES.length; nines++)
        {
            svg.append(String.format(Locale.ROOT, "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" " +
                "stroke=\"#ddd\"/><text x=\"%1$.1f\" y=\"%4$d\" text-anchor=\"middle\">%5$s</text>%n", x(nines), TOP,
                HEIGHT - BOTTOM, HEIGHT - BOTTOM + 18, NINES[nines]));
        }
        for (int decade = 1; decade <= top; decade++)
        {
            svg.append(String.format(Locale.ROOT, "<line x1=\"%1$d\" x2=\"%2$d\" y1=\"%3$.1f\" y2=\"%3$.1f\" " +
                "stroke=\"#ddd\"/><text x=\"%4$d\" y=\"%3$.1f\" dy=\"4\" text-anchor=\"end\">%5$s</text>%n", LEFT,
                WIDTH - RIGHT, y(decade, top), LEFT - 6, decade(decade)));
        }
    }

    private static String decade(final int decade)
    {
        final String[] units = {"ns", "us", "ms", "s"};
        return (int)Math.pow(10, decade % 3) + " " + units[decade / 3];
    }

    /** As far to the right as there are values to tell one percentile from the next. */
    private static void line(final StringBuilder svg, final Histogram histogram, final double top, final String colour)
    {
        final double ninesMax = Math.min(NINES_MAX, Math.log10(histogram.getTotalCount()));
        svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"").append(colour).append("\" points=\"");
        for (int i = 0; i <= STEPS; i++)
        {
            final double nines = ninesMax * i / STEPS;
            final long valueNs = histogram.getValueAtPercentile(100 * (1 - Math.pow(10, -nines)));
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(nines), y(Math.log10(Math.max(10, valueNs)), top)));
        }
        svg.append("\"/>\n");
    }

    private static double x(final double nines)
    {
        return LEFT + (WIDTH - LEFT - RIGHT) * nines / NINES_MAX;
    }

    /** From 10 ns at the bottom. */
    private static double y(final double decades, final double top)
    {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (decades - 1) / Math.max(1, top - 1);
    }
}
