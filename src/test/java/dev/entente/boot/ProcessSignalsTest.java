package dev.entente.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessSignalsTest {
    @Test
    void aSignalRunsTheActionEachTimeInPlaceOfEndingTheProcess() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        CountDownLatch once = new CountDownLatch(1);
        ProcessSignals.on("USR2", () -> {
            twice.countDown();
            once.countDown();
        });

        signalSelf();
        assertThat(once.await(10, TimeUnit.SECONDS)).isTrue();
        signalSelf();

        assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aSignalThatThePlatformDoesNotKnowIsNoFailure() {
        assertThatCode(() -> ProcessSignals.on("NOSUCH", () -> {})).doesNotThrowAnyException();
    }

    /** Not SIGHUP: it is passed over in everything that was started with nohup. */
    private static void signalSelf() throws Exception {
        new ProcessBuilder(
                        "kill", "-USR2", Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();
    }
}
