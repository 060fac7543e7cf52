package io.lockstep.perf;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.lockstep.codecs.text.NeutralLocale;
import org.junit.jupiter.api.Test;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import java.util.Set;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * No code of any module depends on the default locale: each call that would take it has a form that is given a locale.
 */
class LocaleRuleTest
{
    private static final Set<String> FORMATS = Set.of("format", "formatted", "printf");
    private static final Set<String> CASES = Set.of("toLowerCase", "toUpperCase");
    private static final List<String> PACKAGES = List.of("java.text.");
    private static final Set<String> TYPES = Set.of("java.util.Scanner", "java.util.Formatter");

    private static final ArchRule RULE = noClasses().that().resideInAPackage("io.lockstep..")
        .should().callCodeUnitWhere(new DescribedPredicate<JavaCall<?>>("the default locale decides about")
        {
            @Override
            public boolean test(final JavaCall<?> call)
            {
                return isByLocale(call);
            }
        }).because("digits, letters' case and separators must be the same everywhere: pass Locale.ROOT, or use " +
            "io.lockstep.codecs.text.Numbers");

    private static boolean isByLocale(final JavaCall<?> call)
    {
        final CodeUnitAccessTarget target = call.getTarget();
        final JavaClass owner = target.getOwner();
        final String name = target.getName();
        final boolean hasLocale = target.getRawParameterTypes().stream()
            .anyMatch((type) -> type.isEquivalentTo(Locale.class));
        if (hasLocale || !owner.getName().startsWith("java."))
        {
            return name.equals("setDefault") && owner.isEquivalentTo(Locale.class) &&
                !call.getOriginOwner().isEquivalentTo(NeutralLocale.class);
        }
        return PACKAGES.stream().anyMatch(owner.getName()::startsWith) ||
            TYPES.contains(owner.getName()) && name.equals("<init>") ||
            owner.isEquivalentTo(Locale.class) && name.equals("getDefault") ||
            CASES.contains(name) && owner.isEquivalentTo(String.class) ||
            FORMATS.contains(name) && isFormatter(owner) ||
            owner.getName().equals("java.time.format.DateTimeFormatter") && name.startsWith("of") ||
            name.equals("toFormatter");
    }

    private static boolean isFormatter(final JavaClass owner)
    {
        return owner.isEquivalentTo(String.class) || owner.isAssignableTo(PrintStream.class) ||
            owner.isAssignableTo(java.io.PrintWriter.class);
    }

    @Test
    void shouldNotDependOnTheLocale()
    {
        final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.lockstep");

        RULE.check(classes);
    }

    @Test
    void shouldSeeEachOffence()
    {
        final JavaClasses classes = new ClassFileImporter().importClasses(Offences.class);

        assertThat(RULE.evaluate(classes).getFailureReport().getDetails()).hasSize(6);
    }

    /** What the rule bans. */
    private static final class Offences
    {
        private final List<Object> results = List.of(
            String.format("%d", 1),
            "%d".formatted(1),
            "I".toLowerCase(),
            new java.text.DecimalFormat(),
            new Scanner("1"),
            new PrintStream(PrintStream.nullOutputStream()).printf("%d", 1));
    }
}
