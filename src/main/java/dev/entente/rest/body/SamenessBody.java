package dev.entente.rest.body;

import dev.entente.domain.config.SamenessGroupEntry;
import dev.entente.domain.config.SamenessGroupEntry.Member;

/** The sameness-group entry in a body. */
final class SamenessBody {
    private SamenessBody() {}

    static SamenessGroupEntry read(LooseMembers members) {
        return new SamenessGroupEntry(
                members.text("Name"),
                members.flag("DefaultForFailover"),
                members.flag("IncludeLocal"),
                members.list("Members", member -> new Member(member.text("Partition"), member.text("Peer"))),
                members.textMap("Meta"));
    }
}
