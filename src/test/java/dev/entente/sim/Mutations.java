package dev.entente.sim;

import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.Committed;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.Leases;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamLink;
import dev.entente.engine.view.Publisher;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Faults that the engine does not have, and that the simulation must find when it has them. */
enum Mutations implements Mutation {
    /** The store is said to have an import before it does. */
    ACKNOWLEDGES_BEFORE_IT_STORES {
        @Override
        public ChangeLog log(ChangeLog real, SimWorld world) {
            return appending(real, (partition, changes, fence) -> {
                if (fence.isEmpty()) {
                    return real.append(partition, changes, fence);
                }
                world.after(
                        Duration.ofMillis(50).toNanos(),
                        "late append",
                        () -> real.append(partition, changes, fence).subscribe().with(done -> {}, failure -> {}));
                return Uni.createFrom().item(0L);
            });
        }
    },

    /** Every eighth response has the nonce of the one before. */
    USES_A_NONCE_TWICE {
        @Override
        public StreamLink link(StreamLink real) {
            return sending(
                    real,
                    message -> message instanceof StreamMessage.Response response
                                    && Long.parseLong(response.nonce(), 16) % 8 == 0
                            ? withNonce(response, Long.parseLong(response.nonce(), 16) - 1)
                            : message);
        }
    },

    /** What left the list of exported services stays imported. */
    PRUNES_NOTHING {
        @Override
        public ChangeLog log(ChangeLog real, SimWorld world) {
            return appending(real, (partition, changes, fence) -> {
                List<Change> kept = changes.stream()
                        .filter(change -> change.kind() != RecordKind.IMPORTED_SERVICE
                                || !change.isRemoval()
                                || change.key().endsWith(Service.SIDECAR_SUFFIX))
                        .toList();
                return kept.isEmpty() && !changes.isEmpty()
                        ? real.position(partition)
                        : real.append(partition, kept, fence);
            });
        }
    },

    /** Whoever asks for the lease of a stream is given the one that somebody else holds. */
    ADMITS_A_SECOND_STREAM {
        @Override
        public Leases leases(Leases real) {
            return new Leases() {
                @Override
                public Uni<Optional<Lease>> acquire(
                        PartitionName partition, String name, String owner, Duration validity) {
                    return real.holder(partition, name)
                            .chain(holder -> real.acquire(partition, name, holder.orElse(owner), validity));
                }

                @Override
                public Uni<Optional<Lease>> succeed(
                        PartitionName partition, String name, String predecessor, String owner, Duration validity) {
                    return real.succeed(partition, name, predecessor, owner, validity);
                }

                @Override
                public Uni<Boolean> renew(PartitionName partition, Lease lease, Duration validity) {
                    return real.renew(partition, lease, validity);
                }

                @Override
                public Uni<Void> release(PartitionName partition, Lease lease) {
                    return real.release(partition, lease);
                }

                @Override
                public Uni<Optional<String>> holder(PartitionName partition, String name) {
                    return real.holder(partition, name);
                }
            };
        }
    },

    /** What a peer has left is not cleared away when its peering ends. */
    FORGETS_THE_PURGE {
        @Override
        public Publisher purging(Publisher real) {
            return new Publisher() {
                @Override
                public <T> Uni<T> publish(PartitionName partition, Committed<T> committed) {
                    return real.publish(partition, committed);
                }

                @Override
                public Uni<Void> publish(PartitionName partition, List<Change> changes) {
                    return Uni.createFrom().voidItem();
                }
            };
        }
    },

    /** A heartbeat goes out behind the last word. */
    TALKS_AFTER_THE_END {
        @Override
        public StreamLink link(StreamLink real) {
            return new Passing(real, UnaryOperator.identity()) {
                @Override
                public void send(StreamMessage message) {
                    super.send(message);
                    if (message instanceof StreamMessage.Terminated) {
                        super.send(new StreamMessage.Heartbeat());
                    }
                }
            };
        }
    },

    /** Instances go out with another port than the one that they registered. */
    SENDS_WHAT_WAS_NEVER_REGISTERED {
        @Override
        public StreamLink link(StreamLink real) {
            return sending(
                    real,
                    message -> message instanceof StreamMessage.Response response
                                    && response.payload() != null
                                    && response.payload().resource() instanceof Resource.ExportedService service
                            ? withPayload(response, new Resource.ExportedService(otherPorts(service.instances())))
                            : message);
        }
    };

    /** How changes are appended. */
    @FunctionalInterface
    private interface Appending {
        Uni<Long> append(PartitionName partition, List<Change> changes, Optional<Lease> fence);
    }

    private static StreamMessage withNonce(StreamMessage.Response response, long nonce) {
        return new StreamMessage.Response(
                String.format("%08x", nonce),
                response.resourceUrl(),
                response.resourceId(),
                response.operation(),
                response.payload());
    }

    private static StreamMessage withPayload(StreamMessage.Response response, Resource payload) {
        return new StreamMessage.Response(
                response.nonce(),
                response.resourceUrl(),
                response.resourceId(),
                response.operation(),
                new StreamMessage.Payload(response.resourceUrl(), payload));
    }

    private static List<ImportedInstance> otherPorts(List<ImportedInstance> instances) {
        return instances.stream()
                .map(instance ->
                        new ImportedInstance(instance.node(), instance.service().withPort(1), instance.checks()))
                .toList();
    }

    private static ChangeLog appending(ChangeLog real, Appending appending) {
        return new ChangeLog() {
            @Override
            public Uni<Long> append(PartitionName partition, List<Change> changes, Optional<Lease> fence) {
                return appending.append(partition, changes, fence);
            }

            @Override
            public Uni<Long> position(PartitionName partition) {
                return real.position(partition);
            }

            @Override
            public Uni<Boolean> isEmpty(PartitionName partition) {
                return real.isEmpty(partition);
            }

            @Override
            public Uni<Long> begin(PartitionName partition, Uni<Beginning> reading) {
                return real.begin(partition, reading);
            }

            @Override
            public Uni<HotState> load(PartitionName partition) {
                return real.load(partition);
            }

            @Override
            public Uni<List<LogEntry>> tail(PartitionName partition, long after, Duration wait) {
                return real.tail(partition, after, wait);
            }
        };
    }

    private static StreamLink sending(StreamLink real, UnaryOperator<StreamMessage> change) {
        return new Passing(real, change);
    }

    /** Passes everything on; messages as another makes them. */
    private static class Passing implements StreamLink {
        private final StreamLink real;
        private final UnaryOperator<StreamMessage> change;

        Passing(StreamLink real, UnaryOperator<StreamMessage> change) {
            this.real = real;
            this.change = change;
        }

        @Override
        public void send(StreamMessage message) {
            real.send(change.apply(message));
        }

        @Override
        public boolean isReady() {
            return real.isReady();
        }

        @Override
        public void request() {
            real.request();
        }

        @Override
        public void complete() {
            real.complete();
        }

        @Override
        public void fail(StreamEnd end) {
            real.fail(end);
        }
    }
}
