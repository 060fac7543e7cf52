package io.lockstep.cli.journal;

import picocli.CommandLine.Command;

/**
 * {@code lockstep journal}, whose commands each have a class.
 */
@Command(name = "journal", description = "Inspects a journal.", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", subcommands = {
    JournalInfoCommand.class, JournalPrintCommand.class, JournalStateCommand.class,
    JournalVerifyCommand.class, JournalCutCommand.class}, footer =
    {"", "Example: lockstep journal info /var/lib/lockstep/node-1"})
final class JournalCommand
{
    private JournalCommand()
    {
    }
}
