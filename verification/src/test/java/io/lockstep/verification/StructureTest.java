package io.lockstep.verification;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The two proofs do not know each other, and what judges a crash test or a simulation does not know who ran it.
 */
@AnalyzeClasses(packages = "io.lockstep.verification", importOptions = ImportOption.DoNotIncludeTests.class)
final class StructureTest
{
    @ArchTest
    static final ArchRule PROOFS_DO_NOT_KNOW_EACH_OTHER = slices().matching("io.lockstep.verification.(*)..").should()
        .notDependOnEachOther();

    @ArchTest
    static final ArchRule THE_AUDIT_DOES_NOT_KNOW_THE_RUN = noClasses()
        .that().resideInAPackage("..verification.crash.audit..")
        .should().dependOnClassesThat().resideInAnyPackage("io.lockstep.verification.crash", "io.lockstep.cli..",
            "..sequencer.node..")
        .because("who compares trusts nothing that the run says of itself");

    @ArchTest
    static final ArchRule A_SIMULATION_HAS_NO_NETWORK = noClasses()
        .that().resideInAPackage("..verification.simulation..")
        .should().dependOnClassesThat().resideInAPackage("io.aeron..")
        .because("its network is part of the seed");

    @ArchTest
    static final ArchRule ROOMS_OF_THE_SIMULATION_FORM_NO_CIRCLE = slices()
        .matching("io.lockstep.verification.simulation.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_RUN_IS_KNOWN_TO_NONE_OF_ITS_PARTS = noClasses()
        .that().resideInAPackage("io.lockstep.verification.simulation.(*)..")
        .should().dependOnClassesThat().resideInAPackage("io.lockstep.verification.simulation")
        .because("the run puts the others together");

    @ArchTest
    static final ArchRule THE_AUDITS_DO_NOT_KNOW_WHAT_THEY_JUDGE = noClasses()
        .that().resideInAnyPackage("..simulation.seed..", "..simulation.market..", "..simulation.audit..")
        .should().dependOnClassesThat().resideInAnyPackage("..simulation.plant..", "..simulation.gateway..",
            "..simulation.node..")
        .because("an audit that knew of a planted bug could find it without looking");

    @ArchTest
    static final ArchRule SIMULATED_GATEWAYS_DO_NOT_KNOW_THE_NODE = noClasses()
        .that().resideInAnyPackage("..simulation.gateway..", "..simulation.plant..")
        .should().dependOnClassesThat().resideInAPackage("..simulation.node..")
        .because("they meet over the simulated network alone");
}
