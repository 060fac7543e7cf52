package io.lockstep.sequencer.node;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sequencer.code.CodedFactory;
import io.lockstep.sequencer.code.StrategyCode;

import java.util.List;
import java.util.function.Supplier;

/**
 * A factory of somebody else's: whatever it fails with is said like a parameter that it refuses, with the place, so that a
 * configuration is refused instead of ending a node. With the hash of the code as it was when the factory was loaded.
 */
record GuardedFactory(String name, StrategyFactory factory, long codeHash, boolean takesSignals)
    implements
        CodedFactory
{
    static StrategyFactory of(final StrategyFactory factory)
    {
        return new GuardedFactory(
            factory.name(), factory, StrategyCode.hash(factory.getClass()), factory.takesSignals());
    }

    @Override
    public Strategy create(final Instrument instrument, final Parameters parameters)
    {
        return guarded(() -> factory.create(instrument, parameters));
    }

    @Override
    public Strategy create(final List<Instrument> instruments, final Parameters parameters)
    {
        return guarded(() -> factory.create(instruments, parameters));
    }

    @Override
    public long allocatedBytesPerCall()
    {
        return factory.allocatedBytesPerCall();
    }

    private Strategy guarded(final Supplier<Strategy> create)
    {
        try
        {
            return create.get();
        }
        catch (final IllegalArgumentException ex)
        {
            throw ex;
        }
        catch (final RuntimeException | StackOverflowError | AssertionError | LinkageError ex)
        {
            throw new IllegalArgumentException("strategy " + name + " cannot be made: " + Strategies.failure(ex), ex);
        }
    }
}
