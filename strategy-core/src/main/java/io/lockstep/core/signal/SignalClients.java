package io.lockstep.core.signal;

import io.lockstep.codecs.Xxh64;
import io.lockstep.core.risk.Refusal;
import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.core.snapshot.StateTable;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.SignalClientDecoder;
import io.lockstep.sbe.SignalClientEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Arrays;

/**
 * The clients that have sent signals, in the order in which they first did, each with its window. A client is never forgotten, for
 * a signal of it that is repeated must be known again. The first signal of a client allocates; nothing else does.
 */
public final class SignalClients implements StateTable<SignalClientDecoder>
{
    public static final int CLIENTS_MAX = 256;
    /** Of a client's name, in UTF-8. */
    public static final int NAME_BYTES_MAX = 64;

    private static final long SEED = 0;

    private SignalWindow[] windows = {};
    private long[] hashes = {};

    public int count()
    {
        return windows.length;
    }

    public SignalWindow get(final int index)
    {
        return windows[index];
    }

    /**
     * Takes up a signal's id as answered.
     *
     * @param refusal gets the reason why it is not, and the limit where there is one.
     * @return whether it is to be answered, for the first time.
     */
    boolean take(final SignalRequest signal, final Refusal refusal)
    {
        final int length = signal.clientNameLength();
        if (length == 0 || length > NAME_BYTES_MAX || signal.epoch() < 0 || signal.counter() < 0)
        {
            refusal.because(RiskReason.SIGNAL_ID);
            return false;
        }
        final SignalWindow window = window(signal);
        final RiskReason reason = window == null
            ? refusal.because(RiskReason.SIGNAL_CLIENTS, CLIENTS_MAX, CLIENTS_MAX + 1L)
            : refusal.because(window.take(signal.epoch(), signal.counter()));
        return reason == RiskReason.NONE;
    }

    /** The client's; null when it is new and there is no room for it. */
    private SignalWindow window(final SignalRequest signal)
    {
        final DirectBuffer buffer = signal.buffer();
        final int offset = signal.clientNameOffset();
        final int length = signal.clientNameLength();
        final long hash = Xxh64.hash(buffer, offset, length, SEED);
        for (int i = 0; i < windows.length; i++)
        {
            if (hashes[i] == hash && isEqual(windows[i].nameBytes(), buffer, offset, length))
            {
                return windows[i];
            }
        }
        if (windows.length == CLIENTS_MAX)
        {
            return null;
        }
        final byte[] name = new byte[length];
        buffer.getBytes(offset, name);
        return add(new SignalWindow(name, signal.epoch(), signal.counter()), hash);
    }

    private static boolean isEqual(final byte[] name, final DirectBuffer buffer, final int offset, final int length)
    {
        boolean isEqual = name.length == length;
        for (int i = 0; i < length && isEqual; i++)
        {
            isEqual = name[i] == buffer.getByte(offset + i);
        }
        return isEqual;
    }

    private SignalWindow add(final SignalWindow window, final long hash)
    {
        windows = Arrays.copyOf(windows, windows.length + 1);
        hashes = Arrays.copyOf(hashes, windows.length);
        windows[windows.length - 1] = window;
        hashes[windows.length - 1] = hash;
        return window;
    }

    @Override
    public int sectionCount()
    {
        return windows.length;
    }

    @Override
    public void save(final SectionWriter writer)
    {
        for (final SignalWindow window : windows)
        {
            window.save(writer.begin(new SignalClientEncoder()));
            writer.end();
        }
    }

    @Override
    public int templateId()
    {
        return SignalClientDecoder.TEMPLATE_ID;
    }

    @Override
    public SignalClientDecoder newDecoder()
    {
        return new SignalClientDecoder();
    }

    @Override
    public void restore(final SignalClientDecoder section)
    {
        final SignalWindow window = SignalWindow.restored(section);
        final byte[] name = window.nameBytes();
        if (name.length == 0 || name.length > NAME_BYTES_MAX || windows.length == CLIENTS_MAX)
        {
            throw new IllegalArgumentException("clientName=" + window.name() + ": expected from 1 to " +
                NAME_BYTES_MAX + " bytes, and no more than " + CLIENTS_MAX + " clients");
        }
        add(window, Xxh64.hash(new UnsafeBuffer(name), 0, name.length, SEED));
    }

    @Override
    public long stateHash()
    {
        long hash = 0;
        for (final SignalWindow window : windows)
        {
            hash = Xxh64.chain(hash, window.stateHash());
        }
        return hash;
    }
}
