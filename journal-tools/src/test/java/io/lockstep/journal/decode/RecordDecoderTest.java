package io.lockstep.journal.decode;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.MetaAttribute;
import io.lockstep.sbe.RecordKind;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** Every message, written by its generated encoder with another value in each field. */
class RecordDecoderTest
{
    private static final String PACKAGE = "io.lockstep.sbe.";
    private static final int GROUP_ENTRIES = 3;

    private final RecordDecoder decoder = new RecordDecoder();
    private boolean nulls;
    private int next = 1;

    private static Set<String> templates()
    {
        return new RecordDecoder().templates();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void decodesWhatTheEncoderWrote(final String template) throws ReflectiveOperationException
    {
        for (final boolean withNulls : new boolean[]{false, true})
        {
            nulls = withNulls;
            final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
            final MessageEncoderFlyweight encoder = (MessageEncoderFlyweight)Class.forName(PACKAGE + template +
                "Encoder").getConstructor().newInstance();
            encoder.getClass().getMethod(
                "wrapAndApplyHeader", MutableDirectBuffer.class, int.class, MessageHeaderEncoder.class)
                .invoke(encoder, buffer, RecordDescriptor.HEADER_LENGTH, new MessageHeaderEncoder());
            final Map<String, Object> expected = fill(encoder);
            RecordDescriptor.begin(
                buffer, 0, RecordKind.INPUT, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
            RecordDescriptor.sequence(buffer, 0, 77);
            RecordDescriptor.seal(buffer, 0, 5);

            final Map<String, Object> record = decoder.decode(buffer, 0);
            assertThat(record.get("template")).isEqualTo(template);
            assertThat(record.get("sequence")).isEqualTo(77L);
            assertThat(record.get("kind")).isEqualTo("INPUT");
            assertThat(record.get("message")).isEqualTo(expected);
            assertThat(decoder.fieldNames()).containsAll(names("message", record.get("message")))
                .containsAll(record.keySet().stream().filter((name) -> !name.equals("message")).toList());
        }
    }

    private static Set<String> names(final String path, final Object value)
    {
        final Set<String> names = new TreeSet<>();
        if (value instanceof Map<?, ?> map)
        {
            map.forEach((name, inner) -> names.addAll(names(path + "." + name, inner)));
        }
        else if (value instanceof List<?> list)
        {
            list.forEach((inner) -> names.addAll(names(path, inner)));
        }
        else
        {
            names.add(path);
        }
        return names;
    }

    private Map<String, Object> fill(final Object encoder) throws ReflectiveOperationException
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        for (final String field : fields(encoder.getClass()))
        {
            final Method count = find(encoder.getClass(), field + "Count", int.class);
            final Method text = find(encoder.getClass(), field, String.class);
            final Method bytes = find(encoder.getClass(),
                "put" + Character.toUpperCase(field.charAt(0)) + field.substring(1),
                byte[].class, int.class, int.class);
            final Method composite = find(encoder.getClass(), field);
            if (count != null)
            {
                values.put(field, fillGroup(count.invoke(encoder, GROUP_ENTRIES)));
            }
            else if (text != null)
            {
                final String value = "TEXT" + next++;
                text.invoke(encoder, value);
                values.put(field, value);
            }
            else if (bytes != null)
            {
                final byte[] value = {(byte)next++, -1, 0};
                bytes.invoke(encoder, value, 0, value.length);
                values.put(field, HexFormat.of().formatHex(value));
            }
            else if (composite != null)
            {
                final Object part = composite.invoke(encoder);
                values.put(field,
                    find(part.getClass(), "clear") == null ? fillComposite(part) : choose(part));
            }
            else
            {
                values.put(field, set(encoder, field));
            }
        }
        return values;
    }

    private List<Object> fillGroup(final Object group) throws ReflectiveOperationException
    {
        final List<Object> entries = new ArrayList<>();
        for (int i = 0; i < GROUP_ENTRIES; i++)
        {
            group.getClass().getMethod("next").invoke(group);
            entries.add(fill(group));
        }
        return entries;
    }

    /** Makes every other choice of a set; their names with blanks between, in the order of their bits. */
    private static String choose(final Object set) throws ReflectiveOperationException
    {
        set.getClass().getMethod("clear").invoke(set);
        final Class<?> decoder = Class.forName(set.getClass().getName().replaceFirst("Encoder$", "Decoder"));
        final Map<Integer, String> nameByBit = new TreeMap<>();
        for (final Method choice : set.getClass().getDeclaredMethods())
        {
            if (choice.getParameterCount() == 1 && choice.getParameterTypes()[0] == boolean.class)
            {
                final Method isChosen = decoder.getMethod(choice.getName(), byte.class);
                int bit = 0;
                while (!(boolean)isChosen.invoke(null, (byte)(1 << bit)))
                {
                    bit++;
                }
                if (bit % 2 == 0)
                {
                    choice.invoke(set, true);
                    nameByBit.put(bit, choice.getName());
                }
            }
        }
        return String.join(" ", nameByBit.values());
    }

    private Map<String, Object> fillComposite(final Object composite) throws ReflectiveOperationException
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        for (final Method offset : composite.getClass().getDeclaredMethods())
        {
            if (offset.getName().endsWith("EncodingOffset"))
            {
                final String field = offset.getName().replace("EncodingOffset", "");
                values.put(field, set(composite, field));
            }
        }
        return values;
    }

