package io.lockstep.codecs;

import io.lockstep.codecs.SchemaModel.Data;
import io.lockstep.codecs.SchemaModel.Field;
import io.lockstep.codecs.SchemaModel.Group;
import io.lockstep.codecs.SchemaModel.Message;
import io.lockstep.codecs.SchemaModel.Type;
import io.lockstep.sbe.GroupSizeEncodingDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordHeaderDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the schema files promise to whoever reads a journal, and what the generator made of it.
 */
class SchemaTest
{
    private static final List<SchemaModel> SCHEMAS = SchemaModel.all();
    private static final Map<String, Type> TYPES = SchemaModel.allTypes();

    /** Codes of FIX 4.4, and of FIX 5.0 SP2 for the fields that 4.4 does not have (AggressorSide, price band, increment). */
    private static final Map<String, Map<String, String>> FIX_CODES = Map.of(
        "Side", Map.of("BUY", "1", "SELL", "2"),
        "OrdType", Map.of("MARKET", "1", "LIMIT", "2", "STOP", "3", "STOP_LIMIT", "4"),
        "TimeInForce", Map.of("DAY", "0", "GOOD_TILL_CANCEL", "1", "IMMEDIATE_OR_CANCEL", "3", "FILL_OR_KILL", "4",
            "GOOD_TILL_CROSSING", "5", "GOOD_TILL_DATE", "6"),
        "ExecInst", Map.of("PARTICIPATE_DONT_INITIATE", "6"),
        "ExecType", Map.ofEntries(Map.entry("NEW", "0"), Map.entry("CANCELED", "4"), Map.entry("REPLACED", "5"),
            Map.entry("PENDING_CANCEL", "6"), Map.entry("REJECTED", "8"), Map.entry("PENDING_NEW", "A"),
            Map.entry("EXPIRED", "C"), Map.entry("RESTATED", "D"), Map.entry("PENDING_REPLACE", "E"),
            Map.entry("TRADE", "F"), Map.entry("TRADE_CORRECT", "G"), Map.entry("TRADE_CANCEL", "H"),
            Map.entry("ORDER_STATUS", "I")),
        "OrdStatus", Map.of("NEW", "0", "PARTIALLY_FILLED", "1", "FILLED", "2", "CANCELED", "4", "PENDING_CANCEL", "6",
            "REJECTED", "8", "PENDING_NEW", "A", "EXPIRED", "C", "PENDING_REPLACE", "E"),
        "OrdRejReason", Map.of("UNKNOWN_SYMBOL", "1", "EXCHANGE_CLOSED", "2", "ORDER_EXCEEDS_LIMIT", "3",
            "TOO_LATE_TO_ENTER", "4", "UNKNOWN_ORDER", "5", "DUPLICATE_ORDER", "6", "INCORRECT_QUANTITY", "13",
            "PRICE_EXCEEDS_PRICE_BAND", "16", "INVALID_PRICE_INCREMENT", "18"),
        "LiquidityIndicator", Map.of("MAKER", "1", "TAKER", "2"),
        "CxlRejResponseTo", Map.of("CANCEL_REQUEST", "1", "REPLACE_REQUEST", "2"));

    /** Names of codes that FIX has none for, or says by leaving the field out, and the project's own from 100. */
    private static final Set<String> OWN_NAMES = Set.of("NONE", "HELD", "DENIED");
    private static final int OWN_CODES_FROM = 100;

    private record Band(int first, int last)
    {
        boolean holds(final int id)
        {
            return id >= first && id <= last;
        }
    }

    private static final Band CONTROL_INPUTS = new Band(140, 159);
    private static final Band ORDER_DECISIONS = new Band(160, 179);
    private static final Map<String, List<Band>> BANDS_BY_FILE = Map.of(
        "market-data.xml", List.of(new Band(1, 19)),
        "order-entry.xml", List.of(new Band(20, 39), ORDER_DECISIONS),
        "control.xml", List.of(new Band(40, 59), CONTROL_INPUTS),
        "link.xml", List.of(new Band(60, 69)),
        "journal.xml", List.of(new Band(80, 89)),
        "snapshot.xml", List.of(new Band(100, 139)));
    private static final List<Band> INPUT_BANDS = List.of(
        new Band(1, 17), new Band(30, 39), new Band(40, 54), CONTROL_INPUTS);
    private static final List<Band> DECISION_BANDS = List.of(
        new Band(18, 19), new Band(20, 29), new Band(55, 59), ORDER_DECISIONS);

    static List<SchemaModel> schemas()
    {
        return SCHEMAS;
    }

    static List<Message> messages()
    {
        return SchemaModel.allMessages();
    }

