package io.lockstep.codecs;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a reader of the documents relies on: every link leads to a file and a heading that exist, a document begins with whom it is
 * for, a decision says all that a decision says, and the first page stays one that is read in ten minutes.
 */
class DocumentsTest
{
    private static final Path ROOT = Path.of(System.getProperty("lockstep.root"));
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Path DECISIONS = DOCS.resolve("decisions");
    private static final String INDEX = "README.md";
    private static final int ARCHITECTURE_WORDS_MAX = 1_200;
    private static final int OPENING_LENGTH = 1_200;
    private static final Pattern FOR_WHOM = Pattern.compile("(?i)\\bfor\\s+(who|those|people)");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]+\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");
    private static final Pattern COMMENT = Pattern.compile("(?s)^<!--.*?-->\\s*");

    @Test
    void everyLinkLeadsSomewhere() throws IOException
    {
        final List<String> broken = new ArrayList<>();
        for (final Path document : documents())
        {
            final Matcher link = LINK.matcher(CODE.matcher(Files.readString(document)).replaceAll("code"));
            while (link.find())
            {
                if (!link.group(1).contains(":") && !exists(document, link.group(1)))
                {
                    broken.add(ROOT.relativize(document) + ": " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean exists(final Path document, final String link) throws IOException
    {
        final int anchorAt = link.indexOf('#');
        final String file = anchorAt < 0 ? link : link.substring(0, anchorAt);
        final Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
        return Files.exists(target) && (anchorAt < 0 || anchors(target).contains(link.substring(anchorAt + 1)));
    }

    private static List<String> anchors(final Path document) throws IOException
    {
        return Files.readAllLines(document).stream().filter((line) -> line.startsWith("#"))
            .map((line) -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-'))
            .collect(Collectors.toList());
    }

    @Test
    void everyDocumentBeginsWithWhomItIsFor() throws IOException
    {
        final List<String> silent = new ArrayList<>();
        for (final Path document : documents())
        {
            final String text = COMMENT.matcher(Files.readString(document)).replaceFirst("");
            final String opening = text.substring(text.indexOf('\n'), Math.min(text.length(), OPENING_LENGTH));
            if (!FOR_WHOM.matcher(opening).find())
            {
                silent.add(ROOT.relativize(document).toString());
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void everyDecisionSaysWhatWhyWhatElseAndAtWhichCost() throws IOException
    {
        assertThat(decisions()).isNotEmpty().allSatisfy((decision) -> assertThat(Files.readAllLines(decision).stream()
            .filter((line) -> line.startsWith("## ")).toList())
            .containsExactly("## Decided", "## Why", "## What else was possible", "## What it costs"));
    }

    @Test
    void everyDecisionIsInTheIndex() throws IOException
    {
        final String index = Files.readString(DECISIONS.resolve(INDEX));

        assertThat(decisions()).allSatisfy((decision) -> assertThat(index)
            .contains("[" + Files.readAllLines(decision).get(0).substring(2) + "](" + decision.getFileName() + ")"));
    }

    @Test
    void theFirstPageIsReadInTenMinutes() throws IOException
    {
        assertThat(Files.readString(DOCS.resolve("ARCHITECTURE.md")).split("\\s+"))
            .hasSizeLessThan(ARCHITECTURE_WORDS_MAX);
    }

    private static List<Path> decisions() throws IOException
    {
        try (Stream<Path> files = Files.list(DECISIONS))
        {
            return files.filter((file) -> !file.endsWith(INDEX)).sorted().toList();
        }
    }

    private static List<Path> documents() throws IOException
    {
        try (Stream<Path> files = Files.walk(DOCS))
        {
            return Stream.concat(files.filter((file) -> file.toString().endsWith(".md")),
                Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md").map(ROOT::resolve)).sorted().toList();
        }
    }
}
