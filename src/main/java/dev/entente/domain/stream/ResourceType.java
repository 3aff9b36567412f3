package dev.entente.domain.stream;

import java.util.Optional;

/** The four kinds of resource and their type URLs (protocol chapter 2.3.1). */
public enum ResourceType {
    EXPORTED_SERVICE("type.googleapis.com/hashicorp.consul.internal.peerstream.ExportedService"),
    EXPORTED_SERVICE_LIST("type.googleapis.com/hashicorp.consul.internal.peerstream.ExportedServiceList"),
    TRUST_BUNDLE("type.googleapis.com/hashicorp.consul.internal.peering.PeeringTrustBundle"),
    SERVER_ADDRESSES("type.googleapis.com/hashicorp.consul.internal.peering.PeeringServerAddresses");

    private final String url;

    ResourceType(String url) {
        this.url = url;
    }

    public String url() {
        return url;
    }

    /** The kind with this URL, compared byte for byte. */
    public static Optional<ResourceType> ofUrl(String url) {
        for (ResourceType type : values()) {
            if (type.url.equals(url)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
