package io.lockstep.codecs;

import org.agrona.DirectBuffer;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.AbstractTokenListener;
import uk.co.real_logic.sbe.otf.OtfMessageDecoder;
import uk.co.real_logic.sbe.otf.Types;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a message by a schema alone, without generated code: the values by path, enums by their code, so that it can stand
 * for a reader of any version.
 */
final class SchemaValues extends AbstractTokenListener
{
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Deque<String> prefixes = new ArrayDeque<>(List.of(""));

    private SchemaValues()
    {
    }

    /** Reads the block at the offset, with the length and version that its writer has put into the header. */
    static Map<String, Object> decode(
        final List<Token> message,
        final DirectBuffer buffer,
        final int offset,
        final int actingBlockLength,
        final int actingVersion)
    {
        final SchemaValues values = new SchemaValues();
        OtfMessageDecoder.decode(buffer, offset, actingVersion, actingBlockLength, message, values);
        return values.values;
    }

    @Override
    public void onEncoding(
        final Token fieldToken,
        final DirectBuffer buffer,
        final int index,
        final Token typeToken,
        final int actingVersion)
    {
        final boolean isElement = prefixes.peek().endsWith(fieldToken.name() + ".");
        put(isElement ? typeToken.name() : fieldToken.name(), typeToken.arrayLength() > 1
            ? buffer.getStringWithoutLengthAscii(index, typeToken.arrayLength()).replace("\0", "")
            : Types.getLong(buffer, index, typeToken.encoding()));
    }

    @Override
    public void onEnum(
        final Token fieldToken,
        final DirectBuffer buffer,
        final int index,
        final List<Token> tokens,
        final int fromIndex,
        final int toIndex,
        final int actingVersion)
    {
        put(fieldToken.name(), Types.getLong(buffer, index, tokens.get(fromIndex).encoding()));
    }

    @Override
    public void onBitSet(
        final Token fieldToken,
        final DirectBuffer buffer,
        final int index,
        final List<Token> tokens,
        final int fromIndex,
        final int toIndex,
        final int actingVersion)
    {
        put(fieldToken.name(), Types.getLong(buffer, index, tokens.get(fromIndex).encoding()));
    }

    @Override
    public void onBeginComposite(
        final Token fieldToken, final List<Token> tokens, final int fromIndex, final int toIndex)
    {
        prefixes.push(prefixes.peek() + fieldToken.name() + ".");
    }

    @Override
    public void onEndComposite(
        final Token fieldToken, final List<Token> tokens, final int fromIndex, final int toIndex)
    {
        prefixes.pop();
    }

    @Override
    public void onGroupHeader(final Token token, final int numInGroup)
    {
        put(token.name(), (long)numInGroup);
    }

    @Override
    public void onBeginGroup(final Token token, final int groupIndex, final int numInGroup)
    {
        prefixes.push(prefixes.peek() + token.name() + "[" + groupIndex + "].");
    }

    @Override
    public void onEndGroup(final Token token, final int groupIndex, final int numInGroup)
    {
        prefixes.pop();
    }

    @Override
    public void onVarData(
        final Token fieldToken, final DirectBuffer buffer, final int index, final int length, final Token typeToken)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(index, bytes);
        final boolean isText = typeToken.encoding().characterEncoding() != null;
        put(fieldToken.name(), isText ? new String(bytes, StandardCharsets.UTF_8) : Arrays.toString(bytes));
    }

    private void put(final String name, final Object value)
    {
        values.put(prefixes.peek() + name, value);
    }
}
