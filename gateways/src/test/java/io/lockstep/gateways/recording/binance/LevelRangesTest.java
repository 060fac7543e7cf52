package io.lockstep.gateways.recording.binance;

import io.lockstep.gateways.recording.finding.MalformedLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LevelRangesTest
{
    private final LevelRanges levels = new LevelRanges();
    private final JsonCursor json = new JsonCursor();
    private String text;

    @Test
    void findsPricesAndQuantitiesInQuotesOrNot()
    {
        assertThat(parse("[[\"1.5\",\"20\"], [ 2.5 , 0 ] ,[\"-3\",\"4\",[],{\"x\":1}]]")).isTrue();
        assertThat(levels.isWellFormed()).isTrue();
        assertThat(found()).containsExactly("1.5 x 20", "2.5 x 0", "-3 x 4");
        assertThat(json.isAtEnd()).isTrue();
    }

    @Test
    void noLevelsAreWellFormedToo()
    {
        assertThat(levels.isWellFormed()).isFalse();
        assertThat(parse("[ ]")).isTrue();
        assertThat(levels.isWellFormed()).isTrue();
        assertThat(levels.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"[1]", "[[]]", "[[1]]", "[[1,]]", "[[1 2]]", "[[1,2}]", "[[true,2]]", "[[1,2],]", "[{\"p\":1}]", "[[[1],2]]"})
    void leavesOtherArraysAlone(final String array)
    {
        parse("[[1,2]]");
        assertThat(parse(array)).isFalse();
        assertThat(levels.isWellFormed()).isFalse();
    }

    @Test
    void refusesWhatIsNoJson()
    {
        assertThatThrownBy(() -> parse("[[1,2] [3,4]]")).isInstanceOf(MalformedLine.class)
            .hasMessageContaining("',' or ']' at column 8");
    }

    @Test
    void growsToTheLongestSide()
    {
        final List<String> expected = IntStream.range(0, 10_000).mapToObj((i) -> i + " x " + 2 * i).toList();
        assertThat(parse("[[" + String.join("],[", expected).replace(" x ", ",") + "]]")).isTrue();
        assertThat(found()).isEqualTo(expected);
    }

    private boolean parse(final String array)
    {
        text = array;
        final byte[] bytes = array.getBytes(StandardCharsets.UTF_8);
        json.wrap(bytes, 0, 0, bytes.length);
        return levels.parse(json);
    }

    private List<String> found()
    {
        final List<String> found = new ArrayList<>();
        for (int i = 0; i < levels.count(); i++)
        {
            found.add(text.substring(levels.priceStart(i), levels.priceEnd(i)) + " x " +
                text.substring(levels.quantityStart(i), levels.quantityEnd(i)));
        }
        return found;
    }
}
