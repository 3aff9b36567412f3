package dev.entente.domain.trust;

import java.util.regex.Pattern;

/** The paths of identities. */
final class SpiffePaths {
    static final Pattern SERVICE = Pattern.compile("(?:/ap/([^/]+))?/ns/([^/]+)/dc/([^/]+)/svc/([^/]+)");
    static final Pattern OTHERS = Pattern.compile(
            "|(?:/ap/[^/]+)?/agent/client/dc/[^/]+/id/[^/]+|(?:/ap/[^/]+)?/gateway/mesh/dc/[^/]+|/agent/server/dc/[^/]+");

    private SpiffePaths() {}
}
