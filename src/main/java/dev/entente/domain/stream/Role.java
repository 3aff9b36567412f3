package dev.entente.domain.stream;

import java.util.Arrays;
import java.util.List;

/** Which end of a stream we are. */
public enum Role {
    /** We gave out the token and are dialed. */
    ACCEPTOR,
    /** We dial. */
    DIALER;

    /**
     * What we subscribe to, in the order in which the subscriptions go out. An acceptor leaves out the addresses of servers that
     * it never dials, as newer releases do (protocol chapter 3.3).
     */
    public List<ResourceType> subscriptions() {
        List<ResourceType> all = Arrays.asList(ResourceType.values());
        return switch (this) {
            case ACCEPTOR ->
                all.stream()
                        .filter(type -> type != ResourceType.SERVER_ADDRESSES)
                        .toList();
            case DIALER -> all;
        };
    }
}
