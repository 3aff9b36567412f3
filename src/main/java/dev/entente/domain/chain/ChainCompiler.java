package dev.entente.domain.chain;

import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import java.util.Map;

/** Puts the chain of a service together out of the entries that say something about it. */
public final class ChainCompiler {
    private ChainCompiler() {}

    /** The chain, or why the entries do not fit together. */
    public static Outcome<DiscoveryChain> compile(ChainQuestion question, EntrySource entries) {
        try {
            return Outcome.accepted(compiled(question, entries));
        } catch (BrokenChainException broken) {
            return Outcome.refused(Refusal.invalid(broken.text()));
        }
    }

    private static DiscoveryChain compiled(ChainQuestion question, EntrySource entries) {
        ChainDraft draft = new ChainDraft(question, entries);
        RoutingSteps steps = new RoutingSteps(draft);
        String start = steps.begin();
        new ChainGraph(question.service(), start, draft.nodes()).tidy();
        String spoken = draft.protocol();
        if (steps.routes() && !Protocols.isHttpLike(spoken)) {
            throw new BrokenChainException("discovery chain \"" + question.service() + "\" uses a protocol \"" + spoken
                    + "\" that does not permit advanced routing or splitting behavior");
        }
        String protocol = draft.overridden().protocol(spoken);
        return new DiscoveryChain(
                question.service(),
                question.partition(),
                question.datacenter(),
                draft.overridden().hash(),
                isDefault(draft, start),
                protocol,
                entries.serviceDefaults(question.service())
                        .map(ConfigEntry::meta)
                        .orElseGet(Map::of),
                start,
                draft.nodes(),
                draft.targets().kept());
    }

    /** A redirect to a service that has no entries does not make a default chain: the service is another one. */
    private static boolean isDefault(ChainDraft draft, String start) {
        return draft.nodes().get(start) instanceof ChainNode.Resolver resolver
                && resolver.isDefault()
                && leadsTo(draft, resolver.target());
    }

    private static boolean leadsTo(ChainDraft draft, String id) {
        ChainTarget target = draft.targets().kept().get(id);
        return target != null
                && target.service().equals(draft.question().service())
                && target.place().partition().equals(draft.question().partition());
    }
}
