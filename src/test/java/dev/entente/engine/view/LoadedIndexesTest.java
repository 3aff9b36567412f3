package dev.entente.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.contract.CatalogStoreContract;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.engine.port.ChangeLog.HotState;
import dev.entente.engine.port.LogEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadedIndexesTest {
    private static final List<LogEntry> HELD =
            List.of(Entries.nodeAt(1, "a"), Entries.serviceAt(2, "a", Service.typical("web", "web", 80)));

    private final PartitionTables running = new PartitionTables(PartitionName.DEFAULT);
    private final PartitionTables started = new PartitionTables(PartitionName.DEFAULT);

    @Test
    void aReplicaThatStartsLaterGivesAServiceTheSameIndex() {
        running.apply(HELD);
        started.load(new HotState(7, 0, HELD));

        assertThat(started.service(null, "web").index())
                .isEqualTo(running.service(null, "web").index());
    }

    @Test
    void aReplicaThatStartsLaterGivesNoSmallerIndexForWhatIsGone() {
        running.apply(HELD);
        running.apply(List.of(Entries.serviceAt(3, "a", Service.typical("db", "db", 80))));
        running.apply(List.of(Entries.serviceGoneAt(4, "a", "db")));

        started.load(new HotState(4, 4, HELD));

        assertThat(started.service(null, "db").index())
                .isGreaterThanOrEqualTo(running.service(null, "db").index());
        assertThat(started.serviceNames(null).index())
                .isGreaterThanOrEqualTo(running.serviceNames(null).index());
    }

    @Test
    void aReplicaThatStartsLaterGivesNoSmallerIndexForWhatHasLostAnInstance() {
        running.apply(HELD);
        running.apply(List.of(Entries.serviceAt(3, "a", Service.typical("web-2", "web", 81))));
        running.apply(List.of(Entries.serviceGoneAt(4, "a", "web-2")));

        started.load(new HotState(4, 4, HELD));

        assertThat(started.service(null, "web").index())
                .isGreaterThanOrEqualTo(running.service(null, "web").index());
        assertThat(started.node(null, "a").index())
                .isGreaterThanOrEqualTo(running.node(null, "a").index());
    }

    /** Nothing is removed where a proxy turns to another service, but before the first one there is one less. */
    @Test
    void aReplicaThatStartsLaterGivesNoSmallerIndexForTheServiceThatAProxyHasLeft() {
        LogEntry first = Entries.serviceAt(3, "a", CatalogStoreContract.proxy("p1", "web", 1));
        running.apply(HELD);
        running.apply(List.of(first, Entries.serviceAt(4, "a", CatalogStoreContract.proxy("p2", "web", 2))));
        LogEntry moved = Entries.serviceAt(5, "a", CatalogStoreContract.proxy("p2", "db", 2));
        running.apply(List.of(moved));

        started.load(new HotState(5, 5, List.of(HELD.get(0), HELD.get(1), first, moved)));

        assertThat(started.connect(null, "web").index())
                .isGreaterThanOrEqualTo(running.connect(null, "web").index());
    }

    @Test
    void aReplicaThatStartsLaterGivesNoSmallerIndexForListsAndPeers() {
        started.load(new HotState(4, 0, HELD));

        assertThat(started.peerings().index()).isEqualTo(4);
        assertThat(started.configEntries("mesh").index()).isEqualTo(4);
        assertThat(started.serviceNames(new PeerName("gone")).index()).isEqualTo(4);
        assertThat(started.trustBundle(new PeerName("gone")).index()).isEqualTo(4);
    }
}
