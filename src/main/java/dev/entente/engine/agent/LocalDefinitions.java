package dev.entente.engine.agent;

import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.agent.AgentCommands.CheckSpec;
import dev.entente.engine.agent.AgentCommands.RegisterService;
import dev.entente.engine.port.DefinitionMemory.Ids;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Brings this agent's node to what its configuration defines, at the start and whenever the files are read again: what they define is
 * registered, what left them is removed, and what clients registered stays. A check that is registered again keeps its status.
 *
 * <p>What is about to be registered is remembered first, so that nothing is left behind by an agent that dies in between.
 */
public final class LocalDefinitions {
    private static final PartitionName HERE = PartitionName.DEFAULT;

    private final LocalAgent agent;
    private final OwnNodeStore own;
    private final DefinedHere defined;
    private final AgentSettings settings;
    private final AtomicBoolean busy = new AtomicBoolean();

    public LocalDefinitions(LocalAgent agent, OwnNodeStore own, DefinedHere defined, AgentSettings settings) {
        this.agent = agent;
        this.own = own;
        this.defined = defined;
        this.settings = settings;
    }

    /** One at a time: a second call meanwhile is refused. */
    public Uni<Void> follow(Definitions now) {
        return Uni.createFrom().deferred(() -> {
            now.complaint().map(Refusal::invalid).ifPresent(LocalDefinitions::refuse);
            if (!busy.compareAndSet(false, true)) {
                refuse(Refusal.invalid("services and checks of the configuration are being registered already"));
            }
            return carryOut(now).onTermination().invoke(() -> busy.set(false));
        });
    }

    private static void refuse(Refusal refusal) {
        throw new RefusedException(refusal);
    }

    private Uni<Void> carryOut(Definitions now) {
        Ids wanted = ids(now);
        return defined.ids()
                .call(before -> defined.keep(DefinedHere.with(before, wanted)))
                .call(before -> registerAll(now))
                .call(before -> removeAll(DefinedHere.without(before, wanted)))
                .chain(() -> defined.keep(wanted));
    }

    private Ids ids(Definitions definitions) {
        Ids ids = Ids.NONE;
        for (RegisterService service : definitions.services()) {
            ids = DefinedHere.with(ids, AgentRegistration.of(service).orThrow().ids(settings.nodeName()));
        }
        for (CheckSpec check : definitions.checks()) {
            ids = DefinedHere.with(ids, new Ids(Set.of(), Set.of(AgentChecks.idOf(check))));
        }
        return ids;
    }

    /** Services first: checks may name them. */
    private Uni<Void> registerAll(Definitions definitions) {
        return oneAfterTheOther(
                        definitions.services(),
                        service -> agent.add(HERE, AgentRegistration.of(service).orThrow()))
                .chain(() -> oneAfterTheOther(definitions.checks(), check -> agent.add(HERE, check)));
    }

    private Uni<Void> removeAll(Ids gone) {
        return oneAfterTheOther(gone.services(), id -> own.removeService(HERE, id))
                .chain(() -> oneAfterTheOther(gone.checks(), id -> own.removeCheck(HERE, id)));
    }

    private static <T> Uni<Void> oneAfterTheOther(Iterable<T> items, Function<T, Uni<?>> step) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(step::apply)
                .onItem()
                .ignoreAsUni();
    }
}
