package io.lockstep.codecs;

import org.agrona.MutableDirectBuffer;
import uk.co.real_logic.sbe.PrimitiveType;
import uk.co.real_logic.sbe.ir.GenerationUtil;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * Writes a message as an earlier version of the schema did, with values from a seed: by the schema alone, for that version's
 * generated code is gone.
 */
final class EarlierMessage
{
    private static final int GROUP_COUNT_MAX = 5;
    private static final int TEXT_LENGTH_MAX = 60;

    private final MutableDirectBuffer buffer;
    private final SplittableRandom random;
    private int position;

    private EarlierMessage(final MutableDirectBuffer buffer, final int offset, final long seed)
    {
        this.buffer = buffer;
        this.position = offset;
        this.random = new SplittableRandom(seed);
    }

    /** Writes the message's block at the offset, and what follows it; returns the length. */
    static int encode(final List<Token> message, final long seed, final MutableDirectBuffer buffer, final int offset)
    {
        final EarlierMessage earlier = new EarlierMessage(buffer, offset, seed);
        earlier.writeBody(message.subList(1, message.size() - 1), message.get(0).encodedLength());
        return earlier.position - offset;
    }

    private void writeBody(final List<Token> tokens, final int blockLength)
    {
        final List<Token> fields = new ArrayList<>();
        final List<Token> groups = new ArrayList<>();
        final List<Token> data = new ArrayList<>();
        final int groupsAt = GenerationUtil.collectFields(tokens, 0, fields);
        final int dataAt = GenerationUtil.collectGroups(tokens, groupsAt, groups);
        GenerationUtil.collectVarData(tokens, dataAt, data);
        writeBlock(fields, blockLength);
        for (int i = 0; i < groups.size(); i += groups.get(i).componentTokenCount())
        {
            writeGroup(groups.subList(i, i + groups.get(i).componentTokenCount()));
        }
        for (int i = 0; i < data.size(); i += data.get(i).componentTokenCount())
        {
            writeData(data.get(i + 2));
        }
    }

    private void writeBlock(final List<Token> fields, final int blockLength)
    {
        buffer.setMemory(position, blockLength, (byte)0);
        int compositeAt = 0;
        for (int i = 0; i < fields.size(); i++)
        {
            final Token token = fields.get(i);
            switch (token.signal())
            {
                case BEGIN_COMPOSITE -> compositeAt = token.offset();
                case END_COMPOSITE -> compositeAt = 0;
                case ENCODING -> writeValue(token, position + compositeAt + token.offset());
                case BEGIN_SET -> i = writeSet(fields, i, position + compositeAt + token.offset());
                case BEGIN_ENUM -> i = writeEnum(fields, i, position + compositeAt + token.offset());
                default -> {
                    // The field that these make up.
                }
            }
        }
        position += blockLength;
    }

    private void writeValue(final Token token, final int index)
    {
        for (int i = 0; i < token.encodedLength(); i++)
        {
            buffer.putByte(index + i, (byte)(token.encoding().primitiveType() == PrimitiveType.CHAR
                ? random.nextInt('!', '~' + 1)
                : random.nextInt()));
        }
    }

    /** Any of the codes; returns the index of the enum's last token. */
    private int writeEnum(final List<Token> fields, final int from, final int index)
    {
        int end = from;
        while (fields.get(end).signal() != Signal.END_ENUM)
        {
            end++;
        }
        final Token code = fields.get(random.nextInt(from + 1, end));
        buffer.putByte(index, (byte)code.encoding().constValue().longValue());
        return end;
    }

    /** Any of the choices together; returns the index of the set's last token. */
    private int writeSet(final List<Token> fields, final int from, final int index)
    {
        int bits = 0;
        int end = from + 1;
        for (; fields.get(end).signal() != Signal.END_SET; end++)
        {
            bits |= random.nextInt(2) << fields.get(end).encoding().constValue().longValue();
        }
        buffer.putByte(index, (byte)bits);
        return end;
    }

    private void writeGroup(final List<Token> group)
    {
        final int count = random.nextInt(GROUP_COUNT_MAX + 1);
        final int blockLength = group.get(0).encodedLength();
        buffer.putShort(position, (short)blockLength, LITTLE_ENDIAN);
        buffer.putShort(position + Short.BYTES, (short)count, LITTLE_ENDIAN);
        position += 2 * Short.BYTES;
        final List<Token> entry = group.subList(1 + group.get(1).componentTokenCount(), group.size() - 1);
        for (int i = 0; i < count; i++)
        {
            writeBody(entry, blockLength);
        }
    }

    private void writeData(final Token length)
    {
        final int textLength = random.nextInt(TEXT_LENGTH_MAX + 1);
        if (length.encodedLength() == Short.BYTES)
        {
            buffer.putShort(position, (short)textLength, LITTLE_ENDIAN);
        }
        else
        {
            buffer.putInt(position, textLength, LITTLE_ENDIAN);
        }
        position += length.encodedLength();
        for (int i = 0; i < textLength; i++)
        {
            buffer.putByte(position++, (byte)random.nextInt('!', '~' + 1));
        }
    }
}
