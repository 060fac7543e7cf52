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
        .should().dependOnClassesThat().resideInAPackage("io.lockstep.sequencer.loop..")
        .because("the loop calls the stages, never the other way round");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_NODE = noClasses()
        .that().resideOutsideOfPackage("io.lockstep.sequencer.node..")
        .should().dependOnClassesThat().resideInAPackage("io.lockstep.sequencer.node..")
        .because("the node puts the others together");

    @ArchTest
    static final ArchRule CHRONICLE_STAYS_AT_THE_ENDS = noClasses()
        .that().resideOutsideOfPackage("io.lockstep.sequencer.journal..")
        .should().dependOnClassesThat().resideInAnyPackage("net.openhft.chronicle..")
        .because("others see a journal; that it is a Chronicle Queue is known to the journal package alone");

    @ArchTest
    static final ArchRule AERON_STAYS_AT_THE_ENDS = noClasses()
        .that().resideInAnyPackage("..loop..", "..ingress..", "..egress..", "..journal..", "..replay..", "..recovery..",
            "..snapshot..", "..safety..")
        .should().dependOnClassesThat().resideInAnyPackage("io.aeron..", "io.lockstep.sequencer.aeron..")
        .because("what moves bytes between processes is behind the senders and receivers of io.lockstep.codecs");
}
