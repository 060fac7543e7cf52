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
        final String named = instrumentId >= 0 && instrumentId < core.instrumentCount()
            ? " instrument=" + core.instrument(instrumentId).name()
            : "";
        return new CoreFailureException(RecordDescriptor.sequence(buffer, offset),
            "input=" + name(RecordDescriptor.templateId(buffer, offset)) + named + where(failure, core) + ": "
                + failure,
            failure);
    }

    /** The strategy whose code failed, if one did, and the frame. */
    private static String where(final Throwable failure, final TradingCore core)
    {
        for (int id = 0; id < core.instances().count(); id++)
        {
            final StrategyView strategy = core.strategy(id);
            final StackTraceElement frame = strategy == null ? null : frame(failure, strategy.type());
            if (frame != null)
            {
                return " strategy=" + strategy.name() + " at=" + text(frame);
            }
        }
        final StackTraceElement[] frames = failure.getStackTrace();
        return frames.length == 0 ? "" : " at=" + text(frames[0]);
    }

    /** The innermost frame of the class or of what it extends, their nested classes included, or null. */
    static StackTraceElement frame(final Throwable failure, final Class<?> strategyType)
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
    static String text(final StackTraceElement frame)
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
            default -> NO_INSTRUMENT;
        };
    }

    /** The name of a message that strategies are called for; the template id of any other. */
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
