package io.lockstep.sequencer.safety;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.Outbox;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.config.SafetyContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.journal.JournalAlerts;
import io.lockstep.sequencer.loop.LoopRecorder;
import io.lockstep.sequencer.loop.Sequencer;
import io.lockstep.sequencer.loop.SequencerMonitor;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the watch makes of the journal's disk. */
class SafetyWatchTest
{
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long UNKNOWN = -1;
    private static final long WANTED = 1_000;

    private final LoopRecorder ends = new LoopRecorder();
    private final CoreHost host = new CoreHost(List.of(), Outbox.MUTED);
    private final Sequencer sequencer = new Sequencer(host, ends, ends, ends, () -> 1, SequencedTime.WALL,
        SequencerMonitor.NONE, 0, 1, 0);
    private final Disk disk = new Disk();
    private final SafetyWatch watch = new SafetyWatch(new OperationalInputs(sequencer),
        new ClockWatch(() -> 1, () -> 1, 1),
        disk, new SafetyContext(false, 0, 0, HOUR_NS, HOUR_NS, HOUR_NS, SafetyContext.OnStop.KEEP, 0), () ->
        {
        }, 0);

    private static final class Disk implements JournalAlerts
    {
        private long freeBytes;

        @Override
        public boolean isDiskNearlyFull()
        {
            return freeBytes != UNKNOWN && freeBytes < WANTED;
        }

        @Override
        public boolean isFreeSpaceUnknown()
        {
            return freeBytes == UNKNOWN;
        }

        @Override
        public long freeSpaceBytes()
        {
            return freeBytes;
        }

        @Override
        public long minFreeSpaceBytes()
        {
            return WANTED;
        }

        @Override
        public String problem()
        {
            return null;
        }
    }

    private void look(final long freeBytes)
    {
        disk.freeBytes = freeBytes;
        watch.onInterval(0);
        watch.onInterval(0);
    }

    private List<String> alerts()
    {
        return ends.records().stream()
            .filter((record) -> RecordDescriptor.templateId(record, 0) == OperationalAlertDecoder.TEMPLATE_ID)
            .map((record) ->
            {
                final OperationalAlertDecoder alert = new OperationalAlertDecoder().wrapAndApplyHeader(
                    record, RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
                return alert.alertType() + " " + alert.mode() + " " + alert.cancelOrders();
            }).toList();
    }

    @Test
    void shouldSayThatTheSpaceIsNotKnownAndTradeOn()
    {
        look(UNKNOWN);

        assertThat(alerts()).as("said once while it lasts").containsExactly("DISK_SPACE_UNKNOWN NULL_VAL FALSE");
        assertThat(host.core().mode()).isEqualTo(TradingMode.RUNNING);

        look(WANTED);
        look(UNKNOWN);
        assertThat(alerts()).hasSize(2);
    }

    @Test
    void shouldHaltWhenTheDiskIsNearlyFullWhateverWasKnownBefore()
    {
        look(UNKNOWN);
        look(WANTED - 1);
        look(UNKNOWN);
        look(WANTED - 1);

        assertThat(alerts()).as("full before and after it was not known").containsExactly(
            "DISK_SPACE_UNKNOWN NULL_VAL FALSE", "DISK_NEARLY_FULL HALTED TRUE", "DISK_SPACE_UNKNOWN NULL_VAL FALSE");
        assertThat(host.core().mode()).isEqualTo(TradingMode.HALTED);
    }
}
