package io.lockstep.sequencer.code;

import io.lockstep.core.instance.StrategyDefinition;
import io.lockstep.sequencer.TickStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static io.lockstep.sequencer.code.CompiledStrategy.factory;
import static org.assertj.core.api.Assertions.assertThat;

/** What a strategy's code is: its class files by name and bytes, wherever and whenever they were packed. */
class StrategyCodeTest
{
    private static final long EARLIER_MS = 1_600_000_000_000L;
    private static final long LATER_MS = 1_700_000_000_000L;

    @TempDir
    private Path path;
    private CompiledStrategy build;
    private long hash;

    @BeforeEach
    void compile()
    {
        build = CompiledStrategy.compile(path.resolve("build"), 0);
        hash = StrategyCode.hash(build.factory());
        assertThat(hash).isNotEqualTo(StrategyDefinition.UNKNOWN_CODE);
    }

    @Test
    void shouldBeTheSameOfTheSameSourceInAnyJar() throws IOException
    {
        assertThat(StrategyCode.hash(factory(build.jar(path.resolve("a.jar"), EARLIER_MS, true)))).isEqualTo(hash);

        final CompiledStrategy again = CompiledStrategy.compile(path.resolve("again"), 0);
        final Path later = again.jar(path.resolve("b.jar"), LATER_MS, false);
        assertThat(Files.readAllBytes(later)).isNotEqualTo(Files.readAllBytes(path.resolve("a.jar")));
        assertThat(StrategyCode.hash(factory(later))).isEqualTo(hash);
    }

    @Test
    void shouldBeAnotherOfOtherCodeUnderTheSameNames()
    {
        assertThat(StrategyCode.hash(CompiledStrategy.compile(path.resolve("other"), 1).factory()))
            .isNotEqualTo(hash).isNotEqualTo(StrategyDefinition.UNKNOWN_CODE);
    }

    @Test
    void shouldCoverThePackagesBelowAndNoOthers() throws IOException
    {
        final Path classFile = build.classes().resolve("com/example/tick/Tick.class");
        final Path elsewhere = build.classes().resolve("com/example/ticket/Tick.class");
        Files.createDirectories(elsewhere.getParent());
        Files.copy(classFile, elsewhere);
        Files.writeString(build.classes().resolve("com/example/tick/notes.txt"), "no code");
        assertThat(StrategyCode.hash(build.factory())).as("beside the package").isEqualTo(hash);
        assertThat(StrategyCode.hash(factory(build.jar(path.resolve("beside.jar"), LATER_MS, true)))).isEqualTo(hash);

        final Path below = build.classes().resolve("com/example/tick/model/Tick.class");
        Files.createDirectories(below.getParent());
        Files.copy(classFile, below);
        final long withBelow = StrategyCode.hash(build.factory());
        assertThat(withBelow).isNotEqualTo(hash);
        assertThat(StrategyCode.hash(factory(build.jar(path.resolve("below.jar"), LATER_MS, true))))
            .isEqualTo(withBelow);
        Files.move(below, below.resolveSibling("Tock.class"));
        assertThat(StrategyCode.hash(build.factory())).as("a name").isNotEqualTo(withBelow);
    }

    @Test
    void shouldBeUnknownWhereThereAreNoFiles()
    {
        assertThat(StrategyCode.hash(String.class)).isEqualTo(StrategyDefinition.UNKNOWN_CODE);
        assertThat(CodedFactory.codeHash(new TickStrategy.Factory())).isEqualTo(StrategyDefinition.UNKNOWN_CODE);
        assertThat(CodedFactory.codeHash(null)).isEqualTo(StrategyDefinition.UNKNOWN_CODE);
    }
}
