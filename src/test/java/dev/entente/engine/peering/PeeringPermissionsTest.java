package dev.entente.engine.peering;

import static dev.entente.contract.Samples.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.identity.Secret;
import dev.entente.domain.token.CertificateSample;
import dev.entente.domain.token.PeeringToken;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.access.Caller;
import dev.entente.engine.access.Permission;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which permission each call asks for, and that nothing happens without it (protocol chapter 6.1.6). */
class PeeringPermissionsTest {
    private static final Permission READ = Permission.read(Permission.Area.PEERING, "");
    private static final Permission WRITE = Permission.write(Permission.Area.PEERING, "");
    private static final Refusal DENIED = new Refusal(Refusal.Kind.PERMISSION_DENIED, "Permission denied");

    private final PeeringWorld world = new PeeringWorld("ours");
    private final List<Permission> asked = new ArrayList<>();
    private final Authorizer denying = (caller, partition, permission) -> {
        asked.add(permission);
        return Uni.createFrom().failure(new RefusedException(DENIED));
    };
    private final Peerings peerings = world.peerings(new PeeringSettings(true, true, "dc1", 8503), denying);

    private Map<Uni<?>, Permission> calls() {
        String token = new PeeringToken(
                        List.of(CertificateSample.PEM),
                        List.of(),
                        List.of("a:1"),
                        "server",
                        "p",
                        new Secret("s"),
                        "",
                        "")
                .encode();
        Map<Uni<?>, Permission> calls = new LinkedHashMap<>();
        calls.put(
                peerings.generateToken(Caller.ANONYMOUS, new Peerings.GenerateToken("", "far", Map.of(), List.of())),
                WRITE);
        calls.put(peerings.establish(Caller.ANONYMOUS, new Peerings.Establish("", "far", token, Map.of())), WRITE);
        calls.put(peerings.delete(Caller.ANONYMOUS, PartitionName.DEFAULT, "far"), WRITE);
        calls.put(peerings.read(Caller.ANONYMOUS, PartitionName.DEFAULT, "far"), READ);
        calls.put(peerings.list(Caller.ANONYMOUS, PartitionName.DEFAULT), READ);
        return calls;
    }

    @Test
    void eachCallAsksForItsPermissionAndStopsWithoutIt() {
        world.server("one", Map.of(), Map.of("grpc_tls_port", "8503"));
        calls().forEach((call, permission) -> {
            asked.clear();

            assertThatThrownBy(() -> await(call))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.refusal()).isEqualTo(DENIED));
            assertThat(asked).containsExactly(permission);
        });
        assertThat(world.stored("far")).isEmpty();
        assertThat(world.dialed).isEmpty();
    }
}
