package io.lockstep.core;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.lockstep.core.book.OrderBook;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.execution.OrderDesk;
import io.lockstep.core.order.OrderStore;
import io.lockstep.core.position.ImpureMoney;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The core is a function of its inputs. Each rule bans something that would make it another, says what to use instead, and
 * is shown to report a class that breaks it.
 */
class PurityTest
{
    private static final String CORE = "io.lockstep.core..";
    private static final Set<String> ITERATIONS = Set.of("forEach", "forEachLong", "forEachInt", "longForEach",
        "intForEach", "values", "keySet", "entrySet", "iterator", "spliterator", "stream", "parallelStream", "toArray",
        "removeIf", "replaceAll", "replaceAllLong", "replaceAllInt", "hashCode", "toString");
    private static final JavaClasses CORE_CLASSES = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.lockstep.core");

    private static final ArchRule DEPENDENCIES = classes().that().resideInAPackage(CORE)
        .should().onlyDependOnClassesThat(
            resideInAnyPackage("java.lang", "java.util", "java.util.function", "java.util.stream", "org.agrona",
                "org.agrona.collections",
                "org.agrona.sbe", "io.lockstep.codecs", "io.lockstep.sbe", CORE)
                .or(type(UnsafeBuffer.class)).or(type(ByteOrder.class)).or(type(StandardCharsets.class)))
        .because(
            "the core knows its inputs and nothing else: what it needs of the world comes to it as a message, and " +
                "decimals are read and written by io.lockstep.codecs");

    private static final ArchRule CLOCKS = noneAccess(
        "a clock",
        memberOf(System.class, "nanoTime", "currentTimeMillis")
            .or(in("java.time..", "java.text..")).or(ofTypesNamed("java.util.Date", "java.util.Calendar"))
            .or(classesMatching("org\\.agrona\\.concurrent\\..*Clock.*")),
        "a replay must see the time the first run saw: use the sequencer's time that comes with each input, nowNs");

    private static final ArchRule ENVIRONMENT = noneAccess(
        "the environment",
        memberOf(System.class, "getenv", "getProperty", "getProperties", "setProperty", "lineSeparator", "load",
            "loadLibrary", "exit", "gc")
            .or(memberOf(Integer.class, "getInteger")).or(memberOf(Long.class, "getLong"))
            .or(memberOf(Boolean.class, "getBoolean"))
            .or(ofTypesNamed("java.lang.Runtime", "java.lang.Process", "java.lang.ProcessBuilder",
                "java.lang.ProcessHandle", "java.util.Locale", "java.util.TimeZone", "org.agrona.SystemUtil",
                "org.agrona.IoUtil", "org.agrona.PropertyAction")),
        "a replay runs on another machine: configuration comes as inputs (SetLimit, AssignStrategy, NodeStarted)");

    private static final ArchRule THREADS = noneAccess(
        "threads",
        in("java.util.concurrent..", "org.agrona.concurrent..").and(DescribedPredicate.not(ofTypesNamed(
            UnsafeBuffer.class.getName())))
            .or(ofTypesNamed("java.lang.Thread", "java.lang.ThreadLocal", "java.lang.ThreadGroup", "java.util.Timer"))
            .or(memberOf(Object.class, "wait", "notify", "notifyAll"))
            .or(named("parallel")).or(named("parallelStream")).or(named("parallelSort")),
        "the core belongs to the sequencer's one thread: to be called later, schedule a timer with a decision");

    private static final ArchRule RANDOMNESS = noneAccess(
        "randomness",
        memberOf(Math.class, "random").or(memberOf(StrictMath.class, "random"))
            .or(in("java.security..", "java.util.random.."))
            .or(ofTypesNamed("java.util.Random", "java.util.SplittableRandom", "java.util.UUID")),
        "a replay must draw the same: derive ids from sequence and ordinal (ClOrdIds), and numbers from a journaled seed "
            +
            "with Xxh64.chain");

    private static final ArchRule INPUT_OUTPUT = noneAccess(
        "files or sockets",
        in("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..", "javax.net.."),
        "the journal is the only way in and out: read what an input carries, write a decision");

    private static final ArchRule LOGGING = noneAccess(
        "a log",
        in("org.slf4j..", "java.util.logging..", "org.apache.logging..")
            .or(ofTypesNamed("java.lang.System$Logger"))
            .or(memberOf(System.class, "out", "err", "in", "getLogger")).or(named("printStackTrace")),
        "what the core has to say is a decision in the journal: write a StateTransition, an OrderRefused or a " +
            "MarketCondition");

