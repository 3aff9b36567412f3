package dev.entente.domain.export;

import static dev.entente.domain.chain.EntrySet.allSpeak;
import static dev.entente.domain.chain.EntrySet.atPeer;
import static dev.entente.domain.chain.EntrySet.failover;
import static dev.entente.domain.chain.EntrySet.redirect;
import static dev.entente.domain.chain.EntrySet.router;
import static dev.entente.domain.chain.EntrySet.service;
import static dev.entente.domain.chain.EntrySet.speaks;
import static dev.entente.domain.chain.EntrySet.splitter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.chain.EntrySet;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.ExportedServicesEntry.Consumer;
import dev.entente.domain.config.ExportedServicesEntry.ExportedService;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.TrustDomain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExportedChainTest {
    private static final MeshIdentity IDENTITY =
            new MeshIdentity(new TrustDomain("td.consul"), "dc1", PartitionName.DEFAULT);

    static Stream<Arguments> chains() {
        return Stream.of(
                chain(EntrySet.of(), "tcp", "web"),
                chain(EntrySet.of(speaks("web", "grpc")), "grpc"),
                chain(EntrySet.of(allSpeak("http")), "http"),
                // The defaults of a service decide even where they do not name a protocol.
                chain(EntrySet.of(allSpeak("http"), speaks("web", "")), "tcp", "web"),
                chain(EntrySet.of(redirect("web", service("api"))), "tcp", "api"),
                chain(EntrySet.of(failover("web", service("b"), service("a"))), "tcp", "a", "b", "web"),
                chain(EntrySet.of(failover("web", atPeer("", "far"))), "tcp", "web"),
                chain(
                        EntrySet.of(speaks("web", "http"), speaks("api", "http"), splitter("web", "web", "api")),
                        "http"));
    }

    private static Arguments chain(EntrySet entries, String protocol, String... targets) {
        return Arguments.of(entries, new ExportedChain(protocol, List.of(targets)));
    }

    @ParameterizedTest
    @MethodSource("chains")
    void aPeerLearnsTheProtocolAndWhoMayAnswer(EntrySet entries, ExportedChain expected) {
        assertThat(ExportedChain.of("web", IDENTITY, entries)).contains(expected);
    }

    @Test
    void aChainThatCouldEndAtOurServersIsNotTold() {
        EntrySet entries = EntrySet.of(failover("web", service("consul")));

        assertThat(ExportedChain.of("web", IDENTITY, entries)).isEmpty();
    }

    @Test
    void namesThatOnlyHaveAChainAreSeenByThoseWhoSeeEverything() {
        ExportedServicesEntry entry = new ExportedServicesEntry(
                "default",
                List.of(
                        new ExportedService("*", "", List.of(new Consumer("", "all"))),
                        new ExportedService("web", "", List.of(new Consumer("", "one")))),
                Map.of());
        Set<String> names = Set.of("web");
        Set<String> withChain = Set.of("virtual", "consul");

        assertThat(ExportRules.chains(Optional.of(entry), new PeerName("all"), names, () -> withChain))
                .containsExactly("virtual", "web");
        assertThat(ExportRules.chains(Optional.of(entry), new PeerName("one"), names, () -> withChain))
                .containsExactly("web");
    }

    @Test
    void routersCountAsChains() {
        EntrySet entries = EntrySet.of(allSpeak("http"), router("web", "api"));

        assertThat(ExportedChain.of("web", IDENTITY, entries)).contains(new ExportedChain("http", List.of()));
    }
}