    /** A number or a constant of an enum. */
    private Object set(final Object encoder, final String field) throws ReflectiveOperationException
    {
        final Method setter = Arrays.stream(encoder.getClass().getDeclaredMethods())
            .filter((method) -> method.getName().equals(field) && method.getParameterCount() == 1)
            .findFirst().orElseThrow(() -> new AssertionError(encoder.getClass() + " " + field));
        final Class<?> type = setter.getParameterTypes()[0];
        if (type.isEnum())
        {
            final Object[] constants = type.getEnumConstants();
            // The last two stand for null and for what a later schema has.
            final Enum<?> constant = (Enum<?>)constants[next++ % (constants.length - 2)];
            setter.invoke(encoder, constant);
            return constant.name();
        }
        if (nulls && isOptional(encoder.getClass(), field))
        {
            setter.invoke(encoder, encoder.getClass().getMethod(field + "NullValue").invoke(null));
            return null;
        }
        final long value = next++;
        setter.invoke(encoder, switch (type.getName())
        {
            case "byte" -> (Object)(byte)-(value % 100);
            case "short" -> (short)value;
            case "int" -> (int)value;
            case "long" -> -value * 1_000_000_007L;
            default -> throw new AssertionError(type);
        });
        return switch (type.getName())
        {
            case "byte" -> -(value % 100);
            case "long" -> -value * 1_000_000_007L;
            default -> value;
        };
    }

    private static boolean isOptional(final Class<?> type, final String field) throws ReflectiveOperationException
    {
        final Method attribute = find(type, field + "MetaAttribute", MetaAttribute.class);
        return attribute != null && "optional".equals(attribute.invoke(null, MetaAttribute.PRESENCE));
    }

    /** In the order of their ids, which is the order in which groups and texts have to be written. */
    private static List<String> fields(final Class<?> encoder)
    {
        return Arrays.stream(encoder.getDeclaredMethods())
            .filter((method) -> method.getName().endsWith("Id") && method.getParameterCount() == 0 &&
                Modifier.isStatic(method.getModifiers()))
            .sorted(Comparator.comparingInt((method) -> number(method)))
            .map((method) -> method.getName().substring(0, method.getName().length() - 2))
            .toList();
    }

    private static int number(final Method method)
    {
        try
        {
            return ((Number)method.invoke(null)).intValue();
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new AssertionError(ex);
        }
    }

    private static Method find(final Class<?> type, final String name, final Class<?>... parameters)
    {
        return Arrays.stream(type.getDeclaredMethods())
            .filter((method) -> method.getName().equals(name) && Arrays.equals(method.getParameterTypes(), parameters))
            .findFirst().orElse(null);
    }
}
