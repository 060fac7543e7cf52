package io.lockstep.cli;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import picocli.CommandLine.Command;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The library to read journals with knows no command, the launcher knows none either, and no packages form a circle.
 */
@AnalyzeClasses(packages = {"io.lockstep.cli",
    "io.lockstep.journal"}, importOptions = ImportOption.DoNotIncludeTests.class)
final class StructureTest
{
    @ArchTest
    static final ArchRule PACKAGES_OF_THE_LIBRARY_FORM_NO_CIRCLE = slices().matching("io.lockstep.journal.(*)..")
        .should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PACKAGES_OF_COMMANDS_FORM_NO_CIRCLE = slices().matching("io.lockstep.cli.(*)..").should()
        .beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_LIBRARY_KNOWS_NO_COMMAND = noClasses().that().resideInAPackage("io.lockstep.journal..")
        .should().dependOnClassesThat().resideInAnyPackage("io.lockstep.cli..", "picocli..", "io.lockstep.gateways..")
        .because("whoever reads a journal in a program has no command line");

    @ArchTest
    static final ArchRule THE_LAUNCHER_KNOWS_NO_COMMAND = noClasses().that().resideInAPackage("io.lockstep.cli")
        .should().dependOnClassesThat(com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
            "io.lockstep.cli.(*)..").and(
                com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates
                    .annotatedWith(Command.class)))
        .because("modules offer their commands as services");

    @ArchTest
    static final ArchRule WHAT_COMMANDS_SHARE_KNOWS_NONE = noClasses()
        .that().resideInAnyPackage("io.lockstep.cli.argument", "io.lockstep.cli.output", "io.lockstep.cli.host",
            "io.lockstep.cli.link")
        .should().dependOnClassesThat().resideInAnyPackage("io.lockstep.cli", "io.lockstep.cli.config",
            "io.lockstep.cli.demo", "io.lockstep.cli.gateway", "io.lockstep.cli.journal", "io.lockstep.cli.node",
            "io.lockstep.cli.operate", "io.lockstep.cli.status")
        .because("helpers are below the commands that use them");

    @ArchTest
    static final ArchRule A_COMMAND_IS_NAMED_SO = classes().that().areAnnotatedWith(Command.class)
        .should().haveSimpleNameEndingWith("Command");
}
