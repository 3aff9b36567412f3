package dev.entente.domain.trust;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The paths of identities. */
final class SpiffePaths {
    static final Pattern SERVICE = Pattern.compile("(?:/ap/([^/]+))?/ns/([^/]+)/dc/([^/]+)/svc/([^/]+)");
    static final Pattern OTHERS = Pattern.compile(
            "|(?:/ap/[^/]+)?/agent/client/dc/[^/]+/id/[^/]+|(?:/ap/[^/]+)?/gateway/mesh/dc/[^/]+|/agent/server/dc/[^/]+");

    /** Characters that stand for themselves in a path, as Go has them; all others are written by the bytes that they are. */
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~$&+,/:;=@";

    private SpiffePaths() {}

    static String encoded(String name) {
        StringBuilder path = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = each > 0 && PLAIN.indexOf(each) >= 0;
            path.append(isPlain ? String.valueOf((char) each) : String.format("%%%02X", each));
        }
        return path.toString();
    }

    static String decoded(String part) {
        return URI.create("/" + part).getPath().substring(1);
    }
}
