package dev.entente.domain.gateway;

import java.util.Collection;

/** What gateways need to know of the services of their partition. */
public interface LocalServices {

    /** The names that a gateway for all services leads to, if they fit. */
    Collection<String> names();

    boolean isRegistered(String service);

    /** Whether it has typical instances that are not part of the mesh themselves. */
    boolean hasPlainInstances(String service);

    /** Whether it has proxies or instances that are part of the mesh themselves. */
    boolean isInMesh(String service);

    /** Whether its defaults say where it is outside. */
    boolean isDestination(String service);

    /** What it speaks. */
    String protocol(String service);
}
