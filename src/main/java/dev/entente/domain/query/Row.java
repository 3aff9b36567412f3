package dev.entente.domain.query;

import java.util.List;

/**
 * Something that is filtered, with where it belongs.
 *
 * @param partition as shown: empty for the default one
 * @param peer empty for what is local
 */
public record Row<T>(String partition, String peer, T value) {

    /** A part of this row, at the same place. */
    <P> Row<P> part(P part) {
        return new Row<>(partition, peer, part);
    }

    /** Several parts of this row. */
    <P> List<Row<P>> parts(List<P> parts) {
        return parts.stream().map(this::part).toList();
    }
}
