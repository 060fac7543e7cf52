package io.lockstep.research;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The module's packages form no circle, and its runs know neither network nor clock.
 */
@AnalyzeClasses(packages = "io.lockstep.research", importOptions = ImportOption.DoNotIncludeTests.class)
final class StructureTest
{
    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE = slices().matching("io.lockstep.research.(*)..").should()
        .beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_NETWORK = noClasses()
        .should().dependOnClassesThat().resideInAnyPackage("io.aeron..", "..gateways.link..", "..sequencer.aeron..")
        .because("a run over recorded data is one thread and the same every time");

    @ArchTest
    static final ArchRule ANALYTICS_KNOW_NO_RUN = noClasses().that().resideInAPackage("..research.analytics..")
        .should().dependOnClassesThat().resideInAnyPackage("..research.backtest..", "..gateways..", "picocli..")
        .because("a figure is the same whatever its amounts come from");
}
