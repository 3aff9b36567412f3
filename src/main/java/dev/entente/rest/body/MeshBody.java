package dev.entente.rest.body;

import dev.entente.domain.config.MeshEntry;

/** The mesh entry in a body; it has no name. */
final class MeshBody {
    private MeshBody() {}

    static MeshEntry read(LooseMembers members) {
        return new MeshEntry(
                members.objectOrEmpty("TransparentProxy").flag("MeshDestinationsOnly"),
                members.object("TLS", MeshBody::tls),
                members.object("HTTP", http -> http.flag("SanitizeXForwardedClientCert")),
                members.object("Peering", peering -> peering.flag("PeerThroughMeshGateways")),
                members.textMap("Meta"));
    }

    private static MeshEntry.Tls tls(LooseMembers members) {
        return new MeshEntry.Tls(
                members.object("Incoming", MeshBody::direction), members.object("Outgoing", MeshBody::direction));
    }

    private static MeshEntry.Direction direction(LooseMembers members) {
        return new MeshEntry.Direction(
                members.named("types.TLSVersion", "TLSMinVersion"),
                members.named("types.TLSVersion", "TLSMaxVersion"),
                members.texts("CipherSuites", "types.TLSCipherSuite"));
    }
}
