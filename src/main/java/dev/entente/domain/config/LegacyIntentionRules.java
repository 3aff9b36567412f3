package dev.entente.domain.config;

import dev.entente.domain.config.ServiceIntentionsEntry.Source;
import dev.entente.domain.identity.ErrorList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What an intention may be that is sent to the deprecated endpoints; all faults are told together (protocol chapter 6.7). */
public final class LegacyIntentionRules {
    private static final String WILDCARD = "*";
    private static final String PARTIAL = ": wildcard character '*' cannot be used with partial values";
    private static final int MAX_DESCRIPTION = 512;

    private LegacyIntentionRules() {}

    public static Optional<String> fault(String destination, Source source) {
        List<String> faults = new ArrayList<>();
        addIf(faults, source.name().isEmpty(), "SourceName must be set");
        addIf(faults, destination.isEmpty(), "DestinationName must be set");
        addIf(faults, isPartial(source.name()), "SourceName" + PARTIAL);
        addIf(faults, isPartial(destination), "DestinationName" + PARTIAL);
        addIf(
                faults,
                source.description().getBytes(StandardCharsets.UTF_8).length > MAX_DESCRIPTION,
                "Description exceeds maximum length " + MAX_DESCRIPTION);
        addMeta(faults, source.legacyMeta());
        addIf(faults, !Set.of("allow", "deny").contains(source.action()), "Action must be set to 'allow' or 'deny'");
        addIf(faults, !source.permissions().isEmpty(), "Permissions must not be set when using the legacy APIs");
        addIf(faults, !source.type().equals("consul"), "SourceType must be set to 'consul'");
        return faults.isEmpty() ? Optional.empty() : Optional.of(ErrorList.text(faults));
    }

    private static void addMeta(List<String> faults, Map<String, String> meta) {
        EntryMeta.fault(new TreeMap<>(meta))
                .ifPresent(text -> text.lines()
                        .filter(line -> line.startsWith("\t* "))
                        .map(line -> line.substring(3))
                        .forEach(faults::add));
    }

    private static boolean isPartial(String name) {
        return name.contains(WILDCARD) && !name.equals(WILDCARD);
    }

    private static void addIf(List<String> faults, boolean broken, String text) {
        if (broken) {
            faults.add(text);
        }
    }
}
