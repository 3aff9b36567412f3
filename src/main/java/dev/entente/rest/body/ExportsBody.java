package dev.entente.rest.body;

import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.ExportedServicesEntry.Consumer;
import dev.entente.domain.config.ExportedServicesEntry.ExportedService;

/** The exported-services entry in a body. */
final class ExportsBody {
    private ExportsBody() {}

    static ExportedServicesEntry read(LooseMembers members) {
        return new ExportedServicesEntry(
                members.text("Name"), members.list("Services", ExportsBody::exported), members.textMap("Meta"));
    }

    private static ExportedService exported(LooseMembers members) {
        // A namespace here is known, and dropped as the open-source edition does (protocol chapter 8.1).
        members.text("Namespace");
        return new ExportedService(members.text("Name"), "", members.list("Consumers", ExportsBody::consumer));
    }

    private static Consumer consumer(LooseMembers members) {
        return new Consumer(members.text("Partition"), members.text("Peer", "PeerName"));
    }
}
