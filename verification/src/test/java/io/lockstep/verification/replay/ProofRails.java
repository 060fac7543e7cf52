package io.lockstep.verification.replay;

import io.lockstep.sbe.AssignCalendarEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.BreakerCause;
import io.lockstep.sbe.BreakerDefinitionEncoder;
import io.lockstep.sbe.CalendarDefinitionEncoder;
import io.lockstep.sbe.Decimal64Encoder;
import io.lockstep.sbe.FundingRateEncoder;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.MarkPriceEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.SignalEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What stands around the orders: a calendar, a venue's reference prices, a circuit breaker, and a signal that no model takes. */
final class ProofRails
{
    private static final int INSTRUMENT = 0;
    private static final int CALENDAR = 1;
    private static final long DAY_NS = 86_400_000_000_000L;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Predicate<MessageEncoderFlyweight> own;
    private final Supplier<MutableDirectBuffer> target;
    private final IntSupplier offset;

    /**
     * @param own sequences an input that was written to target and offset.
     */
    ProofRails(
        final Predicate<MessageEncoderFlyweight> own,
        final Supplier<MutableDirectBuffer> target,
        final IntSupplier offset)
    {
        this.own = own;
        this.target = target;
        this.offset = offset;
    }

    void play()
    {
        calendar();
        reference();
        breaker();
        signal();
    }

    private void calendar()
    {
        final CalendarDefinitionEncoder definition = new CalendarDefinitionEncoder()
            .wrapAndApplyHeader(target.get(), offset.getAsInt(), header).calendarId(CALENDAR);
        definition.sessionsCount(1).next().openNs(DAY_NS).closeNs(2 * DAY_NS).tradingDay(1);
        own.test(definition.name("PROOF").timeZone("UTC"));
        own.test(new AssignCalendarEncoder().wrapAndApplyHeader(target.get(), offset.getAsInt(), header)
            .instrumentId(INSTRUMENT).calendarId(CALENDAR));
    }

    private void reference()
    {
        own.test(new MarkPriceEncoder().wrapAndApplyHeader(target.get(), offset.getAsInt(), header)
            .instrumentId(INSTRUMENT).markPxTicks(300_001).indexPxTicks(300_000)
            .feedDelayNs(MarkPriceEncoder.feedDelayNsNullValue()));
        final FundingRateEncoder funding = new FundingRateEncoder()
            .wrapAndApplyHeader(target.get(), offset.getAsInt(), header).instrumentId(INSTRUMENT)
            .nextFundingTimeNs(DAY_NS);
        funding.rate().mantissa(1).exponent((byte)-4);
        own.test(funding);
    }

    private void breaker()
    {
        final BreakerDefinitionEncoder breaker = new BreakerDefinitionEncoder()
            .wrapAndApplyHeader(target.get(), offset.getAsInt(), header).scope(LimitScope.NODE)
            .cause(BreakerCause.REJECT_RATE).present(BooleanType.TRUE).scopedId(0).windowFills(0)
            .windowNs(1_000_000_000).coolDownNs(1_000_000_000);
        breaker.threshold().mantissa(5).exponent((byte)0);
        own.test(breaker.currency("").user("proof"));
    }

    private void signal()
    {
        final SignalEncoder signal = new SignalEncoder()
            .wrapAndApplyHeader(target.get(), offset.getAsInt(), header).side(Side.BUY).epoch(1).counter(7)
            .expireTimeNs(SignalEncoder.expireTimeNsNullValue());
        signal.quantity().mantissa(1).exponent((byte)-3);
        signal.quoteAmount().mantissa(0).exponent(Decimal64Encoder.exponentNullValue());
        own.test(signal.clientName("proof").symbol("BTCUSDT").model("").reason("").user("proof"));
    }
}
