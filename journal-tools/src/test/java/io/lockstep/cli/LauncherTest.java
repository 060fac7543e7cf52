package io.lockstep.cli;

import io.lockstep.cli.output.ExitStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The launcher in a distribution and in a checkout that hold nothing else, with a JDK and a Maven that write down how they were
 * called.
 */
class LauncherTest
{
    private static final long TIMEOUT_SECONDS = 60;
    private static final String JAVA = """
        #!/usr/bin/env bash
        for argument in "$@"; do
            case "$argument" in
                -XX:ArchiveClassesAtExit=*)
                    echo training >> "$CALLS"
                    [ ! -e "$CALLS.fail" ] || { echo "no classes"; exit 1; }
                    echo classes > "${argument#*=}"
                    exit
                    ;;
            esac
        done
        echo "${LC_ALL-none}" > "$CALLS.locale"
        printf '%s\\n' "$@"
        umask > "$CALLS.umask"
        """;
    private static final String MAVEN = """
        #!/usr/bin/env bash
        echo build >> "$CALLS"
        echo "$@" > "$CALLS.maven"
        mkdir -p distribution/target/lib
        touch distribution/target/lib/library.jar distribution/target/lib/lockstep.jar
        [ ! -e "$CALLS.edit" ] || touch codecs/src/main/resources/schema.xml
        """;

    @TempDir
    private Path work;

    private final Map<Process, Path> outputs = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private String jvmOptions = "";
    private String locale = "";
    private Path javaHome;
    private Path calls;
    private Path root;

    @BeforeEach
    void makeJavaAndMaven() throws IOException
    {
        javaHome = work.resolve("jdk");
        calls = work.resolve("calls");
        script(javaHome.resolve("bin/java"), JAVA);
        script(work.resolve("bin/mvn"), MAVEN);
        version("17.0.15");
        root = distribution();
    }

