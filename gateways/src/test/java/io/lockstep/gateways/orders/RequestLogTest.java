package io.lockstep.gateways.orders;

import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

import static io.lockstep.gateways.orders.RequestLogDescriptor.HEADER_LENGTH;
import static io.lockstep.gateways.orders.RequestLogDescriptor.RECORD_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a log holds after whatever end of the process that wrote it, and what it refuses. */
class RequestLogTest
{
    @TempDir
    private Path directory;

    private Path first()
    {
        return directory.resolve("requests-a.log");
    }

    private Path second()
    {
        return directory.resolve("requests-b.log");
    }

    @Test
    void shouldHoldWhatWasWrittenAfterTheProcessHasDied()
    {
        try (LogFixture before = new LogFixture(directory))
        {
            before.order(1);
            before.cancel(2, 1);
            before.order(3);
            before.log.journaled(before.find(1), 17);
        }
        try (LogFixture after = new LogFixture(directory))
        {
            assertThat(after.open()).containsExactly(2L, 3L);
            assertThat(after.find(1).state()).isEqualTo(RequestState.JOURNALED);
            final LoggedRequest cancel = after.find(2);
            assertThat(cancel.state()).isEqualTo(RequestState.UNANSWERED);
            assertThat(cancel.templateId()).isEqualTo(OrderCancelRequestDecoder.TEMPLATE_ID);
            assertThat(cancel.instrumentId()).isEqualTo(8);
            assertThat(cancel.side()).isEqualTo(Side.SELL);
            assertThat(cancel.hasId(after.message, 0)).isTrue();
            assertThat(after.find(4)).isNull();
            assertThat(after.log.execId()).isEqualTo(17);
            assertThat(after.log.wasTorn()).isFalse();
            final HandledDecision handled = after.log.handled();
            assertThat(List.of(handled.egressSequence(), handled.sequence())).containsExactly(3L, 3L);
            assertThat(handled.incarnation()).isEqualTo(LogFixture.INCARNATION);
        }
    }

    @Test
    void shouldTellARepeatFromAnotherRequestOfTheSameName()
    {
        try (LogFixture fixture = new LogFixture(directory))
        {
            final LoggedRequest request = fixture.order(1);
            fixture.encodeOrder(1, 1);
            assertThat(request.hasContent(NewOrderSingleDecoder.TEMPLATE_ID,
                RequestLog.contentHash(fixture.message, 0))).isTrue();
            fixture.encodeOrder(1, 2);
            assertThat(request.hasContent(NewOrderSingleDecoder.TEMPLATE_ID,
                RequestLog.contentHash(fixture.message, 0))).isFalse();
        }
    }

    @Test
    void shouldRememberDecisionsThatAreNoRequests()
    {
        try (LogFixture before = new LogFixture(directory))
        {
            before.order(1);
            assertThat(before.log.handled(9, 4, 90, 2)).isTrue();
        }
        try (LogFixture after = new LogFixture(directory))
        {
            assertThat(after.log.handled().egressSequence()).isEqualTo(9);
            assertThat(after.log.handled().incarnation()).isEqualTo(4);
            assertThat(after.log.handled().sequence()).isEqualTo(90);
            assertThat(after.log.handled().ordinal()).isEqualTo(2);
        }
    }

    /** A process killed in mid-write leaves the record's beginning, of whatever length, and nothing behind it. */
    @Test
    void shouldCutARecordThatEndsAtAnyByte() throws IOException
    {
        try (LogFixture before = new LogFixture(directory))
        {
            before.order(1);
            before.order(2);
        }
        final byte[] whole = Files.readAllBytes(first());
        final int last = HEADER_LENGTH + RECORD_LENGTH;
        for (int length = 0; length < RECORD_LENGTH; length++)
        {
            final byte[] torn = whole.clone();
            Arrays.fill(torn, last + length, last + RECORD_LENGTH, (byte)0);
            Files.write(first(), torn);
            try (LogFixture after = new LogFixture(directory))
            {
                assertThat(after.log.wasTorn()).as("length=" + length).isEqualTo(length > 0);
                assertThat(after.open()).as("length=" + length).containsExactly(1L);
                assertThat(after.order(3)).isNotNull();
            }
            try (LogFixture again = new LogFixture(directory))
            {
                assertThat(again.log.wasTorn()).isFalse();
                assertThat(again.open()).containsExactly(1L, 3L);
            }
        }
    }

