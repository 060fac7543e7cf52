package io.lockstep.core;

import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderStore;
import io.lockstep.core.order.OrderTerms;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrderReason;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.IntHashSet;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.Object2ObjectHashMap;
import org.agrona.concurrent.SystemNanoClock;

import java.io.File;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.logging.Logger;

/** One small class for each thing that the core must not do: proof that each rule of {@link PurityTest} can fail. */
final class Impurities
{
    private Impurities()
    {
    }

    static final class Dependency
    {
        BigDecimal value = BigDecimal.ONE;
    }

    static final class NanoTime
    {
        long now()
        {
            return System.nanoTime();
        }
    }

    static final class NanoTimeByReference
    {
        LongSupplier clock = System::nanoTime;
    }

    static final class CurrentTime
    {
        long now()
        {
            return System.currentTimeMillis();
        }
    }

    static final class TimeOfDay
    {
        long now()
        {
            return Instant.now().toEpochMilli();
        }
    }

    static final class LibraryClock
    {
        long now()
        {
            return new SystemNanoClock().nanoTime();
        }
    }

    static final class Environment
    {
        String home()
        {
            return System.getenv("HOME");
        }
    }

    static final class SystemProperty
    {
        String vendor()
        {
            return System.getProperty("java.vendor");
        }
    }

    static final class SystemPropertyAsNumber
    {
        Integer limit()
        {
            return Integer.getInteger("limit");
        }
    }

    static final class Processors
    {
        int count()
        {
            return Runtime.getRuntime().availableProcessors();
        }
    }

    static final class Threads
    {
        long id()
        {
            return Thread.currentThread().getId();
        }
    }

    static final class Concurrency
    {
        AtomicLong count = new AtomicLong();
    }

    static final class Waiting
    {
        void await() throws InterruptedException
        {
            wait();
        }
    }

    static final class Parallel
    {
        long sum(final long[] values)
        {
            return Arrays.stream(values).parallel().sum();
        }
    }

    static final class MathRandom
    {
        boolean toss()
        {
            return Math.random() < 0.5;
        }
    }

    static final class UtilRandom
    {
        int roll()
        {
            return new Random(1).nextInt(6);
        }
    }

    static final class Splittable
    {
        int roll()
        {
            return new SplittableRandom().nextInt(6);
        }
    }

    static final class Uuid
    {
        String id()
        {
            return UUID.randomUUID().toString();
        }
    }

    static final class Files
    {
        boolean exists()
        {
            return new File("x").exists();
        }
    }

    static final class NioFiles
    {
        Path path = Path.of("x");
    }

    static final class Network
    {
        URI address = URI.create("http://localhost");
    }

    static final class Logging
    {
        void log()
        {
            Logger.getLogger("x").info("y");
        }
    }

    static final class Printing
    {
        void print()
        {
            System.out.println("x");
        }
    }

    static final class StackTrace
    {
        void print(final RuntimeException ex)
        {
            ex.printStackTrace();
        }
    }

    static final class Maps
    {
        Map<String, String> valueByName = new HashMap<>();
    }

    static final class Sets
    {
        Set<String> names = new HashSet<>();
    }

    static final class IdentityMaps
    {
        Map<Object, String> nameByObject = new IdentityHashMap<>();
    }

    static final class ImmutableMaps
    {
        Map<String, String> valueByName = Map.of("a", "b", "c", "d");
    }

    static final class ImmutableSets
    {
        Set<String> names = Set.copyOf(new String[0].length == 0 ? Set.<String>of() : Set.of("a"));
    }

    static final class MapForEach
    {
        void print(final Object2ObjectHashMap<String, String> valueByName)
        {
            valueByName.forEach((name, value) -> value.trim());
        }
    }

    static final class MapValues
    {
        Object first(final Long2ObjectHashMap<String> valueByKey)
        {
            return valueByKey.values().iterator().next();
        }
    }

    static final class MapKeys
    {
        int first(final Int2ObjectHashMap<String> valueByKey)
        {
            return valueByKey.keySet().iterator().nextInt();
        }
    }

    static final class MapByReference
    {
        Function<Object2ObjectHashMap<String, String>, Object> entries = Object2ObjectHashMap::entrySet;
    }

    static final class SetIterator
    {
        int first(final IntHashSet ids)
        {
            return ids.iterator().nextValue();
        }
    }

    static final class PrimitiveMap
    {
        void print(final Long2LongHashMap valueByKey)
        {
            valueByKey.forEachLong((key, value) -> Math.abs(key));
        }
    }

    static final class MapLookUp
    {
        String value(final Long2ObjectHashMap<String> valueByKey)
        {
            valueByKey.put(1, "a");
            valueByKey.remove(2);
            return valueByKey.size() > 0 ? valueByKey.get(1) : null;
        }
    }

    static final class IdentityHash
    {
        int hash(final Object any)
        {
            return System.identityHashCode(any);
        }
    }

    static final class ObjectHash
    {
        int hash(final Object any)
        {
            return any.hashCode();
        }
    }

    static final class OwnObjectHash
    {
        int hash()
        {
            return new int[0].hashCode();
        }
    }

    static final class EnumHash
    {
        int hash(final Thread.State state)
        {
            return state.hashCode();
        }
    }

    static final class OpensAnOrder
    {
        Order order(final OrderStore orders, final OpenOrders open, final OrderTerms terms)
        {
            return orders.open(open, open, 0, 1, 1, 1, 0, terms, 1, 0);
        }
    }

    static final class SendsAnOrder
    {
        void send(final DecisionWriter decisions, final Order order)
        {
            decisions.newOrder(order, MachineState.WATCH, 0);
        }
    }

    static final class SendsAReplace
    {
        void send(final DecisionWriter decisions, final Order order)
        {
            decisions.replace(order, 1, 1, OrderReason.NONE);
        }
    }

    static final class Sine
    {
        double value(final double x)
        {
            return Math.sin(x);
        }
    }

    static final class Power
    {
        double value(final double x)
        {
            return Math.pow(x, 0.5) + Math.exp(x) + Math.log(x);
        }
    }

    static final class LogarithmByReference
    {
        DoubleUnaryOperator function = Math::log;
    }
}
