package io.lockstep.perf.inlining;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What is read of a compiler's log, by pieces of one as OpenJDK 17 writes it.
 */
class CompilationLogTest
{
    private static final String IDS = """
        <klass id='1' name='io.lockstep.sequencer.loop.Sequencer' flags='17'/>
        <klass id='2' name='io.lockstep.sequencer.ingress.Ingress' flags='1537'/>
        <klass id='3' name='io.lockstep.sequencer.ingress.LinkIngress' flags='17'/>
        <klass id='4' name='io.lockstep.core.host.CoreHost' flags='17'/>
        <method id='10' holder='1' name='doWork' return='9' flags='1' bytes='131' iicount='1000'/>
        <method id='20' holder='2' name='poll' return='9' flags='1025' bytes='0' iicount='1'/>
        <method id='30' holder='3' name='poll' return='9' flags='1' bytes='140' iicount='1000'/>
        <method id='40' holder='4' name='apply' return='9' arguments='2 2' flags='1' bytes='73' iicount='1000'/>
        """;

    @TempDir
    private Path directory;

    private static String task(final String method, final String attributes, final String body)
    {
        return "<task compile_id='1' method='" + method + "' bytes='131' count='1000' iicount='1000' " + attributes +
            "stamp='1.0'>\n" + IDS + body + "<task_done success='1' nmsize='1'/>\n</task>\n";
    }

    private static String doWork(final String calls)
    {
        return task("io.lockstep.sequencer.loop.Sequencer doWork ()I", "",
            "<parse method='10' uses='1000.0' stamp='1.0'>\n" + calls + "<parse_done stamp='1.1'/>\n</parse>\n");
    }

    private Map<String, CompiledMethod> read(final String... tasks) throws IOException
    {
        return CompilationLog.read(log(tasks));
    }

    private Path log(final String... tasks) throws IOException
    {
        return Files.writeString(directory.resolve("log.xml"),
            "<?xml version='1.0' encoding='UTF-8'?>\n<hotspot_log version='160 1'>\n<compilation_log thread='1'>\n" +
                String.join("", tasks) + "</compilation_log>\n</hotspot_log>\n");
    }

    /** A call whose likely target is inlined, in which another call is left. */
    private static String inlinedPoll(final String beside)
    {
        return """
            <bc code='185' bci='71'/>
            <call method='20' count='1000' prof_factor='1.0' virtual='1' inline='1' receiver='3' receiver_count='1000'/>
            <call method='30' count='1000' prof_factor='1.0' inline='1'/>
            <inline_success reason='inline (hot)'/>
            <predicted_call bci='71' exact='1' klass='3'/>
            <parse method='30' uses='1000.0' stamp='1.0'>
            <bc code='182' bci='5'/>
            <call method='40' count='500' prof_factor='0.5' inline='1'/>
            <inline_fail reason='too big'/>
            <direct_call bci='5'/>
            <parse_done stamp='1.0'/>
            </parse>
            """ + beside;
    }

    @Test
    void shouldNameTheCallerOfACallWithinWhatIsInlined() throws IOException
    {
        assertThat(read(doWork(inlinedPoll(""))).get(InliningMeasurement.LOOP).sites()).containsExactly(
            new CallSite("io.lockstep.sequencer.ingress.LinkIngress.poll/0", 5,
                "io.lockstep.core.host.CoreHost.apply/2",
                0.25, CallSite.Kind.DIRECT, "too big"));
    }

    @Test
    void shouldTellALookUpBesideInlinedTargetsFromOneWithoutAny() throws IOException
    {
        final String virtual = """
            <bc code='185' bci='80'/>
            <call method='20' count='900' prof_factor='1.0' virtual='1' inline='1'/>
            <inline_fail reason='virtual call'/>
            <virtual_call bci='80'/>
            """;

        assertThat(read(doWork(inlinedPoll("<virtual_call bci='71'/>\n") + virtual)).get(InliningMeasurement.LOOP)
            .sites()).extracting(CallSite::bci, CallSite::kind).containsExactly(tuple(5, CallSite.Kind.DIRECT),
                tuple(71, CallSite.Kind.GUARDED), tuple(80, CallSite.Kind.VIRTUAL));
    }

    @Test
    void shouldTakeATargetThatIsCalledDirectlyForOneThatIsKnown() throws IOException
    {
        assertThat(read(doWork("""
            <bc code='185' bci='80'/>
            <call method='20' count='900' prof_factor='1.0' virtual='1' inline='1' receiver='3' receiver_count='900'/>
            <call method='30' count='900' prof_factor='1.0' inline='1'/>
            <inline_fail reason='too big'/>
            <direct_call bci='80'/>
            <virtual_call bci='80'/>
            """)).get(InliningMeasurement.LOOP).sites()).extracting(CallSite::callee, CallSite::kind).containsExactly(
            tuple("io.lockstep.sequencer.ingress.LinkIngress.poll/0", CallSite.Kind.DIRECT),
            tuple("io.lockstep.sequencer.ingress.Ingress.poll/0", CallSite.Kind.GUARDED));
    }

    @Test
    void shouldLeaveOutTheQuickCompilerLoopsAndWhatWasGivenUp() throws IOException
    {
        assertThat(read(task("io.lockstep.A a ()V", "level='3' ", ""),
            task("io.lockstep.B b ()V", "compile_kind='osr' ", ""),
            task("io.lockstep.C c ()V", "", "<failure reason='out of nodes' phase='compile'/>\n"),
            task("io.lockstep.D d (J[[I[Ljava.lang.Object;)V", "", ""))).containsOnlyKeys("io.lockstep.D.d/3");
    }

    @Test
    void shouldTakeTheNewest() throws IOException
    {
        assertThat(read(doWork(inlinedPoll("")), doWork("")).get(InliningMeasurement.LOOP).sites()).isEmpty();
    }

    private static String report(final Path log, final boolean expected) throws IOException
    {
        final StringWriter text = new StringWriter();
        assertThat(new InliningMeasurement(new PrintWriter(text)).report(log)).as(text.toString()).isEqualTo(expected);
        return text.toString();
    }

    private static String apply(final double count)
    {
        return task("io.lockstep.core.host.CoreHost apply (LA;I)V", "", "<parse method='40' uses='1000.0'>\n" +
            "<bc code='185' bci='9'/>\n<call method='20' count='" + count + "' prof_factor='1.0' virtual='1'/>\n" +
            "<inline_fail reason='virtual call'/>\n<virtual_call bci='9'/>\n<parse_done/>\n</parse>\n");
    }

    @Test
    void shouldFailForAMegamorphicCallFarDownThePath() throws IOException
    {
        assertThat(report(log(doWork(inlinedPoll("")), apply(1_000)), false))
            .contains("    0.250  virtual  CoreHost.apply@9 -> Ingress.poll: virtual call");
    }

    @Test
    void shouldPassOneThatIsHardlyEverMadeOrNotOnThePath() throws IOException
    {
        report(log(doWork(inlinedPoll("")), apply(1)), true);
        report(log(doWork(inlinedPoll("")), apply(-1)), true);
        report(log(doWork(""), apply(1_000)), true);
    }

    @Test
    void shouldFailWhereTheLoopWasNotCompiled() throws IOException
    {
        assertThat(report(log(apply(1)), false)).contains("has not come to");
    }

    @Test
    void shouldRefuseWhatIsNoLog() throws IOException
    {
        final Path file = Files.writeString(directory.resolve("other.xml"), "no log");

        assertThatThrownBy(() -> CompilationLog.read(file)).isInstanceOf(IOException.class)
            .hasMessageContaining("other.xml");
    }
}
