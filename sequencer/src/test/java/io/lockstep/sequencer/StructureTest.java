package io.lockstep.sequencer;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The module's packages form no circle, and neither the core nor the loop knows who hosts it.
 */
@AnalyzeClasses(packages = "io.lockstep.sequencer", importOptions = ImportOption.DoNotIncludeTests.class)
final class StructureTest
{
    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE = slices().matching("io.lockstep.sequencer.(*)..").should()
        .beFreeOfCycles();

    @ArchTest
    static final ArchRule STAGES_DO_NOT_KNOW_THE_LOOP = noClasses()
        .that().resideInAnyPackage("..journal..", "..ingress..", "..egress..", "..config..")
        .should().dependOnClassesThat().resideInAPackage("io.lockstep.sequencer")
        .because("the loop calls the stages, never the other way round");

    @ArchTest
    static final ArchRule CHRONICLE_STAYS_AT_THE_ENDS = noClasses()
        .that().resideInAnyPackage("io.lockstep.sequencer", "..ingress..", "..egress..", "..replay..")
        .should().dependOnClassesThat().resideInAPackage("net.openhft..")
        .because("the loop sees a journal; that it is a Chronicle Queue is known to the journal package alone");
}
