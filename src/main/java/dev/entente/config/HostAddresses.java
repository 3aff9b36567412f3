package dev.entente.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The addresses of this machine, and the few address templates that operators write in configuration files. */
final class HostAddresses {
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{\\s*(\\w+)(?:\\s+[\"`]([^\"`]*)[\"`])?\\s*}}");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private HostAddresses() {}

    /** The first private IPv4 address; a machine without one has another, at worst loopback. */
    static String firstPrivate() {
        return addresses(usable())
                .min(Comparator.comparingInt(HostAddresses::rank))
                .map(InetAddress::getHostAddress)
                .orElse("127.0.0.1");
    }

    /** Replaces {@code {{ GetPrivateIP }}}, {@code {{ GetPublicIP }}} and {@code {{ GetInterfaceIP "eth0" }}}. */
    static String expand(String key, String text) {
        Matcher matcher = TEMPLATE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            String argument = Optional.ofNullable(matcher.group(2)).orElse("");
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(evaluate(key, matcher.group(1), argument)));
        }
        String result = matcher.appendTail(expanded).toString().strip();
        if (result.contains("{{")) {
            throw new InvalidConfigException(key + ": address template not supported: " + text);
        }
        return result;
    }

    static boolean isIp(String text) {
        return IPV4.matcher(text).matches() || text.contains(":");
    }

    static boolean isAny(String text) {
        return text.equals("0.0.0.0") || text.equals("::") || text.equals("[::]");
    }

    private static String evaluate(String key, String function, String argument) {
        Optional<InetAddress> found = switch (function) {
            case "GetPrivateIP" ->
                addresses(usable()).filter(address -> rank(address) == 0).findFirst();
            case "GetPublicIP" ->
                addresses(usable()).filter(address -> rank(address) > 0).findFirst();
            case "GetInterfaceIP" -> addresses(named(argument)).findFirst();
            default -> throw new InvalidConfigException(key + ": address template not supported: " + function);
        };
        return found.map(InetAddress::getHostAddress)
                .orElseThrow(() -> new InvalidConfigException(key + ": no address found by " + function));
    }

    /** Lower is better to advertise. */
    private static int rank(InetAddress address) {
        return address.isSiteLocalAddress() ? 0 : 1;
    }

    private static Stream<InetAddress> addresses(List<NetworkInterface> interfaces) {
        return interfaces.stream().flatMap(NetworkInterface::inetAddresses).filter(Inet4Address.class::isInstance);
    }

    private static List<NetworkInterface> usable() {
        try {
            List<NetworkInterface> up = new ArrayList<>();
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                if (each.isUp() && !each.isLoopback()) {
                    up.add(each);
                }
            }
            return up;
        } catch (SocketException e) {
            // A machine that shows no interfaces still has loopback, the caller's last choice.
            return List.of();
        }
    }

    private static List<NetworkInterface> named(String name) {
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            return found == null ? List.of() : List.of(found);
        } catch (SocketException e) {
            return List.of();
        }
    }
}
