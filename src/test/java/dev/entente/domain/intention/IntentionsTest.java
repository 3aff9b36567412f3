package dev.entente.domain.intention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.config.ServiceIntentionsEntry.HttpPermission;
import dev.entente.domain.config.ServiceIntentionsEntry.Permission;
import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import dev.entente.domain.identity.PartitionName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntentionsTest {
    private static final Intentions RULES = Intentions.of(
            PartitionName.DEFAULT,
            List.of(
                    entry("*", source("web", "allow", ""), source("*", "deny", "")),
                    entry(
                            "web",
                            source("db", "allow", "far"),
                            source("*", "deny", "far"),
                            source("db", "deny", ""),
                            source("api", "allow", ""),
                            looking("l7"))));

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        -   | api  | web  | true  | Matched L4 intention: default/api => default/web (Precedence: 9, Action: ALLOW)
        -   | db   | web  | false | Matched L4 intention: default/db => default/web (Precedence: 9, Action: DENY)
        far | db   | web  | true  | Matched L4 intention: peer(far)/default/db => default/web (Precedence: 9, Action: ALLOW)
        far | api  | web  | false | Matched L4 intention: peer(far)/default/* => default/web (Precedence: 8, Action: DENY)
        -   | l7   | web  | false | Matched L7 intention: default/l7 => default/web (Precedence: 9, Permissions: 1)
        -   | web  | nope | true  | Matched L4 intention: default/web => default/* (Precedence: 6, Action: ALLOW)
        -   | nope | web  | false | Matched L4 intention: default/* => default/* (Precedence: 5, Action: DENY)
        far | web  | nope | true  | Default behavior configured by ACLs
        near | api | web  | true  | Default behavior configured by ACLs
        """)
    void theFirstRuleThatFitsTheCallerAndItsPeerDecides(
            String peer, String source, String destination, boolean allowed, String reason) {
        ServiceIdentity caller = peer == null ? ServiceIdentity.local(source) : new ServiceIdentity(peer, source);

        assertThat(RULES.check(caller, destination, true)).isEqualTo(new Verdict(allowed, reason));
    }

    /** A rule about every peer comes after one about the peer, and never concerns a service of this cluster. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "far, db, true",
                "far, api, false",
                "near, db, false",
                "near, api, true",
                "-, db, true",
                "-, other, true"
            })
    void aRuleAboutEveryPeerDecidesWhereNoneAboutThePeerDoes(String peer, String source, boolean allowed) {
        Intentions rules = Intentions.of(
                PartitionName.DEFAULT,
                List.of(entry(
                        "web",
                        source("db", "deny", "*"),
                        source("*", "allow", "*"),
                        source("db", "allow", "far"),
                        source("*", "deny", "far"))));
        ServiceIdentity caller = peer == null ? ServiceIdentity.local(source) : new ServiceIdentity(peer, source);

        assertThat(rules.check(caller, "web", true).allowed()).isEqualTo(allowed);
        assertThat(rules.all().stream()
                        .map(rule -> rule.source().peer() + "/" + rule.source().name()))
                .containsExactly("far/db", "far/*", "*/db", "*/*");
    }

    @Test
    void withoutARuleTheDefaultHolds() {
        Intentions none = Intentions.of(PartitionName.DEFAULT, List.of());

        assertThat(none.check(ServiceIdentity.local("a"), "b", false).allowed()).isFalse();
        assertThat(none.check(ServiceIdentity.local("a"), "b", true).allowed()).isTrue();
    }

    @Test
    void rulesStandByPrecedenceThenPeerThenNames() {
        assertThat(RULES.all().stream()
                        .map(rule -> rule.source().peer() + "/" + rule.source().name() + ">" + rule.destination()))
                .containsExactly("/api>web", "/db>web", "/l7>web", "far/db>web", "far/*>web", "/web>*", "/*>*");
    }

    @Test
    void theOrderDoesNotDependOnThatOfTheEntries() {
        List<Intention> shuffled = new ArrayList<>(RULES.all());
        Collections.shuffle(shuffled, new Random(7));

        assertThat(shuffled.stream().sorted(Intention.ORDER)).containsExactlyElementsOf(RULES.all());
    }

    @Test
    void aMatchTakesWildcardsAndBySourceOnlyLocalNames() {
        assertThat(RULES.bySource("db")).hasSize(3);
        assertThat(RULES.byDestination("nope")).hasSize(2);
        assertThat(RULES.bySource("*")).hasSize(2);
        assertThat(RULES.byDestination("*")).hasSize(2);
    }

    @Test
    void anExactLookupIsNotAMatch() {
        assertThat(RULES.exact(new ServiceIdentity("far", "*"), "web")).isPresent();
        assertThat(RULES.exact(new ServiceIdentity("far", "api"), "web")).isEmpty();
        assertThat(RULES.exact(ServiceIdentity.local("*"), "web")).isEmpty();
    }

    @Test
    void otherPartitionsAreNamed() {
        Intentions east = Intentions.of(new PartitionName("east"), List.of(entry("web", source("api", "allow", ""))));

        assertThat(east.check(ServiceIdentity.local("api"), "web", false).reason())
                .isEqualTo("Matched L4 intention: east/default/api => east/default/web (Precedence: 9, Action: ALLOW)");
    }

    private static Indexed<ServiceIntentionsEntry> entry(String name, Source... sources) {
        return new Indexed<>(
                new ServiceIntentionsEntry(name, List.of(sources), Map.of())
                        .normalised()
                        .orThrow(),
                3,
                5);
    }

    private static Source source(String name, String action, String peer) {
        return new Source(name, action, List.of(), 0, "", "", "", Map.of(), null, null, peer, "");
    }

    private static Source looking(String name) {
        Permission permission = new Permission("allow", new HttpPermission("/x", "", "", List.of(), List.of()));
        return new Source(name, "", List.of(permission), 0, "", "", "", Map.of(), null, null, "", "");
    }
}
