package dev.entente.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.Lease;
import dev.entente.engine.port.Leases;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What holds for leases of every store (architecture §4). */
public abstract class LeasesContract {
    protected static final Duration VALIDITY = Duration.ofMinutes(1);

    protected final PartitionName partition =
            new PartitionName("l" + UUID.randomUUID().toString().substring(0, 12));

    protected abstract Leases leases();

    /** The time of a lease runs out. */
    protected abstract void lapse(String name);

    protected static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }

    protected Optional<Lease> acquire(String name, String owner) {
        return await(leases().acquire(partition, name, owner, VALIDITY));
    }

    @Test
    void aLeaseHasOneHolder() {
        assertThat(acquire("a", "r1")).isPresent();
        assertThat(acquire("a", "r2")).isEmpty();
        assertThat(acquire("b", "r2")).isPresent();
        assertThat(await(leases().holder(partition, "a"))).contains("r1");
        assertThat(await(leases().holder(partition, "c"))).isEmpty();
    }

    @Test
    void theHolderKeepsItsToken() {
        assertThat(acquire("a", "r1")).isEqualTo(acquire("a", "r1"));
    }

    @Test
    void aLapsedLeaseIsTakenWithAGreaterToken() {
        Lease first = acquire("a", "r1").orElseThrow();
        lapse("a");
        Lease second = acquire("a", "r2").orElseThrow();

        assertThat(second.token()).isGreaterThan(first.token());
        assertThat(await(leases().renew(partition, first, VALIDITY))).isFalse();
        assertThat(await(leases().renew(partition, second, VALIDITY))).isTrue();
    }

    @Test
    void anEarlierHolderDoesNotGiveBackWhatItLost() {
        Lease first = acquire("a", "r1").orElseThrow();
        lapse("a");
        Lease again = acquire("a", "r1").orElseThrow();

        await(leases().release(partition, first));

        assertThat(again.token()).isGreaterThan(first.token());
        assertThat(await(leases().holder(partition, "a"))).contains("r1");
    }

    @Test
    void whatAnOwnerThatIsGoneHeldIsTakenWithAGreaterToken() {
        Lease first = acquire("a", "r1").orElseThrow();

        Lease second =
                await(leases().succeed(partition, "a", "r1", "r2", VALIDITY)).orElseThrow();

        assertThat(second.token()).isGreaterThan(first.token());
        assertThat(await(leases().holder(partition, "a"))).contains("r2");
        assertThat(await(leases().renew(partition, first, VALIDITY))).isFalse();
        assertThat(await(leases().renew(partition, second, VALIDITY))).isTrue();
    }

    @Test
    void whatAThirdHoldsByNowIsNotTaken() {
        acquire("a", "r3");

        assertThat(await(leases().succeed(partition, "a", "r1", "r2", VALIDITY)))
                .isEmpty();
        assertThat(await(leases().holder(partition, "a"))).contains("r3");
    }

    @Test
    void aLeaseThatWasGivenBackIsFree() {
        Lease first = acquire("a", "r1").orElseThrow();
        await(leases().release(partition, first));

        assertThat(await(leases().holder(partition, "a"))).isEmpty();
        assertThat(acquire("a", "r2").orElseThrow().token()).isGreaterThan(first.token());
    }
}
