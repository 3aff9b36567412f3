package dev.entente.telemetry;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/** One line of the log, as text or as a JSON object with the members that readers of Consul's log know. */
final class LogLine extends ExtFormatter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final boolean json;

    LogLine(boolean json) {
        this.json = json;
    }

    /** Without the end of the line. */
    String of(LogRecord entry) {
        return json ? object(entry) : text(entry);
    }

    @Override
    public String format(ExtLogRecord entry) {
        return of(entry) + System.lineSeparator();
    }

    private String text(LogRecord entry) {
        return time(entry) + " [" + level(entry).toUpperCase(Locale.ROOT) + "] " + entry.getLoggerName() + ": "
                + message(entry);
    }

    private String object(LogRecord entry) {
        return "{\"@level\":" + quoted(level(entry)) + ",\"@message\":" + quoted(message(entry)) + ",\"@module\":"
                + quoted(String.valueOf(entry.getLoggerName())) + ",\"@timestamp\":" + quoted(time(entry)) + "}";
    }

    /** A trace belongs to the log of this machine; followers get what happened. */
    private String message(LogRecord entry) {
        String message = formatMessage(ExtLogRecord.wrap(entry));
        return entry.getThrown() == null ? message : message + ": " + entry.getThrown();
    }

    private static String time(LogRecord entry) {
        return TIME.format(Instant.ofEpochMilli(entry.getMillis()));
    }

    private static String level(LogRecord entry) {
        int value = entry.getLevel().intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (value >= Level.WARNING.intValue()) {
            return "warn";
        }
        if (value >= Level.INFO.intValue()) {
            return "info";
        }
        return value >= Level.FINE.intValue() ? "debug" : "trace";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '"' || letter == '\\') {
                quoted.append('\\').append(letter);
            } else if (letter < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) letter));
            } else {
                quoted.append(letter);
            }
        }
        return quoted.append('"').toString();
    }
}
