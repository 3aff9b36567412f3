package dev.entente.rest.body;

import dev.entente.domain.config.ServiceSplitterEntry;
import dev.entente.domain.config.ServiceSplitterEntry.Split;

/** The service-splitter entry in a body. */
final class SplitterBody {
    private SplitterBody() {}

    static ServiceSplitterEntry read(LooseMembers members) {
        return new ServiceSplitterEntry(
                members.text("Name"), members.list("Splits", SplitterBody::split), members.textMap("Meta"));
    }

    private static Split split(LooseMembers members) {
        return new Split(
                members.decimal("Weight"),
                members.text("Service"),
                members.text("ServiceSubset"),
                members.text("Namespace"),
                members.text("Partition"),
                members.object("RequestHeaders", HeadersBody::read),
                members.object("ResponseHeaders", HeadersBody::read));
    }
}
