package dev.entente.rest.body;

/**
 * How complaints spell the type of a value (protocol chapter 6.1.9). They come from Go, and tell where a value stands by the struct
 * that holds it and the names of all members on the way.
 *
 * @param text as a complaint about a value of another type spells it
 * @param readsItself whether such values are read by code of their own: then everything in them counts as part of the struct around them,
 *     and of a part that is called {@code Alias}
 */
record GoType(String text, boolean readsItself) {
    static final GoType SERVICE_DEFINITION = itself("EnableTagOverrideSnake bool `enable_tag_override`;"
            + " TaggedAddressesSnake map[string]structs.ServiceAddress `tagged_addresses`");
    static final GoType SERVICE_CONNECT = itself("SidecarServiceSnake *structs.ServiceDefinition `sidecar_service`");
    static final GoType CONNECT_PROXY = itself("DestinationServiceNameSnake string `destination_service_name`;"
            + " DestinationServiceIDSnake string `destination_service_id`;"
            + " LocalServiceAddressSnake string `local_service_address`;"
            + " LocalServicePortSnake int `local_service_port`;"
            + " LocalServiceSocketPathSnake string `local_service_socket_path`;"
            + " MeshGatewaySnake structs.MeshGatewayConfig `mesh_gateway`;"
            + " TransparentProxySnake structs.TransparentProxyConfig `transparent_proxy`");
    static final GoType UPSTREAM = itself("DestinationTypeSnake string `destination_type`;"
            + " DestinationPartitionSnake string `destination_partition`;"
            + " DestinationNamespaceSnake string `destination_namespace`;"
            + " DestinationPeerSnake string `destination_peer`;"
            + " DestinationNameSnake string `destination_name`;"
            + " LocalBindAddressSnake string `local_bind_address`;"
            + " LocalBindPortSnake int `local_bind_port`;"
            + " LocalBindSocketPathSnake string `local_bind_socket_path`;"
            + " LocalBindSocketModeSnake string `local_bind_socket_mode`;"
            + " MeshGatewaySnake structs.MeshGatewayConfig `mesh_gateway`");
    static final GoType EXPOSE_PATH = itself("ListenerPortSnake int `listener_port`;"
            + " LocalPathPortSnake int `local_path_port`;"
            + " ParsedFromCheckSnake bool `parsed_from_check`");
    private static final String TIMES = "Interval interface {}; Timeout interface {}; ";
    private static final String CHECK = TIMES + "TTL interface {}; DeregisterCriticalServiceAfter interface {};"
            + " Args []string `args`; ScriptArgsSnake []string `script_args`;"
            + " DeregisterCriticalServiceAfterSnake interface {} `deregister_critical_service_after`;"
            + " DockerContainerIDSnake string `docker_container_id`;"
            + " TLSServerNameSnake string `tls_server_name`; TLSSkipVerifySnake bool `tls_skip_verify`;"
            + " GRPCUseTLSSnake bool `grpc_use_tls`; ";
    /** A check of a service. */
    static final GoType CHECK_TYPE = itself(CHECK + "H2PingUseTLSSnake bool `h2ping_use_tls`;"
            + " ServiceID string `ServiceID`; ServiceIDSnake string `service_id`");
    /** A check that is registered by itself. */
    static final GoType CHECK_DEFINITION = itself(CHECK + "ServiceIDSnake string `service_id`;"
            + " H2PingUseTLSSnake bool `h2ping_use_tls`; DisableRedirectsSnake bool `disable_redirects`");
    /** What runs a check of the catalog. */
    static final GoType HEALTH_CHECK_DEFINITION =
            itself(TIMES + "DeregisterCriticalServiceAfter interface {}; TTL interface {}");

    static final GoType DEREGISTER = itself("Address string");

    static GoType plain(String text) {
        return new GoType(text, false);
    }

    /** A type by what its own reader knows beside its members, with the names in JSON in backquotes. */
    private static GoType itself(String members) {
        String tagged = members.replaceAll("`([^`]*)`", "\"json:\\\\\"$1\\\\\"\"");
        return new GoType("struct { " + tagged + "; *structs.Alias }", true);
    }

    /** The name of the struct; empty for one without. */
    String struct() {
        return readsItself ? "" : text.substring(text.lastIndexOf('.') + 1);
    }

    /** The type of what a list or a map of this type holds. */
    GoType element() {
        return plain(text.replaceFirst("^(\\[]|map\\[string])\\*?", ""));
    }
}
