package dev.entente.postgres;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.RefusedException;
import dev.entente.engine.port.CatalogStore.Rows;
import dev.entente.engine.port.CatalogStore.Selection;
import dev.entente.engine.port.CatalogStore.Writes;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.Committed;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A decision of the engine on rows of one node. It is pure, so it may be asked more than once. */
record NodeDecision(Selection selection, Function<Rows, Outcome<Writes>> decision) {

    /** What became of one decision of a batch. */
    sealed interface Result {

        /** Hands itself to the one that fits. */
        void tell(Consumer<Committed<Void>> onCommitted, Consumer<Throwable> onFailure);

        /** It went through under this version; without changes it left nothing behind. */
        @SuppressWarnings("NullAway") // a Committed<Void> has no result but null
        record Done(long version, List<Change> changes) implements Result {
            @Override
            public void tell(Consumer<Committed<Void>> onCommitted, Consumer<Throwable> onFailure) {
                onCommitted.accept(new Committed<>(null, changes.isEmpty() ? 0 : version, changes));
            }
        }

        /** It was refused, or went wrong; the others of the batch are not touched by that. */
        record Failed(RuntimeException failure) implements Result {
            @Override
            public void tell(Consumer<Committed<Void>> onCommitted, Consumer<Throwable> onFailure) {
                onFailure.accept(failure);
            }
        }
    }

    /** Decides on what is held, and puts the decision into it. */
    Result applyTo(NodeContent content, long version) {
        try {
            return decision.apply(content.select(selection))
                    .<Result>fold(
                            writes -> new Result.Done(version, content.apply(writes, version)),
                            refusal -> new Result.Failed(new RefusedException(refusal)));
        } catch (RuntimeException e) {
            // A mistake in one decision fails its own caller, not those who happen to share the transaction.
            return new Result.Failed(e);
        }
    }
}
