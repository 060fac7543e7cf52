package io.lockstep.cli.operate;

import io.lockstep.cli.argument.Directories;
import io.lockstep.cli.config.ConfigurationFile;
import io.lockstep.gateways.control.ControlClient;
import io.lockstep.gateways.link.LinkProcess;
import io.lockstep.journal.replay.ReplayRun;
import io.lockstep.sequencer.apply.ConfigurationChange;
import io.lockstep.sequencer.apply.ConfigurationPlan;
import io.lockstep.sequencer.apply.CoreConfiguration;
import io.lockstep.sequencer.apply.RunningConfiguration;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.NodeException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A configuration held against one running node, or one shard, and applied to it. What the node has is read from its journal, by
 * replaying it behind the newest snapshot: exactly what it has, whoever has said it.
 */
final class ConfigurationApplication
{
    private final Path node;
    private final List<RestartNeeds.Need> needs;
    private final List<ConfigurationChange> changes;
    private final List<AppliedChange> applied = new ArrayList<>();

    /**
     * @param file    that is to be applied.
     * @param context of it, the shard's own where it is one.
     */
    ConfigurationApplication(final Path node, final ConfigurationFile.NodeFile file, final NodeContext context)
    {
        this.node = node;
        final NodeDirectory directory = new NodeDirectory(node);
        needs = RestartNeeds.of(directory, Directories.read(directory.configuration()), file);
        final RunningConfiguration running = new CoreConfiguration(ReplayRun.fromSnapshot(directory).core());
        // Other code than the node has loaded can be here: what runs there stays.
        changes = ConfigurationPlan.changes(context, running, running::codeHash, LinkProcess.user()).stream()
            .filter(ConfigurationChange::isDifference).toList();
        changes.forEach((change) -> applied.add(new AppliedChange(change, null)));
    }

    /** What only a start takes up; nothing is applied while there is any. */
    List<RestartNeeds.Need> needs()
    {
        return needs;
    }

    boolean canBeApplied()
    {
        return needs.isEmpty() && changes.stream().noneMatch(ConfigurationChange::needsStart);
    }

    boolean isDifferent()
    {
        return !needs.isEmpty() || !changes.isEmpty();
    }

    /** Each difference with what has become of it. */
    List<AppliedChange> changes()
    {
        return List.copyOf(applied);
    }

    boolean isApplied()
    {
        return applied.stream().allMatch(AppliedChange::isApplied);
    }

    /**
     * Sends the inputs in their order, up to the first that the node refuses.
     *
     * @throws NodeException when the node does not answer.
     */
    void apply()
    {
        if (!changes.isEmpty())
        {
            ControlLink.with(node, false, this::send);
        }
    }

    /** Null when the node did not answer. */
    private Boolean send(final ControlClient client)
    {
        for (int i = 0; i < changes.size(); i++)
        {
            final ControlClient.Outcome outcome = client.send(changes.get(i).message(), ControlLink.TIMEOUT_NS);
            if (outcome == null)
            {
                return null;
            }
            applied.set(i, new AppliedChange(changes.get(i), outcome));
            if (!outcome.accepted())
            {
                return false;
            }
        }
        return true;
    }
}
