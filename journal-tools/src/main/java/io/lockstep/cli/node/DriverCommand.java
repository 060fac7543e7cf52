package io.lockstep.cli.node;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.status.SystemCounterDescriptor;
import io.aeron.driver.status.SystemCounters;
import io.lockstep.cli.argument.LogOption;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.config.ConfigurationFile;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.StopSignal;
import io.lockstep.cli.output.ValuesPrinter;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.aeron.DriverFaults;
import io.lockstep.sequencer.aeron.StandaloneDriver;
import io.lockstep.sequencer.config.DriverContext;
import io.lockstep.sequencer.config.Units;
import io.lockstep.sequencer.log.ProcessLog;
import io.lockstep.sequencer.safety.DirectoryWatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * A media driver in a process of its own, until it is told to stop.
 */
@Command(name = "driver", description = "Runs an Aeron media driver until SIGTERM or SIGINT, for nodes and gateways in processes of their own.", mixinStandardHelpOptions = true, footer = {
    "", "Example: lockstep config --example driver > driver.yaml && lockstep driver --config driver.yaml"})
final class DriverCommand implements Callable<Integer>
{
    private static final long STOP_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(500);

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "YAML; see 'lockstep config --example driver'.")
    private Path config;

    @Option(names = "--json", description = "Print one JSON object when it has stopped.")
    private boolean json;

    @Option(names = "--debug-loss-rate", hidden = true, defaultValue = "0", description = "Drop this part of what is received, to test with.")
    private double lossRate;

    @Option(names = "--debug-loss-seed", hidden = true, defaultValue = "1", description = "Decides which.")
    private long lossSeed;

    @Option(names = "--debug-delay", hidden = true, defaultValue = "0", description = "Take data that is received so much later, to test with.")
    private String delay;

    @Mixin
    private LogOption logOption;

    private ProcessLog log = ProcessLog.NONE;
    private long errors;

    @Override
    public Integer call() throws InterruptedException
    {
        if (!(lossRate >= 0 && lossRate <= 1))
        {
            throw new UsageException("--debug-loss-rate=" + lossRate + ": expected a number from 0 to 1");
        }
        final long delayNs = Units.durationNs(delay);
        if (delayNs < 0)
        {
            throw new UsageException("--debug-delay=" + delay + ": expected a duration such as 1ms");
        }
        final DriverContext context = ConfigurationFile.driver(config);
        try (ProcessLog opened = logOption.open(context.log(), config, spec.commandLine().getErr()))
        {
            log = opened;
            return log.untilEnd("driver", () -> run(context, delayNs));
        }
    }

    private int run(final DriverContext context, final long delayNs) throws InterruptedException
    {
        try (StopSignal stop = new StopSignal(STOP_TIMEOUT_NS))
        {
            try (MediaDriver driver = StandaloneDriver.launch(
                context, new DriverFaults(lossRate, lossSeed, delayNs), this::onError))
            {
                log.info("driver", "runs: pid=" + ProcessHandle.current().pid() + " directory=" +
                    driver.aeronDirectoryName());
                say("driver running in " + driver.aeronDirectoryName() + ", pid " + ProcessHandle.current().pid() +
                    "; stop it with SIGTERM or Ctrl-C");
                awaitStop(stop, driver);
                print(driver.context().systemCounters());
            }
            stop.stoppedClean();
            return ExitStatus.DONE;
        }
    }

    /** New clients would find another directory, or none. */
    private static void awaitStop(final StopSignal stop, final MediaDriver driver) throws InterruptedException
    {
        final DirectoryWatch directory = new DirectoryWatch(Path.of(driver.aeronDirectoryName()));
        while (!stop.await(LOOK_INTERVAL_NS))
        {
            directory.look(System.nanoTime());
            if (directory.problem() != null)
            {
                // What is there now is not this driver's to delete.
                driver.context().dirDeleteOnShutdown(false);
                throw new NodeException(NodeException.CANNOT_RUN, "aeron.directory: " + directory.problem());
            }
        }
    }

    private synchronized void onError(final Throwable error)
    {
        errors++;
        log.warn("driver", Escapes.line(error.toString()));
        say("driver: " + error);
    }

    private synchronized void say(final String text)
    {
        final PrintWriter err = spec.commandLine().getErr();
        err.println("lockstep: " + text);
        err.flush();
    }

    private synchronized void print(final SystemCounters counters)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("errors", errors);
        values.put("bytesSent", counters.get(SystemCounterDescriptor.BYTES_SENT).get());
        values.put("bytesReceived", counters.get(SystemCounterDescriptor.BYTES_RECEIVED).get());
        values.put("nakMessagesSent", counters.get(SystemCounterDescriptor.NAK_MESSAGES_SENT).get());
        values.put("retransmitsSent", counters.get(SystemCounterDescriptor.RETRANSMITS_SENT).get());
        final PrintWriter out = spec.commandLine().getOut();
        new ValuesPrinter(out, json).print(values);
        out.flush();
    }
}
