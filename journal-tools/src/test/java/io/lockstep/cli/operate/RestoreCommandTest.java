package io.lockstep.cli.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** A node whose directory was in memory, and the memory is gone. */
class RestoreCommandTest
{
    @TempDir
    private Path directory;
    private Path node;
    private Path archive;
    private Path config;

    @BeforeEach
    void runANode()
    {
        node = directory.resolve("node");
        archive = directory.resolve("archive");
        config = TestData.write(directory.resolve("node.yaml"), """
            node: {directory: %s}
            archive: {directory: %s, interval: 1ms}
            """.formatted(node, archive));
        CommandRun.of("recover", "--config", config).exits(0);
    }

    @Test
    void shouldRefuseToBeginAnewAndGoOnWithTheCopy()
    {
        final JsonNode before = CommandRun.of("journal", "verify", node, "--json").exits(0).json();
        IoUtil.delete(node.toFile(), false);
        assertThat(CommandRun.of("run", "--config", config).exits(1).err())
            .contains("archive.directory=" + archive).contains("holds none").contains("lockstep restore --config");
        assertThat(CommandRun.of("recover", "--config", config).exits(1).err()).contains("lockstep restore --config");

        final JsonNode restored = CommandRun.of("restore", "--config", config, "--json").exits(0).json();
        assertThat(restored.get("records")).isEqualTo(before.get("records"));
        assertThat(restored.get("chainHash")).isEqualTo(before.get("chainHash"));
        assertThat(restored.get("cleanEnd").asBoolean()).isTrue();
        assertThat(CommandRun.of("restore", "--config", config).exits(3).err()).contains("without a journal");

        final JsonNode recovered = CommandRun.of("recover", "--config", config, "--json").exits(0).json();
        assertThat(recovered.get("recoveredInputs").asLong()).as("the snapshot was copied, too").isZero();
        CommandRun.of("replay", "--verify", "--journal", node).exits(0);
        assertThat(CommandRun.of("journal", "verify", archive, "--json").exits(0).json())
            .isEqualTo(CommandRun.of("journal", "verify", node, "--json").exits(0).json());
        final JsonNode stat = CommandRun.of("stat", "--dir", node, "--json").exits(0).json();
        assertThat(stat.get("archiveLagBytes").asLong()).isZero();
        assertThat(stat.get("archiveFailures").asLong()).isZero();
    }

    @Test
    void shouldSayWhatIsMissing()
    {
        final Path without = TestData.write(directory.resolve("without.yaml"), "node: {directory: " + node + "}\n");
        assertThat(CommandRun.of("restore", "--config", without).exits(2).err()).contains("archive.directory");
        assertThat(CommandRun.of("restore", "--config", config, "--from", directory.resolve("none")).exits(2).err())
            .contains("that a node was copied to");
    }

    /** A shard's copy belongs into the shard's directory, not into that of all. */
    @Test
    void shouldRefuseTheConfigurationOfSeveralShards()
    {
        final Path sharded = TestData.write(directory.resolve("sharded.yaml"), """
            node: {directory: %s}
            archive: {directory: %s}
            instruments:
              - {symbol: A, venue: X, tickSize: 1, lotSize: 1, baseCurrency: A, quoteCurrency: USD}
            shards:
              - {shard: 1, instruments: [A.X]}
            """.formatted(directory.resolve("new"), archive));

        assertThat(CommandRun.of("restore", "--config", sharded).exits(2).err())
            .contains("restore each shard by itself");
        assertThat(directory.resolve("new")).doesNotExist();
    }
}
