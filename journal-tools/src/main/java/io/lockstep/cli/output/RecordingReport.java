package io.lockstep.cli.output;

import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.recording.Recording;
import io.lockstep.gateways.recording.finding.Finding;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what was made of a recording: on stderr before it is used, and as counts in a command's result.
 */
public final class RecordingReport
{
    private RecordingReport()
    {
    }

    public static void print(final Recording recording, final PrintWriter err)
    {
        recording.formatByFile()
            .forEach((file, format) -> err.println("lockstep: " + file + ": format " + format.text()));
        recording.unknownStreams().forEach((stream, count) -> err.println(
            "lockstep: unknown stream '" + stream + "': " + count + " lines left out"));
        for (final Instrument instrument : recording.instruments())
        {
            err.println("lockstep: instrument " + instrument.name()
                + (recording.isDerived() ? ", derived from the recording: " : ": ") + instrument.contractType()
                + " tick " + instrument.tick() +
                " lot " + instrument.lot() + " multiplier " + instrument.multiplier());
        }
        printFindings(recording, err);
        err.flush();
    }

    /** What is not used as it is printed, with the places of the first few. */
    public static void printFindings(final Recording recording, final PrintWriter err)
    {
        for (final Finding finding : Finding.values())
        {
            final long count = recording.findings().count(finding);
            final List<String> places = recording.findings().places(finding);
            places.forEach((place) -> err.println("lockstep: " + place));
            if (count > 0)
            {
                err.println("lockstep: " + count + " " + finding.text() +
                    (count > places.size() ? "; the first " + places.size() + " are named" : ""));
            }
        }
    }

    /** Counts of what was met, by their JSON keys; those that reading counts are complete when all is read. */
    public static Map<String, Object> counts(final Recording recording)
    {
        final Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("clockBackwards", recording.clockBackwards());
        counts.put("badLines", recording.badLines());
        counts.put("heldOverflows", recording.heldOverflows());
        for (final Finding finding : Finding.values())
        {
            counts.put(finding.key(), recording.findings().count(finding));
        }
        return counts;
    }
}
