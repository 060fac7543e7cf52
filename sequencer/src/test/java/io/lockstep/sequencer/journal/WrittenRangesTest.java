package io.lockstep.sequencer.journal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import static org.assertj.core.api.Assertions.assertThat;

/** A file of which most was never written, as a segment's is. */
class WrittenRangesTest
{
    private static final long FILE_LENGTH = 64 << 20;
    private static final long WRITTEN = 40 << 20;
    private static final int PAGE_LENGTH = 1 << 16;

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void makeFile() throws IOException
    {
        file = directory.resolve("file");
        write(0, 1);
        write(FILE_LENGTH - 1, 0);
    }

    private void write(final long position, final int value) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE))
        {
            channel.write(ByteBuffer.wrap(new byte[]{(byte)value}), position);
        }
    }

    private long tailLength(final long position) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
        {
            return new QueueFileTail(file, channel, position, FILE_LENGTH).length();
        }
    }

    @Test
    void shouldPassOverWhatWasNeverWritten() throws IOException
    {
        write(WRITTEN, 7);
        try (WrittenRanges written = new WrittenRanges(file))
        {
            assertThat(written.isKnown()).as("every common file system of Linux can tell").isTrue();
            assertThat(written.next(PAGE_LENGTH, FILE_LENGTH)).isBetween(WRITTEN - PAGE_LENGTH, WRITTEN);
            assertThat(written.next(WRITTEN, FILE_LENGTH)).isEqualTo(WRITTEN);
        }
    }

    @Test
    void shouldStopAtTheLimit() throws IOException
    {
        write(WRITTEN, 7);
        try (WrittenRanges written = new WrittenRanges(file))
        {
            assertThat(written.next(PAGE_LENGTH, WRITTEN / 2)).isLessThanOrEqualTo(WRITTEN / 2);
            assertThat(written.next(FILE_LENGTH, FILE_LENGTH)).isEqualTo(FILE_LENGTH);
        }
    }

    /** Without a first byte to prove it by, nothing is passed over. */
    @Test
    void shouldPassOverNothingWhereTheFileSystemCannotTell() throws IOException
    {
        try (WrittenRanges written = new WrittenRanges(directory.resolve("missing")))
        {
            assertThat(written.isKnown()).isFalse();
            assertThat(written.next(PAGE_LENGTH, FILE_LENGTH)).isEqualTo(PAGE_LENGTH);
        }
    }

    @Test
    void shouldFindTheLastByteBehindWhatWasNeverWritten() throws IOException
    {
        write(WRITTEN, 7);
        final long start = PAGE_LENGTH + QueueFileDescriptor.HEADER_LENGTH;
        assertThat(tailLength(PAGE_LENGTH)).isEqualTo(WRITTEN + 1 - start);
    }

    @Test
    void shouldFindTheVeryLastByte() throws IOException
    {
        write(FILE_LENGTH - 1, 7);
        assertThat(tailLength(0)).isEqualTo(FILE_LENGTH - QueueFileDescriptor.HEADER_LENGTH);
    }

    @Test
    void shouldFindNothingInZeros() throws IOException
    {
        assertThat(tailLength(WRITTEN)).isZero();
    }
}
