package dev.entente.domain.export;

import dev.entente.domain.chain.ChainCompiler;
import dev.entente.domain.chain.ChainQuestion;
import dev.entente.domain.chain.ChainTarget;
import dev.entente.domain.chain.DiscoveryChain;
import dev.entente.domain.chain.EntrySource;
import dev.entente.domain.chain.Protocols;
import java.util.List;
import java.util.Optional;

/**
 * What a peer must know of the chain of an exported service (protocol chapter 5.4).
 *
 * @param protocol empty when nothing of the chain is told
 * @param targets the services that answer in its place and are recognised by their own identities; only where gateways do not look
 *     into requests, and none of a peer, whose identities are not ours to vouch for
 */
public record ExportedChain(String protocol, List<String> targets) {
    /** What is told of a chain that could end at our servers. */
    public static final ExportedChain UNTOLD = new ExportedChain("", List.of());

    public ExportedChain {
        targets = List.copyOf(targets);
    }

    /** The chain of a service; empty when it could end at our own servers, which are not exported. */
    public static Optional<ExportedChain> of(String service, MeshIdentity identity, EntrySource entries) {
        String protocol = Protocols.of(entries, service);
        List<ChainTarget> targets = ChainCompiler.compile(question(service, identity), entries)
                .map(DiscoveryChain::targets)
                .fold(found -> List.copyOf(found.values()), refusal -> List.of());
        if (targets.stream().anyMatch(target -> target.service().equals(ExportRules.CONSUL))) {
            return Optional.empty();
        }
        return Optional.of(new ExportedChain(protocol, Protocols.isHttpLike(protocol) ? List.of() : own(targets)));
    }

    private static ChainQuestion question(String service, MeshIdentity identity) {
        return ChainQuestion.of(
                service,
                identity.partition().value(),
                identity.datacenter(),
                identity.trustDomain().value());
    }

    private static List<String> own(List<ChainTarget> targets) {
        return targets.stream()
                .filter(target -> target.peer().isEmpty())
                .map(ChainTarget::service)
                .toList();
    }
}
