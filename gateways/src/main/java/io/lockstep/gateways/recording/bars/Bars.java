package io.lockstep.gateways.recording.bars;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.recording.finding.BadInputException;
import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.scan.Currencies;
import io.lockstep.gateways.recording.text.LineReader;
import io.lockstep.sbe.ContractType;

/** What scan and reader of {@code bars-csv} share. */
public final class Bars
{
    static final String VENUE = "BARS";

    private Bars()
    {
    }

    public static Instrument instrument(final String symbol, final Increment tick, final Increment lot)
    {
        final Currencies currencies = Currencies.of(symbol);
        return new Instrument(
            Nulls.NULL_INSTRUMENT_ID,
            symbol,
            VENUE,
            ContractType.LINEAR,
            tick,
            lot,
            1,
            1,
            new Increment(1, 0),
            currencies.base(),
            currencies.quote(),
            currencies.quote());
    }

    /**
     * A file without its header cannot be read at all, whatever the policy.
     *
     * @return false for an empty file.
     */
    static boolean readHeader(final LineReader reader, final BarsLine line, final String fileName)
    {
        try
        {
            if (!reader.next())
            {
                return false;
            }
            line.parseHeader(reader.buffer(), reader.start(), reader.end());
            return true;
        }
        catch (final MalformedLine ex)
        {
            throw new BadInputException(fileName, reader.lineNumber(), ex.getMessage());
        }
    }
}
