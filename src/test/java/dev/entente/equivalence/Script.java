package dev.entente.equivalence;

import dev.entente.equivalence.CatalogSteps.Plan;
import dev.entente.equivalence.Expected.Peered;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** The steps of one seed. All of them are known before the first is done, for they do not depend on any answer. */
final class Script {
    private final SplittableRandom random;
    private final int length;
    private final List<Step> steps = new ArrayList<>();
    private final Cluster a;
    private final Cluster b;
    private final PeeringSteps peerings = new PeeringSteps();
    private final List<Supplier<Optional<Plan>>> ordinary = new ArrayList<>();
    private Peered atA = Peered.NONE;
    private Peered atB = Peered.NONE;
    private Side acceptor = Side.A;

    private Script(long seed, int length) {
        this.random = new SplittableRandom(seed);
        this.length = length;
        this.a = new Cluster(Side.A, seed % 2 == 1);
        this.b = new Cluster(Side.B, seed % 2 == 1);
        choices(a, 3);
        choices(b, 1);
    }

    /** The same seed and length give the same steps. */
    static List<Step> of(long seed, int length) {
        Script script = new Script(seed, length);
        script.write();
        return List.copyOf(script.steps);
    }

    private void choices(Cluster cluster, int weight) {
        CatalogSteps catalog = new CatalogSteps(random, cluster);
        ConfigSteps config = new ConfigSteps(random, cluster);
        List<Supplier<Optional<Plan>>> some = new ArrayList<>(List.of(
                catalog::registerWithAgent,
                catalog::registerInCatalog,
                catalog::registerInCatalog,
                catalog::describeAnew,
                catalog::describeAnew,
                catalog::deregister,
                catalog::deregister,
                catalog::flip,
                catalog::flip,
                catalog::flip,
                catalog::flipNode,
                catalog::nodeMaintenance,
                catalog::serviceMaintenance));
        some.addAll(List.of(config::export, config::export, config::unexport, config::wildcard, config::peerIntention));
        if (Part.CONFIG.isOn()) {
            some.addAll(List.of(config::serviceDefaults, config::serviceResolver));
        }
        if (Part.GATEWAYS.isOn()) {
            some.add(config::meshGateway);
        }
        if (Part.PROXIES.isOn()) {
            some.add(config::proxy);
        }
        for (int n = 0; n < weight; n++) {
            ordinary.addAll(some);
        }
        ordinary.add(catalog::deregisterNode);
        ordinary.add(config::exportNothing);
    }

    private void write() {
        List<Runnable> scenes = new ArrayList<>(List.of(
                this::peerAgain,
                this::peerAgain,
                this::peerAgain,
                this::regenerate,
                this::useUp,
                this::establishAgain));
        if (Part.RESTARTS.isOn()) {
            for (Side side : Side.values()) {
                scenes.add(() -> restart(side, false));
                scenes.add(() -> restart(side, true));
            }
        }
        Collections.shuffle(scenes, new Random(random.nextLong()));
        some(8);
        peer();
        int between = Math.max(1, (length - 40) / (scenes.size() + 1));
        for (Runnable scene : scenes) {
            some(between);
            scene.run();
        }
        some(length - steps.size() - 3);
        clear();
    }

    private void some(int count) {
        int wanted = steps.size() + count;
        while (steps.size() < wanted) {
            ordinary.get(random.nextInt(ordinary.size()))
                    .get()
                    .ifPresent(plan -> add(plan.text(), Action.calls(plan.calls())));
        }
    }

    private void peer() {
        acceptor = random.nextBoolean() ? Side.A : Side.B;
        see(acceptor, Peered.PENDING);
        add(acceptor + ": generate a token", peerings.generate(acceptor));
        some(random.nextInt(3));
        see(Side.A, Peered.ACTIVE);
        see(Side.B, Peered.ACTIVE);
        add(acceptor.other() + ": establish with it", peerings.establish(acceptor.other()));
    }

    private void peerAgain() {
        Side first = random.nextBoolean() ? Side.A : Side.B;
        see(first, Peered.NONE);
        see(first.other(), Peered.TERMINATED);
        add(first + ": delete the peering", PeeringSteps.delete(first));
        some(random.nextInt(3));
        see(first.other(), Peered.NONE);
        add(first.other() + ": delete the terminated peering", PeeringSteps.delete(first.other()));
        some(random.nextInt(3));
        peer();
    }

    private void regenerate() {
        add(acceptor + ": generate another token while peered", peerings.generate(acceptor));
    }

    private void useUp() {
        regenerate();
        add(acceptor.other() + ": establish with the token before it", peerings.establishInVain(acceptor.other()));
    }

    private void establishAgain() {
        regenerate();
        add(acceptor.other() + ": establish again while peered", peerings.establish(acceptor.other()));
    }

    private void restart(Side side, boolean kill) {
        add(
                side + ": " + (kill ? "kill" : "stop") + " the process and start it again",
                PeeringSteps.restart(side, kill));
    }

    /** Leaves nothing behind, which the last answers prove. */
    private void clear() {
        see(Side.A, Peered.NONE);
        see(Side.B, Peered.TERMINATED);
        add("A: delete the peering", PeeringSteps.delete(Side.A));
        see(Side.B, Peered.NONE);
        add("B: delete the peering", PeeringSteps.delete(Side.B));
        List<Action.Call> calls = new ArrayList<>();
        for (Cluster cluster : List.of(a, b)) {
            calls.addAll(Clearing.of(cluster));
            cluster.exported.clear();
            cluster.everythingExported = false;
        }
        add("clear both sides", Action.calls(calls));
    }

    private void see(Side side, Peered state) {
        if (side == Side.A) {
            atA = state;
        } else {
            atB = state;
        }
    }

    private void add(String text, Action action) {
        steps.add(new Step(text, action, new Expected(atA, atB, a.exports(), b.exports())));
    }
}
