package dev.entente.rest.json;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.GoDuration;
import dev.entente.domain.catalog.Indexed;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Health checks (protocol chapter 6.2, HealthCheck). */
public final class CheckJson {
    private CheckJson() {}

    public static byte[] list(Origin origin, List<Indexed<Check>> checks) {
        return Json.array(checks, (json, check) -> write(json, origin, check));
    }

    static void write(Json json, Origin origin, Indexed<Check> indexed) {
        write(json, origin, indexed, tags -> json.texts("ServiceTags", tags));
    }

    /** As pages get it: null for no tags. */
    static void writeForPages(Json json, Origin origin, Indexed<Check> indexed) {
        write(json, origin, indexed, tags -> json.textsOrNull("ServiceTags", tags));
    }

    private static void write(Json json, Origin origin, Indexed<Check> indexed, Consumer<List<String>> writeTags) {
        Check check = indexed.value();
        json.members(object -> {
            object.text("Node", check.node())
                    .text("CheckID", check.id())
                    .text("Name", check.name())
                    .text("Status", check.status())
                    .text("Notes", check.notes())
                    .text("Output", check.output())
                    .text("ServiceID", check.serviceId())
                    .text("ServiceName", check.serviceName());
            writeTags.accept(check.serviceTags());
            object.text("Type", check.type())
                    .text("Interval", check.interval())
                    .text("Timeout", check.timeout())
                    .number("ExposedPort", check.exposedPort())
                    .textIfAny("PeerName", origin.peerText())
                    .object("Definition", definition -> definition(definition, check.definition()))
                    .textIfAny("Partition", origin.partition().external())
                    .number("CreateIndex", indexed.createIndex())
                    .number("ModifyIndex", indexed.modifyIndex());
        });
    }

    private static void definition(Json json, CheckDefinition definition) {
        durationIfAny(json, "Interval", definition.interval());
        json.numberIfAny("OutputMaxSize", definition.outputMaxSize());
        durationIfAny(json, "Timeout", definition.timeout());
        durationIfAny(json, "DeregisterCriticalServiceAfter", definition.deregisterCriticalServiceAfter());
        json.textIfAny("HTTP", definition.http())
                .textIfAny("TLSServerName", definition.tlsServerName())
                .flagIfSet("TLSSkipVerify", definition.tlsSkipVerify());
        if (!definition.header().isEmpty()) {
            json.object("Header", object -> definition.header().forEach(object::texts));
        }
        json.textIfAny("Method", definition.method())
                .textIfAny("Body", definition.body())
                .flagIfSet("DisableRedirects", definition.disableRedirects())
                .textIfAny("TCP", definition.tcp())
                .textIfAny("UDP", definition.udp())
                .textIfAny("H2PING", definition.h2ping())
                .textIfAny("OSService", definition.osService())
                .flagIfSet("H2PingUseTLS", definition.h2pingUseTls())
                .textsIfAny("ScriptArgs", definition.scriptArgs())
                .textIfAny("DockerContainerID", definition.dockerContainerId())
                .textIfAny("Shell", definition.shell())
                .textIfAny("GRPC", definition.grpc())
                .flagIfSet("GRPCUseTLS", definition.grpcUseTls())
                .textIfAny("AliasNode", definition.aliasNode())
                .textIfAny("AliasService", definition.aliasService())
                .numberIfAny("TTL", definition.ttl().toNanos());
    }

    private static void durationIfAny(Json json, String name, Duration duration) {
        if (!duration.isZero()) {
            json.text(name, GoDuration.format(duration));
        }
    }
}
