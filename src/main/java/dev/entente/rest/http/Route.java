package dev.entente.rest.http;

import java.util.List;

/**
 * One row of the route table.
 *
 * @param pattern the whole path, or a prefix when it ends with a slash: what follows is the argument
 * @param methods in the order in which {@code Allow} names them
 * @param namespaced whether a namespace in the request is looked at, and then refused
 */
public record Route(String pattern, List<String> methods, boolean namespaced) {

    boolean isPrefix() {
        return pattern.endsWith("/");
    }

    String allow() {
        return "OPTIONS," + String.join(",", methods);
    }
}
