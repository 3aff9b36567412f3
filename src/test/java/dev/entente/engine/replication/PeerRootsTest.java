package dev.entente.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.contract.Samples;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.view.InstantView;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerRootsTest {
    private final InstantView view = new InstantView();
    private final Peering peering = Samples.peering(new PeerName("far"));

    @Test
    void beforeABundleCameTheTokensRootsCount() {
        assertThat(PeerRoots.of(view, peering)).isEqualTo(peering.caPems());
    }

    @Test
    void theRootsThatThePeerSentSinceCountToo() {
        receive("x.consul", "new root");

        assertThat(PeerRoots.of(view, peering)).containsExactly(peering.caPems().get(0), "new root");
    }

    @Test
    void rootsOfAnotherTrustDomainThanTheDialedServersDoNotCount() {
        receive("other.consul", "new root");

        assertThat(PeerRoots.of(view, peering)).isEqualTo(peering.caPems());
    }

    private void receive(String trustDomain, String root) {
        TrustBundle bundle = new TrustBundle(new TrustDomain(trustDomain), List.of(root), "");
        Change change = Change.imported(
                RecordKind.IMPORTED_BUNDLE, new PeerScope(peering.name(), peering.id()), "roots", bundle);
        view.publish(PartitionName.DEFAULT, List.of(change)).await().indefinitely();
    }
}
