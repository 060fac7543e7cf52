package io.lockstep.perf.recovery;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.perf.Figures;
import io.lockstep.perf.Machine;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.journal.Journal;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long an append takes, of one record of 208 bytes, at a rate and flat out: to the journal with its pages touched ahead and
 * without, and to a Chronicle Queue by its own appender. They take turns, and after each turn the thread looks at the clock for as
 * long and does nothing else: what is longer than a millisecond then is the machine's.
 */
final class JournalMeasurement
{
    private static final int MESSAGE_LENGTH = 120;
    private static final int SLICES = 10;
    private static final int FLAT_OUT = 0;

    private final Path work;
    private final Figures figures;
    private final int appends;
    private final int rate;
    private final RecordBatch batch = new RecordBatch();
    private final Map<String, Object> json = new LinkedHashMap<>();

    JournalMeasurement(final Path work, final Figures figures, final int appends, final int rate)
    {
        this.work = work;
        this.figures = figures;
        this.appends = appends;
        this.rate = rate;
        batch.addMessage(RecordKind.INPUT, new UnsafeBuffer(new byte[MESSAGE_LENGTH]), 0, MESSAGE_LENGTH);
    }

    /** The first round of appends is warm-up, a tenth as long, and in no figure. */
    Map<String, Object> run(final int rounds) throws IOException, InterruptedException
    {
        figures.line("%,d appends of %d bytes a round, each a document; journal in %s on %s", appends, batch.length(),
            work, Files.getFileStore(work));
        json.put("machine", Machine.describe());
        json.put("recordBytes", batch.length());
        json.put("appends", (long)appends * rounds);
        json.put("rate", rate);
        json.put("fileSystem", Files.getFileStore(work).type());
        measure("warm-up", FLAT_OUT, 1, appends / 10);
        json.put("atRate", measure(String.format(Locale.ROOT, "%,d a second", rate), rate, rounds, appends));
        json.put("flatOut", measure("flat out", FLAT_OUT, rounds, appends));
        return json;
    }

    private Map<String, Object> measure(final String name, final int ratePerSecond, final int rounds, final int count)
        throws IOException, InterruptedException
    {
        final Map<AppendedJournal, AppendTimes> times = new EnumMap<>(AppendedJournal.class);
        final Map<AppendedJournal, AppendTimes> hiccups = new EnumMap<>(AppendedJournal.class);
        for (final AppendedJournal journal : AppendedJournal.values())
        {
            times.put(journal, new AppendTimes());
            hiccups.put(journal, new AppendTimes());
        }
        for (int round = 0; round < rounds; round++)
        {
            round(ratePerSecond, count, times, hiccups);
        }
        final Map<String, Object> values = new LinkedHashMap<>();
        for (final AppendedJournal journal : AppendedJournal.values())
        {
            print(name + ", " + journal.description(), times.get(journal));
            print("  idle hiccup beside it", hiccups.get(journal));
            values.put(journal.key(), times.get(journal).json());
            values.put(journal.key() + "Hiccup", hiccups.get(journal).json());
        }
        return values;
    }

    private void print(final String name, final AppendTimes times)
    {
        figures.histogram(name, times.histogram());
        figures.line("    p99.99 %,d ns; longer than 1 ms: %,d",
            times.histogram().getValueAtPercentile(99.99), times.stalls());
    }

    private void round(
        final int ratePerSecond,
        final int count,
        final Map<AppendedJournal, AppendTimes> times,
        final Map<AppendedJournal, AppendTimes> hiccups) throws IOException, InterruptedException
    {
        final Map<AppendedJournal, Journal> journals = new EnumMap<>(AppendedJournal.class);
        try
        {
            for (final AppendedJournal journal : AppendedJournal.values())
            {
                journals.put(journal, journal.open(work.resolve(journal.key())));
            }
            for (int slice = 0; slice < SLICES; slice++)
            {
                for (final AppendedJournal journal : AppendedJournal.values())
                {
                    final long startNs = System.nanoTime();
                    append(journals.get(journal), count / SLICES, ratePerSecond, times.get(journal));
                    hiccup(System.nanoTime() - startNs, hiccups.get(journal));
                }
            }
        }
        finally
        {
            CloseHelper.closeAll(journals.values());
            for (final AppendedJournal journal : AppendedJournal.values())
            {
                ChildProcess.run("rm", "-rf", work.resolve(journal.key()).toString());
            }
        }
    }

    private void append(final Journal journal, final int count, final int ratePerSecond, final AppendTimes times)
    {
        final long intervalNs = ratePerSecond == FLAT_OUT ? 0 : TimeUnit.SECONDS.toNanos(1) / ratePerSecond;
        long dueNs = System.nanoTime();
        for (int i = 0; i < count; i++)
        {
            long startNs = System.nanoTime();
            while (startNs - dueNs < 0)
            {
                startNs = System.nanoTime();
            }
            append(journal);
            times.add(System.nanoTime() - startNs);
            dueNs += intervalNs;
        }
    }

    /** As the sequencer does it, but for the record that a segment begins with. */
    private void append(final Journal journal)
    {
        if (journal.isSegmentDue(batch.length(), 0))
        {
            journal.startSegment();
        }
        journal.append(batch);
    }

    private static void hiccup(final long durationNs, final AppendTimes times)
    {
        final long endNs = System.nanoTime() + durationNs;
        long lastNs = System.nanoTime();
        while (lastNs - endNs < 0)
        {
            final long nowNs = System.nanoTime();
            times.add(nowNs - lastNs);
            lastNs = nowNs;
        }
    }
}
