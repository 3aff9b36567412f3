package dev.entente.domain.config;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import java.util.Map;
import java.util.Optional;

/** A config entry; each kind is a record of its own (protocol chapter 8). */
public sealed interface ConfigEntry
        permits ExportedServicesEntry,
                IngressGatewayEntry,
                MeshEntry,
                ProxyDefaultsEntry,
                SamenessGroupEntry,
                ServiceDefaultsEntry,
                ServiceIntentionsEntry,
                ServiceResolverEntry,
                ServiceRouterEntry,
                ServiceSplitterEntry,
                TerminatingGatewayEntry {

    /** The kind as clients write it, for example {@code exported-services}. */
    String kind();

    String name();

    /** What whoever wrote the entry noted with it. */
    Map<String, String> meta();

    /**
     * The entry as it is stored: what is left out has its default, and what has an order stands in it. Refuses an entry that breaks
     * a rule of its kind; the text tells the first one.
     */
    Outcome<? extends ConfigEntry> normalised();

    /** Does what is due for the kind. */
    <R> R fold(Cases<R> cases);

    /** The entry unless it has a fault. */
    static <T extends ConfigEntry> Outcome<T> unless(Optional<String> fault, T entry) {
        return fault.map(text -> Outcome.<T>refused(Refusal.invalid(text))).orElseGet(() -> Outcome.accepted(entry));
    }

    /** Something that is done in another way for each kind. */
    interface Cases<R> {
        R exportedServices(ExportedServicesEntry entry);

        R ingressGateway(IngressGatewayEntry entry);

        R mesh(MeshEntry entry);

        R proxyDefaults(ProxyDefaultsEntry entry);

        R samenessGroup(SamenessGroupEntry entry);

        R serviceDefaults(ServiceDefaultsEntry entry);

        R serviceIntentions(ServiceIntentionsEntry entry);

        R serviceResolver(ServiceResolverEntry entry);

        R serviceRouter(ServiceRouterEntry entry);

        R serviceSplitter(ServiceSplitterEntry entry);

        R terminatingGateway(TerminatingGatewayEntry entry);
    }
}
