package io.lockstep.sequencer.journal;

import net.openhft.posix.PosixAPI;
import org.agrona.UnsafeApi;

/**
 * Makes pages of a mapped file present and writable, so that whoever writes them next takes no page fault. What stands in them is
 * not changed, and may be written meanwhile. Linux 5.14 does it in one call; before that each page is written to, a zero in place
 * of a zero, which needs space on the disk behind it. One thread.
 */
final class PageToucher
{
    static final int PAGE_LENGTH = 4096;

    private static final int MADV_POPULATE_WRITE = 23;

    private boolean isPopulated;
    private boolean isProbed;

    /**
     * @param isPopulated whether to let the system do it where it can.
     */
    PageToucher(final boolean isPopulated)
    {
        this.isPopulated = isPopulated;
    }

    /**
     * @param address of the mapping, whose first page is there.
     * @param from    offset of the first byte.
     * @param to      behind the last byte; only whole pages before it are touched.
     */
    void touch(final long address, final long from, final long to)
    {
        final long start = from & -PAGE_LENGTH;
        final long end = to & -PAGE_LENGTH;
        if (end <= start)
        {
            return;
        }
        if (!isProbed)
        {
            isPopulated = isPopulated && populate(address, PAGE_LENGTH);
            isProbed = true;
        }
        if (isPopulated)
        {
            // What it refuses here is left to the writer.
            populate(address + start, end - start);
        }
        else
        {
            swapZeros(address + start, address + end);
        }
    }

    private static boolean populate(final long address, final long length)
    {
        return PosixAPI.posix().madvise(address, length, MADV_POPULATE_WRITE) == 0;
    }

    private static void swapZeros(final long start, final long end)
    {
        for (long page = start; page < end; page += PAGE_LENGTH)
        {
            UnsafeApi.compareAndSetLong(null, page, 0, 0);
        }
    }
}