    /** Whatever byte of a record is another than was written is damage, and named. */
    @Test
    void shouldRefuseARecordThatWasChanged() throws IOException
    {
        try (LogFixture before = new LogFixture(directory))
        {
            before.order(1);
            before.order(2);
        }
        final byte[] whole = Files.readAllBytes(first());
        for (int at = 0; at < RECORD_LENGTH; at++)
        {
            final byte[] damaged = whole.clone();
            damaged[HEADER_LENGTH + at] ^= 0x10;
            Files.write(first(), damaged);
            assertRefused("damaged: file=" + first() + " offset=", "expected", "--accept-new-log");
        }
    }

    @Test
    void shouldRefuseARecordThatIsMissingBeforeAnother() throws IOException
    {
        try (LogFixture before = new LogFixture(directory))
        {
            before.order(1);
            before.order(2);
        }
        final byte[] damaged = Files.readAllBytes(first());
        Arrays.fill(damaged, HEADER_LENGTH, HEADER_LENGTH + RECORD_LENGTH, (byte)0);
        Files.write(first(), damaged);
        assertRefused("offset=" + HEADER_LENGTH, "there are records behind it");
    }

    @Test
    void shouldRefuseAHeaderThatWasChangedOrIsGone() throws IOException
    {
        new LogFixture(directory).close();
        final byte[] whole = Files.readAllBytes(first());
        final byte[] damaged = whole.clone();
        damaged[100] ^= 1;
        Files.write(first(), damaged);
        assertRefused("offset=0", "a header with a right checksum");
        Files.write(first(), new byte[whole.length]);
        assertRefused("offset=0", "a header in one of both files, found none");
        Files.write(first(), Arrays.copyOf(whole, whole.length / 2));
        assertRefused("offset=" + whole.length / 2, "a file of ");
        Files.delete(first());
        assertRefused("file=" + first(), "both files of the log");
    }

    @Test
    void shouldRefuseTheLogOfAnotherVenueAccountOrShard()
    {
        new LogFixture(directory).close();
        for (final RequestLogIdentity other : List.of(new RequestLogIdentity("KRAKEN", "main", 0),
            new RequestLogIdentity("SIM", "other", 0), new RequestLogIdentity("SIM", "main", 1)))
        {
            assertThatThrownBy(() -> RequestLog.open(directory, other, LogFixture.OPTIONS))
                .isInstanceOf(RequestLogException.class).hasMessageContaining("another's: file=" + first())
                .hasMessageContaining(other.toString()).hasMessageContaining(LogFixture.IDENTITY.toString());
        }
    }

    @Test
    void shouldRefuseToShareALog()
    {
        try (LogFixture holder = new LogFixture(directory))
        {
            assertThatThrownBy(() -> new LogFixture(directory)).isInstanceOf(RequestLogException.class)
                .hasMessageContaining("in use: file=" + directory.resolve("requests.lock"));
            assertThat(holder.order(1)).isNotNull();
        }
    }

    /** Far more requests than the files have room for; some are never answered. */
    @Test
    void shouldLeaveAnsweredRequestsBehindWithoutStopping()
    {
        final long[] unanswered = {5, 700, 2_000};
        try (LogFixture fixture = new LogFixture(directory))
        {
            for (long number = 1; number <= 5_000; number++)
            {
                final LoggedRequest request = fixture.order(number);
                assertThat(request).as("number=" + number).isNotNull();
                if (LongStream.of(unanswered).noneMatch((other) -> other == request.record.getLong(
                    RequestLogDescriptor.EGRESS_OFFSET)))
                {
                    fixture.log.journaled(request, number);
                }
                fixture.log.doWork();
            }
            assertThat(fixture.log.compactions()).isGreaterThan(20);
            assertThat(fixture.open()).containsExactly(5L, 700L, 2_000L);
        }
        try (LogFixture after = new LogFixture(directory))
        {
            assertThat(after.open()).containsExactly(5L, 700L, 2_000L);
            assertThat(after.log.handled().egressSequence()).isEqualTo(5_000);
            assertThat(after.log.execId()).isEqualTo(5_000);
            assertThat(after.find(5_000).state()).isEqualTo(RequestState.JOURNALED);
            assertThat(after.find(4)).isNull();
            assertThat(after.log.handled().isAfter(after.log.handled().incarnation(), 4)).isTrue();
            assertThat(after.log.handled().isAfter(after.log.handled().incarnation(), after.log.handled().sequence()))
                .isFalse();
        }
    }

