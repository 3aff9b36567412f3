package dev.entente.sim;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.engine.port.CertificateAuthority;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.Leases;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.Outbox;
import dev.entente.engine.port.PartitionRecord;
import dev.entente.engine.port.PeeringStore;
import dev.entente.engine.port.StreamStatuses;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The stores of a cluster as one process reaches them: every call takes its time and shares the weather. */
final class ProcessStores {
    private static final Duration REDIS_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration POSTGRES_TIMEOUT = Duration.ofSeconds(5);
    private static final long PUBLISHED_PAUSE = Duration.ofMillis(100).toNanos();

    private final SimDisk disk;
    private final SimHotStore hot;
    private final StoreCalls postgres;
    private final StoreCalls steps;
    private final StoreCalls tails;
    private final SimProcess process;
    private final SimWorld world;
    private final List<Long> published = new ArrayList<>();

    ProcessStores(
            SimWorld world, SimProcess process, SimDisk disk, SimHotStore hot, List<Weather> redis, List<Weather> sql) {
        this.world = world;
        this.process = process;
        this.disk = disk;
        this.hot = hot;
        this.postgres = new StoreCalls(world, process, sql, false, POSTGRES_TIMEOUT);
        this.steps = new StoreCalls(world, process, redis, true, REDIS_TIMEOUT).endingWith(hot::lostAt);
        this.tails = new StoreCalls(world, process, redis, false, REDIS_TIMEOUT).endingWith(hot::lostAt);
    }

    /** A transaction. */
    <T> Uni<T> onDisk(Supplier<T> transaction) {
        return postgres.call("disk", Uni.createFrom().item(transaction));
    }

    ChangeLog log() {
        return new ChangeLog() {
            @Override
            public Uni<Long> append(PartitionName partition, List<Change> changes, Optional<Lease> fence) {
                return steps.call("append", hot.log().append(partition, changes, fence));
            }

            @Override
            public Uni<Long> position(PartitionName partition) {
                return steps.call("position", hot.log().position(partition));
            }

            @Override
            public Uni<Boolean> isEmpty(PartitionName partition) {
                return steps.call("is empty", hot.log().isEmpty(partition));
            }

            @Override
            public Uni<Long> begin(PartitionName partition, Uni<Beginning> reading) {
                return tails.call("life", hot.log().life())
                        .chain(life -> reading.chain(
                                beginning -> tails.call("begin", hot.log().begin(partition, life, beginning))));
            }

            @Override
            public Uni<HotState> load(PartitionName partition) {
                return tails.call("load", hot.log().load(partition));
            }

            @Override
            public Uni<List<LogEntry>> tail(PartitionName partition, long after, Duration wait) {
                return tails.call("tail", hot.log().tail(partition, after, wait));
            }
        };
    }

    Leases leases() {
        return new Leases() {
            @Override
            public Uni<Optional<Lease>> acquire(PartitionName partition, String name, String owner, Duration validity) {
                return steps.call("acquire", hot.leases().acquire(partition, name, owner, validity));
            }

            @Override
            public Uni<Optional<Lease>> succeed(
                    PartitionName partition, String name, String predecessor, String owner, Duration validity) {
                return steps.call("succeed", hot.leases().succeed(partition, name, predecessor, owner, validity));
            }

            @Override
            public Uni<Boolean> renew(PartitionName partition, Lease lease, Duration validity) {
                return steps.call("renew", hot.leases().renew(partition, lease, validity));
            }

            @Override
            public Uni<Void> release(PartitionName partition, Lease lease) {
                return steps.call("release", hot.leases().release(partition, lease));
            }

            @Override
            public Uni<Optional<String>> holder(PartitionName partition, String name) {
                return steps.call("holder", hot.leases().holder(partition, name));
            }
        };
    }

    StreamStatuses statuses() {
        return new StreamStatuses() {
            @Override
            public Uni<Void> put(PartitionName partition, PeeringId peering, StreamStatus status, Duration validity) {
                return steps.call("put status", hot.statuses().put(partition, peering, status, validity));
            }

            @Override
            public Uni<Optional<StreamStatus>> get(PartitionName partition, PeeringId peering) {
                return steps.call("get status", hot.statuses().get(partition, peering));
            }

            @Override
            public Uni<Map<PeeringId, StreamStatus>> all(PartitionName partition) {
                return steps.call("all statuses", hot.statuses().all(partition));
            }

            @Override
            public Uni<Void> remove(PartitionName partition, PeeringId peering) {
                return steps.call("remove status", hot.statuses().remove(partition, peering));
            }
        };
    }

    PeeringStore peerings() {
        return new PeeringStore() {
            @Override
            public Uni<Optional<Held>> byName(PartitionName partition, PeerName name) {
                return onDisk(() -> disk.held(name));
            }

            @Override
            public Uni<Optional<Held>> byId(PeeringId id) {
                return onDisk(() -> disk.held(held -> held.peering().id().equals(id)));
            }

            @Override
            public <T> Uni<Committed<T>> decide(
                    PartitionName partition, PeerName name, Function<Optional<Held>, Outcome<Decision<T>>> decision) {
                return onDisk(() -> disk.decide(partition, name, decision));
            }
        };
    }

    /** Rows are deleted some time after they were published, together; who dies before leaves them. */
    Outbox outbox() {
        return new Outbox() {
            @Override
            public Uni<Void> published(long id) {
                if (published.isEmpty()) {
                    world.after(
                            PUBLISHED_PAUSE,
                            "outbox",
                            () -> process.run("outbox", ProcessStores.this::forgetPublished));
                }
                published.add(id);
                return Uni.createFrom().voidItem();
            }

            @Override
            public Uni<List<Pending>> overdue(Duration age, int limit) {
                return onDisk(() -> disk.overdue(age.toNanos(), limit));
            }
        };
    }

    private void forgetPublished() {
        List<Long> ids = List.copyOf(published);
        published.clear();
        onDisk(() -> forget(ids)).subscribe().with(done -> {}, failure -> {});
    }

    private boolean forget(List<Long> ids) {
        disk.published(ids);
        return true;
    }

    ClusterStore cluster() {
        return new ClusterStore() {
            @Override
            public Uni<String> clusterId() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Uni<Void> foundAs(String clusterId) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Uni<Long> raiseEpoch() {
                return onDisk(disk::raiseEpoch);
            }

            @Override
            public Uni<Long> settled() {
                return onDisk(disk::settled);
            }

            @Override
            public Uni<List<Change>> durableRecords(PartitionName partition) {
                return onDisk(disk::durableRecords);
            }

            @Override
            public Uni<List<PartitionRecord>> partitions() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Uni<Committed<PartitionRecord>> createPartition(PartitionRecord partition) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Uni<Committed<Boolean>> deletePartition(PartitionName partition) {
                throw new UnsupportedOperationException();
            }
        };
    }

    CertificateAuthority authority() {
        return () -> onDisk(disk::roots);
    }
}
