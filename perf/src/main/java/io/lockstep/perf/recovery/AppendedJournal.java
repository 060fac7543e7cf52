package io.lockstep.perf.recovery;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.sequencer.config.JournalContext;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.SegmentedJournal;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

import java.nio.file.Path;

/**
 * What the appends go to.
 */
enum AppendedJournal
{
    /** The node's journal as it is. */
    TOUCHED("touched", "the journal")
    {
        @Override
        Journal open(final Path directory)
        {
            return segmented(directory, JournalContext.DEFAULT);
        }
    },
    /** The same, its pages first seen by the appends. */
    UNTOUCHED("untouched", "the journal, touchAhead: 0")
    {
        @Override
        Journal open(final Path directory)
        {
            return segmented(directory, JournalContext.DEFAULT.withTouchAhead(0));
        }
    },
    /** A Chronicle Queue with its own appender and its defaults. */
    CHRONICLE("chronicle", "Chronicle's own appender")
    {
        @Override
        Journal open(final Path directory)
        {
            return new ChronicleJournal(directory);
        }
    };

    private final String key;
    private final String description;

    AppendedJournal(final String key, final String description)
    {
        this.key = key;
        this.description = description;
    }

    abstract Journal open(Path directory);

    /** In JSON. */
    String key()
    {
        return key;
    }

    String description()
    {
        return description;
    }

    private static Journal segmented(final Path directory, final JournalContext context)
    {
        return SegmentedJournal.open(new NodeDirectory(directory), 1, context, Throwable::printStackTrace);
    }

    private static final class ChronicleJournal implements Journal
    {
        private final PointerBytesStore bytes = new PointerBytesStore();
        private final SingleChronicleQueue queue;
        private final ExcerptAppender appender;

        private ChronicleJournal(final Path directory)
        {
            queue = SingleChronicleQueueBuilder.binary(directory).build();
            appender = queue.createAppender();
        }

        @Override
        public void append(final RecordBatch batch)
        {
            bytes.set(batch.buffer().addressOffset(), batch.length());
            appender.writeBytes(bytes);
        }

        @Override
        public void sync()
        {
        }

        @Override
        public void close()
        {
            appender.close();
            queue.close();
        }
    }
}
