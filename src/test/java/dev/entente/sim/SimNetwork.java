package dev.entente.sim;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.stream.Role;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.engine.port.DialTarget;
import dev.entente.engine.port.PeerDialer;
import dev.entente.engine.port.StreamEnd;
import dev.entente.engine.port.StreamEndException;
import dev.entente.engine.port.StreamLink;
import dev.entente.engine.port.StreamListener;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Who listens where, which ways are blocked, and every connection between clusters: the message router of a world. */
final class SimNetwork {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);
    /** Who holds a lease that the store has lost hears of it at the next renewal, and cannot store anything until then. */
    private static final Duration NOTICED = Duration.ofSeconds(6);

    /** Who lost a lease by its time has ended its stream within this. */
    private static final Duration PARTED = Duration.ofMillis(100);

    private static final Duration INTRUSION = Duration.ofSeconds(3);

    private final SimWorld world;
    private final Map<String, SimReplica> listening = new HashMap<>();
    private final Map<String, Long> blockedUntil = new HashMap<>();
    private final List<Connection> connections = new ArrayList<>();
    private BiFunction<StreamLink, LinkWatch, StreamLink> tampering = (link, watch) -> link;
    private int number;

    /** Both ends of a stream. */
    private record Connection(SimLink dialer, SimLink acceptor) {
        boolean isOver() {
            return dialer.isOver() && acceptor.isOver();
        }

        List<SimLink> ends() {
            return List.of(dialer, acceptor);
        }
    }

    SimNetwork(SimWorld world) {
        this.world = world;
    }

    /** What every link is wrapped in before the engine gets it. */
    void tamper(BiFunction<StreamLink, LinkWatch, StreamLink> wrapping) {
        tampering = wrapping;
    }

    void listen(String address, SimReplica replica) {
        listening.put(address, replica);
    }

    void block(SimCluster from, SimCluster to, Duration duration) {
        String way = way(from, to);
        blockedUntil.put(way, world.nanoTime() + duration.toNanos());
        world.after(duration.toNanos(), "unblock", () -> unblocked(way));
    }

    void unblockAll() {
        List<String> ways = blockedUntil.keySet().stream().sorted().toList();
        blockedUntil.clear();
        ways.forEach(this::unblocked);
    }

    private boolean isBlocked(SimCluster from, SimCluster to) {
        return blockedUntil.getOrDefault(way(from, to), 0L) > world.nanoTime();
    }

    private static String way(SimCluster from, SimCluster to) {
        return from.name() + ">" + to.name();
    }

    private void unblocked(String way) {
        if (blockedUntil.getOrDefault(way, 0L) <= world.nanoTime()) {
            connections.stream()
                    .flatMap(connection -> connection.ends().stream())
                    .filter(end -> way.equals(way(
                            end.watch().cluster(),
                            end.watch().cluster().cluster(end.watch().peer()))))
                    .forEach(end -> end.outward().unblocked());
        }
    }

    /** A stream counts from its first subscription on; then it has to be the only one of its side. */
    void began(LinkWatch begun) {
        connections.removeIf(Connection::isOver);
        if (begun.cluster().hasJustLostLeases()) {
            requireOnlyLater(begun, begun.cluster().hot().lostAt());
        } else {
            requireOnly(begun);
        }
    }

    private void requireOnlyLater(LinkWatch begun, long lostAt) {
        world.after(NOTICED.toNanos(), "both live?", () -> judge(begun, lostAt));
    }

    /** A store that is lost once more frees the leases once more; who is cut off from it does not hear, and holds on for their time. */
    private void judge(LinkWatch begun, long lostAt) {
        long newest = begun.cluster().hot().lostAt();
        long lapse = begun.cluster().leasesLapseAt();
        if (newest != lostAt) {
            requireOnlyLater(begun, newest);
        } else if (begun.cluster().isPartlyCutOff() && world.nanoTime() <= lapse) {
            world.at(lapse + PARTED.toNanos(), "both live?", () -> judge(begun, newest));
        } else {
            requireOnly(begun);
        }
    }

    private void requireOnly(LinkWatch begun) {
        connections.stream()
                .flatMap(connection -> connection.ends().stream())
                .map(SimLink::watch)
                .filter(other -> other != begun && other.isLive() && other.isSameSideAs(begun) && begun.isLive())
                .forEach(other -> world.violated("two live streams of one peering: " + other + " and " + begun));
    }

    List<LinkWatch> live() {
        return connections.stream()
                .flatMap(connection -> connection.ends().stream())
                .map(SimLink::watch)
                .filter(LinkWatch::isLive)
                .toList();
    }

    /** The dialer of one process. */
    PeerDialer dialerOf(SimReplica replica) {
        SimProcess process = replica.process();
        return new PeerDialer() {
            @Override
            public Uni<Secret> exchangeSecret(DialTarget target, String peerId, Secret establishment) {
                return Uni.createFrom()
                        .emitter(emitter ->
                                call(new Call(replica.cluster(), process, emitter), target, peerId, establishment));
            }

            @Override
            public StreamLink open(DialTarget target, StreamListener listener) {
                return connect(replica.cluster(), process, target.address(), listener);
            }
        };
    }

    private record Call(SimCluster from, SimProcess process, UniEmitter<? super Secret> emitter) {}

    private void call(Call call, DialTarget target, String peerId, Secret establishment) {
        later(
                call.process(),
                CALL_TIMEOUT,
                () -> call.emitter().fail(ended(StreamEnd.UNAVAILABLE, "no answer in time")));
        world.after(SimPipe.latency(world), "call", () -> {
            SimReplica callee = listening.get(target.address());
            if (callee == null || isBlocked(call.from(), callee.cluster())) {
                return;
            }
            if (!callee.process().isAlive()) {
                later(
                        call.process(),
                        Duration.ZERO,
                        () -> call.emitter().fail(ended(StreamEnd.UNAVAILABLE, "connection refused")));
                return;
            }
            callee.process()
                    .run(
                            "call",
                            () -> callee.sessions()
                                    .exchangeSecret(peerId, establishment)
                                    .subscribe()
                                    .with(
                                            secret -> answer(
                                                    call,
                                                    callee,
                                                    () -> call.emitter().complete(secret)),
                                            failure -> answer(
                                                    call,
                                                    callee,
                                                    () -> call.emitter().fail(asEnd(failure)))));
        });
    }

    private void answer(Call call, SimReplica callee, Runnable answering) {
        world.after(SimPipe.latency(world), "answer", () -> {
            if (!isBlocked(callee.cluster(), call.from())) {
                call.process().run("answer", answering);
            }
        });
    }

    private static StreamEndException asEnd(Throwable failure) {
        boolean denied = failure instanceof RefusedException refused
                && refused.refusal().kind() == Refusal.Kind.PERMISSION_DENIED;
        return ended(
                denied ? StreamEnd.PERMISSION_DENIED : StreamEnd.UNAVAILABLE, String.valueOf(failure.getMessage()));
    }

    private static StreamEndException ended(int code, String text) {
        return new StreamEndException(new StreamEnd(code, text));
    }

    private void later(SimProcess process, Duration delay, Runnable task) {
        world.after(delay.toNanos(), "later", () -> process.run("later", task));
    }

    private StreamLink connect(SimCluster from, SimProcess process, String address, StreamListener listener) {
        SimReplica callee = listening.get(address);
        SimCluster to = callee == null ? from : callee.cluster();
        SimProcess called = callee == null ? process : callee.process();
        number++;
        SimLink dialer = new SimLink(
                world,
                process,
                Role.DIALER,
                new SimPipe(world, () -> isBlocked(from, to)),
                new LinkWatch(from, process, to.asPeer(), Role.DIALER, number));
        SimLink acceptor = new SimLink(
                world,
                called,
                Role.ACCEPTOR,
                new SimPipe(world, () -> isBlocked(to, from)),
                new LinkWatch(to, called, from.asPeer(), Role.ACCEPTOR, number));
        dialer.joined(acceptor);
        acceptor.joined(dialer);
        world.after(2 * SimPipe.latency(world), "connect", () -> {
            if (callee == null || !called.isAlive()) {
                process.run(
                        "refused",
                        () -> listener.onFailure(new StreamEnd(StreamEnd.UNAVAILABLE, "connection refused")));
            } else if (!dialer.isOver() && !isBlocked(from, to) && !isBlocked(to, from)) {
                stand(new Connection(dialer, acceptor), callee, listener);
            }
        });
        return tampering.apply(dialer, dialer.watch());
    }

    private void stand(Connection connection, SimReplica callee, StreamListener listener) {
        connections.add(connection);
        SimLink acceptor = connection.acceptor();
        acceptor.process()
                .run(
                        "accept",
                        () -> acceptor.listen(callee.sessions().accept(tampering.apply(acceptor, acceptor.watch()))));
        connection.dialer().listen(listener);
    }

    /** Cuts some connection: in the middle of what is under way, and perhaps only one end notices. */
    void cut(long which, boolean halfOpen) {
        connections.removeIf(Connection::isOver);
        if (!connections.isEmpty()) {
            Connection connection = connections.get((int) (which % connections.size()));
            connection.ends().forEach(end -> end.outward().cut());
            SimLink deaf = halfOpen ? connection.ends().get((int) (which / 7 % 2)) : null;
            connection.ends().stream().filter(end -> end != deaf).forEach(end -> breakLater(connection, end));
        }
    }

    /** The connections of a process that ends; in silence when the whole machine went. */
    void lose(SimProcess process, boolean inSilence) {
        for (Connection connection : List.copyOf(connections)) {
            for (SimLink end : connection.ends()) {
                SimLink other = end == connection.dialer() ? connection.acceptor() : connection.dialer();
                if (end.process() == process) {
                    end.outward().cut();
                    if (!inSilence
                            && !isBlocked(end.watch().cluster(), other.watch().cluster())) {
                        breakLater(connection, other);
                    }
                }
            }
        }
    }

    private void breakLater(Connection connection, SimLink end) {
        SimLink other = end == connection.dialer() ? connection.acceptor() : connection.dialer();
        world.at(other.outward().quietAt() + SimPipe.latency(world), "reset", () -> end.broken("connection reset"));
    }

    /** Somebody opens the stream of a live peering once more, with the secret that it has: it must be refused. */
    void openTwice(SimCluster from, SimReplica callee, StreamMessage.Open open) {
        boolean isLive = live().stream()
                .anyMatch(link -> link.role() == Role.ACCEPTOR && link.peerId().equals(open.peerId()));
        if (!isLive || !callee.process().isAlive()) {
            return;
        }
        SimProcess intruder = new SimProcess(world, "intruder");
        StreamLink link = connect(from, intruder, callee.address(), new StreamListener() {
            @Override
            public void onMessage(StreamMessage message) {}

            @Override
            public void onReady() {}

            @Override
            public void onEnd() {}

            @Override
            public void onFailure(StreamEnd end) {
                world.note("the second stream is refused:", end.text());
            }
        });
        link.send(open);
        link.request();
        world.after(INTRUSION.toNanos(), "intruder", () -> link.fail(new StreamEnd(1, "given up")));
    }
}
