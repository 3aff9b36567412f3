package dev.entente.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.stream.Exports;
import dev.entente.domain.stream.Resource;
import dev.entente.domain.stream.StreamEvent;
import dev.entente.fake.VirtualLoop;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ExportMailboxTest {
    private static final Resource.ExportedService SMALL = new Resource.ExportedService(List.of());
    private static final Resource.ServerAddresses FIRST = new Resource.ServerAddresses(List.of("a:1"));
    private static final Resource.ServerAddresses SECOND = new Resource.ServerAddresses(List.of("b:1"));

    private final VirtualLoop loop = new VirtualLoop();
    private final List<StreamEvent> handled = new ArrayList<>();
    private final Queue<UniEmitter<? super Void>> preparing = new ArrayDeque<>();
    private boolean isLarge = true;
    private final ExportMailbox mailbox = new ExportMailbox(loop, handled::add, this::preparation);

    private Optional<Uni<Void>> preparation(Collection<Resource> content) {
        return isLarge && !content.isEmpty()
                ? Optional.of(Uni.createFrom().<Void>emitter(emitter -> preparing.add(emitter)))
                : Optional.empty();
    }

    private static Exports exports(String... names) {
        return new Exports(List.of(names), Map.of(), Map.of("web", SMALL));
    }

    @Test
    void whatIsSmallIsHandedOverInTheSameTurn() {
        isLarge = false;
        mailbox.onExports(exports("web"));
        mailbox.onAddresses(FIRST);
        loop.run();

        assertThat(handled)
                .containsExactly(
                        new StreamEvent.AddressesChanged(FIRST), new StreamEvent.ExportsChanged(exports("web")));
        mailbox.onAddresses(SECOND);
        loop.run();
        assertThat(handled).endsWith(new StreamEvent.AddressesChanged(SECOND));
    }

    @Test
    void nothingOvertakesWhatIsBeingMadeReadyAndOnlyTheNewestComesBehindIt() {
        mailbox.onExports(exports("web"));
        loop.run();
        mailbox.onAddresses(FIRST);
        mailbox.onAddresses(SECOND);
        mailbox.onExports(exports("web", "api"));
        loop.run();
        assertThat(handled).isEmpty();
        assertThat(preparing).hasSize(1);

        preparing.remove().complete(null);
        loop.run();
        assertThat(handled).containsExactly(new StreamEvent.ExportsChanged(exports("web")));
        assertThat(preparing).hasSize(1);

        preparing.remove().complete(null);
        loop.run();
        assertThat(handled)
                .containsExactly(
                        new StreamEvent.ExportsChanged(exports("web")),
                        new StreamEvent.AddressesChanged(SECOND),
                        new StreamEvent.ExportsChanged(exports("web", "api")));
    }

    @Test
    void whatCannotBeMadeReadyIsHandedOverAllTheSame() {
        mailbox.onServices(Map.of("web", SMALL));
        loop.run();
        preparing.remove().fail(new IllegalStateException("no room"));
        loop.run();

        assertThat(handled).containsExactly(new StreamEvent.ServicesChanged(Map.of("web", SMALL)));
    }
}
