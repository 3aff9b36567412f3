package dev.entente.equivalence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Two servers that peer: A is called the exporter, though either may export and either may dial. */
record Pair(String name, Server a, Server b) {
    static Pair of(Product exporter, Product importer, Path folder, Ports ports) throws IOException {
        Path own = folder.resolve(exporter.label().toLowerCase(java.util.Locale.ROOT) + "-"
                + importer.label().toLowerCase(java.util.Locale.ROOT));
        return new Pair(
                exporter.label() + "→" + importer.label(),
                new Server(exporter, Side.A, own.resolve("a"), ports),
                new Server(importer, Side.B, own.resolve("b"), ports));
    }

    Server on(Side side) {
        return side == Side.A ? a : b;
    }

    List<Server> servers() {
        return List.of(a, b);
    }

    /** Whether both pairs have the same product on this side. */
    boolean isLike(Pair other, Side side) {
        return on(side).product() == other.on(side).product();
    }
}
