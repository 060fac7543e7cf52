package io.lockstep.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.ChildCommand;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import io.lockstep.cli.argument.Directories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Driver, node and gateways of one of the examples in {@code deploy}, each a process of its own, all on this machine: addresses
 * are the loopback's, directories the test's, and nothing spins. What is started is killed when this is closed.
 */
final class Deployment implements AutoCloseable
{
    private static final Path EXAMPLES = Path.of(System.getProperty("lockstep.root"), "deploy");

    private final Path directory;
    private final List<Path> driverDirectories = new ArrayList<>();
    private final List<ChildCommand> children = new ArrayList<>();
    private final int ingressPort = freePort();
    private final int egressPort = freePort();

    Deployment(final Path directory)
    {
        this.directory = directory;
    }

    private static int freePort()
    {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
        {
            return socket.getLocalPort();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** A copy of an example that works here. */
    Path configuration(final String example)
    {
        final Path file = EXAMPLES.resolve(example);
        final Path aeron = driverDirectory(file.getParent().getFileName().toString());
        final String text = Directories.read(file)
            .replace("/dev/shm/aeron-lockstep", aeron.toString())
            .replace("/var/lib/lockstep/node", node().toString())
            .replace("192.0.2.1:40456", "127.0.0.1:" + ingressPort)
            .replace("192.0.2.2:40457", "127.0.0.1:" + egressPort)
            .replace("threads: dedicated", "threads: shared")
            .replace("idle: spin", "idle: backoff")
            .replaceAll("(socketBuffer|receiverWindow): 2MiB", "$1: 128KiB")
            .replace("preTouch: true", "preTouch: true\n  termLength: 1MiB\n  ipcTermLength: 1MiB")
            // What waits while the node is down is still sent, however slow the machine is.
            .replace("  onStop:", "  requestAgeMax: 0\n  onStop:")
            .replace("minFreeSpace: 1GiB", "minFreeSpace: 1MiB")
            .replace("durability:", "reserveAhead: 1MiB\n  durability:")
            .replace("segmentSize: 256MiB", "segmentSize: 8MiB")
            .replace("aeron:\n", "aeron:\n" + (isGateway(file) ? "  driverTimeout: 2s\n" : ""));
        return TestData.write(directory.resolve(example.replace('/', '-')), text);
    }

    private static boolean isGateway(final Path file)
    {
        return file.endsWith("feed.yaml") || file.endsWith("venue.yaml");
    }

    /** In memory where there is any, as in the examples. */
    Path driverDirectory(final String host)
    {
        final Path aeron = NodeRig.aeronDirectory(directory, "lockstep-test-").resolveSibling(
            "lockstep-test-" + ProcessHandle.current().pid() + "-" + System.identityHashCode(this) + "-" + host);
        if (!driverDirectories.contains(aeron))
        {
            driverDirectories.add(aeron);
        }
        return aeron;
    }

    Path node()
    {
        return directory.resolve("node");
    }

    ChildCommand driver(final String example)
    {
        return start("driver", example, "driver running in");
    }

    ChildCommand gateway(final String example)
    {
        return start("gateway", example, "gateways running on");
    }

    ChildCommand runNode(final String example)
    {
        return start("run", example, "running in");
    }

    private ChildCommand start(final String command, final String example, final String ready)
    {
        final ChildCommand child = ChildCommand.start(directory, command, "--config", configuration(example), "--json");
        children.add(child);
        return child.awaitErr(ready);
    }

    JsonNode stat()
    {
        return CommandRun.of("stat", "--dir", node(), "--json").exits(0).json();
    }

    /** Waits until the node trades and has had so many more inputs. */
    void awaitTrading(final ChildCommand nodeProcess, final long moreInputs)
    {
        nodeProcess.await(() -> isReady(nodeProcess.pid()));
        final long before = stat().get("inputs").asLong();
        nodeProcess.await(() -> stat().get("inputs").asLong() >= before + moreInputs);
        nodeProcess.await(() -> isReady(nodeProcess.pid()));
    }

    /** Of this process: the counters may still be those of the one before. */
    private boolean isReady(final long pid)
    {
        return Files.exists(node().resolve("counters.dat")) && node().resolve("counters.dat").toFile().length() > 0 &&
            stat().get("pid").asLong() == pid && stat().get("gateways").asLong() == 2 &&
            CommandRun.of("health", "--dir", node(), "--ready", "--heartbeat-max", "10s").exitCode() == 0;
    }

    /** Tells it to stop, and returns what it prints then. */
    static JsonNode stop(final ChildCommand child)
    {
        child.signal("TERM");
        return child.run().exits(0).json();
    }

    /** Nothing in the journal is damaged, and it replays to itself. */
    void requireSoundJournal()
    {
        CommandRun.of("journal", "verify", node()).exits(0);
        assertThat(CommandRun.of("replay", "--verify", "--journal", node(), "--json").exits(0).json()
            .get("divergences").asInt()).isZero();
    }

    @Override
    public void close()
    {
        children.forEach(ChildCommand::close);
        driverDirectories.forEach((aeron) -> Directories.delete(aeron, true));
    }
}
