package dev.entente.rest.json;

import dev.entente.domain.config.MeshEntry;

/** The members of mesh entries (protocol chapter 8.2). */
final class MeshJson {
    private MeshJson() {}

    static void write(Json json, MeshEntry entry) {
        json.object("TransparentProxy", object -> object.flag("MeshDestinationsOnly", entry.meshDestinationsOnly()))
                .objectIfAny("TLS", entry.tls(), MeshJson::tls)
                .objectIfAny(
                        "HTTP",
                        entry.sanitizeForwardedCert(),
                        (object, sanitize) -> object.flag("SanitizeXForwardedClientCert", sanitize))
                .objectIfAny(
                        "Peering",
                        entry.peerThroughMeshGateways(),
                        (object, through) -> object.flag("PeerThroughMeshGateways", through));
    }

    private static void tls(Json json, MeshEntry.Tls tls) {
        json.objectIfAny("Incoming", tls.incoming(), MeshJson::direction)
                .objectIfAny("Outgoing", tls.outgoing(), MeshJson::direction);
    }

    private static void direction(Json json, MeshEntry.Direction direction) {
        json.textIfAny("TLSMinVersion", direction.minVersion())
                .textIfAny("TLSMaxVersion", direction.maxVersion())
                .textsIfAny("CipherSuites", direction.cipherSuites());
    }
}
