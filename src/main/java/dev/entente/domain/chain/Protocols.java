package dev.entente.domain.chain;

import dev.entente.domain.config.ProxyDefaultsEntry;
import java.util.Locale;
import java.util.Set;

/** What services speak (protocol chapter 5.4). */
public final class Protocols {
    public static final String TCP = "tcp";
    private static final Set<String> HTTP_LIKE = Set.of("http", "http2", "grpc");

    private Protocols() {}

    /** What a service speaks: its own defaults decide when there are any, even if they do not name a protocol. */
    public static String of(EntrySource entries, String service) {
        String declared = entries.serviceDefaults(service)
                .map(defaults -> defaults.protocol())
                .orElseGet(() -> entries.proxyDefaults()
                        .map(ProxyDefaultsEntry::protocol)
                        .orElse(""));
        return declared.isEmpty() ? TCP : declared.toLowerCase(Locale.ROOT);
    }

    /** Whether requests can be told apart, so that they can be routed, split and judged one by one. */
    public static boolean isHttpLike(String protocol) {
        return HTTP_LIKE.contains(protocol);
    }
}
