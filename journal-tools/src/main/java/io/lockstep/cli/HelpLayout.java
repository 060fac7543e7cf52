package io.lockstep.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Help that fits a terminal of 80 columns. Descriptions are written in lines of the source's width: here those of a paragraph are
 * joined again, and the list of commands says the first sentence of each, whole. Examples stay on one line each.
 */
final class HelpLayout
{
    private static final int WIDTH = 80;
    private static final int TEXT_COLUMN = 16;

    private HelpLayout()
    {
    }

    /** For the launcher and every command that it has. */
    static void set(final CommandLine launcher, final CommandRegistry registry)
    {
        set(launcher);
        launcher.getHelpSectionMap().put(
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, (help) -> System.lineSeparator());
        launcher.getHelpSectionMap().put(
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST, (help) -> groups(help, registry));
    }

    /** For a command and all below it. */
    private static void set(final CommandLine commandLine)
    {
        final UsageMessageSpec usage = commandLine.getCommandSpec().usageMessage();
        usage.width(WIDTH);
        usage.description(paragraphs(usage.description()));
        commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpLayout::commands);
        commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, HelpLayout::footer);
        commandLine.getSubcommands().values().forEach(HelpLayout::set);
    }

    /** A line that is indented, or that the next one's indentation makes a heading, stays by itself. */
    private static String[] paragraphs(final String... lines)
    {
        final List<String> paragraphs = new ArrayList<>();
        boolean joins = false;
        for (final String line : lines)
        {
            final boolean isText = !line.isBlank() && !line.startsWith(" ");
            if (joins && isText)
            {
                paragraphs.add(paragraphs.remove(paragraphs.size() - 1) + " " + line);
            }
            else
            {
                paragraphs.add(line);
            }
            joins = isText;
        }
        return paragraphs.toArray(new String[0]);
    }

    private static String groups(final Help help, final CommandRegistry registry)
    {
        final Map<CommandGroup, Map<String, Help>> helpByGroup = new EnumMap<>(CommandGroup.class);
        help.subcommands().forEach((name, command) -> helpByGroup
            .computeIfAbsent(registry.group(name), (group) -> new LinkedHashMap<>()).put(name, command));
        final StringBuilder text = new StringBuilder();
        helpByGroup.forEach((group, commands) -> text.append(group.heading()).append(':')
            .append(System.lineSeparator()).append(commands(commands)));
        return text.toString();
    }

    private static String commands(final Help help)
    {
        return commands(help.subcommands());
    }

    private static String commands(final Map<String, Help> commands)
    {
        final StringBuilder text = new StringBuilder();
        commands.forEach((name, command) ->
        {
            final String[] description = command.commandSpec().usageMessage().description();
            addCommand(text, name, description.length == 0 ? "" : firstSentence(description[0]));
        });
        return text.toString();
    }

    /** The name, and the text in a column beside it, broken between words: picocli's own table breaks within them. */
    private static void addCommand(final StringBuilder text, final String name, final String description)
    {
        final StringBuilder line = new StringBuilder("  ").append(name);
        for (final String word : description.split(" "))
        {
            if (line.length() > TEXT_COLUMN && line.length() + 1 + word.length() > WIDTH)
            {
                text.append(line).append(System.lineSeparator());
                line.setLength(0);
            }
            line.append(" ".repeat(Math.max(1, TEXT_COLUMN - line.length()))).append(word);
        }
        text.append(line).append(System.lineSeparator());
    }

    private static String firstSentence(final String text)
    {
        final int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private static String footer(final Help help)
    {
        final StringBuilder text = new StringBuilder();
        for (final String line : help.commandSpec().usageMessage().footer())
        {
            text.append(line).append(System.lineSeparator());
        }
        return text.toString();
    }
}
