package io.lockstep.perf.gate;

import io.lockstep.perf.work.HotPart;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class CountRunTest
{
    /** Ten turns. */
    public static final class TenTurns implements LongSupplier
    {
        @Override
        public long getAsLong()
        {
            long sum = 0;
            for (int i = 0; i < 10; i++)
            {
                sum += i;
            }
            return sum;
        }
    }

    /** Three ways out. */
    public static final class Cases implements LongUnaryOperator
    {
        @Override
        public long applyAsLong(final long which)
        {
            switch ((int)which)
            {
                case 0 :
                    return 7;
                case 1 :
                    return which;
                default :
                    throw new IllegalStateException();
            }
        }
    }

    @Test
    void shouldCountTheSameEachTimeButForAPartThatDoesMore()
    {
        final Map<String, Double> plain = CountRun.counted("");
        final Map<String, Double> planted = new HashMap<>(CountRun.counted("book.top=10"));

        assertThat(plain).containsOnlyKeys(HotPart.all().stream().map(HotPart::name).toArray(String[]::new));
        assertThat(plain.values()).allMatch((bytecodes) -> bytecodes > 10);
        assertThat(planted.get("book.top") / plain.get("book.top")).isGreaterThan(1.1).isLessThan(1.3);
        planted.put("book.top", plain.get("book.top"));
        assertThat(planted).isEqualTo(plain);
    }

    /** A turn: compare and branch 3, add 4, increment 1, jump 1; around them: start 4, the last compare 3, result 2. */
    @Test
    void shouldCountEachInstructionOnce() throws ReflectiveOperationException
    {
        final LongSupplier turns = (LongSupplier)new CountingLoader().loadClass(TenTurns.class.getName())
            .getDeclaredConstructor().newInstance();
        final long before = Executed.count();

        assertThat(turns.getAsLong()).isEqualTo(45);
        assertThat(Executed.count() - before).isEqualTo(10 * (3 + 5 + 1 + 1) + 4 + 3 + 2);
    }

    @Test
    void shouldCountEachCaseOfASwitchAndWhatIsThrown() throws ReflectiveOperationException
    {
        final LongUnaryOperator cases = (LongUnaryOperator)new CountingLoader().loadClass(Cases.class.getName())
            .getDeclaredConstructor().newInstance();
        final long before = Executed.count();

        assertThat(cases.applyAsLong(0)).isEqualTo(7);
        final long ofFirst = Executed.count() - before;
        assertThat(cases.applyAsLong(1)).isEqualTo(1);
        final long ofSecond = Executed.count() - before - ofFirst;
        assertThatThrownBy(() -> cases.applyAsLong(2)).isInstanceOf(IllegalStateException.class);

        // Argument, conversion and switch, then constant and return; or argument and return.
        assertThat(ofFirst).isEqualTo(3 + 2);
        assertThat(ofSecond).isEqualTo(3 + 2);
        assertThat(Executed.count() - before - ofFirst - ofSecond).isEqualTo(3 + 4);
    }

    @Test
    void shouldSeeOneObject()
    {
        final Object[] kept = new Object[1];
        final HotPart silent = new HotPart("silent", () -> () -> 1);
        final HotPart loud = new HotPart("loud", () -> () ->
        {
            kept[0] = new Object();
            return 1;
        });

        final Map<String, Double> bytesByPart = AllocationCount.of(List.of(silent, loud));

        assertThat(bytesByPart.get("silent")).isZero();
        assertThat(bytesByPart.get("loud")).isCloseTo(16, within(8.0));
    }
}
