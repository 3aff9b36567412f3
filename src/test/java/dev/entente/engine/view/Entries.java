package dev.entente.engine.view;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.LogEntry;
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import java.util.List;
import java.util.Map;

/** Log entries as the tests of the view need them. */
final class Entries {
    static final PeerScope ALPHA =
            new PeerScope(new PeerName("alpha"), new PeeringId("00000000-0000-0000-0000-000000000001"));

    private Entries() {}

    static Node node(String name) {
        return new Node("", name, "10.0.0.1", "dc1", Map.of(), Map.of());
    }

    static Check check(String node, String id, String serviceId, String status) {
        return new Check(
                node, id, id, status, "", "", serviceId, serviceId, List.of(), "", "", "", 0, CheckDefinition.NONE);
    }

    static LogEntry nodeAt(long position, String name) {
        return new LogEntry(position, position, Change.upsert(RecordKind.NODE, name, position, position, node(name)));
    }

    static LogEntry serviceAt(long position, String node, Service service) {
        return new LogEntry(
                position,
                position,
                Change.upsert(
                        RecordKind.SERVICE,
                        Keys.service(node, service.id()),
                        position,
                        position,
                        new ServiceRecord(node, service)));
    }

    static LogEntry serviceGoneAt(long position, String node, String id) {
        return new LogEntry(position, position, Change.removal(RecordKind.SERVICE, Keys.service(node, id), position));
    }

    static LogEntry checkAt(long position, Check check) {
        return new LogEntry(
                position,
                position,
                Change.upsert(RecordKind.CHECK, Keys.check(check.node(), check.id()), position, position, check));
    }

    static LogEntry reportAt(long position, String node, String check, String status) {
        return new LogEntry(position, position, Change.report(node, check, new CheckReport(status, "", 0)));
    }

    static LogEntry importedAt(long position, PeerScope peer, String service, String... instanceIds) {
        List<ImportedInstance> instances = java.util.Arrays.stream(instanceIds)
                .map(id -> new ImportedInstance(
                        node("remote-" + id),
                        Service.typical(id, service, 80),
                        List.of(check("remote-" + id, id + ":overall-check", id, Check.PASSING))))
                .toList();
        return new LogEntry(
                position,
                position,
                Change.imported(RecordKind.IMPORTED_SERVICE, peer, service, new ImportedService(service, instances)));
    }

    static LogEntry droppedAt(long position, PeerScope peer) {
        return new LogEntry(position, position, Change.importRemoval(RecordKind.IMPORTS_DROPPED, peer, ""));
    }
}
