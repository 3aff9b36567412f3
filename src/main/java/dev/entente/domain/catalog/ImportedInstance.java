package dev.entente.domain.catalog;

import java.util.List;

/** One instance as a peer sent it: without indexes, which are given here (protocol chapter 4.1). */
public record ImportedInstance(Node node, Service service, List<Check> checks) {
    public ImportedInstance {
        checks = List.copyOf(checks);
    }
}
