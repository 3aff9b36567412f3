package dev.entente.config;

import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.Weights;
import dev.entente.engine.agent.AgentCommands.CheckSpec;
import dev.entente.engine.agent.AgentCommands.RegisterService;
import dev.entente.engine.agent.AgentCommands.SidecarSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the services and checks that a configuration file defines. The names are those of the HTTP API, written with underscores
 * (protocol chapter 6.8.1); a kind of service that is not known counts as none, as in Consul.
 */
final class DefinitionReader {
    private static final Set<String> KINDS =
            Set.of(Service.CONNECT_PROXY, Service.MESH_GATEWAY, Service.TERMINATING_GATEWAY, Service.INGRESS_GATEWAY);

    private DefinitionReader() {}

    /** The services of one file: those of {@code services}, then that of {@code service}. */
    static List<RegisterService> services(@Nullable Object single, @Nullable Object several, List<String> errors) {
        return read("service", single, several, errors, DefinitionReader::service);
    }

    /** The checks of one file. */
    static List<CheckSpec> checks(@Nullable Object single, @Nullable Object several, List<String> errors) {
        return read("check", single, several, errors, DefinitionReader::check);
    }

    private static <T> List<T> read(
            String name,
            @Nullable Object single,
            @Nullable Object several,
            List<String> errors,
            Function<Block, T> definition) {
        List<Block> blocks = new ArrayList<>();
        if (several != null) {
            blocks.addAll(Block.list(several, name + "s", errors));
        }
        if (single != null) {
            Block.single(single, name, errors).ifPresent(blocks::add);
        }
        return blocks.stream().map(definition).toList();
    }

    private static RegisterService service(Block block) {
        Optional<Block> connect = block.block("connect");
        Optional<SidecarSpec> sidecar =
                connect.flatMap(given -> given.block("sidecar_service")).map(DefinitionReader::sidecar);
        boolean isNative = connect.filter(given -> given.flag("native")).isPresent();
        connect.ifPresent(Block::end);
        List<CheckSpec> checks = checksOf(block);
        return new RegisterService(body(block, isNative), checks, sidecar, false);
    }

    private static SidecarSpec sidecar(Block block) {
        Optional<Block> connect = block.block("connect");
        boolean isNested =
                connect.flatMap(given -> given.block("sidecar_service")).isPresent();
        boolean isNative = connect.filter(given -> given.flag("native")).isPresent();
        connect.ifPresent(Block::end);
        List<CheckSpec> checks = checksOf(block);
        return new SidecarSpec(body(block, isNative), checks, isNested);
    }

    private static Service body(Block block, boolean isNative) {
        String kind = block.text("kind");
        Service service = new Service(
                KINDS.contains(kind) ? kind : "",
                block.text("id"),
                block.text("name"),
                block.texts("tags"),
                block.text("address"),
                addresses(block),
                block.textMap("meta"),
                block.integer("port"),
                block.text("socket_path"),
                weights(block.block("weights")),
                block.flag("enable_tag_override"),
                ProxyDefinition.read(block.block("proxy")),
                new Connect(isNative, null));
        block.text("token");
        block.end();
        return service;
    }

    private static Weights weights(Optional<Block> given) {
        Weights weights = given.map(block -> new Weights(block.integer("passing", 1), block.integer("warning", 1)))
                .orElse(Weights.DEFAULT);
        given.ifPresent(Block::end);
        return weights;
    }

    private static Map<String, ServiceAddress> addresses(Block block) {
        Map<String, ServiceAddress> addresses = new LinkedHashMap<>();
        block.blockMap("tagged_addresses").forEach((tag, address) -> {
            addresses.put(tag, new ServiceAddress(address.text("address"), address.integer("port")));
            address.end();
        });
        return addresses;
    }

    private static List<CheckSpec> checksOf(Block service) {
        List<CheckSpec> checks = new ArrayList<>();
        service.blocks("checks").forEach(block -> checks.add(check(block)));
        service.block("check").ifPresent(block -> checks.add(check(block)));
        return checks;
    }

    private static CheckSpec check(Block block) {
        String id = block.text("id");
        CheckSpec check = new CheckSpec(
                id,
                block.text("name"),
                block.text("service_id", "serviceid"),
                block.text("status"),
                block.text("notes"),
                run("check[" + id + "]", block));
        block.text("token");
        block.end();
        return check;
    }

    private static CheckDefinition run(String check, Block block) {
        int critical = block.integer("failures_before_critical");
        String h2ping = block.text("h2ping");
        boolean usesTlsByDefault = !h2ping.isEmpty() && !block.has("h2ping_use_tls");
        return new CheckDefinition(
                block.text("http"),
                block.text("tls_server_name"),
                block.flag("tls_skip_verify", "tlsskipverify"),
                block.textsMap("header"),
                block.text("method"),
                block.text("body"),
                block.flag("disable_redirects"),
                block.text("tcp"),
                block.text("udp"),
                h2ping,
                block.text("os_service"),
                block.flag("h2ping_use_tls") || usesTlsByDefault,
                time(check, block, "interval"),
                block.integer("output_max_size"),
                time(check, block, "timeout"),
                time(check, block, "deregister_critical_service_after", "deregistercriticalserviceafter"),
                block.texts("args", "scriptargs", "script_args"),
                block.text("docker_container_id", "dockercontainerid"),
                block.text("shell"),
                block.text("grpc"),
                block.flag("grpc_use_tls"),
                block.text("alias_node"),
                block.text("alias_service"),
                time(check, block, "ttl"),
                block.integer("success_before_passing"),
                block.integer("failures_before_warning", critical),
                critical);
    }

    private static Duration time(String check, Block block, String... names) {
        return block.duration(check, names);
    }
}
