package dev.entente.domain.catalog;

import org.jspecify.annotations.Nullable;

/** The service-mesh part of an instance; {@code peerMeta} stands only on imported proxies. */
public record Connect(boolean isNative, @Nullable PeerMeta peerMeta) {
    public static final Connect NONE = new Connect(false, null);
}