    private static void script(final Path file, final String text) throws IOException
    {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void version(final String version) throws IOException
    {
        Files.writeString(javaHome.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    private Path distribution() throws IOException
    {
        final Path directory = work.resolve("with a space");
        launcher(directory, directory.resolve("bin/lockstep"));
        Files.createDirectories(directory.resolve("lib"));
        Files.writeString(directory.resolve("lib/b.jar"), "b");
        Files.writeString(directory.resolve("lib/a.jar"), "a");
        return directory;
    }

    private Path checkout() throws IOException
    {
        final Path directory = work.resolve("checkout");
        launcher(directory, directory.resolve("lockstep"));
        Files.createDirectories(directory.resolve("codecs/src/main/resources"));
        source(directory.resolve("pom.xml"));
        source(directory.resolve("codecs/src/main/resources/schema.xml"));
        return directory;
    }

    private static void launcher(final Path directory, final Path launcher) throws IOException
    {
        final Path project = Path.of(System.getProperty("lockstep.root"));
        Files.createDirectories(launcher.getParent());
        Files.createDirectories(directory.resolve("config"));
        Files.copy(project.resolve("lockstep"), launcher);
        for (final String options : List.of("jvm.options", "jvm-24.options"))
        {
            Files.copy(project.resolve("config").resolve(options), directory.resolve("config").resolve(options));
        }
    }

    private static void source(final Path file) throws IOException
    {
        Files.writeString(file, "source");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    }

    private Process start(final Path launcher, final String... arguments) throws IOException
    {
        final List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectOutput(Files.createTempFile(work, "run-", ".out").toFile())
            .redirectErrorStream(true);
        final Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", javaHome.toString());
        environment.put("PATH", work.resolve("bin") + ":" + environment.get("PATH"));
        environment.put("CALLS", calls.toString());
        environment.put("LC_ALL", locale);
        environment.put("LOCKSTEP_JVM_OPTIONS", jvmOptions);
        environment.keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        environment.keySet().removeAll(List.of("LOCKSTEP_CLASSPATH", "LOCKSTEP_UMASK"));
        environment.putAll(this.environment);
        final Process process = builder.start();
        outputs.put(process, builder.redirectOutput().file().toPath());
        return process;
    }

    private String end(final Process process, final int status) throws IOException, InterruptedException
    {
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        final String text = Files.readString(outputs.get(process));
        assertThat(process.exitValue()).as(text).isEqualTo(status);
        return text;
    }

    private List<String> run(final Path launcher, final String... arguments) throws IOException, InterruptedException
    {
        return end(start(launcher, arguments), 0).lines().toList();
    }

    private List<String> run() throws IOException, InterruptedException
    {
        return run(root.resolve("bin/lockstep"), "stat");
    }

    private List<Path> archives() throws IOException
    {
        try (Stream<Path> files = Files.list(root.resolve("archive")))
        {
            return files.filter((file) -> file.toString().endsWith(".jsa")).toList();
        }
    }

    private long calls(final String what) throws IOException
    {
        return Files.exists(calls) ? Files.readAllLines(calls).stream().filter(what::equals).count() : 0;
    }

    @Test
    void shouldRunFromADistributionThroughALink() throws Exception
    {
        final Path link = Files.createSymbolicLink(work.resolve("link"), root.resolve("bin/lockstep"));
        run(link, "stat");
        final String classPath = root.resolve("lib/a.jar") + ":" + root.resolve("lib/b.jar");
        assertThat(run(link, "stat", "--dir", "a b")).containsExactly("@" + root.resolve("config/jvm.options"),
            "-XX:+UseSerialGC", "-Xlog:cds*=off", "-XX:SharedArchiveFile=" + archives().get(0), "-cp", classPath,
            LockstepCommand.class.getName(), "stat", "--dir", "a b");
    }

    @Test
    void shouldLetOnlyOwnerAndGroupReadWhatANodeWrites() throws Exception
    {
        final Path launcher = root.resolve("bin/lockstep");
        for (final String command : List.of("run", "driver", "gateway", "demo", "backtest", "recover", "restore"))
        {
            run(launcher, command);
            assertThat(work.resolve("calls.umask")).content().as(command).endsWith("27\n");
        }
        environment.put("LOCKSTEP_UMASK", "077");
        run(launcher, "run");
        assertThat(work.resolve("calls.umask")).content().isEqualTo("0077\n");
        environment.put("LOCKSTEP_UMASK", "group");
        assertThat(end(start(launcher, "run"), 2)).contains("LOCKSTEP_UMASK=group: expected an octal mask");
    }

    @Test
    void shouldRunMeasurementsWithTheSameJars() throws Exception
    {
        assertThat(run(root.resolve("bin/lockstep"), "measure", "recovery"))
            .contains(LockstepCommand.class.getName(), root.resolve("lib/a.jar") + ":" + root.resolve("lib/b.jar"))
            .contains("-Dlockstep.baseline=" + root.resolve("perf/baseline.json"));
    }

    @Test
    void shouldBuildOtherEnginesWhenTheyAreToBeMeasured() throws Exception
    {
        final Path checkout = checkout();
        final Path launcher = checkout.resolve("lockstep");
        run(launcher, "latency", "--forks", "1");
        assertThat(work.resolve("calls.maven")).content().contains("-pl distribution ").doesNotContain("peers");

        assertThat(run(launcher, "latency", "--peers")).contains("-Dlockstep.peers=" + checkout.resolve("perf/peers"));
        assertThat(run(launcher, "latency", "--peers=disruptor")).contains("--peers=disruptor");
        run(launcher, "latency");

        assertThat(calls("build")).isEqualTo(2);
        assertThat(work.resolve("calls.maven")).content().contains("-P peers ").contains(
            "-pl perf/peers/aeron-cluster,perf/peers/chronicle-queue,perf/peers/disruptor,perf/peers/exchange-core,distribution ");
    }

    @ParameterizedTest
    @CsvSource(
    {"-Xmx1g, true", "-XX:+UseTransparentHugePages -Xlog:gc, true", "-XX:+UseZGC, false",
        "-Xmx1g -XX:+UseG1GC -Xms1g, false"})
    void shouldChooseACollectorUnlessOneIsChosen(final String options, final boolean isChosen) throws Exception
    {
        jvmOptions = options;
        final List<String> arguments = run();
        assertThat(arguments.contains("-XX:+UseSerialGC")).isEqualTo(isChosen);
        assertThat(arguments).contains(options.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
    {"17.0.15, false", "21, false", "24-ea, true", "25.0.3, true"})
    void shouldGiveNewJdksTheirOptions(final String version, final boolean isNew) throws Exception
    {
        version(version);
        assertThat(run().contains("@" + root.resolve("config/jvm-24.options"))).isEqualTo(isNew);
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"1.8.0_292", "11.0.2", "16"})
    void shouldRefuseAnOldJdk(final String version) throws Exception
    {
        version(version);
        assertThat(end(start(root.resolve("bin/lockstep"), "stat"), ExitStatus.CANNOT_RUN))
            .isEqualTo("lockstep: " + javaHome + "/bin/java is Java " + version +
                ": expected a JDK 17 or later in JAVA_HOME or on the PATH\n");
    }

    @Test
    void shouldSayWhenThereIsNoJava() throws Exception
    {
        javaHome = work.resolve("nothing");
        assertThat(end(start(root.resolve("bin/lockstep"), "stat"), ExitStatus.CANNOT_RUN))
            .isEqualTo("lockstep: no java found in JAVA_HOME=" + javaHome +
                ": expected a JDK 17 or later in JAVA_HOME or on the PATH\n");
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"", "C", "POSIX", "fa_IR", "xx_YY.UTF-8"})
    void shouldNameFilesInUtf8UnderEveryLocale(final String given) throws Exception
    {
        locale = given;
        run();
        assertThat(Path.of(calls + ".locale")).content().matches("(?s)C\\.(UTF-8|utf8)\\n");
    }

    @Test
    void shouldArchiveClassesOnce() throws Exception
    {
        run();
        final List<String> second = run();
        assertThat(second).contains("-XX:SharedArchiveFile=" + archives().get(0)).noneMatch((line) -> line
            .startsWith("lockstep:"));
        assertThat(archives()).singleElement().satisfies((file) -> assertThat(file).content().isEqualTo("classes\n"));
        assertThat(calls("training")).isEqualTo(1);
    }

    @Test
    void shouldArchiveAnewWhenAJarHasChanged() throws Exception
    {
        run();
        final Path first = archives().get(0);
        Files.writeString(root.resolve("lib/a.jar"), "changed");
        assertThat(run()).anyMatch((line) -> line.startsWith("-XX:SharedArchiveFile="));
        assertThat(archives()).hasSize(1).doesNotContain(first);
        assertThat(calls("training")).isEqualTo(2);
    }

    @Test
    void shouldKeepAnArchiveForEachJdk() throws Exception
    {
        final Path first = javaHome;
        run();
        javaHome = work.resolve("another");
        script(javaHome.resolve("bin/java"), JAVA);
        version("17.0.16");
        run();
        javaHome = first;
        run();
        assertThat(archives()).hasSize(2);
        assertThat(calls("training")).isEqualTo(2);
    }

    @Test
    void shouldReplaceTheArchiveOfAJdkThatIsReplaced() throws Exception
    {
        run();
        final Path first = archives().get(0);
        version("17.0.16");
        run();
        assertThat(archives()).hasSize(1).doesNotContain(first);
    }

    @Test
    void shouldDoWithoutAnArchiveThatCannotBeMade() throws Exception
    {
        Files.createFile(Path.of(calls + ".fail"));
        run();
        assertThat(run()).contains("stat").noneMatch((line) -> line.startsWith("-XX:SharedArchiveFile"));
        assertThat(calls("training")).isEqualTo(1);
        assertThat(root.resolve("archive/failed.log")).content().isEqualTo("no classes\n");
    }

    @Test
    void shouldDoWithoutAnArchiveWhereItMayNotWrite() throws Exception
    {
        Files.createFile(root.resolve("archive"));
        assertThat(run()).contains("stat").noneMatch((line) -> line.startsWith("-XX:SharedArchiveFile"));
        assertThat(calls("training")).isZero();
    }

    @Test
    void shouldArchiveOnceWhenSeveralStartAtOnce() throws Exception
    {
        final List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 6; i++)
        {
            processes.add(start(root.resolve("bin/lockstep"), "stat"));
        }
        for (final Process process : processes)
        {
            assertThat(end(process, 0)).contains("stat");
        }
        assertThat(calls("training")).isEqualTo(1);
        assertThat(archives()).hasSize(1);
        try (Stream<Path> files = Files.list(root.resolve("archive")))
        {
            assertThat(files.filter((file) -> file.getFileName().toString().startsWith("making"))).isEmpty();
        }
    }

    @Test
    void shouldBuildOnFirstUseAndWhenASchemaIsNewer() throws Exception
    {
        root = checkout();
        final Path launcher = root.resolve("lockstep");
        run(launcher, "stat");
        assertThat(run(launcher, "stat")).contains(
            root.resolve("distribution/target/lib/library.jar") + ":" +
                root.resolve("distribution/target/lib/lockstep.jar"));
        assertThat(calls("build")).isEqualTo(1);
        Files.setLastModifiedTime(root.resolve("codecs/src/main/resources/schema.xml"),
            FileTime.from(Instant.now()));
        run(launcher, "stat");
        assertThat(calls("build")).isEqualTo(2);
    }

    @Test
    void shouldBuildAgainWhenASourceHasChangedMeanwhile() throws Exception
    {
        root = checkout();
        Files.createFile(Path.of(calls + ".edit"));
        run(root.resolve("lockstep"), "stat");
        Files.delete(Path.of(calls + ".edit"));
        run(root.resolve("lockstep"), "stat");
        run(root.resolve("lockstep"), "stat");
        assertThat(calls("build")).isEqualTo(2);
    }
}
