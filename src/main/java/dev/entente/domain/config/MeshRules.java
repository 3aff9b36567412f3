package dev.entente.domain.config;

import dev.entente.domain.config.MeshEntry.Direction;
import dev.entente.domain.config.MeshEntry.Tls;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a mesh entry may be. */
final class MeshRules {
    private MeshRules() {}

    static Optional<String> fault(MeshEntry entry) {
        Tls tls = entry.tls();
        return EntryMeta.fault(entry.meta()).or(() -> tls == null ? Optional.empty() : fault(tls));
    }

    private static Optional<String> fault(Tls tls) {
        return fault("incoming", tls.incoming()).or(() -> fault("outgoing", tls.outgoing()));
    }

    private static Optional<String> fault(String name, @Nullable Direction direction) {
        return direction == null
                ? Optional.empty()
                : TlsRules.fault(direction.minVersion(), direction.maxVersion(), direction.cipherSuites())
                        .map(fault -> "error in " + name + " TLS configuration: " + fault);
    }
}
