package io.lockstep.perf;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds of the sources of all modules: one name means one class, each package says in two sentences at least what lives there and
 * what it may know, and values are compared with null in one way.
 */
class SourceRulesTest
{
    private static final Path ROOT = Path.of(System.getProperty("lockstep.root"));
    private static final Path MAIN = Path.of("src", "main", "java");
    private static final Pattern NULL_FIRST = Pattern.compile("\\bnull [!=]" + "= ");
    private static final Pattern SENTENCE_END = Pattern.compile("\\.(?=\\s|$)");

    /** Sources of the product, by the module's directory; the generated ones are no concern of these rules. */
    private static List<Path> sources()
    {
        return javaFiles().stream().filter((file) -> file.toString().contains(MAIN.toString())).toList();
    }

    private static List<Path> javaFiles()
    {
        try (Stream<Path> files = Files.walk(ROOT))
        {
            return files.filter((file) -> file.toString().endsWith(".java")).map(ROOT::relativize)
                .filter((file) -> !file.toString().contains("target")).sorted().toList();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static String text(final Path source)
    {
        try
        {
            return Files.readString(ROOT.resolve(source));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Names that more than one of the sources has. */
    private static Map<String, List<Path>> repeated(final List<Path> sources)
    {
        final Map<String, List<Path>> sourcesByName = new TreeMap<>();
        for (final Path source : sources)
        {
            final String name = source.getFileName().toString();
            if (!name.equals("package-info.java"))
            {
                sourcesByName.computeIfAbsent(name, (key) -> new ArrayList<>()).add(source);
            }
        }
        sourcesByName.values().removeIf((list) -> list.size() < 2);
        return sourcesByName;
    }

    private static Set<Path> packages(final List<Path> sources)
    {
        final Set<Path> packages = new TreeSet<>();
        sources.forEach((source) -> packages.add(source.getParent()));
        return packages;
    }

    /** Of the Javadoc before the package's declaration. */
    private static long sentences(final String packageInfo)
    {
        final String comment = packageInfo.replaceAll("(?s)\\*/.*", "").replaceAll("(?m)^ ?/?\\*+ ?", "")
            .replaceAll("\\{@\\w+ ([^}]*)\\}", "$1");
        return SENTENCE_END.matcher(comment.strip()).results().count();
    }

    @Test
    void shouldMeanOneClassByOneName()
    {
        final List<Path> sources = sources();
        assertThat(sources).hasSizeGreaterThan(300);
        assertThat(repeated(sources)).isEmpty();
    }

    @Test
    void shouldSayInEachPackageWhatLivesThereAndWhatItMayKnow()
    {
        final List<Path> poor = packages(sources()).stream()
            .filter((directory) -> !Files.exists(ROOT.resolve(directory).resolve("package-info.java")) ||
                sentences(text(directory.resolve("package-info.java"))) < 2)
            .toList();
        assertThat(poor).isEmpty();
    }

    /** One way to ask, everywhere: the value, then null. */
    @Test
    void shouldCompareAValueWithNullAndNotNullWithAValue()
    {
        final List<Path> sources = javaFiles();
        assertThat(sources).hasSizeGreaterThan(sources().size());
        assertThat(sources.stream().filter((source) -> NULL_FIRST.matcher(text(source)).find()).toList()).isEmpty();
    }

    /** That the rules can fail. */
    @Test
    void shouldSeeWhatTheyForbid()
    {
        assertThat(repeated(List.of(Path.of("a/X.java"), Path.of("b/X.java"), Path.of("b/Y.java"))))
            .containsOnlyKeys("X.java");
        assertThat(sentences("/**\n * One {@code x.y} sentence, and\n * no more.\n */\npackage a;\n")).isEqualTo(1);
        assertThat(NULL_FIRST.matcher("if (null !" + "= x)").find()).isTrue();
        assertThat(sentences("/**\n * One. Two of\n * v1.5 things.\n */\npackage a;\n")).isEqualTo(2);
    }
}
