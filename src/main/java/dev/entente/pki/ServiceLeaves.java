package dev.entente.pki;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.trust.CaSettings;
import dev.entente.domain.trust.SpiffeId;
import dev.entente.engine.port.CaStore;
import dev.entente.engine.port.CaStore.Held;
import dev.entente.engine.port.IssuedLeaf;
import dev.entente.engine.port.LeafIssuer;
import io.smallrye.mutiny.Uni;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** Signs the certificates of services with the active root; the keys are made here and are given out with them. */
public final class ServiceLeaves implements LeafIssuer {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private final BuiltInCertificateAuthority authority;
    private final CaStore store;
    private final String datacenter;
    private final SigningPace pace = new SigningPace();

    public ServiceLeaves(BuiltInCertificateAuthority authority, CaStore store, String datacenter) {
        this.authority = authority;
        this.store = store;
        this.datacenter = datacenter;
    }

    @Override
    public Uni<IssuedLeaf> issue(PartitionName partition, String service) {
        return authority
                .held()
                .invoke(this::count)
                .chain(held -> store.nextIndex()
                        .chain(index -> authority.onWorker(() -> sign(held, partition, service, index))));
    }

    private void count(Held held) {
        Instant now = authority.now();
        if (held.active().root().notAfter().isBefore(now)) {
            throw new RefusedException(Refusal.invalid("root expired: certificate expired, expiration date: "
                    + held.active().root().notAfter()));
        }
        pace.take(BuiltInCertificateAuthority.settings(held).signingsPerSecond(), now);
    }

    private IssuedLeaf sign(Held held, PartitionName partition, String service, long index) {
        CaSettings settings = BuiltInCertificateAuthority.settings(held);
        TrustDomain trustDomain = TrustDomain.ofCluster(held.active().root().externalTrustDomain());
        String uri = "spiffe://" + trustDomain.value() + inPartition(partition) + "/ns/default/dc/" + datacenter
                + "/svc/" + SpiffeId.pathOf(service);
        if (service.contains("/")) {
            throw new RefusedException(Refusal.invalid("SPIFFE ID is not in the expected format: " + uri));
        }
        Leaf leaf = Leaf.issue(held.active(), settings, uri, List.of(), authority.now());
        return new IssuedLeaf(
                serial(leaf.chain().get(0).getSerialNumber()),
                Pem.ofCertificates(leaf.chain()),
                leaf.keyPem(),
                service,
                uri,
                leaf.notBefore(),
                leaf.notAfter(),
                leaf.rootId(),
                index);
    }

    private static String inPartition(PartitionName partition) {
        return partition.isDefault() ? "" : "/ap/" + partition.value();
    }

    /** Whole bytes, without one that only tells the sign. */
    private static String serial(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return COLONS.formatHex(bytes, from, bytes.length);
    }
}
