package dev.entente.domain.query;

import dev.entente.domain.intention.Intention;

/** What filters can select of intentions (the table of protocol chapter 6.1.8). */
public final class IntentionSelectors {
    private static final String NAMESPACE = "default";

    public static final Selectors<Intention> INTENTION = Selectors.<Intention>of()
            .text("ID", intention -> intention.source().legacyId())
            .text("Description", intention -> intention.source().description())
            .text("SourcePeer", intention -> intention.source().peer())
            .text("SourcePartition", intention -> intention.source().partition())
            .text("SourceNS", intention -> NAMESPACE)
            .text("SourceName", intention -> intention.source().name())
            .text("DestinationPartition", intention -> intention.partition().external())
            .text("DestinationNS", intention -> NAMESPACE)
            .text("DestinationName", Intention::destination)
            .text("SourceType", intention -> intention.source().type())
            .text("Action", intention -> intention.source().action())
            .number("Precedence", Intention::precedence)
            .textMap("Meta", Intention::meta)
            .build();

    private IntentionSelectors() {}
}
