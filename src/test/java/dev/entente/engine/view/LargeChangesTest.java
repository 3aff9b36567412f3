package dev.entente.engine.view;

import static dev.entente.contract.Changes.imported;
import static dev.entente.engine.view.Entries.ALPHA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ChangeLog.Beginning;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.port.EventLoops;
import dev.entente.engine.port.LogEntry;
import dev.entente.fake.InMemoryChangeLog;
import dev.entente.fake.LoneCluster;
import dev.entente.fake.VirtualLoop;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What very many imported instances do to the view: the same as few, in the same order, beside the event loops. */
class LargeChangesTest {
    private static final PeerName PEER = ALPHA.name();
    private static final int MANY = 1500;

    private final VirtualLoop loop = new VirtualLoop();
    private final Queue<Runnable> aside = new ArrayDeque<>();
    private final InMemoryChangeLog log = new InMemoryChangeLog((partition, lease) -> true, loop);
    private final List<Long> positions = new ArrayList<>();

    private final EventLoops loops = new EventLoops() {
        @Override
        public EventLoop next() {
            return loop;
        }

        @Override
        public Executor aside() {
            return aside::add;
        }
    };

    @BeforeEach
    void begin() {
        log.begin(PartitionName.DEFAULT, Uni.createFrom().item(new Beginning(3, 0, List.of())))
                .await()
                .indefinitely();
    }

    private LogView started() {
        LogView view = new LogView(
                log,
                new Recovery(log, new LoneCluster("x")),
                new LogView.Drive(loops, new Random(1), (partition, trouble) -> {
                    throw new AssertionError(trouble);
                }),
                LogView.Settings.DEFAULT);
        view.start().subscribe().with(done -> {}, failure -> {});
        loop.run();
        return view;
    }

    private void append(Change change) {
        log.append(PartitionName.DEFAULT, List.of(change), Optional.empty())
                .await()
                .indefinitely();
        loop.advance(Duration.ofSeconds(2));
    }

    private int shown(LogView view, String service) {
        positions.add(view.defaultPartition().position());
        return view.defaultPartition()
                .service(PEER, service)
                .value()
                .instances()
                .size();
    }

    @Test
    void aLargeRecordIsAppliedAsideAndWhatComesBehindItWaits() {
        LogView view = started();
        append(imported(ALPHA, "first", 1));
        assertThat(aside).isEmpty();
        assertThat(shown(view, "first")).isEqualTo(1);

        append(imported(ALPHA, "huge", MANY));
        append(imported(ALPHA, "last", 1));

        assertThat(shown(view, "huge")).isZero();
        assertThat(shown(view, "last")).isZero();
        assertThat(aside).hasSize(1);

        aside.remove().run();
        assertThat(shown(view, "huge")).isEqualTo(MANY);
        assertThat(shown(view, "last")).isZero();

        loop.advance(Duration.ofSeconds(2));
        assertThat(shown(view, "last")).isEqualTo(1);
        assertThat(positions).isSorted();
        assertThat(aside).isEmpty();
    }

    @Test
    void aReplicaThatStartsLoadsALargeStateAside() {
        started();
        append(imported(ALPHA, "huge", MANY));

        LogView later = started();
        assertThat(shown(later, "huge")).isZero();

        // That of the first replica, too.
        while (!aside.isEmpty()) {
            aside.remove().run();
            loop.run();
        }
        assertThat(shown(later, "huge")).isEqualTo(MANY);
    }

    @Test
    void manyAtOnceShowTheSameAsOneByOne() {
        List<LogEntry> entries = List.of(
                entry(1, imported(ALPHA, "web", 700)),
                entry(2, imported(ALPHA, "api", 700)),
                entry(3, imported(ALPHA, "huge", MANY)),
                entry(4, imported(ALPHA, "web", 701)),
                entry(5, imported(ALPHA, "huge", MANY + 1)),
                entry(6, imported(ALPHA, "api", 2)));
        PartitionTables together = new PartitionTables(PartitionName.DEFAULT);
        PartitionTables oneByOne = new PartitionTables(PartitionName.DEFAULT);

        together.apply(entries);
        entries.forEach(entry -> oneByOne.apply(List.of(entry)));

        for (String service : List.of("web", "api", "huge")) {
            Found<ServiceInstances> found = together.service(PEER, service);
            assertThat(found.index()).isEqualTo(oneByOne.service(PEER, service).index());
            assertThat(found.value().instances())
                    .isEqualTo(oneByOne.service(PEER, service).value().instances());
            assertThat(together.checksOfService(PEER, service)).isEqualTo(oneByOne.checksOfService(PEER, service));
        }
        assertThat(together.nodes(PEER)).isEqualTo(oneByOne.nodes(PEER));
        assertThat(together.serviceNames(PEER)).isEqualTo(oneByOne.serviceNames(PEER));
        assertThat(together.position()).isEqualTo(6);
    }

    @Test
    void whatDidNotChangeInALargeRecordKeepsItsIndexes() {
        PartitionTables tables = new PartitionTables(PartitionName.DEFAULT);
        tables.apply(List.of(entry(1, imported(ALPHA, "huge", MANY))));

        tables.apply(List.of(entry(2, imported(ALPHA, "huge", MANY))));
        assertThat(tables.service(PEER, "huge").index()).isEqualTo(1);

        tables.apply(List.of(entry(3, imported(ALPHA, "huge", MANY + 1))));
        assertThat(tables.service(PEER, "huge").index()).isEqualTo(3);
        assertThat(tables.service(PEER, "huge").value().instances())
                .filteredOn(instance -> instance.service().modifyIndex() == 3)
                .hasSize(1);
    }

    private static LogEntry entry(long position, Change change) {
        return new LogEntry(position, position, change);
    }
}
