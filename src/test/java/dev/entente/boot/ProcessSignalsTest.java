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
        ProcessSignals.on("HUP", () -> {
            twice.countDown();
            once.countDown();
        });

        hangUp();
        assertThat(once.await(10, TimeUnit.SECONDS)).isTrue();
        hangUp();

        assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aSignalThatThePlatformDoesNotKnowIsNoFailure() {
        assertThatCode(() -> ProcessSignals.on("NOSUCH", () -> {})).doesNotThrowAnyException();
    }

    private static void hangUp() throws Exception {
        new ProcessBuilder("kill", "-HUP", Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();
    }
}
