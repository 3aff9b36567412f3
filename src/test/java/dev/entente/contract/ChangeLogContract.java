package dev.entente.contract;

import static dev.entente.contract.Changes.check;
import static dev.entente.contract.Changes.checkValue;
import static dev.entente.contract.Changes.dropEntry;
import static dev.entente.contract.Changes.dropped;
import static dev.entente.contract.Changes.importGone;
import static dev.entente.contract.Changes.imported;
import static dev.entente.contract.Changes.node;
import static dev.entente.contract.Changes.nodeGone;
import static dev.entente.contract.Changes.peer;
import static dev.entente.contract.Changes.report;
import static dev.entente.contract.Changes.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringState;
import dev.entente.domain.peering.Remote;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.ChangeLog.Beginning;
import dev.entente.engine.port.ChangeLog.HotState;
import dev.entente.engine.port.ImportsDroppedException;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.LogMissingException;
import dev.entente.engine.port.LogTrimmedException;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of order of the change log (architecture §2), for every implementation of {@link ChangeLog}. */
public abstract class ChangeLogContract {
    protected static final long EPOCH = 3;
    protected static final long FIRST = EPOCH << 32;
    protected static final PeerScope ALPHA = peer("alpha", 1);
    protected static final PeerScope NEXT_ALPHA = peer("alpha", 2);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    protected final PartitionName partition =
            new PartitionName("t" + UUID.randomUUID().toString().substring(0, 12));

    protected abstract ChangeLog log();

    /** The store comes back empty. */
    protected abstract void loseEverything();

    @BeforeEach
    void beginLog() {
        await(log().begin(partition, Uni.createFrom().item(new Beginning(EPOCH, 0, List.of()))));
    }

    protected static <T> T await(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }

    protected long append(Change... changes) {
        return await(log().append(partition, List.of(changes), Optional.empty()));
    }

    protected List<LogEntry> entries() {
        return await(log().tail(partition, FIRST, Duration.ZERO));
    }

    protected HotState hot() {
        return await(log().load(partition));
    }

    private static final Change[] NOTHING = {};

    /** Given changes, one more that must be dropped. */
    static Stream<Arguments> voidChanges() {
        return Stream.of(
                Arguments.of("an older version after a newer", List.of(node("a", 5)), node("a", 4)),
                Arguments.of("a repeated upsert", List.of(node("a", 5)), node("a", 5)),
                Arguments.of("an older removal", List.of(node("a", 5)), nodeGone("a", 4)),
                Arguments.of("a removal of the same version", List.of(node("a", 5)), nodeGone("a", 5)),
                Arguments.of("a repeated removal", List.of(node("a", 5), nodeGone("a", 6)), nodeGone("a", 6)),
                Arguments.of("an upsert later than its removal", List.of(node("a", 4), nodeGone("a", 6)), node("a", 5)),
                Arguments.of("an upsert that its removal overtook", List.of(nodeGone("a", 6)), node("a", 5)),
                Arguments.of("a removal of what never was", List.<Change>of(), nodeGone("a", 6)),
                Arguments.of("a report without its check", List.<Change>of(), report("critical", "", 0)),
                Arguments.of("a report for an old definition", List.of(check(5, "passing")), report("critical", "", 4)),
                Arguments.of(
                        "a report for a coming definition", List.of(check(5, "passing")), report("critical", "", 6)),
                Arguments.of("a report that changes nothing", List.of(check(5, "passing")), report("passing", "", 5)),
                Arguments.of(
                        "a repeated report",
                        List.of(check(5, "passing"), report("critical", "x", 0)),
                        report("critical", "x", 5)),
                Arguments.of("an equal import", List.of(imported(ALPHA, "web", 2)), imported(ALPHA, "web", 2)),
                Arguments.of("an import removal of what never was", List.<Change>of(), importGone(ALPHA, "web")),
                Arguments.of("a repeated drop", List.of(imported(ALPHA, "web", 1), dropped(ALPHA)), dropped(ALPHA)),
                Arguments.of(
                        "the drop of an earlier peering of the name",
                        List.of(imported(NEXT_ALPHA, "web", 1)),
                        dropped(ALPHA)),
                Arguments.of(
                        "a drop older than the record of the peering",
                        List.of(peering(5, PeeringState.PENDING), imported(ALPHA, "web", 1)),
                        Change.importsDropped(ALPHA, 4)));
    }

