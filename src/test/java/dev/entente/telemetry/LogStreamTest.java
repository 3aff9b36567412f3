package dev.entente.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.engine.port.LogLines;
import dev.entente.engine.port.LogLines.Level;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogStreamTest {
    private static final Logger OURS = Logger.getLogger("dev.entente.telemetry.sample");

    private final LogStream stream = new LogStream(Level.INFO);
    private final List<String> lines = new ArrayList<>();

    @AfterEach
    void quiet() {
        stream.configure(Level.INFO);
    }

    @Test
    void aFollowerHearsMoreThanTheConsoleWhenItAsks() {
        try (LogLines.Following following = stream.follow(Level.DEBUG, false, lines::add)) {
            assertThat(following).isNotNull();
            OURS.fine("seen");
            OURS.finer("not seen");
        }
        assertThat(lines).singleElement().asString().contains("[DEBUG] dev.entente.telemetry.sample: seen");
    }

    @Test
    void afterItsEndAFollowerHearsNothing() {
        stream.follow(Level.TRACE, false, lines::add).close();
        OURS.severe("too late");
        assertThat(lines).isEmpty();
        assertThat(OURS.isLoggable(java.util.logging.Level.FINE)).isFalse();
    }

    @Test
    void aQuietFollowerHearsOnlyWhatMatters() {
        try (LogLines.Following following = stream.follow(Level.ERROR, false, lines::add)) {
            assertThat(following).isNotNull();
            OURS.warning("not seen");
            OURS.severe("seen");
        }
        assertThat(lines).hasSize(1);
    }

    @Test
    void jsonLinesAreObjectsWhateverTheMessage() {
        try (LogLines.Following following = stream.follow(Level.INFO, true, lines::add)) {
            assertThat(following).isNotNull();
            OURS.info("a \"quote\",\n\tand a \\");
        }
        assertThat(new JsonObject(lines.get(0)).getMap())
                .containsEntry("@level", "info")
                .containsEntry("@module", "dev.entente.telemetry.sample")
                .containsEntry("@message", "a \"quote\",\n\tand a \\")
                .containsKey("@timestamp");
    }
}
