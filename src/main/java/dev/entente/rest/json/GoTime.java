package dev.entente.rest.json;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as Go writes them: RFC 3339 in UTC, with as many decimals as are needed. */
public final class GoTime {
    /** What a time that was never set looks like on the wire. */
    public static final String NEVER = "1970-01-01T00:00:00Z";

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);

    private GoTime() {}

    public static String text(Instant time) {
        OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
        String seconds = SECONDS.format(utc);
        if (utc.getNano() == 0) {
            return seconds + "Z";
        }
        String decimals = String.format(Locale.ROOT, "%09d", utc.getNano());
        int length = decimals.length();
        while (decimals.charAt(length - 1) == '0') {
            length--;
        }
        return seconds + "." + decimals.substring(0, length) + "Z";
    }
}
