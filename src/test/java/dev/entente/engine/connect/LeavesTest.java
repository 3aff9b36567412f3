package dev.entente.engine.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.engine.access.AllowAll;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.access.Permission;
import dev.entente.engine.connect.Leaves.Served;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.IssuedLeaf;
import dev.entente.engine.port.LeafIssuer;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.view.InstantView;
import dev.entente.engine.view.Waiting;
import dev.entente.fake.VirtualLoop;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LeavesTest {
    private static final Instant START = Instant.parse("2026-11-25T20:00:00Z");
    private static final Duration LIFE = Duration.ofHours(72);
    /** Always in the middle. */
    private static final RandomGenerator MIDDLE = () -> Long.MIN_VALUE;

    private final VirtualLoop loop = new VirtualLoop();
    private final InstantView view = new InstantView();
    private final List<String> issued = new ArrayList<>();
    private String root = "root-1";
    private boolean refusing;
    private final Leaves leaves = leaves(new AllowAll());

    LeavesTest() {
        rotateTo("root-1");
    }

    @Test
    void theFirstReaderGetsANewCertificateAndLaterOnesTheSame() {
        Served first = now(read("web", 0));
        loop.advance(Duration.ofSeconds(12));
        Served second = now(read("web", 0));

        assertThat(first.age()).isNull();
        assertThat(second.leaf()).isEqualTo(first.leaf());
        assertThat(second.age()).isEqualTo(Duration.ofSeconds(12));
        assertThat(now(read("db", 0)).leaf().index()).isGreaterThan(first.leaf().index());
        assertThat(issued).containsExactly("web", "db");
    }

    @Test
    void aReaderWhoKnowsAnOlderOneGetsThePresentOneAtOnce() {
        Served first = now(read("web", 0));

        assertThat(now(read("web", first.leaf().index() - 1)).leaf()).isEqualTo(first.leaf());
        assertThat(issued).hasSize(1);
    }

    @Test
    void aReaderWhoWaitsInVainGetsThePresentOneAfterTheWaitAndItsJitter() {
        Served first = now(read("web", 0));
        UniAssertSubscriber<Served> waiting = begin(read("web", first.leaf().index()));

        loop.advance(Duration.ofSeconds(300));
        waiting.assertNotTerminated();
        loop.advance(Duration.ofSeconds(10));

        assertThat(waiting.assertCompleted().getItem().leaf()).isEqualTo(first.leaf());
        assertThat(issued).hasSize(1);
    }

    @Test
    void afterARotationAReaderWhoWaitsGetsTheNextOneWithinHalfAMinute() {
        Served first = now(read("web", 0));
        UniAssertSubscriber<Served> waiting = begin(read("web", first.leaf().index()));

        rotateTo("root-2");
        loop.advance(Duration.ofSeconds(14));
        waiting.assertNotTerminated();
        loop.advance(Duration.ofSeconds(2));

        assertThat(waiting.assertCompleted().getItem().leaf().rootId()).isEqualTo("root-2");
    }

    @Test
    void afterARotationAReaderWhoDoesNotWaitGetsOneOfTheNewRootAtOnceAndWakesThoseWhoWait() {
        Served first = now(read("web", 0));
        UniAssertSubscriber<Served> waiting = begin(read("web", first.leaf().index()));

        rotateTo("root-2");
        Served fresh = now(read("web", 0));
        loop.run();

        assertThat(fresh.leaf().rootId()).isEqualTo("root-2");
        assertThat(waiting.assertCompleted().getItem().leaf()).isEqualTo(fresh.leaf());
        assertThat(issued).hasSize(2);
    }

    @Test
    void anotherChangeOfRootsWakesNobody() {
        Served first = now(read("web", 0));
        UniAssertSubscriber<Served> waiting = begin(read("web", first.leaf().index()));

        rotateTo("root-1");
        loop.advance(Duration.ofSeconds(60));

        waiting.assertNotTerminated();
        assertThat(issued).hasSize(1);
    }

    @Test
    void aCertificateIsReplacedBetweenThreeFifthsAndNineTenthsOfItsLife() {
        Served first = now(read("web", 0));

        loop.advance(LIFE.multipliedBy(74).dividedBy(100));
        assertThat(now(read("web", 0)).leaf()).isEqualTo(first.leaf());
        UniAssertSubscriber<Served> waiting = begin(leaves.read(
                Caller.ANONYMOUS,
                PartitionName.DEFAULT,
                "web",
                new Waiting(first.leaf().index(), Duration.ofHours(2), false)));
        loop.advance(LIFE.dividedBy(50));

        assertThat(waiting.assertCompleted().getItem().leaf()).isNotEqualTo(first.leaf());
        assertThat(issued).hasSize(2);
    }

    @Test
    void whileNoneIsSignedOneWhoWaitsGoesOnWaitingAndGetsItLater() {
        Served first = now(read("web", 0));
        UniAssertSubscriber<Served> waiting = begin(read("web", first.leaf().index()));

        refusing = true;
        rotateTo("root-2");
        loop.advance(Duration.ofSeconds(20));
        waiting.assertNotTerminated();
        refusing = false;
        loop.advance(Duration.ofSeconds(31));

        assertThat(waiting.assertCompleted().getItem().leaf().rootId()).isEqualTo("root-2");
    }

    @Test
    void aFirstReaderIsToldThatNoneIsSigned() {
        refusing = true;

        begin(read("web", 0)).assertFailedWith(RefusedException.class, "Rate limit reached, try again later");
        begin(read("web", 7)).assertFailedWith(RefusedException.class, "Rate limit reached, try again later");
    }

    @Test
    void whoMayNotWriteTheServiceGetsNone() {
        Leaves guarded = leaves((caller, partition, permission) -> Uni.createFrom()
                .failure(new RefusedException(new Refusal(
                        Refusal.Kind.PERMISSION_DENIED,
                        permission.equals(Permission.write(Permission.Area.SERVICE, "web")) ? "no web" : "?"))));

        begin(guarded.read(Caller.ANONYMOUS, PartitionName.DEFAULT, "web", Waiting.NOT))
                .assertFailedWith(RefusedException.class, "no web");
        assertThat(issued).isEmpty();
    }

    @Test
    void aKeyDoesNotShowItself() {
        assertThat(now(read("web", 0)).toString()).doesNotContain("secret-key");
    }

    private Leaves leaves(Authorizer authorizer) {
        LeafIssuer issuer = (partition, service) -> Uni.createFrom().item(() -> issue(service));
        return new Leaves(issuer, authorizer, view, new Leaves.Surroundings(() -> loop, this::clock, MIDDLE));
    }

    private IssuedLeaf issue(String service) {
        if (refusing) {
            throw new RefusedException(Refusal.invalid("Rate limit reached, try again later"));
        }
        issued.add(service);
        return new IssuedLeaf(
                "0" + issued.size(),
                "pem",
                "secret-key",
                service,
                "spiffe://x/" + service,
                clock(),
                clock().plus(LIFE),
                root,
                10L + issued.size());
    }

    private Instant clock() {
        return START.plusNanos(loop.nanoTime());
    }

    private void rotateTo(String id) {
        root = id;
        CaRoots roots = new CaRoots(new TrustDomain("x.consul"), id, List.of());
        view.publish(
                        PartitionName.DEFAULT,
                        List.of(Change.upsert(
                                RecordKind.CA_ROOTS, "roots", view.published().size() + 1, 1, roots)))
                .await()
                .indefinitely();
    }

    private Uni<Served> read(String service, long index) {
        return leaves.read(
                Caller.ANONYMOUS, PartitionName.DEFAULT, service, new Waiting(index, Duration.ofSeconds(300), false));
    }

    private static Served now(Uni<Served> uni) {
        return begin(uni).assertCompleted().getItem();
    }

    private static UniAssertSubscriber<Served> begin(Uni<Served> uni) {
        return uni.subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
