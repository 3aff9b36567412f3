package dev.entente.rest.body;

import dev.entente.domain.config.TerminatingGatewayEntry;
import dev.entente.domain.config.TerminatingGatewayEntry.LinkedService;

/** The terminating-gateway entry in a body. */
final class TerminatingBody {
    private TerminatingBody() {}

    static TerminatingGatewayEntry read(LooseMembers members) {
        return new TerminatingGatewayEntry(
                members.text("Name"), members.list("Services", TerminatingBody::service), members.textMap("Meta"));
    }

    private static LinkedService service(LooseMembers members) {
        return new LinkedService(
                members.text("Name"),
                members.text("CAFile"),
                members.text("CertFile"),
                members.text("KeyFile"),
                members.text("SNI"));
    }
}
