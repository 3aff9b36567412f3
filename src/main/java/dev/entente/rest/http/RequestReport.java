package dev.entente.rest.http;

import java.time.Duration;
import java.util.function.Supplier;

/** Is told of every answered request that had a row in the route table. */
@FunctionalInterface
public interface RequestReport {

    /**
     * A request was answered, or given up by its client.
     *
     * @param url without the values of tokens; made when it is asked for
     */
    void answered(String method, Route route, Supplier<String> url, String from, Duration took);
}
