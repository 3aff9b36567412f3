package dev.entente.equivalence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server said. */
record Answer(int status, String body) {
    boolean isOk() {
        return status == 200;
    }

    /** A text member of the body, which may be indented. */
    String text(String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\\s*\"([^\"]*)\"").matcher(body);
        if (!matcher.find()) {
            throw new IllegalStateException("there is no " + name + " in " + status + " " + body);
        }
        return matcher.group(1);
    }
}
