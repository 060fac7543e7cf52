package io.lockstep.cli.node;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.config.GatewaySettings;
import io.lockstep.gateways.recording.Recording;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.NodeContext;
import org.agrona.CloseHelper;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The recordings as each shard reads them, with its own instruments alone.
 */
final class ShardRecordings implements AutoCloseable
{
    private final Map<Integer, Recording> recordingByShard = new HashMap<>();

    /** Scans the files for each shard; there may be none. */
    ShardRecordings(final GatewaySettings settings, final List<NodeContext> shards)
    {
        if (settings.recordings().contains(Recording.STANDARD_INPUT))
        {
            throw new UsageException("feed.recordings=-: expected files, for each shard reads them");
        }
        try
        {
            for (final NodeContext shard : settings.recordings().isEmpty() ? List.<NodeContext>of() : shards)
            {
                recordingByShard.put(shard.shard(), Recording.open(settings.recordings(), settings.format(),
                    BadInputPolicy.REPORT,
                    shard.instruments().stream().map(ConfiguredInstrument::instrument).toList()));
            }
        }
        catch (final RuntimeException ex)
        {
            close();
            throw ex;
        }
    }

    /** Null where there are none. */
    Recording of(final NodeContext shard)
    {
        return recordingByShard.get(shard.shard());
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(recordingByShard.values());
    }
}
