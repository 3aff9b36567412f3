package dev.entente.contract;

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
import dev.entente.engine.port.PeerScope;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Changes as the contract tests need them. */
public final class Changes {
    private Changes() {}

    public static PeerScope peer(String name, int number) {
        return new PeerScope(
                new PeerName(name), new PeeringId("00000000-0000-0000-0000-" + String.format("%012d", number)));
    }

    public static Change node(String name, long version) {
        return node(name, version, "10.0.0." + version % 250);
    }

    public static Change node(String name, long version, String address) {
        return Change.upsert(
                RecordKind.NODE,
                name,
                version,
                1,
                new Node("", name, address, "dc1", Map.of(), Map.of("v", "" + version)));
    }

    public static Change nodeGone(String name, long version) {
        return Change.removal(RecordKind.NODE, name, version);
    }

    public static Change service(String node, String id, long version, String name) {
        ServiceRecord record = new ServiceRecord(node, Service.typical(id, name, 80));
        return Change.upsert(RecordKind.SERVICE, Keys.service(node, id), version, 1, record);
    }

    public static Change check(long version, String status) {
        return Change.upsert(RecordKind.CHECK, Keys.check("n", "c"), version, 1, checkValue(status, ""));
    }

    public static Change report(String status, String output, long definitionVersion) {
        return Change.report("n", "c", new CheckReport(status, output, definitionVersion));
    }

    public static Check checkValue(String status, String output) {
        return new Check(
                "n", "c", "the check", status, "", output, "", "", List.of(), "ttl", "", "", 0, CheckDefinition.NONE);
    }

    public static Change imported(PeerScope peer, String service, int instances) {
        List<ImportedInstance> all = IntStream.range(0, instances)
                .mapToObj(i -> new ImportedInstance(
                        new Node("", "n" + i, "10.1.0.1", "dc2", Map.of(), Map.of()),
                        Service.typical(service + i, service, 80),
                        List.of(checkValue(Check.PASSING, "ok"))))
                .toList();
        return Change.imported(RecordKind.IMPORTED_SERVICE, peer, service, new ImportedService(service, all));
    }

    public static Change importGone(PeerScope peer, String service) {
        return Change.importRemoval(RecordKind.IMPORTED_SERVICE, peer, service);
    }

    /** As it stands in the log, where the order is that of the entries. */
    public static Change dropEntry(PeerScope peer) {
        return Change.importRemoval(RecordKind.IMPORTS_DROPPED, peer, "");
    }

    public static Change dropped(PeerScope peer) {
        return Change.importsDropped(peer, 1_000_000);
    }
}
