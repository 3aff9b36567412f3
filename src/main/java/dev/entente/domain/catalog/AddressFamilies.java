package dev.entente.domain.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The tagged addresses of a service that name an address family (protocol chapter 6.8.1). */
public final class AddressFamilies {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile("^" + OCTET + "(\\." + OCTET + "){3}$");
    private static final Pattern IPV6 = Pattern.compile("^(?=.*:.*:)[0-9a-fA-F:]+(\\d+\\.\\d+\\.\\d+\\.\\d+)?$");

    private AddressFamilies() {}

    public static boolean isIpv4(String address) {
        return IPV4.matcher(address).matches();
    }

    public static boolean isIpv6(String address) {
        return IPV6.matcher(address).matches();
    }

    /** Fills in the addresses of the family that the service's own address has; what was given stays. */
    public static Service filled(Service service) {
        String family = familyOf(service.address());
        if (family.isEmpty()) {
            return service;
        }
        Map<String, ServiceAddress> addresses = new TreeMap<>(service.taggedAddresses());
        ServiceAddress own = new ServiceAddress(service.address(), service.port());
        addresses.putIfAbsent("lan_" + family, own);
        addresses.putIfAbsent("wan_" + family, own);
        return service.withTaggedAddresses(addresses);
    }

    /** What is wrong with an address that claims a family. */
    public static Optional<String> complaint(Service service) {
        return service.taggedAddresses().entrySet().stream()
                .filter(entry -> isWrong(entry.getKey(), entry.getValue().address()))
                .map(entry -> "Service tagged address \"" + entry.getKey() + "\" must be a valid ip"
                        + entry.getKey().substring(entry.getKey().length() - 2) + " address")
                .findFirst();
    }

    /** The addresses of a node, under the keys that Consul's own nodes have. */
    public static Map<String, String> ofNode(String address) {
        Map<String, String> addresses = new TreeMap<>(Map.of("lan", address, "wan", address));
        String family = familyOf(address);
        if (!family.isEmpty()) {
            addresses.put("lan_" + family, address);
            addresses.put("wan_" + family, address);
        }
        return addresses;
    }

    private static String familyOf(String address) {
        if (isIpv4(address)) {
            return "ipv4";
        }
        return isIpv6(address) ? "ipv6" : "";
    }

    private static boolean isWrong(String key, String address) {
        return switch (key) {
            case "lan_ipv4", "wan_ipv4" -> !isIpv4(address);
            case "lan_ipv6", "wan_ipv6" -> !isIpv6(address);
            default -> false;
        };
    }
}
