package dev.entente.sim;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.Weights;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.ExportedServicesEntry.Consumer;
import dev.entente.domain.config.ExportedServicesEntry.ExportedService;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.token.CertificateSample;
import dev.entente.domain.trust.CaRoot;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.Keys;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import dev.entente.sim.SimDisk.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The records that stand in the catalogs of these clusters. */
final class Catalogs {
    static final List<String> SERVICES = List.of("web", "api", "db");
    static final int INSTANCES = 2;
    static final String GATEWAY = "mesh-gateway";
    static final String CHECK = "check";

    private Catalogs() {}

    /** A server, with the address where peers dial it. */
    static List<Write> server(String cluster, String place, String address) {
        String node = "server-" + place;
        String[] parts = address.split(":");
        Service consul = service("", "consul", "consul", 8300, Map.of("grpc_tls_port", parts[1]));
        return List.of(
                new Write(RecordKind.NODE, Keys.node(node), node(node, parts[0], cluster)),
                new Write(RecordKind.SERVICE, Keys.service(node, "consul"), new ServiceRecord(node, consul)));
    }

    static List<Write> withoutServer(String place) {
        String node = "server-" + place;
        return List.of(
                new Write(RecordKind.SERVICE, Keys.service(node, "consul"), null),
                new Write(RecordKind.NODE, Keys.node(node), null));
    }

    /** An instance on a node of its own, with a check of its own; the port tells one registration from the next. */
    static List<Write> instance(String cluster, String service, int number, int port) {
        String id = service + "-" + number;
        String node = nodeOf(service, number);
        return List.of(
                new Write(RecordKind.NODE, Keys.node(node), node(node, "10.9.0." + number, cluster)),
                new Write(
                        RecordKind.SERVICE,
                        Keys.service(node, id),
                        new ServiceRecord(node, service("", id, service, port, Map.of()))),
                new Write(RecordKind.CHECK, Keys.check(node, CHECK), check(node, id, service, Check.PASSING)));
    }

    static List<Write> withoutInstance(String service, int number) {
        String id = service + "-" + number;
        String node = nodeOf(service, number);
        return List.of(
                new Write(RecordKind.CHECK, Keys.check(node, CHECK), null),
                new Write(RecordKind.SERVICE, Keys.service(node, id), null),
                new Write(RecordKind.NODE, Keys.node(node), null));
    }

    static String nodeOf(String service, int number) {
        return "node-" + service + "-" + number;
    }

    static Write flipped(String service, int number, String status) {
        String id = service + "-" + number;
        String node = nodeOf(service, number);
        return new Write(RecordKind.CHECK, Keys.check(node, CHECK), check(node, id, service, status));
    }

    static List<Write> gateway(String cluster, int port) {
        Service gateway = service(Service.MESH_GATEWAY, GATEWAY, GATEWAY, port, Map.of());
        return List.of(
                new Write(RecordKind.NODE, Keys.node("edge"), node("edge", "10.8.0.1", cluster)),
                new Write(RecordKind.SERVICE, Keys.service("edge", GATEWAY), new ServiceRecord("edge", gateway)));
    }

    static List<Write> withoutGateway() {
        return List.of(new Write(RecordKind.SERVICE, Keys.service("edge", GATEWAY), null));
    }

    static Write exports(List<ExportedService> services) {
        return new Write(
                RecordKind.CONFIG_ENTRY,
                Keys.configEntry(ExportedServicesEntry.KIND, ExportedServicesEntry.NAME),
                services.isEmpty() ? null : new ExportedServicesEntry(ExportedServicesEntry.NAME, services, Map.of()));
    }

    static ExportedService exported(String service, List<String> peers) {
        List<Consumer> consumers = new ArrayList<>();
        peers.forEach(peer -> consumers.add(new Consumer("", peer)));
        return new ExportedService(service, "", consumers);
    }

    /** The newest of so many roots is the active one. */
    static Write roots(String cluster, int count) {
        List<CaRoot> roots = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            roots.add(root(cluster + " " + i, i == count));
        }
        TrustDomain domain = new TrustDomain(cluster + ".consul");
        return new Write(RecordKind.CA_ROOTS, "roots", new CaRoots(domain, cluster + " " + count, roots));
    }

    private static CaRoot root(String id, boolean active) {
        String pem = "root " + id + "\n" + CertificateSample.PEM;
        return new CaRoot(id, id, 1, "k", "", SimWorld.START, SimWorld.START, pem, List.of(), active, "ec", 256, 1);
    }

    private static Node node(String name, String address, String datacenter) {
        return new Node("", name, address, datacenter, Map.of(), Map.of());
    }

    private static Service service(String kind, String id, String name, int port, Map<String, String> meta) {
        return new Service(
                kind,
                id,
                name,
                List.of(),
                "",
                Map.of(),
                meta,
                port,
                "",
                Weights.DEFAULT,
                false,
                Proxy.NONE,
                Connect.NONE);
    }

    private static Check check(String node, String serviceId, String service, String status) {
        return new Check(
                node,
                CHECK,
                "alive",
                status,
                "",
                "",
                serviceId,
                service,
                List.of(),
                "ttl",
                "",
                "",
                0,
                CheckDefinition.NONE);
    }
}
