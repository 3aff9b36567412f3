package dev.entente.domain.chain;

import static dev.entente.domain.chain.EntrySet.allSpeak;
import static dev.entente.domain.chain.EntrySet.atPeer;
import static dev.entente.domain.chain.EntrySet.failover;
import static dev.entente.domain.chain.EntrySet.redirect;
import static dev.entente.domain.chain.EntrySet.router;
import static dev.entente.domain.chain.EntrySet.service;
import static dev.entente.domain.chain.EntrySet.speaks;
import static dev.entente.domain.chain.EntrySet.splitter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.chain.ChainQuestion.Overrides;
import dev.entente.domain.config.ConfigEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChainCompilerTest {
    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(
                        EntrySet.of(
                                redirect("web", service("a")),
                                redirect("a", service("b")),
                                redirect("b", service("web"))),
                        "detected circular resolver redirect: [web.default.default.dc1 -> a.default.default.dc1"
                                + " -> b.default.default.dc1 -> web.default.default.dc1]"),
                Arguments.of(
                        EntrySet.of(allSpeak("http"), splitter("web", "a"), splitter("a", "web")),
                        "detected circular reference: [splitter:web.default.default -> splitter:a.default.default"
                                + " -> splitter:web.default.default]"),
                Arguments.of(
                        EntrySet.of(router("web", "a")),
                        "discovery chain \"web\" uses a protocol \"tcp\" that does not permit advanced routing or"
                                + " splitting behavior"),
                Arguments.of(
                        EntrySet.of(allSpeak("http"), speaks("a", "grpc"), splitter("web", "web", "a")),
                        "discovery chain \"web\" uses inconsistent protocols; service \"a\" has \"grpc\" which is not"
                                + " \"http\""));
    }

    /** Entries one behind the other, as many as clients like: what reads them must not run out of stack or time. */
    static Stream<Arguments> endless() {
        return Stream.of(
                Arguments.of(
                        chained(50_000, (from, to) -> splitter(from, from, to)),
                        "discovery chain \"web\" has more than 100 splitters one behind the other"),
                Arguments.of(
                        chained(50_000, (from, to) -> redirect(from, service(to))),
                        "discovery chain \"web\" has more than 100 redirects one behind the other"),
                Arguments.of(
                        chained(50, (from, to) -> splitter(from, to, to)),
                        "discovery chain \"web\" splits requests into more than 10000 parts"));
    }

    /** From web over as many others. */
    private static EntrySet chained(int length, BiFunction<String, String, ConfigEntry> entry) {
        List<ConfigEntry> entries = new ArrayList<>(List.of(allSpeak("http")));
        for (int i = 0; i < length; i++) {
            entries.add(entry.apply(i == 0 ? "web" : "s" + i, "s" + (i + 1)));
        }
        return EntrySet.of(entries.toArray(ConfigEntry[]::new));
    }

    @ParameterizedTest
    @MethodSource("endless")
    @Timeout(20)
    void chainsWithoutEndAreRefused(EntrySet entries, String text) {
        String told =
                ChainCompiler.compile(question(Overrides.NONE), entries).fold(chain -> "", refusal -> refusal.text());
        assertThat(told).isEqualTo(text);
    }

    @Test
    void aHundredSplittersOneBehindTheOtherAreAllowed() {
        EntrySet entries = chained(100, (from, to) -> splitter(from, to));

        DiscoveryChain chain = compiled(Overrides.NONE, entries);

        assertThat(chain.nodes()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void entriesThatDoNotFitTogetherAreRefused(EntrySet entries, String text) {
        String told =
                ChainCompiler.compile(question(Overrides.NONE), entries).fold(chain -> "", refusal -> refusal.text());
        assertThat(told).isEqualTo(text);
    }

    @Test
    void aSplitThatLeadsToASplitIsDissolvedIntoIt() {
        DiscoveryChain chain = compiled(
                Overrides.NONE, EntrySet.of(allSpeak("http"), splitter("web", "a", "b"), splitter("a", "c", "d")));

        ChainNode.Splitter splitter = (ChainNode.Splitter) chain.nodes().get(chain.startNode());
        assertThat(splitter.splits()).extracting(ChainNode.Split::weight).containsExactly(25f, 25f, 50f);
        assertThat(chain.nodes()).doesNotContainKey("splitter:a.default.default");
        assertThat(chain.targets().keySet())
                .containsExactly("b.default.default.dc1", "c.default.default.dc1", "d.default.default.dc1");
    }

    @Test
    void whatStandsInIsATargetAtAPeerToo() {
        DiscoveryChain chain =
                compiled(Overrides.NONE, EntrySet.of(failover("web", service("a"), atPeer("", "far"), service("web"))));

        ChainNode.Resolver resolver = (ChainNode.Resolver) chain.nodes().get(chain.startNode());
        assertThat(resolver.failover()).containsExactly("a.default.default.dc1", "web.default.default.external.far");
        assertThat(chain.targets().get("web.default.default.external.far").sni())
                .isEmpty();
        assertThat(chain.isDefault()).isFalse();
    }

    @Test
    void aRedirectToAServiceWithoutEntriesIsNoDefaultChain() {
        assertThat(compiled(Overrides.NONE, EntrySet.of(redirect("web", service("a"))))
                        .isDefault())
                .isFalse();
        assertThat(compiled(Overrides.NONE, EntrySet.of()).isDefault()).isTrue();
    }

    @Test
    void aProtocolThatCannotBeRoutedLeavesRoutersAndSplittersOut() {
        EntrySet entries = EntrySet.of(allSpeak("http"), router("web", "a"), splitter("web", "a", "b"));

        DiscoveryChain chain = compiled(new Overrides("", "tcp", Duration.ZERO), entries);

        assertThat(chain.protocol()).isEqualTo("tcp");
        assertThat(chain.beginsWithResolver()).isTrue();
        assertThat(chain.customization()).hasSize(8);
    }

    @Test
    void overridesThatChangeNothingMakeNoOtherChain() {
        Overrides same = new Overrides("", "tcp", Duration.ofSeconds(5));

        assertThat(compiled(same, EntrySet.of())).isEqualTo(compiled(Overrides.NONE, EntrySet.of()));
        assertThat(compiled(new Overrides("local", "", Duration.ofSeconds(7)), EntrySet.of())
                        .customization())
                .isNotEmpty();
    }

    private static DiscoveryChain compiled(Overrides overrides, EntrySet entries) {
        return ChainCompiler.compile(question(overrides), entries).orThrow();
    }

    private static ChainQuestion question(Overrides overrides) {
        return new ChainQuestion("web", "default", "dc1", "td.consul", overrides);
    }
}
