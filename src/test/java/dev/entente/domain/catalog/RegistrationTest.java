package dev.entente.domain.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts are those of the captures. */
class RegistrationTest {
    private static final String ID1 = "aaaaaaaa-0000-0000-0000-000000000001";
    private static final String ID2 = "aaaaaaaa-0000-0000-0000-000000000002";
    private static final Service WEB = Service.typical("web", "web", 80);

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(node("").peer("far"), "cannot register requests with PeerName in them"),
                Arguments.of(node("").datacenter("dc9"), "No path to datacenter"),
                Arguments.of(node(""), "Must provide node"),
                Arguments.of(node("n1").id("nope"), "Bad node ID: uuid string is wrong length"),
                Arguments.of(
                        node("n1").id("aaaaaaaa-0000-0000-0000+000000000001"),
                        "Bad node ID: uuid is improperly formatted"),
                Arguments.of(
                        node("n1").id("zaaaaaaa-0000-0000-0000-000000000001"),
                        "Bad node ID: encoding/hex: invalid byte: U+007A 'z'"),
                Arguments.of(node("n1").address(""), "Must provide address if SkipNodeUpdate is not set"),
                Arguments.of(
                        node("n1").service(Service.typical("s1", "", 0)),
                        "Must provide service name (Service.Service) when service ID is provided"),
                Arguments.of(node("n1").service(at(WEB, "0.0.0.0")), "Invalid service address"),
                Arguments.of(
                        node("n1").service(proxy()),
                        "1 error occurred:\n\t* Proxy.DestinationServiceName must be non-empty for Connect proxy"
                                + " services\n\n"),
                Arguments.of(
                        node("n1").check(check("other", "c", "")),
                        "Node 'other' for check 'c' doesn't match register request node 'n1'"),
                Arguments.of(node("n1").check(check("", "c", "nope")), "Unknown service ID 'nope' for check ID 'c'"),
                Arguments.of(
                        node("n1").check(check("", "", "")),
                        "failed inserting check on node \"n1\": failed health check lookup: index error: object is"
                                + " missing a value for this index"),
                Arguments.of(
                        node("n1").service(withMeta(WEB, Map.of("a b", "v"))),
                        "failed inserting service: Invalid Service Meta for node n1 and serviceID web: Couldn't load"
                                + " metadata pair ('a b', 'v'): Key contains invalid characters"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aWrongRequestIsRefusedWithConsulsText(Asked asked, String text) {
        assertThat(decided(asked, Held.NOTHING)).isEqualTo(Outcome.refused(Refusal.invalid(text)));
    }

    @Test
    void defaultsAreFilledIn() {
        Check given = new Check(
                "",
                "",
                "a",
                "",
                "",
                "",
                "web",
                "",
                List.of(),
                "",
                "",
                "",
                0,
                CheckDefinition.NONE.withTcp("10.0.0.1:1", Duration.ofSeconds(5)));
        Service unnamed = Service.typical("", "web", 80).withTags(List.of("v2")).withWeights(new Weights(0, 0));

        Registration.Result result = accepted(node("n1").service(unnamed).check(given), Held.NOTHING);

        assertThat(result.node()).contains(new Node("", "n1", "10.2.0.1", "dc1", Map.of(), Map.of()));
        assertThat(result.service()).contains(WEB.withTags(List.of("v2")));
        assertThat(result.checks())
                .containsExactly(new Check(
                        "n1",
                        "a",
                        "a",
                        "critical",
                        "",
                        "",
                        "web",
                        "web",
                        List.of("v2"),
                        "tcp",
                        "",
                        "",
                        0,
                        given.definition()));
    }

    @Test
    void aNodeIsLeftAloneWhenItIsTheSameOrNotToBeUpdated() {
        Node held = new Node("", "n1", "10.2.0.1", "dc1", Map.of(), Map.of());
        assertThat(accepted(node("n1"), holding(held)).node()).isEmpty();
        assertThat(accepted(node("n1").address("10.9.9.9").skip(), holding(held))
                        .node())
                .isEmpty();
        assertThat(accepted(node("n1").address("10.9.9.9"), holding(held)).node())
                .isPresent();
        assertThat(accepted(node("n9").address("").skip(), Held.NOTHING).node()).isPresent();
    }

    @Test
    void anOddStatusAndAnEmptyServiceAreTakenAsTheyCome() {
        Check odd = new Check(
                "", "", "odd status", "purple", "", "", "", "", List.of(), "", "", "", 0, CheckDefinition.NONE);
        assertThat(accepted(node("n1").check(odd), Held.NOTHING).checks().get(0).status())
                .isEqualTo("purple");
        assertThat(accepted(node("n1").service(Service.typical("", "", 0)), Held.NOTHING)
                        .service())
                .isEmpty();
    }

    @Test
    void ofSeveralChecksWithOneIdTheLastCounts() {
        Check first = check("", "c", "").withReport("warning", "");
        Check last = check("", "c", "").withReport("passing", "");
        assertThat(accepted(node("n1").check(first).check(last), Held.NOTHING).checks())
                .singleElement()
                .satisfies(placed -> assertThat(placed.status()).isEqualTo("passing"));
    }

    @Test
    void aCheckOfAServiceThatIsHeldTakesItsNameAndTags() {
        Service held = WEB.withTags(List.of("t"));
        Held rows = new Held(Optional.empty(), Map.of("web", held), Map.of(), Optional.empty());
        Check placed =
                accepted(node("n1").check(check("", "c", "web")), rows).checks().get(0);
        assertThat(placed.serviceName()).isEqualTo("web");
        assertThat(placed.serviceTags()).containsExactly("t");
    }

    @Test
    void anAgentsCheckIsStillRunWhenTheCatalogWritesOverIt() {
        CheckDefinition run = CheckDefinition.NONE.withTcp("a:1", Duration.ofSeconds(1));
        Held rows = new Held(
                Optional.empty(), Map.of(), Map.of("c", check("n1", "c", "").withRun(run)), Optional.empty());
        assertThat(accepted(node("n1").check(check("", "c", "")), rows)
                        .checks()
                        .get(0)
                        .run())
                .isEqualTo(run);
    }

    @Test
    void aNodeWithAnIdTakesTheNameOfADeadOneButNotOfALivingOne() {
        Node other = new Node(ID1, "n1", "10.2.0.9", "dc1", Map.of(), Map.of());
        assertThat(accepted(node("n1").id(ID2), holding(other)).node()).isPresent();
        assertThat(decided(node("n1").id(ID2), holding(other, Check.PASSING)))
                .isEqualTo(Outcome.refused(Refusal.invalid("failed inserting node: Error while renaming Node ID: \""
                        + ID2 + "\": Node name n1 is reserved by node " + ID1 + " with name n1 (10.2.0.9)")));
        assertThat(accepted(node("n1").id(ID2), holding(other, Check.CRITICAL)).node())
                .isPresent();
    }

    @Test
    void aNodeWithAnIdMayHaveANewName() {
        Held rows = new Held(Optional.empty(), Map.of(), Map.of(), Optional.of("n1"));
        assertThat(accepted(node("n1-renamed").id(ID1), rows).replaces()).contains("n1");
        assertThat(accepted(node("N1").id(ID1), rows).replaces()).isEmpty();
    }

    private static Outcome<Registration.Result> decided(Asked asked, Held held) {
        return asked.registration().prepared("dc1").flatMap(prepared -> prepared.decide(held));
    }

    private static Registration.Result accepted(Asked asked, Held held) {
        return decided(asked, held).orThrow();
    }

    private static Held holding(Node node) {
        return new Held(Optional.of(node), Map.of(), Map.of(), Optional.empty());
    }

    private static Held holding(Node node, String serfHealth) {
        Check alive = check(node.name(), Check.SERF_HEALTH, "").withReport(serfHealth, "");
        return new Held(Optional.of(node), Map.of(), Map.of(Check.SERF_HEALTH, alive), Optional.empty());
    }

    private static Service at(Service service, String address) {
        return new Service(
                "",
                service.id(),
                service.name(),
                List.of(),
                address,
                Map.of(),
                Map.of(),
                0,
                "",
                Weights.DEFAULT,
                false,
                Proxy.NONE,
                Connect.NONE);
    }

    private static Service withMeta(Service service, Map<String, String> meta) {
        return new Service(
                "",
                service.id(),
                service.name(),
                List.of(),
                "",
                Map.of(),
                meta,
                0,
                "",
                Weights.DEFAULT,
                false,
                Proxy.NONE,
                Connect.NONE);
    }

    private static Service proxy() {
        return new Service(
                "connect-proxy",
                "p",
                "p",
                List.of(),
                "",
                Map.of(),
                Map.of(),
                1,
                "",
                Weights.DEFAULT,
                false,
                Proxy.NONE,
                Connect.NONE);
    }

    private static Check check(String node, String name, String serviceId) {
        return new Check(node, name, name, "", "", "", serviceId, "", List.of(), "", "", "", 0, CheckDefinition.NONE);
    }

    private static Asked node(String name) {
        return new Asked(
                new Registration("", "", name, "10.2.0.1", Map.of(), Map.of(), Optional.empty(), List.of(), false, ""));
    }

    /** A registration that is changed bit by bit. */
    private record Asked(Registration registration) {
        Asked id(String id) {
            return with(registration.datacenter(), id, registration.address(), registration.skipNodeUpdate(), "");
        }

        Asked datacenter(String datacenter) {
            return with(datacenter, "", registration.address(), false, "");
        }

        Asked address(String address) {
            return with("", registration.nodeId(), address, registration.skipNodeUpdate(), "");
        }

        Asked skip() {
            return with("", registration.nodeId(), registration.address(), true, "");
        }

        Asked peer(String peer) {
            return with("", "", registration.address(), false, peer);
        }

        Asked service(Service service) {
            return new Asked(new Registration(
                    "",
                    registration.nodeId(),
                    registration.node(),
                    registration.address(),
                    Map.of(),
                    Map.of(),
                    Optional.of(service),
                    registration.checks(),
                    registration.skipNodeUpdate(),
                    ""));
        }

        Asked check(Check check) {
            return new Asked(new Registration(
                    "",
                    registration.nodeId(),
                    registration.node(),
                    registration.address(),
                    Map.of(),
                    Map.of(),
                    registration.service(),
                    Stream.concat(registration.checks().stream(), Stream.of(check))
                            .toList(),
                    registration.skipNodeUpdate(),
                    ""));
        }

        private Asked with(String datacenter, String id, String address, boolean skip, String peer) {
            return new Asked(new Registration(
                    datacenter,
                    id,
                    registration.node(),
                    address,
                    Map.of(),
                    Map.of(),
                    registration.service(),
                    registration.checks(),
                    skip,
                    peer));
        }
    }
}
