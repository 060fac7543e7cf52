package io.lockstep.codecs;

import io.lockstep.codecs.SchemaModel.Data;
import io.lockstep.codecs.SchemaModel.Field;
import io.lockstep.codecs.SchemaModel.Group;
import io.lockstep.codecs.SchemaModel.Message;
import io.lockstep.codecs.SchemaModel.Type;
import io.lockstep.sbe.MessageHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.Flyweight;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.agrona.sbe.MessageEncoderFlyweight;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Writes any message of the schema with values from a seed, and reads any message back, each into a map of what was
 * written or read by the field's path.
 */
final class SampleMessage
{
    private static final Map<String, Type> TYPES = SchemaModel.allTypes();
    private static final int GROUP_COUNT_MAX = 5;
    private static final int TEXT_LENGTH_MAX = 60;
    private static final String BYTES = "varDataEncoding";
    private static final Class<?>[] RANGE = {byte[].class, int.class, int.class};

    private final Message message;
    private final SplittableRandom random;
    private final Map<String, Object> values = new LinkedHashMap<>();

    private SampleMessage(final Message message, final long seed)
    {
        this.message = message;
        this.random = new SplittableRandom(seed);
    }

    static MessageEncoderFlyweight newEncoder(final Message message)
    {
        return (MessageEncoderFlyweight)newInstance(message.name() + "Encoder");
    }

    static MessageDecoderFlyweight newDecoder(final Message message)
    {
        return (MessageDecoderFlyweight)newInstance(message.name() + "Decoder");
    }

    /** Writes messageHeader and message at the offset; returns the values by path. */
    static Map<String, Object> encode(
        final Message message,
        final long seed,
        final MessageEncoderFlyweight encoder,
        final MutableDirectBuffer buffer,
        final int offset)
    {
        final SampleMessage sample = new SampleMessage(message, seed);
        call(encoder, "wrapAndApplyHeader",
            new Class<?>[]
            {MutableDirectBuffer.class, int.class, MessageHeaderEncoder.class},
            buffer, offset, new MessageHeaderEncoder());
        sample.writeFields(encoder, message.fields(), "");
        message.groups().forEach((group) -> sample.writeGroup(encoder, group));
        message.data().forEach((data) -> sample.writeData(encoder, data, ""));
        return sample.values;
    }

    /** Reads the block at the offset with the given length and version, and what follows it; returns the values by path. */
    static Map<String, Object> decode(
        final Message message,
        final MessageDecoderFlyweight decoder,
        final DirectBuffer buffer,
        final int offset,
        final int actingBlockLength,
        final int actingVersion)
    {
        final SampleMessage sample = new SampleMessage(message, 0);
        decoder.wrap(buffer, offset, actingBlockLength, actingVersion);
        sample.readFields(decoder, message.fields(), "");
        message.groups().forEach((group) -> sample.readGroup(decoder, group));
        message.data().forEach((data) -> sample.values.put(data.name(), readData(decoder, data)));
        return sample.values;
    }

    private void writeFields(final Object encoder, final List<Field> fields, final String prefix)
    {
        for (final Field field : fields)
        {
            writeField(encoder, field.name(), type(field.type()), field.optional(), prefix + field.name());
        }
    }

    private void writeField(
        final Object encoder, final String name, final Type type, final boolean optional, final String path)
    {
        if (type.isComposite())
        {
            final Object composite = get(encoder, name);
            type.elementByName().forEach(
                (element, elementType) -> writeField(composite, element, elementType, false, path + "." + element));
        }
        else if (type.isSet())
        {
            writeSet(get(encoder, name), type, path);
        }
        else if (type.isEnum())
        {
            final Object constant = anyConstant(type);
            call(encoder, name, new Class<?>[]{constant.getClass()}, constant);
            values.put(path, constant);
        }
        else if ("char".equals(type.primitiveType()))
        {
            final String text = anyText(type.length());
            call(encoder, name, new Class<?>[]{String.class}, text);
            values.put(path, text);
        }
        else
        {
            final Object number = optional && random.nextInt(3) == 0 ? nullOf(encoder, name) : anyNumber(type);
            call(encoder, name, new Class<?>[]{primitive(number)}, number);
            values.put(path, number);
        }
    }

