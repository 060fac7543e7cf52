package io.lockstep.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Every command that a module on the class path offers, by the group and the order that the help has. The order does not depend on
 * that of the class path.
 */
final class CommandRegistry
{
    private final Map<String, CommandGroup> groupByName = new LinkedHashMap<>();
    private final Map<String, Class<?>> commandByName = new LinkedHashMap<>();

    /**
     * @throws IllegalStateException when two commands have one name.
     */
    CommandRegistry(final Iterable<CommandSet> sets)
    {
        final List<CommandSet> sorted = new ArrayList<>();
        sets.forEach(sorted::add);
        sorted.sort(Comparator.comparing(CommandSet::group).thenComparing((set) -> set.getClass().getName()));
        sorted.forEach((set) -> set.commands().forEach((command) -> add(set.group(), command)));
    }

    static CommandRegistry ofClassPath()
    {
        return new CommandRegistry(ServiceLoader.load(CommandSet.class, CommandSet.class.getClassLoader()));
    }

    private void add(final CommandGroup group, final Class<?> command)
    {
        final String name = command.getAnnotation(Command.class).name();
        final Class<?> other = commandByName.putIfAbsent(name, command);
        if (other != null)
        {
            throw new IllegalStateException("two commands of one name: name=" + name + " first=" + other.getName() +
                " second=" + command.getName());
        }
        groupByName.put(name, group);
    }

    /**
     * Gives the commands to the launcher's own. Where the arguments name one, it alone: picocli inspects each command that it is
     * given, which a node's start need not wait for.
     */
    void addTo(final CommandLine launcher, final String... args)
    {
        final Class<?> named = args.length == 0 ? null : commandByName.get(args[0]);
        if (named == null)
        {
            commandByName.values().forEach(launcher::addSubcommand);
        }
        else
        {
            launcher.addSubcommand(named);
        }
    }

    /** Of a command that has been added. */
    CommandGroup group(final String name)
    {
        return groupByName.get(name);
    }
}
