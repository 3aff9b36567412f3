package dev.entente.rest.body;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.engine.agent.AgentCommands.CheckSpec;
import dev.entente.rest.body.CatalogBody.InPartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks in bodies: those that agents run, and those of the catalog (protocol chapters 6.2 and 6.8.1). */
public final class CheckBody {
    static final String PREFIX = "Request decode failed: ";

    private CheckBody() {}

    /** What {@code /v1/agent/check/update} reports. */
    public record Update(String status, String output) {}

    /** {@code /v1/agent/check/register}: here the id is {@code ID}. */
    public static InPartition<CheckSpec> register(byte[] body) {
        return Bodies.read(PREFIX, () -> {
            Members members = Members.ofBody(body, ".Alias", GoType.CHECK_DEFINITION.text());
            CheckSpec check = new CheckSpec(
                    members.named("types.CheckID", "ID"),
                    members.text("Name"),
                    members.text("ServiceID", "service_id"),
                    members.text("Status"),
                    members.text("Notes"),
                    definition(members));
            String partition = members.text("Partition");
            members.ignore("Token").end();
            return new InPartition<>(partition, check);
        });
    }

    public static Update update(byte[] body) {
        return Bodies.read(PREFIX, () -> {
            Members members = Members.ofBody(body, "checkUpdate", "agent.checkUpdate");
            Update update = new Update(members.text("Status"), members.text("Output"));
            members.ignore("Partition").end();
            return update;
        });
    }

    /** A check inside a service registration: here the id is {@code CheckID}. */
    static CheckSpec ofService(Members members) {
        CheckSpec check = new CheckSpec(
                members.named("types.CheckID", "CheckID"),
                members.text("Name"),
                "",
                members.text("Status"),
                members.text("Notes"),
                definition(members));
        members.ignore("ProxyHTTP", "ProxyGRPC", "ServiceID", "service_id").end();
        return check;
    }

    /** A check of the catalog. */
    static Check ofCatalog(Members members) {
        Members definition = members.object(GoType.HEALTH_CHECK_DEFINITION, "Definition");
        Check check = new Check(
                members.text("Node"),
                members.named("types.CheckID", "CheckID"),
                members.text("Name"),
                members.text("Status"),
                members.text("Notes"),
                members.text("Output"),
                members.text("ServiceID"),
                members.text("ServiceName"),
                members.texts("ServiceTags"),
                members.text("Type"),
                members.text("Interval"),
                members.text("Timeout"),
                members.integer("ExposedPort"),
                catalogDefinition(definition));
        members.ignore("PeerName", "Partition", "CreateIndex", "ModifyIndex").end();
        return check;
    }

    /** Unlike every other member, this one may have unknown ones: clients of later releases send more than is known here. */
    private static CheckDefinition catalogDefinition(@Nullable Members members) {
        if (members == null) {
            return CheckDefinition.NONE;
        }
        CheckDefinition read = definition(members);
        members.endWithOthers();
        return read;
    }

    private static CheckDefinition definition(Members members) {
        return new CheckDefinition(
                members.text("HTTP"),
                members.text("TLSServerName", "tls_server_name"),
                members.flag("TLSSkipVerify", "tls_skip_verify"),
                members.textsMap("Header"),
                members.text("Method"),
                members.text("Body"),
                members.flag("DisableRedirects", "disable_redirects"),
                members.text("TCP"),
                members.text("UDP"),
                members.text("H2PING"),
                members.text("OSService"),
                usesTlsForH2ping(members),
                members.duration("Interval"),
                members.integer("OutputMaxSize"),
                members.duration("Timeout"),
                members.duration("DeregisterCriticalServiceAfter", "deregister_critical_service_after"),
                scriptArgs(members),
                members.text("DockerContainerID", "docker_container_id"),
                members.text("Shell"),
                members.text("GRPC"),
                members.flag("GRPCUseTLS", "grpc_use_tls"),
                members.text("AliasNode"),
                members.text("AliasService"),
                members.duration("TTL"),
                members.integer("SuccessBeforePassing"),
                members.integer("FailuresBeforeWarning"),
                members.integer("FailuresBeforeCritical"));
    }

    private static List<String> scriptArgs(Members members) {
        return members.texts("ScriptArgs", "args", "script_args");
    }

    /** Whether a service names neither a check nor anything of one. */
    static boolean isEmpty(CheckSpec check) {
        return check.id().isEmpty()
                && check.name().isEmpty()
                && check.status().isEmpty()
                && check.notes().isEmpty()
                && check.definition().equals(CheckDefinition.NONE);
    }

    /** TLS is the default for HTTP/2 pings, and means nothing without one. */
    private static boolean usesTlsForH2ping(Members members) {
        boolean isNamed = members.has("H2PingUseTLS") || members.has("h2ping_use_tls");
        boolean flag = members.flag("H2PingUseTLS", "h2ping_use_tls");
        return isNamed ? flag : members.has("H2PING");
    }
}
