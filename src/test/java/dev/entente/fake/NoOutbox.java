package dev.entente.fake;

import dev.entente.engine.port.Outbox;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** The outbox of a test in which everything is published at once. */
public final class NoOutbox implements Outbox {
    @Override
    public Uni<Void> published(long id) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<List<Pending>> overdue(Duration age, int limit) {
        return Uni.createFrom().item(List.of());
    }
}
