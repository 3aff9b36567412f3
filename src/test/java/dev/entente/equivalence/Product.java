package dev.entente.equivalence;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The two products whose servers are held against each other. */
enum Product {
    CONSUL("Consul", "reference.binary", null),
    ENTENTE("Entente", "entente.command", "deploy/entente");

    private final String label;
    private final String property;
    private final @Nullable String usual;

    Product(String label, String property, @Nullable String usual) {
        this.label = label;
        this.property = property;
        this.usual = usual;
    }

    String label() {
        return label;
    }

    boolean isHere() {
        return System.getProperty(property, usual) != null;
    }

    /** The program that is started with {@code agent -config-file …}; both products take the same. */
    Path command() {
        String command = System.getProperty(property, usual);
        if (command == null) {
            throw new IllegalStateException("no " + label + " binary: give -D" + property + "=/path/to/it");
        }
        return Path.of(command).toAbsolutePath();
    }
}
