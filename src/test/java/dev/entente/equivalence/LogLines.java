package dev.entente.equivalence;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The kinds of lines in a server's log that an operator would worry about, each with how often it came. */
record LogLines(Map<String, Integer> kinds) {
    private static final Pattern WORRYING = Pattern.compile("\\[(ERROR|CRIT)\\].*|.*\\b(panic|goroutine \\d+ \\[).*");
    private static final Pattern STAMP = Pattern.compile("^\\S+Z\\s+");
    private static final Pattern PARTICULARS =
            Pattern.compile("(127\\.0\\.0\\.1|\\[::1\\]):\\d+|\\b\\d+(\\.\\d+)?(µs|ms|s)?\\b|0x[0-9a-f]+");

    /** Which of the many texts for a peer that is being restarted depends on the instant; all of them say the same. */
    private static final Pattern AWAY = Pattern.compile(
            "(unexpected error receiving from the stream: )?rpc error: code = (Unavailable|Canceled) desc = .*\"");

    /** A server that has just become its own leader says by the millisecond how far its authority is. */
    private static final Pattern STARTING = Pattern.compile(
            "CA (is uninitialized and unable to sign certificates yet: .*|has not finished initializing)\"");

    static LogLines of(Server server) throws IOException {
        Map<String, Integer> kinds = new TreeMap<>();
        try (Stream<String> lines = Files.lines(server.log())) {
            lines.map(line -> STAMP.matcher(line).replaceFirst(""))
                    .map(WORRYING::matcher)
                    .filter(Matcher::matches)
                    .map(match -> AWAY.matcher(match.group()).replaceAll("the peer is away\""))
                    .map(line -> STARTING.matcher(line).replaceAll("the authority is not ready\""))
                    .map(line -> PARTICULARS.matcher(Normal.text(line)).replaceAll("#"))
                    .forEach(kind -> kinds.merge(kind, 1, Integer::sum));
        }
        return new LogLines(kinds);
    }

    /** Those that the other servers' logs do not have. */
    Map<String, Integer> besides(LogLines first, LogLines second) {
        Map<String, Integer> more = new TreeMap<>(kinds);
        more.keySet().removeAll(first.kinds.keySet());
        more.keySet().removeAll(second.kinds.keySet());
        return more;
    }
}