    /** Given changes, an import that must be refused: who sent it must not take it for stored. */
    static Stream<Arguments> refusedImports() {
        return Stream.of(
                Arguments.of("of a dropped peering", List.of(dropped(ALPHA)), imported(ALPHA, "web", 1)),
                Arguments.of("that ends, of a dropped peering", List.of(dropped(ALPHA)), importGone(ALPHA, "web")),
                Arguments.of(
                        "of a peering that ended and was dropped",
                        List.of(
                                peering(5, PeeringState.TERMINATED),
                                imported(ALPHA, "web", 1),
                                Change.importsDropped(ALPHA, 5)),
                        imported(ALPHA, "web", 1)),
                Arguments.of(
                        "of a peering that another replaced",
                        List.of(imported(ALPHA, "web", 1), imported(NEXT_ALPHA, "web", 2)),
                        imported(ALPHA, "web", 3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedImports")
    void anImportIsRefused(String name, List<Change> given, Change refused) {
        long before = append(given.toArray(NOTHING));
        HotState heldBefore = hot();

        assertThatThrownBy(() -> append(refused)).isInstanceOf(ImportsDroppedException.class);

        assertThat(await(log().position(partition))).isEqualTo(before);
        assertThat(hot().entries()).containsExactlyInAnyOrderElementsOf(heldBefore.entries());
    }

    @Test
    void aPeeringThatIsBackImportsAgain() {
        append(peering(5, PeeringState.TERMINATED), dropped(ALPHA), peering(6, PeeringState.PENDING));
        append(imported(ALPHA, "web", 1));

        assertThat(hot().entries()).extracting(LogEntry::change).contains(imported(ALPHA, "web", 1));
    }

    /** By a replica that stood still, while another one began the log, wrote to it, and the store was lost again. */
    @Test
    void aLogDoesNotBeginWithWhatWasReadBeforeTheLastLoss() {
        loseEverything();
        Beginning old = new Beginning(EPOCH + 1, 7, List.of(node("a", 6)));
        Uni<Beginning> stalled = Uni.createFrom()
                .item(() -> {
                    await(log().begin(partition, Uni.createFrom().item(old)));
                    append(node("b", 8));
                    loseEverything();
                    return old;
                })
                .runSubscriptionOn(Infrastructure.getDefaultExecutor());

        assertThatThrownBy(() -> await(log().begin(partition, stalled))).isInstanceOf(LogMissingException.class);

        assertThat(await(log().isEmpty(partition))).isTrue();
        Beginning fresh = new Beginning(EPOCH + 2, 8, List.of(node("a", 6), node("b", 8)));
        await(log().begin(partition, Uni.createFrom().item(fresh)));
        assertThat(hot().entries()).hasSize(2);
    }

    @Test
    void whatTheRecordsOfTheBeginningDoNotShowWasRemovedBefore() {
        loseEverything();
        await(log().begin(partition, Uni.createFrom().item(new Beginning(EPOCH + 1, 7, List.of(node("a", 6))))));

        append(node("b", 5), node("c", 7), node("a", 5), node("d", 8));
        assertThat(hot().entries()).extracting(LogEntry::change).containsExactlyInAnyOrder(node("a", 6), node("d", 8));

        append(nodeGone("d", 9), node("d", 8), node("b", 10));
        assertThat(hot().entries()).extracting(LogEntry::change).containsExactlyInAnyOrder(node("a", 6), node("b", 10));
    }

    protected static Change peering(long version, PeeringState state) {
        Peering peering = new Peering(
                ALPHA.id(),
                PartitionName.DEFAULT,
                new PeerName("Alpha"),
                state,
                null,
                Map.of("k", "v"),
                "",
                List.of("pem"),
                "",
                List.of(),
                Remote.UNKNOWN);
        return Change.upsert(RecordKind.PEERING, "alpha", version, 1, peering);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("voidChanges")
    void isDroppedWithoutAnEntry(String name, List<Change> given, Change late) {
        long before = append(given.toArray(NOTHING));
        HotState heldBefore = hot();

        long after = append(late);

        assertThat(after).isEqualTo(before);
        assertThat(hot().entries()).containsExactlyInAnyOrderElementsOf(heldBefore.entries());
    }

    @Test
    void everyChangeIsOneEntryWithTheNextPosition() {
        long newest = append(node("a", 5), node("b", 6), nodeGone("a", 7));

        assertThat(newest).isEqualTo(FIRST + 3);
        assertThat(entries()).extracting(LogEntry::position).containsExactly(FIRST + 1, FIRST + 2, FIRST + 3);
        assertThat(entries())
                .extracting(LogEntry::change)
                .containsExactly(node("a", 5), node("b", 6), new Change(RecordKind.NODE, null, "a", 7, 1, null));
    }

    @Test
    void aRecordKeepsItsCreatePositionUntilItIsRemoved() {
        append(node("a", 5), node("a", 6));
        assertThat(hot().entries()).containsExactly(new LogEntry(FIRST + 2, FIRST + 1, node("a", 6)));

        append(nodeGone("a", 7), node("a", 8));
        assertThat(hot().entries()).containsExactly(new LogEntry(FIRST + 4, FIRST + 4, node("a", 8)));
    }

    @Test
    void theHotStateTellsWhenSomethingWasLastRemoved() {
        append(node("a", 5), node("b", 6), imported(ALPHA, "web", 1));
        assertThat(hot().lastRemoval()).isZero();

        long gone = append(nodeGone("a", 7));
        append(node("c", 8), nodeGone("x", 9));
        assertThat(hot().lastRemoval()).isEqualTo(gone);

        assertThat(append(importGone(ALPHA, "web"))).isEqualTo(hot().lastRemoval());
    }

    @Test
    void aProxyThatStandsForAnotherServiceCountsAsARemoval() {
        append(proxy(5, "web"), proxy(6, "web"));
        assertThat(hot().lastRemoval()).isZero();

        assertThat(append(proxy(7, "db"))).isEqualTo(hot().lastRemoval());
    }

    private static Change proxy(long version, String destination) {
        Service proxy = CatalogStoreContract.proxy("id", destination, 20_000);
        return Change.upsert(RecordKind.SERVICE, Keys.service("n", "id"), version, 5, new ServiceRecord("n", proxy));
    }

    @Test
    void aCheckThatMovesToAnotherServiceCountsAsARemoval() {
        append(checkOf(5, "web"), checkOf(6, "web"));
        assertThat(hot().lastRemoval()).isZero();

        assertThat(append(checkOf(7, "db"))).isEqualTo(hot().lastRemoval());
    }

    private static Change checkOf(long version, String service) {
        Check check = Samples.check("n", "c", Service.typical(service, service, 80), "state " + version);
        return Change.upsert(RecordKind.CHECK, Keys.check("n", "c"), version, 5, check);
    }

    @Test
    void aServiceThatTakesAnotherNameCountsAsARemoval() {
        append(service("n", "id", 5, "web"), service("n", "id", 6, "web"));
        assertThat(hot().lastRemoval()).isZero();

        assertThat(append(service("n", "id", 7, "db"))).isEqualTo(hot().lastRemoval());
    }

    @Test
    void aReportStandsInTheHotCheckAndAloneInTheLog() {
        append(check(5, Check.PASSING), report(Check.CRITICAL, "down", 5));

        assertThat(hot().entries())
                .containsExactly(new LogEntry(
                        FIRST + 2,
                        FIRST + 1,
                        Change.upsert(RecordKind.CHECK, check(5, "").key(), 5, 1, checkValue(Check.CRITICAL, "down"))));
        assertThat(entries().get(1)).isEqualTo(new LogEntry(FIRST + 2, FIRST + 1, report(Check.CRITICAL, "down", 5)));
    }

    @Test
    void aNewerDefinitionReplacesTheReport() {
        append(check(5, Check.PASSING), report(Check.CRITICAL, "down", 0), check(6, Check.WARNING));

        assertThat(hot().entries().get(0).change()).isEqualTo(check(6, Check.WARNING));
    }

    @Test
    void aNewPeeringOfTheNameTakesTheImportsOver() {
        append(imported(ALPHA, "web", 1), imported(NEXT_ALPHA, "db", 2));

        assertThat(hot().entries()).extracting(LogEntry::change).containsExactly(imported(NEXT_ALPHA, "db", 2));
        assertThat(entries())
                .extracting(LogEntry::change)
                .containsExactly(imported(ALPHA, "web", 1), dropEntry(ALPHA), imported(NEXT_ALPHA, "db", 2));
    }

    @Test
    void aPublishedTransactionMayBePublishedAgain() {
        Change[] outboxRow = {node("a", 5), node("b", 5), nodeGone("c", 5)};
        append(node("c", 4), node("b", 6));
        long once = append(outboxRow);

        assertThat(append(outboxRow)).isEqualTo(once);
        assertThat(hot().entries()).extracting(LogEntry::change).containsExactlyInAnyOrder(node("a", 5), node("b", 6));
    }

    @Test
    void partitionsDoNotTouchEachOther() {
        PartitionName other = new PartitionName(partition.value() + "x");
        await(log().begin(other, Uni.createFrom().item(new Beginning(EPOCH + 1, 0, List.of(node("b", 1))))));
        append(node("a", 5), imported(ALPHA, "web", 1));
        await(log().append(other, List.of(dropped(ALPHA), nodeGone("a", 9)), Optional.empty()));

        assertThat(hot().entries()).hasSize(2);
        assertThat(await(log().load(other)).entries())
                .extracting(LogEntry::change)
                .containsExactly(node("b", 1));
        assertThat(await(log().position(other))).isEqualTo(((EPOCH + 1) << 32) + 1);
    }

    @Test
    void aLogThatWasNeverBegunTakesNothing() {
        PartitionName unknown = new PartitionName(partition.value() + "u");

        assertThat(await(log().isEmpty(unknown))).isTrue();
        assertThatThrownBy(() -> await(log().append(unknown, List.of(node("a", 1)), Optional.empty())))
                .isInstanceOf(LogMissingException.class);
        assertThatThrownBy(() -> await(log().position(unknown))).isInstanceOf(LogMissingException.class);
        assertThatThrownBy(() -> await(log().load(unknown))).isInstanceOf(LogMissingException.class);
        assertThat(await(log().isEmpty(unknown))).isTrue();
    }

    @Test
    void aLogThatHasBegunIsNotBegunAgain() {
        long position = append(node("a", 5));

        assertThat(await(log().begin(
                                partition, Uni.createFrom().item(new Beginning(EPOCH + 1, 0, List.of(node("z", 1)))))))
                .isEqualTo(position);
        assertThat(hot().entries()).extracting(LogEntry::change).containsExactly(node("a", 5));
    }

    @Test
    void aLogBeginsWithAllRecordsAtItsFirstPosition() {
        PartitionName fresh = new PartitionName(partition.value() + "f");
        List<Change> records = Stream.iterate(1, i -> i + 1)
                .limit(1_234)
                .map(i -> node("n" + i, i))
                .toList();

        assertThat(await(log().begin(fresh, Uni.createFrom().item(new Beginning(EPOCH, 0, records)))))
                .isEqualTo(FIRST);

        HotState state = await(log().load(fresh));
        assertThat(state.position()).isEqualTo(FIRST);
        assertThat(state.entries()).extracting(LogEntry::change).containsExactlyInAnyOrderElementsOf(records);
        assertThat(state.entries()).allMatch(entry -> entry.position() == FIRST && entry.createPosition() == FIRST);
    }

    @Test
    void aReaderOfALostLogHearsThatItsPlaceIsGone() {
        long position = append(node("a", 5));
        loseEverything();

        assertThatThrownBy(() -> await(log().tail(partition, position, Duration.ZERO)))
                .isInstanceOf(LogTrimmedException.class);
        await(log().begin(partition, Uni.createFrom().item(new Beginning(EPOCH + 1, 0, List.of()))));
        assertThatThrownBy(() -> await(log().tail(partition, position, Duration.ZERO)))
                .isInstanceOf(LogTrimmedException.class);
        assertThat(append(node("a", 5))).isEqualTo(((EPOCH + 1) << 32) + 1).isGreaterThan(position);
    }

    @Test
    void aReaderThatIsAheadOfTheLogHearsThatItsPlaceIsGone() {
        assertThatThrownBy(() -> await(log().tail(partition, FIRST + 1, Duration.ZERO)))
                .isInstanceOf(LogTrimmedException.class);
    }

    @Test
    void aReaderWaitsForTheFirstEntry() {
        Uni<List<LogEntry>> tail =
                log().tail(partition, FIRST, Duration.ofSeconds(10)).memoize().indefinitely();
        var waiting = tail.subscribeAsCompletionStage();
        append(node("a", 5));

        assertThat(waiting.join()).extracting(LogEntry::change).containsExactly(node("a", 5));
    }

    @Test
    void aReaderGetsNothingWhenItsTimeIsUp() {
        assertThat(await(log().tail(partition, FIRST, Duration.ofMillis(20)))).isEmpty();
    }
}
