package io.lockstep.perf.recovery;

import io.lockstep.cli.output.ExitStatus;
import io.lockstep.journal.text.Json;
import io.lockstep.perf.PerfRun;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The command as a whole, short. What comes out is not the test's business. */
class MeasureCommandTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldCountEachAppendToEachJournal() throws Exception
    {
        final PerfRun run = PerfRun.of("measure", "journal", "--dir", directory.toString(), "--appends", "2000",
            "--rounds", "2", "--rate", "100000", "--json");

        assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
        final Map<String, Object> json = Json.parse(run.out());
        assertThat(json).containsEntry("recordBytes", 208).containsEntry("appends", 4000).containsEntry("rate", 100000)
            .containsKeys("fileSystem", "machine");
        for (final String load : List.of("atRate", "flatOut"))
        {
            final Map<?, ?> figures = (Map<?, ?>)json.get(load);
            for (final String journal : List.of("touched", "untouched", "chronicle"))
            {
                assertThat((Map<?, ?>)figures.get(journal)).as(load + " " + journal)
                    .extracting("count").isEqualTo(4000);
                assertThat((Map<?, ?>)figures.get(journal + "Hiccup")).as(load + " " + journal)
                    .extracting("count").asInstanceOf(InstanceOfAssertFactories.INTEGER)
                    .isPositive();
            }
        }
        try (var left = Files.list(directory))
        {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldRefuseJsonWhereThereIsNone()
    {
        final PerfRun run = PerfRun.of("measure", "checksum", "--json");
        assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(run.err()).contains("--json: expected with journal alone");
    }
}