    /** A set is known by its bits. */
    private void writeSet(final Object encoder, final Type type, final String path)
    {
        get(encoder, "clear");
        long bits = 0;
        for (final Map.Entry<String, Integer> choice : type.bitByName().entrySet())
        {
            final boolean isChosen = random.nextBoolean();
            call(encoder, choice.getKey(), new Class<?>[]{boolean.class}, isChosen);
            bits |= isChosen ? 1L << choice.getValue() : 0;
        }
        values.put(path, bits);
    }

    private void writeGroup(final Object encoder, final Group group)
    {
        final int count = random.nextInt(GROUP_COUNT_MAX + 1);
        final Object entries = call(encoder, group.name() + "Count", new Class<?>[]{int.class}, count);
        values.put(group.name(), count);
        for (int i = 0; i < count; i++)
        {
            get(entries, "next");
            final String prefix = group.name() + "[" + i + "].";
            writeFields(entries, group.fields(), prefix);
            group.data().forEach((data) -> writeData(entries, data, prefix));
        }
    }

    private void writeData(final Object encoder, final Data data, final String prefix)
    {
        if (BYTES.equals(data.type()))
        {
            writeBytes(encoder, data.name(), prefix);
            return;
        }
        final String text = "varTextEncoding".equals(data.type())
            ? anyText(TEXT_LENGTH_MAX) + "\u20ac \u5e01 \ud83d\ude80\n"
            : anyText(TEXT_LENGTH_MAX);
        call(encoder, data.name(), new Class<?>[]{String.class}, text);
        values.put(prefix + data.name(), text);
    }

    private void writeBytes(final Object encoder, final String name, final String prefix)
    {
        final byte[] bytes = new byte[random.nextInt(TEXT_LENGTH_MAX + 1)];
        random.nextBytes(bytes);
        call(encoder, "put" + capital(name), RANGE, bytes, 0, bytes.length);
        values.put(prefix + name, Arrays.toString(bytes));
    }

    private static Object readData(final Object decoder, final Data data)
    {
        if (!BYTES.equals(data.type()))
        {
            return get(decoder, data.name());
        }
        final byte[] bytes = new byte[(Integer)get(decoder, data.name() + "Length")];
        call(decoder, "get" + capital(data.name()), RANGE, bytes, 0, bytes.length);
        return Arrays.toString(bytes);
    }

