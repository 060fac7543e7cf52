package io.lockstep.verification.simulation.gateway;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.gateways.simulated.VenueAccount;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.math.BigDecimal;
import java.util.List;

/**
 * The fees of a venue that takes them in an asset of its own: it asks so many of the asset as it would of the settlement currency.
 */
final class FeeAsset
{
    private final List<Instrument> instruments;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final MutableInt128 fee = new MutableInt128();
    private long bookedExecId;

    FeeAsset(final List<Instrument> instruments)
    {
        this.instruments = instruments;
    }

    /** Whether it is an execution, which costs a fee. */
    boolean isTaken(final DirectBuffer buffer, final int offset)
    {
        header.wrap(buffer, offset);
        return header.templateId() == ExecutionReportDecoder.TEMPLATE_ID &&
            report.wrapAndApplyHeader(buffer, offset, header).execType() == ExecType.TRADE;
    }

    /** Books the fee of an execution when it is reported for the first time. */
    void book(final DirectBuffer buffer, final int offset, final VenueAccount account)
    {
        report.wrapAndApplyHeader(buffer, offset, header);
        if (report.execId() > bookedExecId)
        {
            bookedExecId = report.execId();
            final Instrument instrument = instruments.get(report.instrumentId());
            final BigDecimal paid = instrument.cash(fee.decode(report.commission(), report.commissionHigh()));
            account.plant(instrument.settlementCurrency(), paid);
            account.plant(SimulatedMarket.FEE_ASSET, paid.negate());
        }
    }

    /** The report as it says what the fee was taken in. */
    DirectBuffer said(final DirectBuffer buffer, final int offset, final int length)
    {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length + SimulatedMarket.FEE_ASSET.length()]);
        copy.putBytes(0, buffer, offset, length);
        report.wrapAndApplyHeader(buffer, offset, header);
        new ExecutionReportEncoder().wrap(copy, MessageHeaderDecoder.ENCODED_LENGTH)
            .commissionExponent((byte)instruments.get(report.instrumentId()).cashExponent())
            .venueExecId("").commissionAsset(SimulatedMarket.FEE_ASSET).venueExecRefId("");
        return copy;
    }
}
