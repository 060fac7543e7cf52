package io.lockstep.gateways;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The module's packages form no circle; each knows the world, the link, or a market, and a node by its messages alone.
 */
@AnalyzeClasses(packages = "io.lockstep.gateways", importOptions = ImportOption.DoNotIncludeTests.class)
final class StructureTest
{
    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE = slices().matching("io.lockstep.gateways.(*)..").should()
        .beFreeOfCycles();

    @ArchTest
    static final ArchRule OF_THE_CORE_ONLY_BOOK_AND_MONEY = noClasses()
        .should().dependOnClassesThat().resideInAnyPackage("io.lockstep.core", "io.lockstep.core.host..",
            "io.lockstep.core.market..", "io.lockstep.core.order..", "io.lockstep.core.risk..",
            "io.lockstep.core.snapshot..", "io.lockstep.core.strategy..", "io.lockstep.core.account..")
        .because(
            "a simulated venue needs a book and exact money; what else the core does is none of a gateway's business");

    @ArchTest
    static final ArchRule AERON_STAYS_AT_THE_LINK = noClasses().that().resideOutsideOfPackages("..gateways.link..")
        .should().dependOnClassesThat().resideInAPackage("io.aeron..")
        .because("a gateway says messages; that they go over Aeron is known to the link alone");

    @ArchTest
    static final ArchRule JSON_STAYS_IN_RECORDINGS = noClasses()
        .that().resideOutsideOfPackages("..gateways.recording..")
        .should().dependOnClassesThat().resideInAPackage("com.fasterxml..")
        .because("a venue's text ends where it is read");

    @ArchTest
    static final ArchRule ROOMS_OF_RECORDINGS_FORM_NO_CIRCLE = slices()
        .matching("io.lockstep.gateways.recording.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule BARS_DO_NOT_KNOW_BINANCE = noClasses().that().resideInAPackage("..recording.bars..")
        .should().dependOnClassesThat().resideInAPackage("..recording.binance..")
        .because("a format is a room of its own");

    @ArchTest
    static final ArchRule BINANCE_DOES_NOT_KNOW_BARS = noClasses().that().resideInAPackage("..recording.binance..")
        .should().dependOnClassesThat().resideInAPackage("..recording.bars..")
        .because("a format is a room of its own");

    @ArchTest
    static final ArchRule WHAT_FORMATS_SHARE_KNOWS_NONE = noClasses()
        .that().resideInAnyPackage("..recording.finding..", "..recording.text..", "..recording.scan..",
            "..recording.message..")
        .should().dependOnClassesThat().resideInAnyPackage("..recording.bars..", "..recording.binance..")
        .because("what is true of every recording is not one format's");

    @ArchTest
    static final ArchRule THE_RECORDING_IS_KNOWN_TO_NONE_OF_ITS_ROOMS = noClasses()
        .that().resideInAPackage("io.lockstep.gateways.recording.(*)..")
        .should().dependOnClassesThat().resideInAPackage("io.lockstep.gateways.recording")
        .because("the recording puts the others together");

    @ArchTest
    static final ArchRule SOURCES_DO_NOT_KNOW_THE_LINK = noClasses()
        .that().resideInAnyPackage("..gateways.recording..", "..gateways.generator..")
        .should().dependOnClassesThat().resideInAnyPackage("..gateways.link..", "..gateways.simulated..")
        .because("a market is the same whoever plays it");
}
