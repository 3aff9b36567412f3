package dev.entente.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id of this agent's node: configured, or kept in the data directory, or derived from what names the node. */
final class NodeIdentity {
    private static final String FILE = "node-id";
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final String nodeName;
    private final String datacenter;
    private final AgentDefaults defaults;

    NodeIdentity(String nodeName, String datacenter, AgentDefaults defaults) {
        this.nodeName = nodeName;
        this.datacenter = datacenter;
        this.defaults = defaults;
    }

    /** A new id is written to the data directory at once, so that the next start has the same. */
    String id(Optional<String> configured, Optional<Path> data) {
        try {
            if (configured.isPresent()) {
                return requireUuid("node_id", configured.get());
            }
            return data.isPresent() ? kept(data.get()) : unkept();
        } catch (IOException e) {
            throw new InvalidConfigException("cannot keep the node id in " + data.orElseThrow() + ": " + e, e);
        }
    }

    private String kept(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (Files.exists(file)) {
            return requireUuid(file.toString(), Files.readString(file).strip());
        }
        String made = UUID.randomUUID().toString();
        Files.createDirectories(data);
        Files.writeString(file, made);
        return made;
    }

    /** With shared stores and no directory, the same name must give the same id; an agent for one run just takes any. */
    private String unkept() {
        String source = datacenter + "/" + nodeName;
        return defaults.storesGiven()
                ? UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8))
                        .toString()
                : UUID.randomUUID().toString();
    }

    private static String requireUuid(String where, String text) {
        if (!UUID_FORM.matcher(text).matches()) {
            throw new InvalidConfigException(where + ": \"" + text + "\" is not a UUID");
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