    /** Whichever write of a compaction is the last of the process, the log is whole. */
    @Test
    void shouldSurviveItsEndAtAnyWriteOfACompaction()
    {
        int writes = 0;
        boolean isDone = false;
        while (!isDone)
        {
            final Path own = directory.resolve("at-" + writes);
            final FailingChannels channels = new FailingChannels(writes);
            final LogFixture dying = new LogFixture(own, channels::open);
            isDone = diesWhileCompacting(dying, channels);
            dying.close();
            try (LogFixture after = new LogFixture(own))
            {
                assertThat(after.open()).as("writes=" + writes).startsWith(1L, 2L, 3L);
            }
            writes += 7;
        }
        assertThat(writes).isGreaterThan(300);
    }

    /** Returns whether it did not die. */
    private static boolean diesWhileCompacting(final LogFixture fixture, final FailingChannels channels)
    {
        channels.arm();
        for (long number = 1; number <= 400; number++)
        {
            final LoggedRequest request = fixture.order(number);
            if (request == null)
            {
                // All three first must be in before anything can be required of what is left.
                return false;
            }
            if (number == 3)
            {
                channels.start();
            }
            if (number > 3)
            {
                fixture.log.journaled(request, number);
            }
            fixture.log.doWork();
        }
        return true;
    }

    @Test
    void shouldSayWhenItCannotBeWrittenAndTakeNothingAnyMore()
    {
        final FailingChannels channels = new FailingChannels(0);
        try (LogFixture fixture = new LogFixture(directory, channels::open))
        {
            assertThat(fixture.order(1)).isNotNull();
            channels.arm();
            channels.start();
            assertThat(fixture.order(2)).isNull();
            assertThat(fixture.log.hasFailed()).isTrue();
            assertThat(fixture.log.problem()).contains("cannot be written: file=" + first(),
                "offset=" + (HEADER_LENGTH + RECORD_LENGTH), "No space left on device");
            assertThat(fixture.log.handled(3, 1, 1, 1)).isFalse();
            assertThat(fixture.log.handled().egressSequence()).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseMoreOpenRequestsThanThereIsRoomFor()
    {
        try (LogFixture fixture = new LogFixture(directory))
        {
            final int openMax = fixture.log.openRequestsMax();
            for (long number = 1; number <= openMax; number++)
            {
                assertThat(fixture.order(number)).isNotNull();
            }
            assertThat(fixture.order(openMax + 1)).isNull();
            assertThat(fixture.log.problem()).contains("is full", "answers to its " + openMax + " open requests");
            assertThat(fixture.log.hasFailed()).isFalse();
            fixture.log.journaled(fixture.find(1), 1);
            assertThat(fixture.order(openMax + 1)).isNotNull();
        }
    }

    @Test
    void shouldBeginAnewWhenItWasKilledWhileItWasMade() throws IOException
    {
        new LogFixture(directory).close();
        Files.delete(second());
        try (LogFixture fixture = new LogFixture(directory))
        {
            assertThat(fixture.order(1)).isNotNull();
        }
        Files.delete(first());
        assertRefused("file=" + first(), "both files of the log");
    }

    private void assertRefused(final String... texts)
    {
        assertThatThrownBy(() -> new LogFixture(directory)).isInstanceOf(RequestLogException.class)
            .satisfies((ex) -> assertThat(ex.getMessage()).contains(texts));
    }

    /** Channels of which none takes any more when so many writes have been made in all. */
    private static final class FailingChannels
    {
        private final int writesMax;
        private boolean isArmed;
        private boolean isCounting;
        private int writes;

        FailingChannels(final int writesMax)
        {
            this.writesMax = writesMax;
        }

        void arm()
        {
            isArmed = true;
        }

        void start()
        {
            isCounting = isArmed;
        }

        RequestLogChannel open(final Path path) throws IOException
        {
            final RequestLogChannel channel = RequestLogChannel.open(path);
            return new RequestLogChannel()
            {
                @Override
                public void write(final ByteBuffer buffer, final long position) throws IOException
                {
                    if (isCounting && writes++ >= writesMax)
                    {
                        throw new IOException("No space left on device");
                    }
                    channel.write(buffer, position);
                }

                @Override
                public void force() throws IOException
                {
                    channel.force();
                }

                @Override
                public void close() throws IOException
                {
                    channel.close();
                }
            };
        }
    }
}