    private static final ArchRule HASH_MAPS = noneAccess(
        "maps or sets without an order of their own",
        ofTypesNamed("java.util.HashMap", "java.util.HashSet", "java.util.IdentityHashMap", "java.util.WeakHashMap",
            "java.util.Hashtable", "java.util.Properties")
            .or(memberOf(Map.class, "of", "ofEntries", "copyOf")).or(memberOf(Set.class, "of", "copyOf")),
        "their order depends on identity hashes, on how they grew or, for Map.of and Set.of, on the run: use an array by "
            +
            "dense id, an Agrona map that is looked up and never iterated, or TreeMap");

    private static final ArchRule MAP_ITERATION = noneAccess(
        "the order of an Agrona map or set",
        classesMatching("org\\.agrona\\.collections\\..*(Map|Set|Cache)(\\$.*)?").and(
            access("iteration", (target) -> ITERATIONS.contains(target.getTarget().getName()))),
        "it depends on how the map grew: keep what is iterated in an array by dense id, in a list such as OpenOrders " +
            "or in a TreeMap");

    private static final ArchRule IDENTITY_HASHES = noneAccess(
        "identity hashes",
        memberOf(System.class, "identityHashCode").or(identityHashCode()),
        "they differ from run to run: hash the content with Xxh64.chain, an enum by its code or ordinal");

    private static final ArchRule TRANSCENDENTALS = noneAccess(
        "Math's transcendental functions",
        memberOf(Math.class, "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp",
            "expm1",
            "log", "log10", "log1p", "pow", "cbrt", "hypot"),
        "Math's may differ by CPU and compiler in the last bit: use StrictMath's of the same name");

    private static final ArchRule MONEY = classes()
        .that()
        .resideInAnyPackage("io.lockstep.core.position..", "io.lockstep.core.account..", "io.lockstep.core.risk..",
            "io.lockstep.core.order..")
        .should(new NoFloatingPoint())
        .because("binary floating point loses cash: use long ticks, lots and cash units with ExactMath and CashRule");

    private static final ArchRule ONE_WAY_OUT = noClasses().that().resideInAPackage(CORE).and()
        .doNotHaveFullyQualifiedName(OrderDesk.class.getName()).should()
        .accessTargetWhere(memberOf(OrderStore.class, "open").or(memberOf(DecisionWriter.class, "newOrder", "replace"))
            .and(access("call", (access) -> access.getTarget() instanceof CodeUnitAccessTarget))
            .as("an order on its way out"))
        .because("OrderDesk is the one way out: what asks for an order passes it, and the checks before it");

