package io.lockstep.peers;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PeerResultTest
{
    private static final int RATE = 1_000;

    @TempDir
    private Path directory;

    private PeerPlan plan()
    {
        return new PeerPlan("", List.of(RATE), 1, 0, 1, 10, 208, 176, true, directory, directory);
    }

    @Test
    void shouldReadWhatWasWritten() throws IOException
    {
        final Tally tally = new Tally();
        tally.onSent(true, 5);
        tally.onSent(false, 2 * Tally.LATE_NS);
        tally.onReceived(700);
        final PeerResult written = new PeerResult(plan());
        written.set(RATE, tally, new ThreadLoad().end());
        written.set("flatOut", 8);
        written.set("replayedEvents", 9);
        written.set("replayNs", 10);
        written.write();
        try (IntervalLog log = new IntervalLog(plan().log(RATE)))
        {
            log.add(tally.endSlice(), 1);
        }

        final PeerResult result = PeerResult.read(plan());

        assertThat(result.events(RATE)).isEqualTo(2);
        assertThat(result.sent(RATE)).isEqualTo(1);
        assertThat(result.received(RATE)).isEqualTo(1);
        assertThat(result.late(RATE)).isEqualTo(1);
        assertThat(result.flatOut()).isEqualTo(8);
        assertThat(result.replayedEvents()).isEqualTo(9);
        assertThat(result.replayNs()).isEqualTo(10);
        final Histogram histogram = result.histogram(RATE);
        assertThat(histogram.getTotalCount()).isEqualTo(1);
        assertThat(histogram.getMaxValue()).isEqualTo(700);
    }

    @Test
    void shouldNameWhatIsMissing() throws IOException
    {
        Files.writeString(plan().result(), "1000.events=2\n");

        assertThatThrownBy(() -> PeerResult.read(plan()).late(RATE)).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("1000.late");
    }
}
