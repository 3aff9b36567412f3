package dev.entente.engine.view;

import dev.entente.domain.identity.PeerName;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something of a partition that readers wait for.
 *
 * @param name in lower case where it names a service or a node; a node is also named by its id
 * @param peer key of the peer ({@code PeerName.key()}); empty for what is local
 */
public record Topic(Subject subject, String peer, String name) {
    /** The order of names and ids: without case, and with it only where nothing else tells them apart. */
    static final Comparator<String> BY_NAME = String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());

    /** Stands for the local catalog and every peer's; no peer is named so. */
    private static final String EVERYWHERE = "*";

    /** What kinds of things can be waited for. */
    public enum Subject {
        /** The instances of a service, with their nodes and checks. */
        SERVICE,
        /** The connect-capable endpoints of a service: proxies for it and native instances. */
        CONNECT,
        /** A node, its services and checks. */
        NODE,
        /** The mesh gateways, under whatever names they are registered. */
        MESH_GATEWAYS,
        /** The names and tags of all services. */
        SERVICE_NAMES,
        /** All nodes. */
        NODES,
        /** All checks. */
        CHECKS,
        /** All instances of all services, with their nodes and checks. */
        INSTANCES,
        /** All nodes with everything on them. */
        CONTENTS,
        /** One config entry; the name is a {@code Keys.configEntry}. */
        CONFIG_ENTRY,
        /** All config entries of the kind that is the name. */
        CONFIG_KIND,
        /** All peerings. */
        PEERINGS,
        /** The certificate authority's roots. */
        CA_ROOTS,
        /** The trust bundle of the peer. */
        TRUST_BUNDLE,
        /** The partitions of the cluster. */
        PARTITIONS
    }

    public static Topic service(@Nullable PeerName peer, String service) {
        return new Topic(Subject.SERVICE, keyOf(peer), lower(service));
    }

    public static Topic connect(@Nullable PeerName peer, String service) {
        return new Topic(Subject.CONNECT, keyOf(peer), lower(service));
    }

    public static Topic node(@Nullable PeerName peer, String node) {
        return new Topic(Subject.NODE, keyOf(peer), lower(node));
    }

    public static Topic of(Subject subject, @Nullable PeerName peer) {
        return new Topic(subject, keyOf(peer), "");
    }

    /** The subject in the local catalog and in those of all peers. */
    public static Topic everywhere(Subject subject) {
        return new Topic(subject, EVERYWHERE, "");
    }

    public static Topic configEntry(String key) {
        return new Topic(Subject.CONFIG_ENTRY, "", key);
    }

    public static Topic configKind(String kind) {
        return new Topic(Subject.CONFIG_KIND, "", kind);
    }

    /** Names of services and nodes are looked up without case. */
    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String keyOf(@Nullable PeerName peer) {
        return peer == null ? "" : peer.key();
    }
}
