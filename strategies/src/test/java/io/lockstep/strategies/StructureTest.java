package io.lockstep.strategies;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

/**
 * The given strategies use what the core offers to every strategy, and nothing more.
 */
@AnalyzeClasses(packages = "io.lockstep.strategies", importOptions = ImportOption.DoNotIncludeTests.class)
final class StructureTest
{
    @ArchTest
    static final ArchRule ONLY_THE_PUBLIC_INTERFACE = classes().should().onlyDependOnClassesThat()
        .resideInAnyPackage("io.lockstep.strategies..", "io.lockstep.codecs..", "io.lockstep.sbe..",
            "io.lockstep.core.strategy..", "io.lockstep.core.market..", "io.lockstep.core.book..",
            "io.lockstep.core.order..", "io.lockstep.core.list..", "io.lockstep.core.position..",
            "io.lockstep.core.decision..", "java.lang..",
            "java.util..")
        .because("a strategy of somebody else's has no more than that");
}
