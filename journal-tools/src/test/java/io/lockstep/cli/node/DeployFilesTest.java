package io.lockstep.cli.node;

import io.aeron.ChannelUri;
import io.lockstep.cli.LockstepCommand;
import io.lockstep.cli.argument.Directories;
import io.lockstep.cli.config.ConfigurationCheck;
import io.lockstep.cli.config.GatewayContext;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.codecs.Instrument;
import io.lockstep.sequencer.config.Channel;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.DriverContext;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The files of {@code deploy}: that each is readable, and that they go together. */
class DeployFilesTest
{
    private static final Path DEPLOY = Path.of(System.getProperty("lockstep.root"), "deploy");
    private static final long CLEAN_END_SECONDS = 10;

    private static List<Path> find(final Path directory, final String ending)
    {
        try (Stream<Path> files = Files.walk(directory))
        {
            return files.filter((file) -> file.toString().endsWith(ending)).sorted().toList();
        }
        catch (final IOException ex)
        {
            throw new AssertionError(ex);
        }
    }

    private static List<Path> topologies()
    {
        return List.of(DEPLOY.resolve("one-host"), DEPLOY.resolve("two-hosts-unicast"),
            DEPLOY.resolve("two-hosts-multicast"));
    }

    private static List<Path> configurations()
    {
        return find(DEPLOY, ".yaml");
    }

    private static List<Path> units()
    {
        return find(DEPLOY.resolve("systemd"), ".service");
    }

    private static YamlSection yaml(final Path file)
    {
        return YamlSection.parse(file, Directories.read(file));
    }

    private static NodeContext node(final Path file)
    {
        final YamlSection root = yaml(file);
        final NodeContext context = NodeContext.read(root, Directories.read(file));
        root.refuseUnknown();
        return context;
    }

    private static Path only(final Path topology, final String name)
    {
        final List<Path> found = find(topology, "/" + name);
        assertThat(found).as(topology + " " + name).hasSize(1);
        return found.get(0);
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void shouldBeReadable(final Path file)
    {
        switch (file.getFileName().toString())
        {
            case "driver.yaml" -> DriverContext.read(yaml(file));
            case "feed.yaml" -> assertThat(GatewayContext.read(yaml(file)).settings().venue()).isNull();
            case "venue.yaml" -> assertThat(GatewayContext.read(yaml(file)).settings().generator()).isNull();
            case "node.yaml" -> ConfigurationCheck.run(yaml(file), node(file));
            default -> throw new AssertionError("of no known kind: " + file);
        }
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void shouldUseTheDriverOfItsHost(final Path topology)
    {
        for (final Path driver : find(topology, "/driver.yaml"))
        {
            final Path directory = DriverContext.read(yaml(driver)).directory();
            for (final Path file : find(driver.getParent(), ".yaml"))
            {
                assertThat(yaml(file).section("aeron").text("directory", "")).as(file.toString())
                    .isEqualTo(directory.toString());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void shouldMeetOnTheSameStreams(final Path topology)
    {
        final NodeContext node = node(only(topology, "node.yaml"));
        final GatewayContext feed = GatewayContext.read(yaml(only(topology, "feed.yaml")));
        final GatewayContext venue = GatewayContext.read(yaml(only(topology, "venue.yaml")));
        for (final GatewayContext gateway : List.of(feed, venue))
        {
            assertThat(address(gateway.links().toNode())).isEqualTo(address(node.ingress().get(0)));
            assertThat(address(gateway.links().fromNode())).isEqualTo(address(node.egress()));
        }
        assertThat(address(venue.links().market())).isEqualTo(address(feed.links().toNode()));
        final List<Instrument> known = node.instruments().stream().map(ConfiguredInstrument::instrument).toList();
        assertThat(known).containsAll(feed.instruments());
    }

    /** Media, where, and stream; what else is said concerns one end alone. */
    private static List<Object> address(final Channel channel)
    {
        final ChannelUri uri = ChannelUri.parse(channel.uri());
        return Arrays.asList(uri.media(), uri.get("endpoint"), uri.get("interface"), channel.streamId());
    }

    @ParameterizedTest
    @MethodSource("units")
    void shouldStartACommandThatThereIs(final Path unit)
    {
        final List<String> lines = Directories.read(unit).lines().toList();
        for (final String line : lines)
        {
            final int command = line.indexOf("/bin/lockstep ");
            if (command >= 0)
            {
                final String[] words = line.substring(command + "/bin/lockstep ".length())
                    .replace("$MAINPID", "4711").split(" ");
                LockstepCommand.commandLine().parseArgs(words);
            }
        }
        final Path config = Path.of(value(lines, "ExecStart").replaceAll(".*--config ", ""));
        assertThat(find(DEPLOY.resolve("one-host"), "/" + config.getFileName())).hasSize(1);
        assertThat(value(lines, "Restart")).isEqualTo("on-failure");
        assertThat(value(lines, "RestartPreventExitStatus")).isEqualTo(String.valueOf(ExitStatus.BAD_INPUT));
        assertThat(value(lines, "KillSignal")).isEqualTo("SIGTERM");
    }

    @Test
    void shouldLeaveTimeToStop()
    {
        for (final Path topology : topologies())
        {
            assertThat(stopTimeoutSeconds("lockstep-node")).isGreaterThan(TimeUnit.NANOSECONDS.toSeconds(
                node(only(topology, "node.yaml")).safety().stopTimeoutNs()) + CLEAN_END_SECONDS);
            for (final String gateway : List.of("feed", "venue"))
            {
                assertThat(stopTimeoutSeconds("lockstep-" + gateway)).isGreaterThan(TimeUnit.NANOSECONDS.toSeconds(
                    GatewayContext.read(yaml(only(topology, gateway + ".yaml"))).stopTimeoutNs()) +
                    CLEAN_END_SECONDS);
            }
        }
        assertThat(stopTimeoutSeconds("lockstep-driver")).isGreaterThan(CLEAN_END_SECONDS);
    }

    private static long stopTimeoutSeconds(final String unit)
    {
        return Long.parseLong(value(
            Directories.read(DEPLOY.resolve("systemd/" + unit + ".service")).lines().toList(), "TimeoutStopSec"));
    }

    private static String value(final List<String> lines, final String key)
    {
        final List<String> values = lines.stream().filter((line) -> line.startsWith(key + "="))
            .map((line) -> line.substring(key.length() + 1)).toList();
        assertThat(values).as(key).hasSize(1);
        return values.get(0);
    }
}
