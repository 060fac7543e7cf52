package io.lockstep.cli.gateway;

import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.config.IdleKind;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A gateway's error ends and closes it, and is said once, by whoever asks for it; its thread prints nothing. */
class GatewayThreadTest
{
    private static final long TIMEOUT_SECONDS = 20;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final CountDownLatch closed = new CountDownLatch(1);
    private PrintStream err;

    @BeforeEach
    void captureErr()
    {
        err = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveErrBack()
    {
        System.setErr(err);
    }

    private Agent failing(final RuntimeException error)
    {
        return new Agent()
        {
            @Override
            public int doWork()
            {
                throw error;
            }

            @Override
            public void onClose()
            {
                closed.countDown();
            }

            @Override
            public String roleName()
            {
                return "gateway-thread-test";
            }
        };
    }

    private NodeException failure(final RuntimeException error) throws InterruptedException
    {
        try (GatewayThread thread = new GatewayThread(failing(error), IdleKind.BACKOFF))
        {
            assertThat(closed.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)).as("closed").isTrue();
            return catchThrowableOfType(NodeException.class, thread::requireHealthy);
        }
    }

    @Test
    void shouldSayTheErrorAndPrintNothing() throws InterruptedException
    {
        final NodeException failure = failure(new IllegalStateException("it is broken"));

        assertThat(failure.exitStatus()).isEqualTo(NodeException.CHECK_FAILED);
        assertThat(failure).hasMessageContaining("it is broken");
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void shouldBeHealthyUntilThen()
    {
        final Agent idle = new Agent()
        {
            @Override
            public int doWork()
            {
                return 0;
            }

            @Override
            public String roleName()
            {
                return "gateway-thread-test";
            }
        };
        try (GatewayThread thread = new GatewayThread(idle, IdleKind.BACKOFF))
        {
            assertThatCode(thread::requireHealthy).doesNotThrowAnyException();
        }
    }
}
