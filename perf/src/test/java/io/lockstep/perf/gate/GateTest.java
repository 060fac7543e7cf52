package io.lockstep.perf.gate;

import io.lockstep.cli.output.ExitStatus;
import io.lockstep.journal.text.Json;
import io.lockstep.perf.PerfRun;
import io.lockstep.perf.gate.Baseline.Counts;
import io.lockstep.perf.gate.Baseline.Ratio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class GateTest
{
    private static final Counts COUNTS = new Counts(1_000, 0);
    private static final Ratio AGREED = new Ratio(2, 1.05);

    @TempDir
    private Path directory;

    private static PartVerdict verdict(final double bytecodes, final double bytes, final double ratio)
    {
        return PartVerdict.of("a", bytecodes, bytes, ratio, COUNTS, AGREED);
    }

    @Test
    void shouldPassWhatIsAsAgreedOrBetter()
    {
        assertThat(verdict(1_000, 0, 2).passes()).isTrue();
        assertThat(verdict(900, 0, 1).passes()).isTrue();
        assertThat(verdict(1_009, 0, 2.5).problem()).isEqualTo("ok");
    }

    @Test
    void shouldNotPassMoreOfAnything()
    {
        assertThat(verdict(1_011, 0, 2).problem()).isEqualTo("executes more");
        assertThat(verdict(1_000, 0.01, 2).problem()).isEqualTo("allocates more");
        assertThat(verdict(1_000, 0, 2.7).problem()).isEqualTo("takes longer");
        assertThat(verdict(1_011, 16, 9).passes()).isFalse();
    }

    @Test
    void shouldJudgeTimeByTheSpreadThatWasSeen()
    {
        assertThat(PartVerdict.ratioMax(new Ratio(2, 1))).isEqualTo(2.6);
        assertThat(PartVerdict.ratioMax(new Ratio(2, 1.3))).isEqualTo(3.2);
    }

    @Test
    void shouldNotPassAPartThatNobodyHasAgreedOn()
    {
        final PartVerdict verdict = PartVerdict.of("new", 1, 0, Double.NaN, null, null);

        assertThat(verdict.passes()).isFalse();
        assertThat(verdict.problem()).isEqualTo("not in the baseline");
    }

    @Test
    void shouldPassAPartWhoseTimeNobodyHasMeasuredHere()
    {
        assertThat(PartVerdict.of("a", 1_000, 0, Double.NaN, COUNTS, null).passes()).isTrue();
    }

    @Test
    void shouldReadTheBaselineThatItWrites()
    {
        final Baseline baseline = Baseline.empty();
        baseline.countsByPart().put("a", COUNTS);
        baseline.countsByPart().put("b", new Counts(1.5, 16));
        baseline.ratiosByMachine().put("Some CPU (R) 1.0 GHz, Java 17", Map.of("a", AGREED));
        baseline.ratiosByMachine().put("Another, Java 21", Map.of("b", new Ratio(1.25, 1)));
        final Path file = directory.resolve("baseline.json");

        baseline.write(file);

        assertThat(Baseline.read(file)).isEqualTo(baseline);
    }

    @Test
    void shouldCloseForAPlantedPartAndForNoOther()
    {
        final String file = directory.resolve("baseline.json").toString();

        assertThat(PerfRun.of("bench", "--gate", "--update", "--baseline", file).status())
            .isEqualTo(ExitStatus.DONE);
        final PerfRun plain = PerfRun.of("bench", "--gate", "--json", "--baseline", file);
        final PerfRun planted = PerfRun.of("bench", "--gate", "--json", "--baseline", file, "--plant", "risk=5");

        assertThat(plain.status()).as(plain.out()).isEqualTo(ExitStatus.DONE);
        assertThat(Json.parse(plain.out())).containsEntry("passed", true);
        assertThat(planted.status()).isEqualTo(ExitStatus.CHECK_FAILED);
        assertThat((List<?>)Json.parse(planted.out()).get("parts"))
            .filteredOn((part) -> Boolean.FALSE.equals(((Map<?, ?>)part).get("passed")))
            .singleElement().extracting("part", "problem").containsExactly("risk", "executes more");
    }

    @Test
    void shouldRefuseWhatIsNoBaseline() throws IOException
    {
        final Path broken = Files.writeString(directory.resolve("broken.json"), "{\"counts\":[]}");

        for (final Path path : List.of(broken, directory.resolve("none.json")))
        {
            final PerfRun run = PerfRun.of("bench", "--gate", "--baseline", path.toString());
            assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
            assertThat(run.err()).contains(path.toString());
        }
        final PerfRun plant = PerfRun.of(
            "bench", "--gate", "--baseline", broken.toString(), "--plant", "no-such-part=5");
        assertThat(plant.status()).isEqualTo(ExitStatus.BAD_INPUT);
    }
}
