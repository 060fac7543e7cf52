package io.lockstep.core;

import io.lockstep.core.snapshot.SectionPort;
import io.lockstep.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The sections of a core as they came, each a copy of its own that a test may change. */
final class SavedState implements SectionPort
{
    private final List<UnsafeBuffer> sections = new ArrayList<>();

    static SavedState of(final TradingCore core)
    {
        final SavedState state = new SavedState();
        core.save(state);
        return state;
    }

    /**
     * Sections of a file, each behind its length.
     *
     * @param resource beside this class.
     */
    static SavedState read(final String resource)
    {
        final SavedState state = new SavedState();
        try (DataInputStream in = new DataInputStream(SavedState.class.getResourceAsStream(resource)))
        {
            while (in.available() > 0)
            {
                state.sections.add(new UnsafeBuffer(in.readNBytes(in.readInt())));
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        return state;
    }

    @Override
    public void onSection(final DirectBuffer message, final int offset, final int length)
    {
        final byte[] copy = new byte[length];
        message.getBytes(offset, copy);
        sections.add(new UnsafeBuffer(copy));
    }

    List<UnsafeBuffer> sections()
    {
        return sections;
    }

    int templateId(final int index)
    {
        return new MessageHeaderDecoder().wrap(sections.get(index), 0).templateId();
    }

    /** Index of the first section of the template. */
    int indexOf(final int templateId)
    {
        for (int i = 0; i < sections.size(); i++)
        {
            if (templateId(i) == templateId)
            {
                return i;
            }
        }
        throw new AssertionError("no section: templateId=" + templateId);
    }

    void restoreInto(final TradingCore core, final long lastSequence)
    {
        sections.forEach((section) -> core.restore(section, 0, section.capacity()));
        core.completeRestore(lastSequence);
    }
}