    @Test
    void shouldReadEveryFileAndItsInclude()
    {
        assertThat(SCHEMAS).extracting(SchemaModel::file).isEqualTo(SchemaModel.FILES);
        for (final SchemaModel schema : SCHEMAS)
        {
            assertThat(schema.messages()).as(schema.file()).isNotEmpty();
            assertThat(schema.typeByName()).as(schema.file()).containsKeys("messageHeader", "Side", "ClOrdId");
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldBeOneSchemaInAllFiles(final SchemaModel schema)
    {
        assertThat(schema.attribute("id")).isEqualTo("7001");
        assertThat(schema.attribute("package")).isEqualTo("io.lockstep.sbe");
        assertThat(schema.attribute("byteOrder")).isEqualTo("littleEndian");
        assertThat(schema.attribute("version")).isEqualTo(SCHEMAS.get(0).attribute("version"));
    }

    @Test
    void shouldUseEachTemplateIdAndNameOnce()
    {
        final Map<Integer, String> nameById = new HashMap<>();
        final Set<String> names = new HashSet<>();
        for (final Message message : messages())
        {
            assertThat(nameById.put(message.id(), message.name())).as("id=%d %s", message.id(), message.name())
                .isNull();
            assertThat(names.add(message.name())).as(message.name()).isTrue();
        }
    }

    @Test
    void shouldDefineEachTypeOnce()
    {
        final Map<String, Type> seen = new HashMap<>();
        for (final SchemaModel schema : SCHEMAS)
        {
            for (final Type type : schema.typeByName().values())
            {
                final Type other = seen.putIfAbsent(type.name(), type);
                assertThat(other == null || other.equals(type)).as("%s in %s", type.name(), schema.file()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldNumberMessagesInTheBandOfTheirFile(final Message message)
    {
        assertThat(BANDS_BY_FILE.get(message.file())).as("%s id=%d", message.file(), message.id())
            .anyMatch((band) -> band.holds(message.id()));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldNumberMessagesInTheBandOfTheirDirection(final Message message)
    {
        if (message.description().startsWith("Input"))
        {
            assertThat(INPUT_BANDS).as("id=%d", message.id()).anyMatch((band) -> band.holds(message.id()));
        }
        if (message.description().startsWith("Decision"))
        {
            assertThat(DECISION_BANDS).as("id=%d", message.id()).anyMatch((band) -> band.holds(message.id()));
        }
    }

    @Test
    void shouldSayTheDirectionOfEachMessageOfMixedFiles()
    {
        final List<Message> mixed = messages().stream()
            .filter((message) -> Set.of("order-entry.xml", "control.xml").contains(message.file()))
            .filter((message) -> !"CommandOutcome".equals(message.name()))
            .toList();

        assertThat(mixed).isNotEmpty().allMatch(
            (message) -> message.description().startsWith("Input") || message.description().startsWith("Decision"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldUseFieldIdsAndNamesOnceInAMessage(final Message message)
    {
        final Set<Integer> ids = new TreeSet<>();
        final Set<String> names = new TreeSet<>();
        int count = 0;
        for (final Field field : message.fields())
        {
            ids.add(field.id());
            names.add(field.name());
            count++;
        }
        for (final Group group : message.groups())
        {
            ids.add(group.id());
            names.add(group.name());
            count++;
            for (final Field field : group.fields())
            {
                ids.add(field.id());
                names.add(group.name() + "." + field.name());
                count++;
            }
        }
        for (final Data data : message.data())
        {
            ids.add(data.id());
            names.add(data.name());
            count++;
        }

        assertThat(ids).hasSize(count);
        assertThat(names).hasSize(count);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldCountGroupsInSixteenBits(final Message message)
    {
        for (final Group group : message.groups())
        {
            final Type dimension = TYPES.get(group.dimensionType());
            assertThat(dimension.name()).isEqualTo("groupSizeEncoding");
            assertThat(dimension.elementByName().get("numInGroup").primitiveType()).isEqualTo("uint16");
            assertThat(dimension.elementByName().get("blockLength").primitiveType()).isEqualTo("uint16");
        }
        for (final Data data : message.data())
        {
            assertThat(data.type()).isIn("varNameEncoding", "varTextEncoding", "varDataEncoding");
        }
        assertThat(GroupSizeEncodingDecoder.ENCODED_LENGTH).isEqualTo(4);
        assertThat(MessageHeaderDecoder.ENCODED_LENGTH).isEqualTo(8);
    }

    @Test
    void shouldHoldTheLargestGroupThatSixteenBitsCount()
    {
        assertThat(io.lockstep.sbe.BookUpdateEncoder.BidsEncoder.countMaxValue()).isEqualTo(65_534);
        assertThat(io.lockstep.sbe.BookSnapshotEncoder.AsksEncoder.countMaxValue()).isEqualTo(65_534);
    }

    @Test
    void shouldUseTheCodesOfFix()
    {
        final Set<String> checked = new TreeSet<>();
        for (final Type type : TYPES.values())
        {
            if (type.isEnum() && type.description().contains("FIX"))
            {
                assertThat(FIX_CODES).as("the table of this test").containsKey(type.name());
                final Map<String, String> codes = FIX_CODES.get(type.name());
                type.codeByName().forEach((name, code) -> assertFixCode(type, codes, name, code));
                checked.add(type.name());
            }
        }
        assertThat(checked).isEqualTo(new TreeSet<>(FIX_CODES.keySet()));
    }

    private static void assertFixCode(
        final Type type, final Map<String, String> codes, final String name, final String code)
    {
        if (codes.containsKey(name))
        {
            assertThat(code).as("%s.%s", type.name(), name).isEqualTo(codes.get(name));
        }
        else
        {
            assertThat(OWN_NAMES.contains(name) || Integer.parseInt(code) >= OWN_CODES_FROM)
                .as("%s.%s=%s is neither FIX's nor marked as our own", type.name(), name, code).isTrue();
        }
    }

    @Test
    void shouldGenerateTheCodesOfTheSchema() throws ReflectiveOperationException
    {
        for (final Type type : TYPES.values())
        {
            if (type.isEnum())
            {
                final Map<String, String> generated = generatedCodes(type);
                generated.remove("NULL_VAL");
                generated.remove("SBE_UNKNOWN");
                assertThat(generated).as(type.name()).isEqualTo(type.codeByName());
            }
        }
    }

    @Test
    void shouldNotReuseACodeInAnEnum()
    {
        for (final Type type : TYPES.values())
        {
            assertThat(new HashSet<>(type.codeByName().values())).as(type.name())
                .hasSameSizeAs(type.codeByName().keySet());
        }
    }

    /** A peer that is one version ahead may say something this one has no name for: that is data, not an exception. */
    @Test
    void shouldDecodeAnUnknownCodeAsUnknown() throws ReflectiveOperationException
    {
        for (final Type type : TYPES.values())
        {
            if (type.isEnum())
            {
                final boolean isChar = "char".equals(type.primitiveType());
                final Class<?> raw = isChar ? byte.class : short.class;
                final Object unknown = isChar ? (Object)(byte)'?' : (Object)(short)254;
                final Object decoded = generatedClass(type.name()).getMethod("get", raw).invoke(null, unknown);

                assertThat(decoded).as(type.name()).hasToString("SBE_UNKNOWN");
            }
        }
    }

    @Test
    void shouldDefineTheRecordHeaderWithoutGaps() throws ReflectiveOperationException
    {
        int offset = 0;
        for (final Map.Entry<String, Type> element : TYPES.get("recordHeader").elementByName().entrySet())
        {
            final Method encodingOffset = RecordHeaderDecoder.class.getMethod(element.getKey() + "EncodingOffset");
            assertThat(encodingOffset.invoke(null)).as(element.getKey()).isEqualTo(offset);
            offset += sizeOf(element.getValue().primitiveType());
        }
        assertThat(offset).isEqualTo(RecordDescriptor.HEADER_LENGTH);
    }

    @Test
    void shouldHoldAClOrdIdExactly()
    {
        assertThat(TYPES.get("ClOrdId").length()).isEqualTo(ClOrdIds.LENGTH);
    }

    @Test
    void shouldShareTheAbsentValuesOfTheCode()
    {
        assertThat(io.lockstep.sbe.BookUpdateDecoder.previousUpdateIdNullValue()).isEqualTo(Nulls.NULL_UPDATE_ID);
        assertThat(io.lockstep.sbe.BestBidOfferDecoder.bidPriceTicksNullValue()).isEqualTo(Nulls.NULL_PRICE_TICKS);
        assertThat(io.lockstep.sbe.SetLimitDecoder.instrumentIdNullValue()).isEqualTo(Nulls.NULL_INSTRUMENT_ID);
    }

    /** A field that came later says since when, so that a reader of older bytes does not read beyond their block. */
    @Test
    void shouldSaySinceWhichVersionLaterFieldsExist()
    {
        final int version = Integer.parseInt(SCHEMAS.get(0).attribute("version"));
        int newest = 0;
        for (final Message message : messages())
        {
            final List<Field> fields = new ArrayList<>(message.fields());
            message.groups().forEach((group) -> fields.addAll(group.fields()));
            int previous = 0;
            for (final Field field : message.fields())
            {
                assertThat(field.sinceVersion()).as("%s.%s follows newer fields", message.name(), field.name())
                    .isGreaterThanOrEqualTo(previous);
                previous = field.sinceVersion();
            }
            for (final Field field : fields)
            {
                newest = Math.max(newest, field.sinceVersion());
            }
        }
        assertThat(newest).isLessThanOrEqualTo(version);
    }

    private static Map<String, String> generatedCodes(final Type type) throws ReflectiveOperationException
    {
        final Class<?> generated = generatedClass(type.name());
        final Method value = generated.getMethod("value");
        final Map<String, String> codes = new LinkedHashMap<>();
        for (final Object constant : generated.getEnumConstants())
        {
            final int code = ((Number)value.invoke(constant)).intValue();
            codes.put(constant.toString(), "char".equals(type.primitiveType()) ? "" + (char)code : "" + code);
        }
        return codes;
    }

    private static Class<?> generatedClass(final String name) throws ClassNotFoundException
    {
        return Class.forName("io.lockstep.sbe." + name);
    }

    private static int sizeOf(final String primitiveType)
    {
        return switch (primitiveType)
        {
            case "char", "int8", "uint8" -> 1;
            case "int16", "uint16" -> 2;
            case "int32", "uint32" -> 4;
            case "int64", "uint64" -> 8;
            default -> throw new AssertionError("primitiveType=" + primitiveType);
        };
    }
}
