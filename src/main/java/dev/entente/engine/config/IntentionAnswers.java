package dev.entente.engine.config;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.intention.Intentions;
import dev.entente.domain.intention.ServiceIdentity;
import dev.entente.domain.intention.Verdict;
import dev.entente.engine.view.Found;
import dev.entente.engine.view.PartitionView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The intentions of a partition as its view shows them; to be read with the topic of the kind service-intentions. */
public final class IntentionAnswers {
    private IntentionAnswers() {}

    /** All intentions, with the index of the last change of any. */
    public static Found<Intentions> all(PartitionView view) {
        return view.configEntries(ServiceIntentionsEntry.KIND)
                .map(entries -> Intentions.of(
                        view.partition(),
                        entries.stream().flatMap(IntentionAnswers::asIntentions).toList()));
    }

    /** Decides a call by looking only at the entries that can be about its destination. */
    public static Verdict check(PartitionView view, ServiceIdentity caller, String destination, boolean defaultAllow) {
        List<Indexed<ServiceIntentionsEntry>> entries = Stream.of(destination, "*")
                .distinct()
                .map(name -> view.configEntry(ServiceIntentionsEntry.KIND, name).value())
                .flatMap(Optional::stream)
                .flatMap(IntentionAnswers::asIntentions)
                .toList();
        return Intentions.of(view.partition(), entries).check(caller, destination, defaultAllow);
    }

    private static Stream<Indexed<ServiceIntentionsEntry>> asIntentions(Indexed<ConfigEntry> stored) {
        return stored.value() instanceof ServiceIntentionsEntry entry
                ? Stream.of(new Indexed<>(entry, stored.createIndex(), stored.modifyIndex()))
                : Stream.empty();
    }
}
