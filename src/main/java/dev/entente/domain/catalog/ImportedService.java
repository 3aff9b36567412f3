package dev.entente.domain.catalog;

import java.util.List;

/** Everything a peer last sent under one resource id: a complete state, never a difference (protocol chapter 3.4). */
public record ImportedService(String name, List<ImportedInstance> instances) {
    public ImportedService {
        instances = List.copyOf(instances);
    }
}
