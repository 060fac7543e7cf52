package io.lockstep.peers.cluster;

import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.lockstep.peers.PeerPlan;
import io.lockstep.peers.PeerRun;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A cluster of one: consensus module and archive share a thread, the service has one, the media driver has one that backs off,
 * since IPC does not need it. Over IPC, log included; the log is not synced to the disk.
 */
final class SingleNode implements AutoCloseable
{
    private static final int TERM_LENGTH = 8 << 20;
    private static final int LOG_TERM_LENGTH = 64 << 20;
    private static final int ENDPOINTS = 5;

    private final MediaDriver driver;
    private final Archive archive;
    private final ConsensusModule consensus;
    private final ClusteredServiceContainer container;
    private final AnsweringService service;

    SingleNode(final Path directory, final PeerPlan plan)
    {
        service = new AnsweringService(plan.answerLength());
        driver = MediaDriver.launch(new MediaDriver.Context()
            .aeronDirectoryName(PeerRun.memory(directory).toString())
            .threadingMode(ThreadingMode.SHARED)
            .ipcTermBufferLength(TERM_LENGTH)
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true)
            .errorHandler(Throwable::printStackTrace));
        archive = Archive.launch(new Archive.Context()
            .aeronDirectoryName(aeronDirectory())
            .archiveDir(directory.resolve("archive").toFile())
            .threadingMode(ArchiveThreadingMode.INVOKER)
            .controlChannelEnabled(false)
            .archiveClientContext(archiveContext())
            .recordingEventsEnabled(false)
            .replicationChannel("aeron:udp?endpoint=localhost:0")
            .errorHandler(Throwable::printStackTrace));
        consensus = ConsensusModule.launch(consensusContext(directory, plan.variant()));
        container = ClusteredServiceContainer.launch(new ClusteredServiceContainer.Context()
            .aeronDirectoryName(aeronDirectory())
            .archiveContext(archiveContext())
            .clusterDir(directory.resolve("cluster").toFile())
            .clusteredService(service)
            .idleStrategySupplier(() -> idleStrategy(plan.variant()))
            .errorHandler(Throwable::printStackTrace)
            .terminationHook(() ->
            {
            }));
    }

    private ConsensusModule.Context consensusContext(final Path directory, final String variant)
    {
        return new ConsensusModule.Context()
            .aeronDirectoryName(aeronDirectory())
            .archiveContext(archiveContext().agentInvoker(archive.invoker()))
            .clusterDir(directory.resolve("cluster").toFile())
            .clusterMemberId(0)
            .clusterMembers("0," + endpoints())
            .ingressChannel("aeron:ipc")
            .isIpcIngressAllowed(false)
            .logChannel("aeron:ipc?term-length=" + LOG_TERM_LENGTH)
            .replicationChannel("aeron:udp?endpoint=localhost:0")
            .idleStrategySupplier(() -> new ArchiveIdleStrategy(archive.invoker(), idleStrategy(variant)))
            .errorHandler(Throwable::printStackTrace)
            .terminationHook(() ->
            {
            });
    }

    private static AeronArchive.Context archiveContext()
    {
        return new AeronArchive.Context()
            .controlRequestChannel("aeron:ipc").controlResponseChannel("aeron:ipc");
    }

    /** Nobody else is there to talk to, but they must not be those of another process. */
    private static String endpoints()
    {
        final List<DatagramSocket> sockets = new ArrayList<>();
        try
        {
            for (int i = 0; i < ENDPOINTS; i++)
            {
                sockets.add(new DatagramSocket());
            }
            return sockets.stream().map((socket) -> "localhost:" + socket.getLocalPort())
                .collect(Collectors.joining(","));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        finally
        {
            sockets.forEach(DatagramSocket::close);
        }
    }

    private static IdleStrategy idleStrategy(final String variant)
    {
        return switch (variant)
        {
            case "busy-spin" -> new BusySpinIdleStrategy();
            case "yielding" -> YieldingIdleStrategy.INSTANCE;
            case "backoff" -> new BackoffIdleStrategy();
            default -> throw new IllegalArgumentException("variant=" + variant +
                ": expected busy-spin, yielding or backoff");
        };
    }

    String aeronDirectory()
    {
        return driver.aeronDirectoryName();
    }

    /** Until the service has had so many; more are an error. */
    void awaitEvents(final long events)
    {
        PeerRun.await("events of the log", () -> service.events() >= events);
        if (service.events() > events)
        {
            throw new IllegalStateException("events=" + service.events() + ": expected " + events);
        }
    }

    void awaitLeader()
    {
        PeerRun.await("election", service::isLeader);
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(container, consensus, archive, driver);
    }
}
