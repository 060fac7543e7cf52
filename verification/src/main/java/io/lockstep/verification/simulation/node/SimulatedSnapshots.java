package io.lockstep.verification.simulation.node;

import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import io.lockstep.sequencer.snapshot.SnapshotStore;
import io.lockstep.verification.simulation.plant.Plant;
import io.lockstep.verification.simulation.seed.CrashPoint;
import io.lockstep.verification.simulation.seed.FaultPlan;
import io.lockstep.verification.simulation.seed.SimulationRandom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Snapshots in memory, whole and synced when they are there at all; until some are damaged.
 */
public final class SimulatedSnapshots implements SnapshotStore
{
    private final NavigableMap<Long, byte[]> bytesBySequence = new TreeMap<>();
    private final Set<Long> damaged = new HashSet<>();
    private final FaultPlan plan;
    private final Plant plant;

    SimulatedSnapshots(final FaultPlan plan, final Plant plant)
    {
        this.plan = plan;
        this.plant = plant;
    }

    @Override
    public List<Path> newestFirst()
    {
        return bytesBySequence.descendingKeySet().stream()
            .map((sequence) -> Path.of(SnapshotDirectory.name(sequence))).toList();
    }

    @Override
    public byte[] read(final Path file)
    {
        return bytesBySequence.get(SnapshotDirectory.sequence(file));
    }

    @Override
    public Path write(final long sequence, final Contents contents) throws IOException
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        contents.writeTo(out);
        // Killed in here, what is written has no name yet.
        plan.at(CrashPoint.SNAPSHOT);
        bytesBySequence.put(sequence, plant.snapshot(out.toByteArray()));
        damaged.remove(sequence);
        final Path file = Path.of(SnapshotDirectory.name(sequence));
        SnapshotAudit.check(this, file);
        return file;
    }

    @Override
    public void prune(final int keep)
    {
        while (bytesBySequence.size() > keep)
        {
            bytesBySequence.pollFirstEntry();
        }
    }

    /**
     * One of them loses its end, or a bit of it flips.
     *
     * @return whether there was one.
     */
    public boolean damage(final SimulationRandom random)
    {
        if (bytesBySequence.isEmpty())
        {
            return false;
        }
        final Long sequence = bytesBySequence.keySet().stream().skip(random.below(bytesBySequence.size()))
            .findFirst().orElseThrow();
        final byte[] bytes = bytesBySequence.get(sequence);
        damaged.add(sequence);
        final int at = random.below(bytes.length);
        if (random.flip())
        {
            final byte[] changed = bytes.clone();
            changed[at] ^= (byte)(1 << random.below(Byte.SIZE));
            bytesBySequence.put(sequence, changed);
        }
        else
        {
            bytesBySequence.put(sequence, Arrays.copyOf(bytes, at));
        }
        return true;
    }

    /** Sequence of the newest that is as it was written, 0 for none. */
    long newestWhole()
    {
        return bytesBySequence.descendingKeySet().stream().filter((sequence) -> !damaged.contains(sequence)).findFirst()
            .orElse(0L);
    }

    /** What the operator does with a snapshot that the journal does not lead up to; false when there is none. */
    public boolean removeNewest()
    {
        return bytesBySequence.pollLastEntry() != null;
    }
}
