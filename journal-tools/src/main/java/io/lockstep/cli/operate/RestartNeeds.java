package io.lockstep.cli.operate;

import io.lockstep.cli.config.ConfigurationFile;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.ConfiguredStrategy;
import io.lockstep.sequencer.config.Problems;
import io.lockstep.sequencer.config.Setting;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.node.Strategies;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of a configuration a running node cannot take up, for it is read at a start alone: other settings of the process, and code that
 * is not loaded.
 */
final class RestartNeeds
{
    /** What inputs say while the node runs, or what is held against the core's own state. */
    private static final Pattern APPLIED = Pattern.compile(
        "(?:instruments|limits|strategies|venues|sources|rates)(?:[.\\[].*)?|shards\\[\\d+]\\.limits\\..*");

    private RestartNeeds()
    {
    }

    /**
     * One setting.
     *
     * @param running    with which the node was started; null for none.
     * @param configured null for none.
     */
    record Need(String key, String running, String configured)
    {
        @Override
        public String toString()
        {
            return key + ": " + (running == null ? "none" : running) + " -> " +
                (configured == null ? "none" : configured);
        }
    }

    /**
     * @param node       that runs.
     * @param text       of the configuration that it was started with.
     * @param configured that is to be applied.
     */
    static List<Need> of(final NodeDirectory node, final String text, final ConfigurationFile.NodeFile configured)
    {
        final List<Need> needs = new ArrayList<>(settings(node, text, configured));
        needs.addAll(code(ConfiguredStrategy.recorded(node.configuration(), text), configured.context().strategies()));
        return needs;
    }

    private static List<Need> settings(
        final NodeDirectory node, final String text, final ConfigurationFile.NodeFile configured)
    {
        final Path path = node.configuration();
        final YamlSection root = YamlSection.parse(path, text, Problems.collected());
        ConfigurationFile.node(root, text, ConfigurationFile.Kind.NODE, false);
        final Map<String, String> running = values(root.settings());
        final Map<String, String> wanted = values(configured.root().settings());
        final Set<String> keys = new TreeSet<>(running.keySet());
        keys.addAll(wanted.keySet());
        return keys.stream().filter((key) -> !Objects.equals(running.get(key), wanted.get(key)))
            .map((key) -> new Need(key, running.get(key), wanted.get(key))).toList();
    }

    private static Map<String, String> values(final List<Setting> settings)
    {
        final Map<String, String> values = new LinkedHashMap<>();
        settings.stream().filter((setting) -> !APPLIED.matcher(setting.key()).matches())
            .forEach((setting) -> values.put(setting.key(), setting.value()));
        return values;
    }

    private static List<Need> code(final List<ConfiguredStrategy> running, final List<ConfiguredStrategy> wanted)
    {
        final Set<String> classes = running.stream().map(ConfiguredStrategy::className).filter(Objects::nonNull)
            .collect(Collectors.toSet());
        final Set<String> loaded = loaded(running);
        final List<Need> needs = new ArrayList<>();
        for (final ConfiguredStrategy strategy : wanted)
        {
            if (strategy.className() != null && !classes.contains(strategy.className()))
            {
                needs.add(new Need("code of strategy " + strategy.strategy(), null, strategy.className()));
            }
            else if (!loaded.contains(strategy.strategy()))
            {
                needs.add(new Need("code of strategy " + strategy.strategy(), null, strategy.strategy()));
            }
        }
        return needs;
    }

    private static Set<String> loaded(final List<ConfiguredStrategy> running)
    {
        try
        {
            return Strategies.load(running).stream().map(StrategyFactory::name).collect(Collectors.toSet());
        }
        catch (final ConfigurationException ex)
        {
            // The node's class path is another than this command's: what it was started with is loaded there.
            return running.stream().map(ConfiguredStrategy::strategy).collect(Collectors.toSet());
        }
    }
}
