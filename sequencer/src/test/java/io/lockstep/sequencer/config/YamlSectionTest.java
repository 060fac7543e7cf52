package io.lockstep.sequencer.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class YamlSectionTest
{
    private static final Path FILE = Path.of("node.yaml");

    private static YamlSection parse(final String text)
    {
        return YamlSection.parse(FILE, text);
    }

    private static void assertProblem(final Runnable reading, final String message)
    {
        assertThatThrownBy(reading::run).isInstanceOf(ConfigurationException.class).hasMessage(message);
    }

    @Test
    void shouldReadEachType()
    {
        final YamlSection root = parse("""
            text: plain words
            quoted: "with: colon"
            whole: 42
            flag: true
            decimal: 0.10
            kind: Good-Till-cancel
            list: [a, b]
            section:
              inner: 1
            """);

        assertThat(root.text("text", null)).isEqualTo("plain words");
        assertThat(root.requiredText("quoted")).isEqualTo("with: colon");
        assertThat(root.whole("whole", 0, 0, 100)).isEqualTo(42);
        assertThat(root.flag("flag", false)).isTrue();
        assertThat(root.decimal("decimal")).hasToString("0.1");
        assertThat(root.constant("kind", Kind.class, null)).isEqualTo(Kind.GOOD_TILL_CANCEL);
        assertThat(root.texts("list")).containsExactly("a", "b");
        assertThat(root.section("section").whole("inner", 0, 0, 9)).isEqualTo(1);
        assertThat(root.section("none").text("any", "default")).isEqualTo("default");
        root.refuseUnknown();
    }

    /** A day looks like a number to a parser written in Java. */
    @Test
    void shouldReadDurationsOfEachUnitQuotedOrNot()
    {
        final YamlSection root = parse("a: 5ns\nb: 10ms # soon\nc: 2h\nd: 1d\ne: \"1d\"\nf: {g: 3d}\n");

        assertThat(root.durationNs("a", 0, 0, Long.MAX_VALUE)).isEqualTo(5);
        assertThat(root.durationNs("b", 0, 0, Long.MAX_VALUE)).isEqualTo(10_000_000);
        assertThat(root.durationNs("c", 0, 0, Long.MAX_VALUE)).isEqualTo(2 * 3_600_000_000_000L);
        assertThat(root.durationNs("d", 0, 0, Long.MAX_VALUE)).isEqualTo(24 * 3_600_000_000_000L);
        assertThat(root.durationNs("e", 0, 0, Long.MAX_VALUE)).isEqualTo(24 * 3_600_000_000_000L);
        assertThat(root.section("f").durationNs("g", 0, 0, Long.MAX_VALUE)).isEqualTo(72 * 3_600_000_000_000L);
    }

    enum Kind
    {
        GOOD_TILL_CANCEL, SPIN
    }

    @Test
    void shouldNameAnUnknownKeyAndTheNearestKnownOne()
    {
        final YamlSection root = parse("node:\n  directory: x\n  stateHashIntervall: 5\n");
        final YamlSection node = root.section("node");
        node.text("directory", null);
        node.whole("stateHashInterval", 0, 0, 9);
        node.whole("shard", 0, 0, 9);

        assertProblem(node::refuseUnknown, "node.yaml:3: node.stateHashIntervall=5: expected a known key; " +
            "did you mean 'stateHashInterval'?");
    }

    @Test
    void shouldNameAValueOfTheWrongTypeAndWhatWasExpected()
    {
        final YamlSection root = parse("a: x\nb: [1]\nc: {d: 1}\ne: 1.5\nf: maybe\n");

        assertProblem(() -> root.whole("a", 0, 1, 9), "node.yaml:1: a=x: expected a whole number from 1 to 9");
        assertProblem(() -> root.whole("e", 0, 1, 9), "node.yaml:4: e=1.5: expected a whole number from 1 to 9");
        assertProblem(() -> root.flag("a", true), "node.yaml:1: a=x: expected true or false");
        assertProblem(() -> root.decimal("a"), "node.yaml:1: a=x: expected a decimal number");
        assertProblem(() -> root.text("b", ""), "node.yaml:2: b=[1]: expected text");
        assertProblem(() -> root.texts("a"), "node.yaml:1: a=x: expected a list");
        assertProblem(() -> root.section("a"), "node.yaml:1: a=x: expected a mapping");
        assertProblem(() -> root.sections("b"), "node.yaml:2: b[0]=1: expected a mapping");
        assertProblem(() -> root.sections("c"), "node.yaml:3: c={d=1}: expected a list");
        assertProblem(() -> root.constant("f", Kind.class, null),
            "node.yaml:5: f=maybe: expected one of good-till-cancel, spin");
        assertProblem(() -> root.requiredText("none"), "node.yaml:1: none=: expected a value, the key is required");
    }

    @ParameterizedTest
    @CsvSource(
    {"0, 1", "10, 1", "99999999999, 1"})
    void shouldNameAWholeNumberOutOfRange(final String value, final int line)
    {
        assertProblem(() -> parse("a: " + value + "\n").whole("a", 5, 1, 9),
            "node.yaml:" + line + ": a=" + value + ": expected a whole number from 1 to 9");
    }

    @Test
    void shouldRefuseAKeyThatStandsTwice()
    {
        assertProblem(() -> parse("limits:\n  maxOpenOrders: 4\n  other: 1\n  maxOpenOrders: 400\n"),
            "node.yaml:4: limits.maxOpenOrders=: expected each key once, it stands in line 2 as well");
        assertProblem(() -> parse("a: 1\nb:\n  - {x: 1, y: 2, x: 3}\n"),
            "node.yaml:3: b[0].x=: expected each key once, it stands in line 3 as well");
        assertProblem(() -> parse("a: 1\nb: 2\na: 3\n"),
            "node.yaml:3: a=: expected each key once, it stands in line 1 as well");
    }

    /** A limit without a value would be no limit, and nobody would know. */
    @Test
    void shouldRefuseAKeyWithoutAValue()
    {
        assertProblem(() -> parse("limits:\n  maxOpenOrders:\n  other: 1\n"),
            "node.yaml:2: limits.maxOpenOrders=: expected a value, or the key left out");
        assertProblem(() -> parse("limits:\n#  maxOpenOrders: 1\nstrategies:\n  - name: x\n"),
            "node.yaml:1: limits=: expected a value, or the key left out");
        assertProblem(() -> parse("a: 1\nlimits:\n"),
            "node.yaml:2: limits=: expected a value, or the key left out");
        assertProblem(() -> parse("a:\n  -\n  - 1\n"), "node.yaml:2: a[0]=: expected a value, or the key left out");
    }

    @Test
    void shouldRefuseWhatIsNotClosed()
    {
        assertProblem(() -> parse("a: 1\nb: {c: 1,\n  d: 2\n"), "node.yaml:2: b=: expected the bracket to be closed");
        assertProblem(() -> parse("a: 1\nb: \"x\nc: 1\n"), "node.yaml:2: x=: expected the quote to be closed");
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"", "# nothing\n", "- 1\n- 2\n", "word\n"})
    void shouldRefuseWhatIsNoMapping(final String text)
    {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(ConfigurationException.class)
            .hasMessageStartingWith("node.yaml:1: ");
    }

    /** Keys of the same name stand in many places: each message names its own. */
    @Test
    void shouldNameTheLineOfTheKeyItself()
    {
        final String text = """
            # limits: a comment
            aeron:
              ingress:
                - {channel: "aeron:ipc", stream: 1001}
                - channel: "limits: in quotes"
                  stream: x

            instruments:
            - symbol: A   # limits: here as well
              limits:
                maxOpenOrders: 1
            - symbol: B
              limits: {maxOrderNotional: 5,
                maxOpenOrders: y}
            - symbol: C
              limits:
                maxOpenOrders: z
            note: |
              limits:
                maxOpenOrders: 1
            limits:
              maxOpenOrders: w
            """;
        final YamlSection root = parse(text);

        assertThat(root.problem("limits", "v", "e")).startsWith("node.yaml:21: ");
        assertThat(root.section("limits").problem("maxOpenOrders", "v", "e"))
            .isEqualTo("node.yaml:22: limits.maxOpenOrders=v: expected e");
        assertThat(root.problem("instruments", "v", "e")).startsWith("node.yaml:8: ");
        final int[] symbolLines = {9, 12, 15};
        final int[] limitLines = {11, 14, 17};
        for (int i = 0; i < 3; i++)
        {
            final YamlSection instrument = root.sections("instruments").get(i);
            assertThat(instrument.problem("symbol", "v", "e"))
                .isEqualTo("node.yaml:" + symbolLines[i] + ": instruments[" + i + "].symbol=v: expected e");
            assertThat(instrument.section("limits").problem("maxOpenOrders", "v", "e"))
                .startsWith("node.yaml:" + limitLines[i] + ": instruments[" + i + "].limits.maxOpenOrders=");
        }
        assertThat(root.sections("instruments").get(1).problem("none", "", "e")).as("where it should be")
            .startsWith("node.yaml:12: ");
        assertThat(root.section("aeron").sections("ingress").get(0).problem("stream", "v", "e"))
            .startsWith("node.yaml:4: ");
        assertThat(root.section("aeron").sections("ingress").get(1).problem("stream", "v", "e"))
            .startsWith("node.yaml:6: aeron.ingress[1].stream=");
        assertThat(root.section("aeron").problem("directory", "", "e")).as("where it should be")
            .startsWith("node.yaml:2: ");
    }

    @ParameterizedTest
    @CsvSource(
    {"'\"0.123456789012345678\"', 0.123456789012345678",
        "'\"99999999.9999999999\"', 99999999.9999999999",
        "'''0.10''', 0.1", "0.00000001, 0.00000001", "50000.10, 50000.1", "1e-9, 0.000000001", "-5, -5", "010, 10",
        "123456789012345678, 123456789012345678", "0.3, 0.3", "0.123456789012345, 0.123456789012345"})
    void shouldReadDecimalsExactly(final String written, final String value)
    {
        assertThat(parse("a: " + written + "\n").decimal("a")).hasToString(value);
        assertThat(parse("s: [{a: " + written + "}]\n").sections("s").get(0).decimal("a")).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"0.1234567890123456", "1.00000000000000000001", "12345678.901234567", "9007199254740993.5"})
    void shouldRefuseAnUnquotedDecimalThatIsLongerThanItKeeps(final String written)
    {
        assertThatThrownBy(() -> parse("b: 1\na: " + written + "  # why\n").decimal("a"))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageStartingWith("node.yaml:2: a=")
            .hasMessageEndingWith(": expected a decimal number, in quotes when it has more than 15 digits");
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"0x10", "1_000", "'\"1.2.3\"'", "1e400", "99999999999999999999", "'\"1234567890123456789\"'"})
    void shouldRefuseWhatIsNoPlainDecimal(final String written)
    {
        assertThatThrownBy(() -> parse("a: " + written.replace("'", "") + "\n").decimal("a"))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("expected a decimal number");
    }
}
