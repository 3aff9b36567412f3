package dev.entente.domain.config;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of config entries (protocol chapter 6.6). */
public enum ConfigKind {
    SERVICE_DEFAULTS(ServiceDefaultsEntry.KIND, ServiceDefaultsEntry.class),
    PROXY_DEFAULTS(ProxyDefaultsEntry.KIND, ProxyDefaultsEntry.class),
    SERVICE_ROUTER(ServiceRouterEntry.KIND, ServiceRouterEntry.class),
    SERVICE_SPLITTER(ServiceSplitterEntry.KIND, ServiceSplitterEntry.class),
    SERVICE_RESOLVER(ServiceResolverEntry.KIND, ServiceResolverEntry.class),
    INGRESS_GATEWAY(IngressGatewayEntry.KIND, IngressGatewayEntry.class),
    TERMINATING_GATEWAY(TerminatingGatewayEntry.KIND, TerminatingGatewayEntry.class),
    SERVICE_INTENTIONS(ServiceIntentionsEntry.KIND, ServiceIntentionsEntry.class),
    MESH(MeshEntry.KIND, MeshEntry.class),
    EXPORTED_SERVICES(ExportedServicesEntry.KIND, ExportedServicesEntry.class),
    SAMENESS_GROUP(SamenessGroupEntry.KIND, SamenessGroupEntry.class);

    private final String text;
    private final Class<? extends ConfigEntry> type;

    ConfigKind(String text, Class<? extends ConfigEntry> type) {
        this.text = text;
        this.type = type;
    }

    /** The kind as clients write it. */
    public String text() {
        return text;
    }

    /** The record that entries of this kind are. */
    public Class<? extends ConfigEntry> type() {
        return type;
    }

    /** The kind of that name, in exactly this spelling. */
    public static Optional<ConfigKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    /**
     * The name under which an entry of this kind stands when it is asked for by some name: there is only one mesh, whatever it is
     * called, and only one proxy-defaults, which must be called by its name.
     */
    public Outcome<String> nameOf(String asked) {
        if (this == MESH) {
            return Outcome.accepted(MeshEntry.NAME);
        }
        if (this == PROXY_DEFAULTS) {
            return ProxyDefaultsRules.faultOfName(asked)
                    .map(fault -> Outcome.<String>refused(Refusal.invalid(fault)))
                    .orElseGet(() -> Outcome.accepted(ProxyDefaultsEntry.NAME));
        }
        return Outcome.accepted(asked);
    }
}
