package io.lockstep.sequencer.node;

import io.lockstep.core.strategy.StrategyFactory;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class GuardedFactoryTest
{
    /** One that is added with a default, and not passed on, would be answered for the factory by the default. */
    @Test
    void shouldAnswerEveryQuestionByItself()
    {
        final Stream<Method> asked = Arrays.stream(StrategyFactory.class.getMethods());

        assertThat(asked).isNotEmpty().allSatisfy((method) -> assertThat(GuardedFactory.class.getDeclaredMethod(
            method.getName(), method.getParameterTypes())).isNotNull());
    }
}
