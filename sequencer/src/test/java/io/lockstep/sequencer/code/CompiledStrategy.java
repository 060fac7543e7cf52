package io.lockstep.sequencer.code;

import io.lockstep.core.strategy.StrategyFactory;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Builds of a strategy by the name {@code tick}, each from its own source: the same class names, other code. It sends an order with each
 * trade, so many ticks above it as the build says, and keeps how many it has sent.
 */
public final class CompiledStrategy
{
    public static final String FACTORY = "com.example.tick.TickFactory";
    private static final String SERVICE = "META-INF/services/" + StrategyFactory.class.getName();
    private static final String IMPORTS = """
        package com.example.tick;
        import io.lockstep.codecs.*;
        import io.lockstep.core.order.*;
        import io.lockstep.core.market.MarketEvent;
        import io.lockstep.core.strategy.*;
        import io.lockstep.sbe.*;
        """;
    private static final String FACTORY_SOURCE = IMPORTS + """
        public final class TickFactory implements StrategyFactory
        {
            public String name() { return "tick"; }
            public Strategy create(Instrument instrument, Parameters parameters) { return new Tick(parameters); }
        }
        """;
    private static final String STRATEGY_SOURCE = IMPORTS
        + """
            final class Tick implements Strategy
            {
                private static final long ABOVE_TICKS = %d;
                private long orders;
                Tick(Parameters parameters)
                {
                    parameters.whole("timerMs", 0, 0, Integer.MAX_VALUE);
                    parameters.refuseUnknown();
                }
                public void onMarket(StrategyContext context)
                {
                    if (context.market().lastEvent() == MarketEvent.TRADE)
                    {
                        orders++;
                        context.sendLimit(Side.BUY, context.market().lastTradeTicks() + ABOVE_TICKS,
                            context.instrument().orderLots(), TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, OrderReason.SIGNAL);
                    }
                }
                public void onWatch(StrategyContext context) { }
                public void onCloseWatch(StrategyContext context) { }
                public void onInTrade(StrategyContext context) { }
                public void onOrder(StrategyContext context, Order order, OrderEvent event, Fill fill) { }
                public void onTimer(StrategyContext context, int timerKey) { }
                public long stateHash() { return Xxh64.chain(orders, %d); }
                public void save(StateWriter state) { state.putLong(orders); }
                public void restore(StateReader state) { orders = state.nextLong(); }
            }
            """;

    private final Path classes;

    private CompiledStrategy(final Path classes)
    {
        this.classes = classes;
    }

    /**
     * Compiles into a new directory.
     *
     * @param aboveTicks what the build decides.
     */
    public static CompiledStrategy compile(final Path directory, final long aboveTicks)
    {
        return compile(directory, aboveTicks, 0);
    }

    /**
     * Compiles into a new directory.
     *
     * @param aboveTicks what the build decides.
     * @param hashSeed   how the build hashes its state.
     */
    public static CompiledStrategy compile(final Path directory, final long aboveTicks, final long hashSeed)
    {
        return compile(directory, STRATEGY_SOURCE.formatted(aboveTicks, hashSeed));
    }

    /** Other code that decides as {@code compile(directory, 0)} does. */
    public static CompiledStrategy alike(final Path directory)
    {
        return compile(directory, STRATEGY_SOURCE.formatted(0, 0).replace("private long orders;",
            "private long orders; private static final String REMARK = \"decides alike\";"));
    }

    /** One that reads nothing of what the others save. */
    public static CompiledStrategy forgetful(final Path directory)
    {
        return compile(directory, STRATEGY_SOURCE.formatted(1, 0).replace("orders = state.nextLong();", ""));
    }

    private static CompiledStrategy compile(final Path directory, final String strategy)
    {
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null))
        {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(Files.createDirectories(directory)));
            final List<JavaFileObject> sources = List.of(source("TickFactory", FACTORY_SOURCE),
                source("Tick", strategy));
            if (!compiler.getTask(null, files, null, List.of("-proc:none"), null, sources).call())
            {
                throw new AssertionError("the strategy does not compile");
            }
            final Path service = directory.resolve(SERVICE);
            Files.createDirectories(service.getParent());
            Files.writeString(service, FACTORY);
            return new CompiledStrategy(directory);
        }
        catch (final IOException ex)
        {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private static JavaFileObject source(final String className, final String text)
    {
        return new SimpleJavaFileObject(URI.create("string:///com/example/tick/" + className + ".java"),
            JavaFileObject.Kind.SOURCE)
        {
            @Override
            public CharSequence getCharContent(final boolean ignoreEncodingErrors)
            {
                return text;
            }
        };
    }

    /**
     * A jar of the build.
     *
     * @param timeMs  of its entries.
     * @param isSorted in which order they stand.
     */
    public Path jar(final Path file, final long timeMs, final boolean isSorted) throws IOException
    {
        try (OutputStream out = Files.newOutputStream(file);
            ZipOutputStream zip = new ZipOutputStream(out);
            Stream<Path> walked = Files.walk(classes))
        {
            final java.util.Comparator<Path> order = java.util.Comparator.naturalOrder();
            for (final Path each : walked.filter(Files::isRegularFile).sorted(isSorted ? order : order.reversed())
                .toList())
            {
                final ZipEntry entry = new ZipEntry(classes.relativize(each).toString());
                entry.setTime(timeMs);
                zip.putNextEntry(entry);
                zip.write(Files.readAllBytes(each));
                zip.closeEntry();
            }
        }
        return file;
    }

    public Path classes()
    {
        return classes;
    }

    /** What loads the build, as a process of its own would. */
    public URLClassLoader loader()
    {
        return loader(classes);
    }

    /** What loads a jar or a directory of classes. */
    public static URLClassLoader loader(final Path code)
    {
        try
        {
            return new URLClassLoader(new URL[]{code.toUri().toURL()}, CompiledStrategy.class.getClassLoader());
        }
        catch (final IOException ex)
        {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    /** The factory's class, loaded anew. */
    public Class<?> factory()
    {
        return factory(classes);
    }

    /** The factory's class from a jar or a directory of classes, loaded anew. */
    public static Class<?> factory(final Path code)
    {
        try
        {
            return loader(code).loadClass(FACTORY);
        }
        catch (final ClassNotFoundException ex)
        {
            throw new AssertionError(ex);
        }
    }

    /** The factory, loaded anew. */
    public StrategyFactory newFactory()
    {
        try
        {
            return (StrategyFactory)factory().getConstructor().newInstance();
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new AssertionError(ex);
        }
    }
}
