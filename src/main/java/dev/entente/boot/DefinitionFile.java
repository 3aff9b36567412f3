package dev.entente.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entente.config.AgentSettings;
import dev.entente.engine.port.DefinitionMemory;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ids of what configuration files define, in a file of the data directory. An agent without one knows them for as long as it runs.
 */
@Singleton
final class DefinitionFile implements DefinitionMemory {
    private static final String NAME = "definitions.json";

    private final ObjectMapper mapper = new ObjectMapper();
    private final @Nullable Path file;

    DefinitionFile(AgentSettings settings) {
        Optional<Path> directory = settings.dataDir();
        this.file = directory.map(path -> path.resolve(NAME)).orElse(null);
    }

    @Override
    public Uni<Ids> recall() {
        Path here = file;
        return here == null
                ? Uni.createFrom().item(Ids.NONE)
                : Uni.createFrom().item(() -> read(here)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    @Override
    public Uni<Void> keep(Ids ids) {
        Path here = file;
        return here == null
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .item(ids)
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .invoke(each -> write(here, each))
                        .replaceWithVoid();
    }

    private Ids read(Path here) {
        try {
            return Files.exists(here)
                    ? mapper.readTree(Files.readAllBytes(here)) instanceof ObjectNode object
                            ? new Ids(texts(object, "services"), texts(object, "checks"))
                            : Ids.NONE
                    : Ids.NONE;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + here, e);
        }
    }

    private static Set<String> texts(ObjectNode object, String name) {
        Set<String> texts = new HashSet<>();
        object.path(name).forEach(each -> texts.add(each.asText()));
        return texts;
    }

    /** A file that is there is whole: the new one takes the place of the old one in one step. */
    private synchronized void write(Path here, Ids ids) {
        try {
            ObjectNode object = mapper.createObjectNode();
            ids.services().stream().sorted().forEach(object.withArray("services")::add);
            ids.checks().stream().sorted().forEach(object.withArray("checks")::add);
            Files.createDirectories(here.toAbsolutePath().getParent());
            Path fresh = here.resolveSibling(NAME + ".new");
            Files.write(fresh, mapper.writeValueAsBytes(object));
            Files.move(fresh, here, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + here, e);
        }
    }
}
