package io.lockstep.cli;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Commands as modules offer them, in whatever order the class path has the modules. */
class CommandRegistryTest
{
    @Command(name = "ask-a", description = "Asks.")
    static final class AskA
    {
    }

    @Command(name = "ask-b", description = "Asks.")
    static final class AskB
    {
    }

    @Command(name = "run-a", description = "Runs.")
    static final class RunA
    {
    }

    @Command(name = "run-a", description = "Runs otherwise.")
    static final class AnotherRunA
    {
    }

    private static final CommandSet RUN = new CommandSet()
    {
        @Override
        public CommandGroup group()
        {
            return CommandGroup.RUN;
        }

        @Override
        public List<Class<?>> commands()
        {
            return List.of(RunA.class);
        }
    };

    private static final CommandSet ASK = new CommandSet()
    {
        @Override
        public CommandGroup group()
        {
            return CommandGroup.ASK;
        }

        @Override
        public List<Class<?>> commands()
        {
            return List.of(AskB.class, AskA.class);
        }
    };

    private static final CommandSet OTHER = new CommandSet()
    {
        @Override
        public CommandGroup group()
        {
            return CommandGroup.PROVE;
        }

        @Override
        public List<Class<?>> commands()
        {
            return List.of(AnotherRunA.class);
        }
    };

    private static CommandLine launcher(final List<CommandSet> sets, final String... args)
    {
        final CommandLine launcher = new CommandLine(CommandLine.Model.CommandSpec.create().name("lockstep"));
        new CommandRegistry(sets).addTo(launcher, args);
        return launcher;
    }

    @Test
    void shouldListGroupsInTheirOrderWhateverOrderTheModulesHave()
    {
        for (final List<CommandSet> sets : List.of(List.of(RUN, ASK), List.of(ASK, RUN)))
        {
            assertThat(launcher(sets).getSubcommands().keySet()).containsExactly("run-a", "ask-b", "ask-a");
        }
    }

    @Test
    void shouldLookAtNothingButTheCommandThatIsNamed()
    {
        assertThat(launcher(List.of(RUN, ASK), "ask-a", "run-a").getSubcommands()).containsOnlyKeys("ask-a");
        assertThat(launcher(List.of(RUN, ASK), "--help").getSubcommands()).hasSize(3);
        assertThat(launcher(List.of(RUN, ASK), "dance").getSubcommands()).hasSize(3);
    }

    @Test
    void shouldRefuseTwoCommandsOfOneName()
    {
        assertThatThrownBy(() -> new CommandRegistry(List.of(RUN, OTHER))).isInstanceOf(IllegalStateException.class)
            .hasMessageContainingAll("name=run-a", RunA.class.getName(), AnotherRunA.class.getName());
    }
}
