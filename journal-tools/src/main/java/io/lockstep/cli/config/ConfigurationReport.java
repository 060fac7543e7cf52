package io.lockstep.cli.config;

import io.lockstep.cli.argument.Directories;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.ConfigurationProblem;
import io.lockstep.sequencer.config.Problems;
import io.lockstep.sequencer.config.Setting;
import io.lockstep.sequencer.config.YamlSection;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What is to be said of a configuration without starting anything.
 *
 * @param kind     what the file configures; null when it could not be read at all.
 * @param problems in the order of their places; empty when it can be used.
 * @param settings what each key comes to.
 */
record ConfigurationReport(ConfigurationFile.Kind kind, List<ConfigurationProblem> problems, List<Setting> settings)
{
    /**
     * @param kind   null to recognise it.
     * @param isHere whether what only this host can tell belongs to it.
     */
    static ConfigurationReport of(final Path config, final ConfigurationFile.Kind kind, final boolean isHere)
    {
        return of(config, Directories.read(config), kind, isHere);
    }

    static ConfigurationReport of(
        final Path config, final String text, final ConfigurationFile.Kind kind, final boolean isHere)
    {
        final Problems problems = Problems.collected();
        final YamlSection root;
        try
        {
            root = YamlSection.parse(config, text, problems);
        }
        catch (final ConfigurationException ex)
        {
            return new ConfigurationReport(kind, ex.problems(), List.of());
        }
        final ConfigurationFile.Kind found = kind != null ? kind : ConfigurationFile.Kind.of(root);
        switch (found)
        {
            case NODE, BACKTEST -> node(root, text, found, isHere);
            case DRIVER -> ConfigurationFile.driver(root, isHere);
            case GATEWAY -> ConfigurationFile.gateway(root, isHere);
        }
        return new ConfigurationReport(found, problems.list(), root.settings());
    }

    private static void node(
        final YamlSection root, final String text, final ConfigurationFile.Kind kind, final boolean isHere)
    {
        final ConfigurationFile.NodeFile file = ConfigurationFile.node(
            root, text, kind, isHere && kind == ConfigurationFile.Kind.NODE);
        if (root.problems().count() == 0)
        {
            ConfigurationCheck.runAhead(root, file.context());
        }
    }

    String kindName()
    {
        return kind == null ? null : kind.name().toLowerCase(Locale.ROOT);
    }
}
