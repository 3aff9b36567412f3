package dev.entente.domain.export;

import java.util.SortedSet;

/** A service that others may see, by its own name even where a wildcard says so, and who they are. */
public record ResolvedExport(String service, SortedSet<String> peers, SortedSet<String> partitions) {}
