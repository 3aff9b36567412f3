package dev.entente.domain.stream;

import java.util.List;

/** What an event leads to: the next state, and what is to be done, in this order. */
public record Step(Session next, List<Effect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }

    static Step to(Session next, Effect... effects) {
        return new Step(next, List.of(effects));
    }
}
