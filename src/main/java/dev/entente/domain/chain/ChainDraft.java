package dev.entente.domain.chain;

import dev.entente.domain.config.ServiceResolverEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A chain while it is put together. */
final class ChainDraft {
    private final ChainQuestion question;
    private final EntrySource entries;
    private final ChainTargets targets;
    private final Overridden overridden;
    private final SortedMap<String, ChainNode> nodes = new TreeMap<>();
    private final Map<String, ServiceResolverEntry> defaultResolvers = new HashMap<>();
    private String protocol = "";

    ChainDraft(ChainQuestion question, EntrySource entries) {
        this.question = question;
        this.entries = entries;
        targets = new ChainTargets(question);
        overridden = new Overridden(question.overrides());
    }

    ChainQuestion question() {
        return question;
    }

    EntrySource entries() {
        return entries;
    }

    ChainTargets targets() {
        return targets;
    }

    Overridden overridden() {
        return overridden;
    }

    SortedMap<String, ChainNode> nodes() {
        return nodes;
    }

    String protocol() {
        return protocol;
    }

    /** Adds a step, or puts it in the place of what it was before. */
    void record(ChainNode node) {
        nodes.put(node.key(), node);
    }

    Optional<ChainNode.Resolver> resolver(String target) {
        return nodes.get("resolver:" + target) instanceof ChainNode.Resolver known
                ? Optional.of(known)
                : Optional.empty();
    }

    ServiceResolverEntry resolverEntry(String service) {
        return entries.resolver(service)
                .orElseGet(() -> defaultResolvers.computeIfAbsent(service, ServiceResolverEntry::defaultOf));
    }

    /** All services of a chain speak the same. */
    void speak(String service) {
        String spoken = Protocols.of(entries, service);
        if (protocol.isEmpty()) {
            protocol = spoken;
        } else if (!protocol.equals(spoken)) {
            throw new BrokenChainException("discovery chain \"" + question.service()
                    + "\" uses inconsistent protocols; service \"" + service + "\" has \"" + spoken
                    + "\" which is not \"" + protocol + "\"");
        }
    }
}
