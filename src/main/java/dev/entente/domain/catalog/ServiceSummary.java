package dev.entente.domain.catalog;

import java.util.List;

/**
 * What pages show of all instances of one service together (protocol chapter 6.10).
 *
 * @param peer empty for a local service
 * @param kind of the instances; empty for typical ones
 * @param datacenter empty when there is no instance
 * @param nodes one entry for each instance
 * @param externalSources who registered the instances, where they say so
 * @param checks of the instances and of the proxies in front of them, each counted once
 * @param transparentProxy whether all its proxies are transparent
 * @param hasProxy whether there is a proxy in front of it
 */
public record ServiceSummary(
        String peer,
        String kind,
        String name,
        String datacenter,
        List<String> tags,
        List<String> nodes,
        List<String> externalSources,
        Checks checks,
        boolean transparentProxy,
        boolean connectNative,
        boolean hasProxy) {
    /** The member of {@code Meta} that tells who registered a service. */
    public static final String EXTERNAL_SOURCE = "external-source";

    public ServiceSummary {
        tags = List.copyOf(tags);
        nodes = List.copyOf(nodes);
        externalSources = List.copyOf(externalSources);
    }

    /** How many checks are in which state. */
    public record Checks(int passing, int warning, int critical) {
        public static final Checks NONE = new Checks(0, 0, 0);
    }

    /** A service of which only the name and where it is are told. */
    public static ServiceSummary named(String name, String datacenter) {
        return new ServiceSummary(
                "", "", name, datacenter, List.of(), List.of(), List.of(), Checks.NONE, false, false, false);
    }

    /** Whether this is what users call a service, or an entrance to the mesh. */
    public boolean isTypicalOrIngress() {
        return kind.isEmpty() || kind.equals(Service.INGRESS_GATEWAY);
    }
}