    static Stream<Arguments> rules()
    {
        return Stream.of(
            rule("dependencies", DEPENDENCIES, Impurities.Dependency.class, Impurities.LibraryClock.class,
                Impurities.Concurrency.class, Impurities.Files.class),
            rule("clocks", CLOCKS, Impurities.NanoTime.class, Impurities.NanoTimeByReference.class,
                Impurities.CurrentTime.class, Impurities.TimeOfDay.class, Impurities.LibraryClock.class),
            rule("environment", ENVIRONMENT, Impurities.Environment.class, Impurities.SystemProperty.class,
                Impurities.SystemPropertyAsNumber.class, Impurities.Processors.class),
            rule("threads", THREADS, Impurities.Threads.class, Impurities.Concurrency.class, Impurities.Waiting.class,
                Impurities.Parallel.class),
            rule("randomness", RANDOMNESS, Impurities.MathRandom.class, Impurities.UtilRandom.class,
                Impurities.Splittable.class, Impurities.Uuid.class),
            rule("input and output", INPUT_OUTPUT, Impurities.Files.class, Impurities.NioFiles.class,
                Impurities.Network.class),
            rule("logging", LOGGING, Impurities.Logging.class, Impurities.Printing.class, Impurities.StackTrace.class),
            rule("hash maps", HASH_MAPS, Impurities.Maps.class, Impurities.Sets.class, Impurities.IdentityMaps.class,
                Impurities.ImmutableMaps.class, Impurities.ImmutableSets.class),
            rule("iteration of Agrona maps", MAP_ITERATION, Impurities.MapForEach.class, Impurities.MapValues.class,
                Impurities.MapKeys.class, Impurities.MapByReference.class, Impurities.SetIterator.class,
                Impurities.PrimitiveMap.class),
            rule("identity hashes", IDENTITY_HASHES, Impurities.IdentityHash.class, Impurities.ObjectHash.class,
                Impurities.OwnObjectHash.class, Impurities.EnumHash.class),
            rule("transcendental functions", TRANSCENDENTALS, Impurities.Sine.class, Impurities.Power.class,
                Impurities.LogarithmByReference.class),
            rule("one way out", ONE_WAY_OUT, Impurities.OpensAnOrder.class, Impurities.SendsAnOrder.class,
                Impurities.SendsAReplace.class),
            rule("money", MONEY, ImpureMoney.DoubleField.class, ImpureMoney.FloatArray.class,
                ImpureMoney.DoubleParameter.class, ImpureMoney.FloatResult.class, ImpureMoney.HiddenInTheMiddle.class,
                ImpureMoney.HiddenConstant.class, ImpureMoney.Rounded.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void shouldHoldInTheCore(final String name, final ArchRule rule, final List<Class<?>> violators)
    {
        rule.check(CORE_CLASSES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void shouldReportAClassThatBreaksTheRule(final String name, final ArchRule rule, final List<Class<?>> violators)
    {
        for (final Class<?> violator : violators)
        {
            final JavaClasses imported = new ClassFileImporter().importClasses(violator);

            assertThat(rule.evaluate(imported).hasViolation()).as("%s breaks %s", violator.getSimpleName(), name)
                .isTrue();
            assertThat(rule.evaluate(imported).getFailureReport().toString()).contains(violator.getName());
        }
    }

    @Test
    void shouldLookAtAllOfTheCore()
    {
        assertThat(CORE_CLASSES.contain(OrderBook.class)).isTrue();
        assertThat(CORE_CLASSES.contain("io.lockstep.core.position.CashRule")).isTrue();
        assertThat(CORE_CLASSES.contain(Impurities.class)).isFalse();
    }

    @Test
    void shouldLeaveTheLookUpInAMapAlone()
    {
        final JavaClasses imported = new ClassFileImporter().importClasses(Impurities.MapLookUp.class);

        assertThat(MAP_ITERATION.evaluate(imported).hasViolation()).isFalse();
    }

    @Test
    void shouldLeaveTheLoadFactorOfAMapAlone()
    {
        final JavaClasses imported = new ClassFileImporter().importClasses(ImpureMoney.LoadFactor.class);

        assertThat(MONEY.evaluate(imported).hasViolation()).isFalse();
    }

    private static Arguments rule(final String name, final ArchRule rule, final Class<?>... violators)
    {
        return Arguments.of(name, rule, List.of(violators));
    }

    private static ArchRule noneAccess(
        final String what, final DescribedPredicate<JavaAccess<?>> banned, final String because)
    {
        return noClasses().that().resideInAPackage(CORE).should().accessTargetWhere(banned.as(what)).because(because);
    }

    private static DescribedPredicate<JavaAccess<?>> memberOf(final Class<?> owner, final String... names)
    {
        final Set<String> nameSet = Set.of(names);
        return access("member of " + owner.getSimpleName(),
            (target) -> nameSet.contains(target.getTarget().getName()) && isDeclaredBy(owner, target));
    }

    /** Also when it is called on a type that only inherits it. */
    private static boolean isDeclaredBy(final Class<?> owner, final JavaAccess<?> access)
    {
        return access.getTargetOwner().isEquivalentTo(owner) ||
            access.getTarget().resolveMember().map((member) -> member.getOwner().isEquivalentTo(owner)).orElse(false);
    }

    private static DescribedPredicate<JavaAccess<?>> named(final String name)
    {
        return access(name, (target) -> name.equals(target.getTarget().getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> in(final String... packages)
    {
        final DescribedPredicate<JavaClass> predicate = resideInAnyPackage(packages);
        return access("in packages", (target) -> predicate.test(target.getTargetOwner()));
    }

    private static DescribedPredicate<JavaAccess<?>> ofTypesNamed(final String... names)
    {
        final Set<String> nameSet = Set.of(names);
        return access("of types", (target) -> nameSet.contains(target.getTargetOwner().getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> classesMatching(final String regex)
    {
        return access(regex, (target) -> target.getTargetOwner().getName().matches(regex));
    }

    private static DescribedPredicate<JavaAccess<?>> identityHashCode()
    {
        return access("Object's or Enum's hashCode", (access) -> "hashCode".equals(access.getTarget().getName()) &&
            access.getTarget() instanceof CodeUnitAccessTarget target &&
            target.getRawParameterTypes().isEmpty() &&
            (access.getTargetOwner().isArray() || isDeclaredBy(Object.class, access) ||
                isDeclaredBy(Enum.class, access)));
    }

    private static DescribedPredicate<JavaAccess<?>> access(
        final String description, final java.util.function.Predicate<JavaAccess<?>> predicate)
    {
        return DescribedPredicate.describe(description, predicate);
    }
}
