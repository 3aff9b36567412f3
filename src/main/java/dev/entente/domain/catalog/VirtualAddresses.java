package dev.entente.domain.catalog;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The addresses of 240.0.0.0/4 under which a service is reached inside the mesh, whichever instance answers (protocol chapters 4.2
 * and 6.2). Instances show them among their tagged addresses; nobody registers them.
 */
public final class VirtualAddresses {
    /** The tagged address of a proxy or a native instance. */
    public static final String TAG = "consul-virtual";

    /** How many there are; the last of the range are left out, as by Consul. */
    public static final long LARGEST = 0x0FFF_FFFDL;

    private static final String LINKED = TAG + ":";
    private static final long FIRST_OCTET = 240;

    private VirtualAddresses() {}

    /** The service whose address this instance carries: a proxy its destination's, a native instance its own. */
    public static Optional<String> carriedBy(Service service) {
        if (service.kind().equals(Service.CONNECT_PROXY)) {
            return Optional.of(service.proxy().destinationServiceName()).filter(name -> !name.isEmpty());
        }
        return service.connect().isNative() ? Optional.of(service.name()) : Optional.empty();
    }

    /** Whether an instance carries the addresses of the services that its config entry links. */
    public static boolean carriesLinks(Service service) {
        return service.kind().equals(Service.TERMINATING_GATEWAY);
    }

    /** In which form names are compared. */
    public static String key(String service) {
        return service.toLowerCase(Locale.ROOT);
    }

    /** The dotted form of an address that is counted from 240.0.0.0. */
    public static String text(long number) {
        if (number < 1 || number > LARGEST) {
            throw new IllegalArgumentException("there is no virtual address " + number);
        }
        return (FIRST_OCTET + (number >> 24)) + "." + ((number >> 16) & 0xff) + "." + ((number >> 8) & 0xff) + "."
                + (number & 0xff);
    }

    /** A proxy or native instance with the address that it carries, at its own port. */
    public static Service carrying(Service service, String address) {
        Map<String, ServiceAddress> addresses = new TreeMap<>(service.taggedAddresses());
        addresses.put(TAG, new ServiceAddress(address, service.port()));
        return service.withTaggedAddresses(addresses);
    }

    /** A terminating gateway with the addresses of these services, and of no others. */
    public static Service linking(Service gateway, Iterable<String> services, Function<String, String> addressOf) {
        Map<String, ServiceAddress> addresses = new TreeMap<>(gateway.taggedAddresses());
        addresses.keySet().removeIf(tag -> tag.startsWith(LINKED));
        services.forEach(name -> addresses.put(LINKED + name, new ServiceAddress(addressOf.apply(name), 0)));
        return gateway.withTaggedAddresses(addresses);
    }

    /** The instance as it was registered, which is how its agent shows it. */
    public static Service asRegistered(Service service) {
        if (carriedBy(service).isEmpty() && !carriesLinks(service)) {
            return service;
        }
        Map<String, ServiceAddress> addresses = new TreeMap<>(service.taggedAddresses());
        addresses.keySet().removeIf(tag -> tag.startsWith(LINKED) || tag.equals(TAG));
        return addresses.size() == service.taggedAddresses().size() ? service : service.withTaggedAddresses(addresses);
    }
}
