package io.lockstep.sequencer.node;

import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.ConfiguredStrategy;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The strategies that a configuration may name: those that jars on the class path offer as services, those that come with the
 * engine among them, and those it names by class.
 */
public final class Strategies
{
    private Strategies()
    {
    }

    /**
     * @throws ConfigurationException when a class is not there or is no {@link StrategyFactory}.
     */
    public static List<StrategyFactory> load(final List<ConfiguredStrategy> strategies)
    {
        final List<StrategyFactory> factories = new ArrayList<>();
        ServiceLoader.load(StrategyFactory.class).forEach((factory) -> factories.add(GuardedFactory.of(factory)));
        for (final ConfiguredStrategy strategy : strategies)
        {
            if (strategy.className() != null)
            {
                factories.add(create(strategy));
            }
        }
        for (final ConfiguredStrategy strategy : strategies)
        {
            if (factories.stream().noneMatch((factory) -> factory.name().equals(strategy.strategy())))
            {
                throw new ConfigurationException(key(strategy) + strategy.strategy() + ": expected one of " +
                    factories.stream().map(StrategyFactory::name).toList() + ", or a class that offers it");
            }
        }
        return factories;
    }

    private static String key(final ConfiguredStrategy strategy)
    {
        return strategy.strategy().equals(strategy.name()) ? "strategies.name=" : "strategies.strategy=";
    }

    private static StrategyFactory create(final ConfiguredStrategy strategy)
    {
        final String problem = "strategies.class=" + strategy.className() + ": expected a public class on the class "
            +
            "path that implements " + StrategyFactory.class.getName()
            + " and has a public constructor without arguments";
        try
        {
            final Object factory = Class.forName(strategy.className()).getConstructor().newInstance();
            if (factory instanceof StrategyFactory strategyFactory)
            {
                return GuardedFactory.of(strategyFactory);
            }
            throw new ConfigurationException(problem);
        }
        catch (final InvocationTargetException ex)
        {
            throw new ConfigurationException(problem + ": " + failure(ex.getCause()));
        }
        catch (final ReflectiveOperationException | LinkageError ex)
        {
            throw new ConfigurationException(problem + ": " + failure(ex));
        }
    }

    /** With the place where the class itself failed, if it came that far. */
    static String failure(final Throwable failure)
    {
        final Throwable cause = failure instanceof ExceptionInInitializerError && failure.getCause() != null
            ? failure.getCause()
            : failure;
        final boolean isOwn = cause != failure || !(failure instanceof LinkageError) &&
            !(failure instanceof ReflectiveOperationException);
        return isOwn && cause.getStackTrace().length > 0 ? cause + " at " + cause.getStackTrace()[0] : cause.toString();
    }
}
