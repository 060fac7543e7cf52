package io.lockstep.gateways.recording.scan;

import io.lockstep.gateways.recording.text.Text;

import java.util.Locale;

/** Formats of recorded market data, recognised by their first line. */
public enum RecordingFormat
{
    /**
     * Raw frames of Binance's websocket streams, and depth snapshots, each after its local time: {@code <time> <json>}.
     */
    BINANCE_WS("binance-ws"),
    /** Open, high, low, close and volume in columns found by name in a header. */
    BARS_CSV("bars-csv");

    private final String text;

    RecordingFormat(final String text)
    {
        this.text = text;
    }

    /** The name used on the command line. */
    public String text()
    {
        return text;
    }

    /**
     * @throws IllegalArgumentException for a name that is no format's.
     */
    public static RecordingFormat parse(final String text)
    {
        for (final RecordingFormat format : values())
        {
            if (format.text.equals(text))
            {
                return format;
            }
        }
        throw new IllegalArgumentException("format=" + text + ": expected binance-ws or bars-csv");
    }

    /**
     * The format that a line looks like the start of, or null.
     */
    public static RecordingFormat recognise(final byte[] bytes, final int start, final int end)
    {
        int index = start;
        while (index < end && (bytes[index] >= '0' && bytes[index] <= '9' || bytes[index] == '.'))
        {
            index++;
        }
        if (index > start)
        {
            while (index < end && bytes[index] == ' ')
            {
                index++;
            }
            return index < end && (bytes[index] == '{' || bytes[index] == '[') ? BINANCE_WS : null;
        }
        final String header = Text.ascii(bytes, start, end).toLowerCase(Locale.ROOT);
        return header.contains("open") && header.contains("high") && header.contains("low") && header.contains("close")
            ? BARS_CSV
            : null;
    }
}
