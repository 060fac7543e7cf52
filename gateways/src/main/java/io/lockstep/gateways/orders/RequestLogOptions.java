package io.lockstep.gateways.orders;

/**
 * How an order gateway's log is kept.
 *
 * @param fileLength bytes of each of its two files, allocated when they are made. A log that exists keeps the length it was
 *                   made with.
 * @param isForced   whether each request is on the disk before it is handed to the venue, so that the log outlives the host's
 *                   power as well as the process; costs a write to the disk for each request.
 */
public record RequestLogOptions(long fileLength, boolean isForced)
{
    public static final long FILE_LENGTH_MIN = 64 << 10;
    public static final long FILE_LENGTH_MAX = 512 << 20;

    public RequestLogOptions
    {
        if (fileLength < FILE_LENGTH_MIN || fileLength > FILE_LENGTH_MAX || 0 != fileLength % FILE_LENGTH_MIN)
        {
            throw new IllegalArgumentException("fileLength=" + fileLength + ": expected a multiple of " +
                FILE_LENGTH_MIN + " up to " + FILE_LENGTH_MAX);
        }
    }

    /** 8 MiB a file, not forced: what is written outlives the process, not the host's power. */
    public static RequestLogOptions defaults()
    {
        return new RequestLogOptions(8 << 20, false);
    }
}
