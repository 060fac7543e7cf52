package io.lockstep.core.host;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.StrategyView;
import io.lockstep.core.TradingCore;
import io.lockstep.sbe.AssignStrategyDecoder;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.ControlStrategyDecoder;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.SetTradingModeDecoder;
import io.lockstep.sbe.TimerFiredDecoder;
import io.lockstep.sbe.TradeDecoder;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * Says what the core failed with on an input: which message it was, and, where a strategy's code is on the stack, which strategy and
 * where in it. Allocates; nothing goes on behind it.
 */
final class CoreFailure
{
    private static final int NO_INSTRUMENT = -1;
    private static final int TIMER_KEY_BITS = 8;

    private CoreFailure()
    {
    }

    /**
     * @param failure what came out of the core.
     * @param buffer  the record that it was given.
     */
    static CoreFailureException of(
        final Throwable failure, final TradingCore core, final DirectBuffer buffer, final int offset)
    {
        if (failure instanceof CoreFailureException known)
        {
            return known;
        }
        final int instrumentId = instrumentId(buffer, offset);
        final int failedId = failedId(failure, core, instrumentId);
        final int namedId = failedId == NO_INSTRUMENT ? instrumentId : failedId;
        final String named = namedId >= 0 && namedId < core.instrumentCount()
            ? " instrument=" + core.instrument(namedId).name()
            : "";
        return new CoreFailureException(RecordDescriptor.sequence(buffer, offset),
            "input=" + name(RecordDescriptor.templateId(buffer, offset)) + named +
                where(failure, core, failedId) + ": " + failure,
            failure);
    }

    private static String where(final Throwable failure, final TradingCore core, final int failedId)
    {
        if (failedId == NO_INSTRUMENT)
        {
            final StackTraceElement[] frames = failure.getStackTrace();
            return frames.length == 0 ? "" : " at=" + text(frames[0]);
        }
        final StrategyView strategy = core.strategy(failedId);
        return " strategy=" + strategy.name() + " at=" + text(frame(failure, strategy.type()));
    }

    /** The instrument whose strategy's code failed, the input's own first, or {@link #NO_INSTRUMENT}. */
    private static int failedId(final Throwable failure, final TradingCore core, final int instrumentId)
    {
        if (hasFailed(failure, core, instrumentId))
        {
            return instrumentId;
        }
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            if (hasFailed(failure, core, id))
            {
                return id;
            }
        }
        return NO_INSTRUMENT;
    }

    private static boolean hasFailed(final Throwable failure, final TradingCore core, final int id)
    {
        if (id < 0 || id >= core.instrumentCount())
        {
            return false;
        }
        final StrategyView strategy = core.strategy(id);
        return strategy != null && frame(failure, strategy.type()) != null;
    }

    /** The innermost frame of the class or of what it extends, their nested classes included, or null. */
    private static StackTraceElement frame(final Throwable failure, final Class<?> strategyType)
    {
        for (final StackTraceElement frame : failure.getStackTrace())
        {
            for (Class<?> type = strategyType; type != null && type != Object.class; type = type.getSuperclass())
            {
                final String name = frame.getClassName();
                if (name.equals(type.getName()) || name.startsWith(type.getName() + "$"))
                {
                    return frame;
                }
            }
        }
        return null;
    }

    /** Without the names of class loader and module, which some JVMs put before it. */
    private static String text(final StackTraceElement frame)
    {
        final String file = frame.getFileName() == null
            ? "unknown source"
            : frame.getFileName() + (frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber());
        return frame.getClassName() + "." + frame.getMethodName() + "(" + file + ")";
    }

    private static int instrumentId(final DirectBuffer buffer, final int offset)
    {
        final int body = offset + RecordDescriptor.HEADER_LENGTH;
        return switch (RecordDescriptor.templateId(buffer, offset))
        {
            // The first field of each.
            case BookUpdateDecoder.TEMPLATE_ID, BookSnapshotDecoder.TEMPLATE_ID, BestBidOfferDecoder.TEMPLATE_ID,
                TradeDecoder.TEMPLATE_ID, BarDecoder.TEMPLATE_ID, FeedStatusDecoder.TEMPLATE_ID,
                AssignStrategyDecoder.TEMPLATE_ID -> buffer
                    .getInt(offset + RecordDescriptor.BODY_OFFSET, ByteOrder.LITTLE_ENDIAN);
            case ExecutionReportDecoder.TEMPLATE_ID -> new ExecutionReportDecoder()
                .wrapAndApplyHeader(buffer, body, new MessageHeaderDecoder()).instrumentId();
            case OrderCancelRejectDecoder.TEMPLATE_ID -> new OrderCancelRejectDecoder()
                .wrapAndApplyHeader(buffer, body, new MessageHeaderDecoder()).instrumentId();
            case TimerFiredDecoder.TEMPLATE_ID -> (int)(new TimerFiredDecoder()
                .wrapAndApplyHeader(buffer, body, new MessageHeaderDecoder()).timerId() >>> TIMER_KEY_BITS);
            default -> NO_INSTRUMENT;
        };
    }

    /** Of the messages that strategies are called for; the number of any other. */
    private static String name(final int templateId)
    {
        return switch (templateId)
        {
            case BookUpdateDecoder.TEMPLATE_ID -> "BookUpdate";
            case BookSnapshotDecoder.TEMPLATE_ID -> "BookSnapshot";
            case BestBidOfferDecoder.TEMPLATE_ID -> "BestBidOffer";
            case TradeDecoder.TEMPLATE_ID -> "Trade";
            case BarDecoder.TEMPLATE_ID -> "Bar";
            case FeedStatusDecoder.TEMPLATE_ID -> "FeedStatus";
            case ExecutionReportDecoder.TEMPLATE_ID -> "ExecutionReport";
            case OrderCancelRejectDecoder.TEMPLATE_ID -> "OrderCancelReject";
            case TimerFiredDecoder.TEMPLATE_ID -> "TimerFired";
            case AssignStrategyDecoder.TEMPLATE_ID -> "AssignStrategy";
            case ControlStrategyDecoder.TEMPLATE_ID -> "ControlStrategy";
            case SetTradingModeDecoder.TEMPLATE_ID -> "SetTradingMode";
            default -> "template " + templateId;
        };
    }
}