    private static String capital(final String name)
    {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private void readFields(final Object decoder, final List<Field> fields, final String prefix)
    {
        fields.forEach((field) -> readField(decoder, field.name(), type(field.type()), prefix + field.name()));
    }

    private void readField(final Object decoder, final String name, final Type type, final String path)
    {
        final Object value = get(decoder, name);
        if (type.isComposite())
        {
            type.elementByName().forEach(
                (element, elementType) -> readField(value, element, elementType, path + "." + element));
        }
        else if (type.isSet())
        {
            values.put(path, value == null ? null : ((Number)get(value, "getRaw")).longValue());
        }
        else
        {
            values.put(path, value);
        }
    }

    private void readGroup(final Object decoder, final Group group)
    {
        final Object entries = get(decoder, group.name());
        final Iterator<?> iterator = (Iterator<?>)entries;
        values.put(group.name(), get(entries, "count"));
        for (int i = 0; iterator.hasNext(); i++)
        {
            iterator.next();
            final String prefix = group.name() + "[" + i + "].";
            readFields(entries, group.fields(), prefix);
            group.data().forEach((data) -> values.put(prefix + data.name(), readData(entries, data)));
        }
    }

    private Object anyConstant(final Type type)
    {
        final List<String> names = List.copyOf(type.codeByName().keySet());
        final String name = names.get(random.nextInt(names.size()));
        try
        {
            return constant(Class.forName("io.lockstep.sbe." + type.name()), name);
        }
        catch (final ClassNotFoundException ex)
        {
            throw new AssertionError(type.name() + "." + name, ex);
        }
    }

    private String anyText(final int lengthMax)
    {
        final StringBuilder text = new StringBuilder();
        final int length = random.nextInt(lengthMax + 1);
        for (int i = 0; i < length; i++)
        {
            text.append((char)random.nextInt('!', '~' + 1));
        }
        return text.toString();
    }

    private Object anyNumber(final Type type)
    {
        final long bits = random.nextLong();
        return switch (type.primitiveType())
        {
            case "int8" -> (byte)bits;
            case "uint8" -> (short)(bits & 0xFF);
            case "int16" -> (short)bits;
            case "uint16" -> (int)(bits & 0xFFFF);
            case "int32" -> (int)bits;
            case "uint32" -> bits & 0xFFFF_FFFFL;
            case "int64", "uint64" -> bits;
            default -> throw new AssertionError("primitiveType=" + type.primitiveType());
        };
    }

    private static Type type(final String name)
    {
        final Type type = TYPES.get(name);
        return type != null ? type : new Type(name, name, 1, "", Map.of(), Map.of(), Map.of());
    }

    private static Object nullOf(final Object encoder, final String name)
    {
        return get(encoder, name + "NullValue");
    }

    /** What a decoder says of a field that the message was written without. */
    static Object absent(final Object decoder, final String name)
    {
        final int group = name.indexOf('[');
        if (group >= 0)
        {
            return nullOf(get(decoder, name.substring(0, group)), name.substring(name.indexOf('.') + 1));
        }
        final Class<?> type = returnType(decoder, name);
        if (Iterator.class.isAssignableFrom(type))
        {
            // A group that is not there has no entries.
            return 0;
        }
        if (Flyweight.class.isAssignableFrom(type) && hasMethod(type, "getRaw"))
        {
            return null;
        }
        return type.isEnum() ? constant(type, "NULL_VAL") : type == String.class ? "" : nullOf(decoder, name);
    }

    /** A value as it is in the bytes: the code of an enum, whatever its name; numbers as long. */
    static Object code(final Object value)
    {
        final Object code = value instanceof Enum<?> ? get(value, "value") : value;
        return code instanceof Number number ? (Object)number.longValue() : code;
    }

    private static Class<?> returnType(final Object target, final String method)
    {
        try
        {
            return target.getClass().getMethod(method).getReturnType();
        }
        catch (final NoSuchMethodException ex)
        {
            throw new AssertionError(target.getClass().getSimpleName() + "." + method, ex);
        }
    }

    private static boolean hasMethod(final Class<?> type, final String name)
    {
        return Arrays.stream(type.getMethods()).anyMatch((method) -> method.getName().equals(name));
    }

    private static Object constant(final Class<?> type, final String name)
    {
        try
        {
            return type.getField(name).get(null);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new AssertionError(type.getSimpleName() + "." + name, ex);
        }
    }

    private static Class<?> primitive(final Object boxed)
    {
        try
        {
            return (Class<?>)boxed.getClass().getField("TYPE").get(null);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new AssertionError(ex);
        }
    }

    private static Object newInstance(final String className)
    {
        try
        {
            return Class.forName("io.lockstep.sbe." + className).getConstructor().newInstance();
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new AssertionError(className, ex);
        }
    }

    private static Object get(final Object target, final String method)
    {
        return call(target, method, new Class<?>[0]);
    }

    private static Object call(
        final Object target, final String name, final Class<?>[] parameterTypes, final Object... arguments)
    {
        try
        {
            final Method method = target.getClass().getMethod(name, parameterTypes);
            return method.invoke(target, arguments);
        }
        catch (final InvocationTargetException ex)
        {
            throw new AssertionError(target.getClass().getSimpleName() + "." + name, ex.getCause());
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new AssertionError(target.getClass().getSimpleName() + "." + name, ex);
        }
    }
}
