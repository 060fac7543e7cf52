package io.lockstep.perf;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The module's packages form no circle, and what is measured knows neither its figures nor who reads them.
 */
@AnalyzeClasses(packages = "io.lockstep.perf", importOptions = ImportOption.DoNotIncludeTests.class)
final class StructureTest
{
    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE = slices().matching("io.lockstep.perf.(*)..").should()
        .beFreeOfCycles();

    @ArchTest
    static final ArchRule ROOMS_OF_LATENCY_FORM_NO_CIRCLE = slices().matching("io.lockstep.perf.latency.(*)..")
        .should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_COMMAND_IS_KNOWN_TO_NO_ROOM = noClasses()
        .that().resideInAPackage("io.lockstep.perf.latency.(*)..")
        .should().dependOnClassesThat().resideInAPackage("io.lockstep.perf.latency")
        .because("the command puts the others together");

    @ArchTest
    static final ArchRule WHAT_IS_MEASURED_KNOWS_NO_FIGURE = noClasses()
        .that().resideInAnyPackage("..latency.load..", "..latency.path..")
        .should().dependOnClassesThat().resideInAnyPackage("..latency.fork..", "..latency.peer..",
            "..latency.report..")
        .because("a path does the same whoever looks");

    @ArchTest
    static final ArchRule A_REPORT_STARTS_NOTHING = noClasses().that().resideInAPackage("..latency.report..")
        .should().dependOnClassesThat().resideInAnyPackage("io.aeron..", "io.lockstep.sequencer.node..",
            "io.lockstep.core..", "..latency.load..")
        .because("what is said of forks is said of what they have left behind");

    @ArchTest
    static final ArchRule BENCHMARKS_ARE_KNOWN_BY_NAME = noClasses()
        .that().resideOutsideOfPackage("io.lockstep.perf.jmh..")
        .should().dependOnClassesThat().resideInAPackage("io.lockstep.perf.jmh..")
        .because("JMH makes them from its own list");
}
