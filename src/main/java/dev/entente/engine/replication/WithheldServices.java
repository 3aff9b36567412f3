package dev.entente.engine.replication;

import dev.entente.domain.peering.StreamStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The services that a peer should know and does not get as they are, because it takes no message of their size. One leaves when it
 * can be sent again, or when a newer list does not name it.
 *
 * <p>Belongs to one stream, and is used on its loop. Not more than what is exported to the peer.
 */
final class WithheldServices {
    private final Set<String> names = new HashSet<>();
    private @Nullable List<String> exported;

    /** Whether that is new. */
    boolean add(String name) {
        return names.add(name);
    }

    void remove(String name) {
        names.remove(name);
    }

    /** The payload of a service goes before the list that names it, so only a list that is new tells what is not exported any more. */
    StreamStatus shownIn(StreamStatus newest) {
        List<String> list = newest.exported();
        if (list != null && !Objects.equals(list, exported)) {
            exported = list;
            names.retainAll(Set.copyOf(list));
        }
        return newest.withholding(names);
    }
}
