package dev.entente.rest.body;

import dev.entente.domain.config.HeaderModifiers;

/** How headers are changed, in a body. */
final class HeadersBody {
    private HeadersBody() {}

    static HeaderModifiers read(LooseMembers members) {
        return new HeaderModifiers(members.textMap("Add"), members.textMap("Set"), members.texts("Remove"));
    }
}
