package dev.entente.domain.config;

import static dev.entente.domain.config.Faults.firstOf;
import static dev.entente.domain.config.Faults.when;

import dev.entente.domain.identity.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Partitions and peers whose services of one name stand for each other; a kind of later releases. It is kept and shown. */
public record SamenessGroupEntry(
        String name, boolean defaultForFailover, boolean includeLocal, List<Member> members, Map<String, String> meta)
        implements ConfigEntry {
    public static final String KIND = "sameness-group";

    public SamenessGroupEntry {
        members = List.copyOf(members);
        meta = Map.copyOf(meta);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome<SamenessGroupEntry> normalised() {
        return ConfigEntry.unless(fault(), this);
    }

    private Optional<String> fault() {
        return when(name.isEmpty(), "Name is required")
                .or(() -> EntryMeta.fault(meta))
                .or(() -> firstOf(members.size(), i -> faultOf(i).map(fault -> "Members[" + i + "]: " + fault)));
    }

    private Optional<String> faultOf(int index) {
        Member member = members.get(index);
        return when(
                        member.partition().isEmpty() == member.peer().isEmpty(),
                        "must define exactly one of Partition or Peer")
                .or(() -> when(members.subList(0, index).contains(member), "is defined more than once"));
    }

    @Override
    public <R> R fold(Cases<R> cases) {
        return cases.samenessGroup(this);
    }

    /** One of the group; exactly one of the two is set. */
    public record Member(String partition, String peer) {}
}
