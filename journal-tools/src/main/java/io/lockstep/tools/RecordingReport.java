package io.lockstep.tools;

import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.recording.Recording;

import java.io.PrintWriter;

/**
 * Says on stderr what was made of a recording.
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
        err.flush();
    }
}
