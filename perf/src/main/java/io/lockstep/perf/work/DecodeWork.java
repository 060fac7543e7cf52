package io.lockstep.perf.work;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;

/**
 * Reads every field and every level of a book update.
 */
public final class DecodeWork implements Work
{
    private final InputTape tape;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BookUpdateDecoder update = new BookUpdateDecoder();

    /**
     * @param levels of each update.
     */
    public DecodeWork(final int levels)
    {
        tape = new SampleMarket(20).bookUpdates(levels);
    }

    @Override
    public long step()
    {
        update.wrapAndApplyHeader(tape.buffer(), tape.next() + RecordDescriptor.HEADER_LENGTH, header);
        long sum = update.instrumentId() + update.updateId() + update.previousUpdateId();
        for (BookUpdateDecoder.BidsDecoder bids = update.bids(); bids.hasNext();)
        {
            bids.next();
            sum += bids.priceTicks() * bids.quantityLots();
        }
        for (BookUpdateDecoder.AsksDecoder asks = update.asks(); asks.hasNext();)
        {
            asks.next();
            sum -= asks.priceTicks() * asks.quantityLots();
        }
        return sum;
    }
}
