package io.lockstep.sequencer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Chronicle's libraries report their use over the network when chronicle-analytics is there: it must not be. */
class NoTelemetryTest
{
    @ParameterizedTest
    @ValueSource(strings =
    {
        "net.openhft.chronicle.analytics.Analytics",
        "net.openhft.chronicle.analytics.Analytics$Builder",
        "net.openhft.chronicle.analytics.internal.GoogleAnalytics4",
        "net.openhft.chronicle.analytics.internal.HttpUtil"})
    void shouldNotFindTheClassesThatReport(final String className)
    {
        assertThatThrownBy(() -> Class.forName(className)).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void shouldFindTheQueueInTheSameWay() throws ClassNotFoundException
    {
        assertThat(Class.forName("net.openhft.chronicle.queue.ChronicleQueue")).isNotNull();
    }

    @Test
    void shouldNotHaveTheJarOnTheClassPath()
    {
        assertThat(jarNames()).noneMatch((name) -> name.contains("chronicle-analytics"));
    }

    @Test
    void shouldSeeTheJarsOfTheClassPath()
    {
        assertThat(jarNames()).anyMatch((name) -> name.startsWith("chronicle-queue-"))
            .anyMatch((name) -> name.startsWith("chronicle-core-"));
    }

    /** The second line of defence, for whoever puts the jar back: every process runs with these options. */
    @Test
    void shouldSwitchItOffByProperty()
    {
        assertThat(System.getProperty("chronicle.analytics.disable")).isEqualTo("true");
    }

    private static List<String> jarNames()
    {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map((path) -> new File(path).getName())
            .toList();
    }
}
