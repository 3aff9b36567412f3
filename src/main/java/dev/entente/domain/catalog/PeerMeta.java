package dev.entente.domain.catalog;

import java.util.List;

/** How an imported proxy is reached and recognised (protocol chapter 5.4). */
public record PeerMeta(List<String> sni, List<String> spiffeId, String protocol) {
    public PeerMeta {
        sni = List.copyOf(sni);
        spiffeId = List.copyOf(spiffeId);
    }
}
