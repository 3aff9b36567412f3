package dev.entente.engine.view;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * New instances of a service, compared with those that stand there and ready to be put in their place.
 *
 * @param before null when there were none
 * @param service without instances when there are none any more
 * @param isNone whether nothing is another than before
 * @param newNames whether names or tags are others than before
 */
record ServiceReplacement(
        String key,
        long position,
        @Nullable Found<ServiceInstances> before,
        ServiceInstances service,
        boolean isNone,
        boolean newNames,
        Set<String> destinationsBefore,
        Set<String> destinations) {

    /** Nothing is another than before. */
    static ServiceReplacement none(String key, long position) {
        return new ServiceReplacement(key, position, null, ServiceInstances.NONE, true, false, Set.of(), Set.of());
    }
}
