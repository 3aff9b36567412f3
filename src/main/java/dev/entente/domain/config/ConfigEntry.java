package dev.entente.domain.config;

/** A config entry; each kind is a record of its own (protocol chapter 8). */
public sealed interface ConfigEntry permits ExportedServicesEntry, ServiceIntentionsEntry {

    /** The kind as clients write it, for example {@code exported-services}. */
    String kind();

    String name();
}
