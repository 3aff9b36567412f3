package dev.entente.engine.config;

import dev.entente.domain.chain.ChainCompiler;
import dev.entente.domain.chain.ChainQuestion;
import dev.entente.domain.chain.DiscoveryChain;
import dev.entente.domain.identity.Outcome;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.Topic;

/** Discovery chains as the view's entries make them; to be read with {@link ViewEntries#CHAIN_TOPICS}. */
public final class ChainAnswers {
    private ChainAnswers() {}

    /** The chain, with the index of the last change of any entry that chains are made of. */
    public static Found<Outcome<DiscoveryChain>> of(PartitionView view, ChainQuestion question) {
        long index = ViewEntries.CHAIN_TOPICS.stream()
                .map(Topic::name)
                .mapToLong(kind -> view.configEntries(kind).index())
                .max()
                .orElse(1);
        return new Found<>(index, ChainCompiler.compile(question, new ViewEntries(view)));
    }
}
