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

        assertProblem(node::refuseUnknown, "node.yaml:3:3: node.stateHashIntervall=5: expected a known key; " +
            "did you mean 'stateHashInterval'?");
    }

    @Test
    void shouldNameFromTheRootWhatIsUnknownInASectionThatNobodyConcluded()
    {
        final YamlSection root = parse("a:\n  b: 1\n  c: {d: 2}\n");
        root.section("a").whole("b", 0, 0, 9);

        assertProblem(root::refuseUnknown, "node.yaml:3:3: a.c={d: 2}: expected a known key; did you mean 'b'?");
    }

    /** That a key is asked about is not that its value is used. */
    @Test
    void shouldNameAKeyThatWasOnlyAskedAbout()
    {
        final YamlSection root = parse("a: 1\nb: 2\n");
        root.whole("a", 0, 0, 9);
        assertThat(root.has("b")).isTrue();

        assertProblem(root::refuseUnknown, "node.yaml:2:1: b=2: expected a known key; did you mean 'b'?");
    }

    @Test
    void shouldNameAValueOfTheWrongTypeAndWhatWasExpected()
    {
        final YamlSection root = parse("a: x\nb: [1]\nc: {d: 1}\ne: 1.5\nf: maybe\n");

        assertProblem(() -> root.whole("a", 0, 1, 9), "node.yaml:1:1: a=x: expected a whole number from 1 to 9");
        assertProblem(() -> root.whole("e", 0, 1, 9), "node.yaml:4:1: e=1.5: expected a whole number from 1 to 9");
        assertProblem(() -> root.flag("a", true), "node.yaml:1:1: a=x: expected true or false");
        assertProblem(() -> root.decimal("a"), "node.yaml:1:1: a=x: expected a decimal number such as 0.01");
        assertProblem(() -> root.text("b", ""), "node.yaml:2:1: b=[1]: expected text");
        assertProblem(() -> root.texts("a"), "node.yaml:1:1: a=x: expected a list");
        assertProblem(() -> root.section("a"), "node.yaml:1:1: a=x: expected a mapping");
        assertProblem(() -> root.sections("b"), "node.yaml:2:5: b[0]=1: expected a mapping");
        assertProblem(() -> root.sections("c"), "node.yaml:3:1: c={d: 1}: expected a list");
        assertProblem(() -> root.constant("f", Kind.class, null),
            "node.yaml:5:1: f=maybe: expected one of good-till-cancel, spin");
        assertProblem(() -> root.requiredText("none"), "node.yaml:1:1: none=: expected a value, the key is required");
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"0", "10", "99999999999", "99999999999999999999", "-9223372036854775809", "010", "0x5", "0o5", "0b1", "1_0", "+5",
        "5.0",
        "5e0", ".5", "-0", "\"5\"", "true", "five", "５"})
    void shouldNameWhatIsNoWholeNumberOrOutOfRange(final String value)
    {
        assertProblem(() -> parse("b: 1\na: " + value + "\n").whole("a", 5, 1, 9),
            "node.yaml:2:1: a=" + value.replace("\"", "") + ": expected a whole number from 1 to 9");
    }

    @Test
    void shouldReadWholeNumbersUpToTheirEnds()
    {
        assertThat(parse("a: 9223372036854775807").whole("a", 0, Long.MIN_VALUE, Long.MAX_VALUE))
            .isEqualTo(Long.MAX_VALUE);
        assertThat(parse("a: -9223372036854775808").whole("a", 0, Long.MIN_VALUE, Long.MAX_VALUE))
            .isEqualTo(Long.MIN_VALUE);
        assertThat(parse("a: -7").whole("a", 0, -9, 9)).isEqualTo(-7);
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"True", "yes", "on", "1", "\"true\"", "no"})
    void shouldTakeNoOtherSpellingOfAFlag(final String value)
    {
        assertProblem(() -> parse("a: " + value + "\n").flag("a", true),
            "node.yaml:1:1: a=" + value.replace("\"", "") + ": expected true or false");
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"-5s", "5", "5 sec", "010ms", "1.5s", "5S", "1e3ms", "s", "9223372036854775807d", "0x5s", "5s 5ms", "61s"})
    void shouldNameWhatIsNoDurationOrOutOfRange(final String value)
    {
        assertProblem(() -> parse("a: " + value + "\n").durationNs("a", 1, 1_000_000, 60_000_000_000L),
            "node.yaml:1:1: a=" + value + ": expected a duration such as 10ms from 1ms to 1m");
    }

    @Test
    void shouldReadCarriageReturnsAndAByteOrderMark()
    {
        final YamlSection root = parse("\ufefflimits:\r\n  maxOpenOrders: 4\r\n  # why\r\n  other: x\r\n");

        assertThat(root.section("limits").whole("maxOpenOrders", 0, 0, 9)).isEqualTo(4);
        assertThat(root.section("limits").text("other", null)).isEqualTo("x");
        root.refuseUnknown();
        assertProblem(() -> parse("\ufeffa: 1\r\nb: 2\r\n").whole("b", 0, 5, 9),
            "node.yaml:2:1: b=2: expected a whole number from 5 to 9");
    }

    @Test
    void shouldRefuseAKeyThatStandsTwice()
    {
        assertProblem(() -> parse("limits:\n  maxOpenOrders: 4\n  other: 1\n  maxOpenOrders: 400\n"),
            "node.yaml:4:3: limits.maxOpenOrders=: expected each key once, it stands in line 2 as well");
        assertProblem(() -> parse("a: 1\nb:\n  - {x: 1, y: 2, x: 3}\n"),
            "node.yaml:3:18: b[0].x=: expected each key once, it stands in line 3 as well");
        assertProblem(() -> parse("a: 1\nb: 2\n\"a\": 3\n"),
            "node.yaml:3:1: a=: expected each key once, it stands in line 1 as well");
    }

    /** A limit without a value would be no limit, and nobody would know. */
    @Test
    void shouldRefuseAKeyWithoutAValue()
    {
        assertProblem(() -> parse("limits:\n  maxOpenOrders:\n  other: 1\n"),
            "node.yaml:2:3: limits.maxOpenOrders=: expected a value, or the key left out");
        assertProblem(() -> parse("limits:\n#  maxOpenOrders: 1\nstrategies:\n  - name: x\n"),
            "node.yaml:1:1: limits=: expected a value, or the key left out");
        assertProblem(() -> parse("a: 1\nlimits:\n"),
            "node.yaml:2:1: limits=: expected a value, or the key left out");
        assertProblem(() -> parse("a: {b:1, c: 2}\n"), "node.yaml:1:5: a.b:1=: expected a value, or the key left out");
        assertProblem(() -> parse("a: ~\n"), "node.yaml:1:1: a=~: expected a value, or the key left out");
        assertProblem(() -> parse("a: null\n"), "node.yaml:1:1: a=null: expected a value, or the key left out");
        assertThatThrownBy(() -> parse("a:\n  -\n  - 1\n")).isInstanceOf(ConfigurationException.class)
            .hasMessageMatching("node.yaml:[23]:[0-9]: a\\[0\\]=: expected a value, or the key left out");
        assertThat(parse("a: ''\nb: 'null'\n").text("a", null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        a: 1\\nb: {c: 1,\\n  d: 2\\n    ; 2:4 ; expected ',' or '}', but got <stream end>, what begins here is not closed
        a: 1\\nb: "x\\nc: 1\\n           ; 2:4 ; found unexpected end of stream
        a: 1\\n\\tb: 2\\n               ; 2:1 ; TAB
        a: 1\\n b: 2\\n                 ; 1:4 ; the value goes on to line 2
        a: b\\n  c\\n                   ; 1:4 ; the value goes on to line
        a: |\\n  b: 1\\n                ; 1:4 ; the value goes on to line
        a: "b\\n  c"\\n                 ; 1:4 ; the value goes on to line
        a: &x 1\\n                      ; 1:4 ; an anchor stands there
        a: *x\\n                        ; 1:4 ; an alias stands there
        a: !!int 5\\n                   ; 1:4 ; a tag stands there
        a: !x {b: 1}\\n                 ; 1:4 ; a tag stands there
        a: 1\\n---\\nb: 2\\n            ; 2:1 ; a second document begins
        a: 1\\n...\\nb: 2\\n            ; 3:1 ; expected '<document start>'
        %FOO\\n---\\na: 1\\n            ; 1:1 ; expected no directives
        ? [a]\\n: b\\n                  ; 1:3 ; a list or a mapping stands where a key
        <<: {a: 1}\\n                   ; 1:1 ; expected a key
        """)
    void shouldRefuseWhatAConfigurationHasNoUseFor(final String text, final String place, final String problem)
    {
        assertThatThrownBy(() -> parse(text.replace("\\n", "\n").replace("\\t", "\t")))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageStartingWith("node.yaml:" + place + ": not readable as YAML: ").hasMessageContaining(problem);
    }

    @Test
    void shouldRefuseWhatHasNoBound()
    {
        for (final String opening : new String[]{"[", "{a: ", "- ", "{? ", "? "})
        {
            assertThatThrownBy(() -> parse("node: " + opening.repeat(100_000)))
                .isInstanceOf(ConfigurationException.class).hasMessageStartingWith("node.yaml:1:")
                .hasMessageContaining("not readable as YAML").hasMessageMatching("(?s).{20,400}");
        }
        assertProblem(() -> parse("node: " + "[".repeat(33) + "]".repeat(33)),
            "node.yaml:1:38: not readable as YAML: " +
                "more than 32 lists and mappings within each other");
        assertThatThrownBy(() -> parse("a: " + "x".repeat(2_000_000))).hasMessageContaining("expected at most 1048576");
        assertThatThrownBy(() -> parse("a: 1\n" + "k".repeat(70_000) + ": x\n").refuseUnknown())
            .isInstanceOf(ConfigurationException.class).hasMessageMatching("(?s).{20,800}");
        assertThatThrownBy(() -> parse("a: 1\nb: 'x\u0007y'\n")).hasMessage(
            "node.yaml:2:6: not readable as YAML: the character U+0007 may not stand there");
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"password", "Password", "dbPassword", "secret", "apiSecret", "API_KEY", "api-key", "apiKey", "apikey", "token",
        "accessToken", "private_key", "privateKey", "PRIVATE-KEY", "passphrase", "credentials", "credential",
        "'api key'",
        "key", "pwd", "auth"})
    void shouldRefuseAKeyThatLooksLikeASecret(final String key)
    {
        final String expected = "expected no such key: it looks like a secret";
        assertThatThrownBy(() -> parse("a: 1\n" + key + ": abc123\n")).isInstanceOf(ConfigurationException.class)
            .hasMessageStartingWith("node.yaml:2:1: " + key.replace("'", "") + "=...: " + expected)
            .hasMessageNotContaining("abc123");
        assertThatThrownBy(() -> parse("s: [{parameters: {" + key + ": 5}}]\n")).hasMessageContaining(expected);
    }

    @Test
    void shouldTakeKeysThatOnlySoundLikeASecret()
    {
        assertThat(parse("keyLevel: 1\npassive: 2\npinning: 3\nauthor: 4\nkeep: 5\n").keys()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"", "# nothing\n", "- 1\n- 2\n", "word\n", "\ufeff"})
    void shouldRefuseWhatIsNoMapping(final String text)
    {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(ConfigurationException.class)
            .hasMessageStartingWith("node.yaml:1:1: ");
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"'a\u0000b'", "\"a\\0b\"", "\"\\e[31m\"", "''", "' '", "\"a\\nb\""})
    void shouldRefuseWhatIsNoPath(final String written)
    {
        assertThatThrownBy(() -> parse("b: 1\na: " + written + "\n").path("a"))
            .isInstanceOf(ConfigurationException.class).hasMessageStartingWith("node.yaml:2:")
            .message().matches("[ -~]+");
        assertThatThrownBy(() -> parse("a: [x, " + written + "]\n").paths("a")).isInstanceOf(
            ConfigurationException.class);
    }

    @Test
    void shouldBoundPaths()
    {
        assertThat(parse("a: x/y\n").path("a")).isEqualTo(Path.of("x/y"));
        assertThat(parse("b: 1\n").path("a")).isNull();
        assertThatThrownBy(() -> parse("a: " + "x".repeat(256) + "\n").path("a")).hasMessageContaining("255 bytes");
        assertThatThrownBy(() -> parse("a: " + "x/".repeat(3000) + "\n").path("a")).hasMessageContaining("4095 bytes");
    }

    @Test
    void shouldCollectAllProblemsInTheirOrder()
    {
        final Problems problems = Problems.collected();
        final YamlSection root = YamlSection.parse(FILE, "a: 1\nb: x\na: 2\nc: {d: y, token: z}\ne:\nf: [1]\n",
            problems);
        assertThat(root.whole("b", 7, 0, 9)).isEqualTo(7);
        assertThat(root.section("c").flag("d", true)).isTrue();
        assertThat(root.sections("f").get(0).text("x", "default")).isEqualTo("default");
        assertThat(root.requiredText("g")).isEmpty();
        root.whole("a", 0, 0, 9);
        root.text("e", null);
        root.refuseUnknown();

        assertThat(
            problems.list().stream().map((problem) -> problem.line() + ":" + problem.column() + " " + problem.key()))
            .containsExactly("1:1 g", "2:1 b", "3:1 a", "4:5 c.d", "4:11 c.token", "5:1 e", "6:5 f[0]");
        assertThatThrownBy(problems::throwAny).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("node.yaml:2:1: b=x: expected a whole number from 0 to 9\n");
    }

    @Test
    void shouldSayWhereEachValueComesFrom()
    {
        final YamlSection root = parse("a: 1\nc: {d: true}\n");
        root.whole("a", 0, 0, 9);
        root.durationNs("b", 60_000_000_000L, 0, Long.MAX_VALUE);
        root.section("c").flag("d", false);
        root.section("e").bytes("f", 64 << 20, 0, Long.MAX_VALUE);
        root.decimal("g");

        assertThat(root.settings()).containsExactly(
            new Setting("a", "1", new Place(1, 1)),
            new Setting("b", "1m", null),
            new Setting("c.d", "true", new Place(2, 5)),
            new Setting("e.f", "64MiB", null),
            new Setting("g", null, null));
    }

    /** Keys of the same name stand in many places: each message names its own. */
    @Test
    void shouldNameThePlaceOfTheKeyItself()
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
            limits:
              maxOpenOrders: w
            """;
        final YamlSection root = parse(text);

        assertThat(root.place("limits")).isEqualTo(new Place(15, 1));
        assertThat(root.section("limits").place("maxOpenOrders")).isEqualTo(new Place(16, 3));
        assertThat(root.place("instruments")).isEqualTo(new Place(8, 1));
        final YamlSection second = root.sections("instruments").get(1);
        assertThat(second.place("symbol")).isEqualTo(new Place(12, 3));
        assertThat(second.section("limits").place("maxOpenOrders")).isEqualTo(new Place(14, 5));
        assertThat(second.place("none")).as("where it should be").isEqualTo(new Place(12, 3));
        assertThat(root.section("aeron").sections("ingress").get(1).place("stream")).isEqualTo(new Place(6, 7));
        assertThat(root.section("aeron").place("directory")).as("where it should be").isEqualTo(new Place(2, 1));
        assertProblem(() -> second.section("limits").whole("maxOpenOrders", 0, 0, 9),
            "node.yaml:14:5: instruments[1].limits.maxOpenOrders=y: expected a whole number from 0 to 9");
    }

    @ParameterizedTest
    @CsvSource(
    {"'\"0.123456789012345678\"', 0.123456789012345678", "0.123456789012345678, 0.123456789012345678",
        "12345678.901234567, 12345678.901234567", "9007199254740993.5, 9007199254740993.5",
        "'\"99999999.9999999999\"', 99999999.9999999999",
        "'''0.10''', 0.1", "0.00000001, 0.00000001", "50000.10, 50000.1", "-5, -5",
        "123456789012345678, 123456789012345678", "0.3, 0.3"})
    void shouldReadDecimalsExactly(final String written, final String value)
    {
        assertThat(parse("a: " + written + "\n").decimal("a")).hasToString(value);
        assertThat(parse("s: [{a: " + written + "}]\n").sections("s").get(0).decimal("a")).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"0x10", "1_000", "'\"1.2.3\"'", "1e400", "1e-9", "99999999999999999999", "'\"1234567890123456789\"'", "010", "08",
        "0,01", ".5",
        "5.", "+5", ".inf", ".nan", "NaN", "1.00000000000000000001", "１"})
    void shouldRefuseWhatIsNoPlainDecimal(final String written)
    {
        assertThatThrownBy(() -> parse("b: 1\na: " + written.replace("'", "") + "  # why\n").decimal("a"))
            .isInstanceOf(ConfigurationException.class).hasMessageStartingWith("node.yaml:2:1: a=")
            .hasMessageContaining("expected a decimal number");
    }
}
