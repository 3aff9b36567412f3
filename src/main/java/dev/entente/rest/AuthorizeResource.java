package dev.entente.rest;

import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.intention.ServiceIdentity;
import dev.entente.domain.intention.Verdict;
import dev.entente.domain.trust.SpiffeId;
import dev.entente.engine.access.Permission;
import dev.entente.engine.config.IntentionAnswers;
import dev.entente.engine.view.PartitionView;
import dev.entente.engine.view.View;
import dev.entente.rest.body.AuthorizeBody;
import dev.entente.rest.http.Answer;
import dev.entente.rest.http.Call;
import dev.entente.rest.http.Door;
import dev.entente.rest.http.Reads;
import dev.entente.rest.json.IntentionJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * Whether the owner of a certificate may call a service (protocol chapter 6.8). The trust domain of the certificate tells where the
 * caller is: in this cluster, or behind the peer whose trust bundle names the domain. A caller from anywhere else is refused, also
 * where Consul's early releases looked at the name alone.
 */
@Path("/v1/agent/connect/authorize")
public final class AuthorizeResource {
    private static final String NAMESPACE = "default";

    private final Door door;
    private final Reads reads;
    private final View view;

    public AuthorizeResource(Door door, Reads reads, View view) {
        this.door = door;
        this.reads = reads;
        this.view = view;
    }

    @POST
    public Uni<Response> authorize(@Context HttpServerRequest request, byte[] body) {
        return door.answer(request, call -> {
            AuthorizeBody question = AuthorizeBody.read(body);
            if (question.target().isEmpty()) {
                throw Call.refused(Refusal.badRequest("Target service must be specified"));
            }
            SpiffeId.Service caller = service(question.clientCertUri());
            reads.requireConnect();
            Permission permission = Permission.write(Permission.Area.SERVICE, question.target());
            return reads.now(call, permission, tables -> decide(tables, caller, question.target()));
        });
    }

    private static SpiffeId.Service service(String uri) {
        SpiffeId id = SpiffeId.parse(uri)
                .orElseThrow(() -> Call.refused(Refusal.badRequest("ClientCertURI not a valid Connect identifier")));
        if (id instanceof SpiffeId.Service service) {
            return service;
        }
        throw Call.refused(Refusal.badRequest("ClientCertURI not a valid Service identifier"));
    }

    private Answer decide(PartitionView tables, SpiffeId.Service caller, String target) {
        Optional<String> peer = peerOf(tables, caller.trustDomain());
        if (peer.isEmpty()) {
            return verdict(false, "Unknown trust domain: " + caller.trustDomain());
        }
        boolean isLocal = peer.get().isEmpty();
        String partition = tables.partition().value();
        if (isLocal && !caller.partition().equals(partition)) {
            String reason = "Mismatched partitions: \"" + caller.partition() + "\" != \"" + partition + "\"";
            return Answer.json(IntentionJson.authorized(false, reason));
        }
        if (!caller.namespace().equals(NAMESPACE)) {
            return verdict(IntentionResource.DEFAULT_ALLOW, "Default behavior configured by ACLs");
        }
        ServiceIdentity source = new ServiceIdentity(peer.get(), caller.service());
        Verdict decided = IntentionAnswers.check(tables, source, target, IntentionResource.DEFAULT_ALLOW);
        return verdict(decided.allowed(), decided.reason());
    }

    /** Through which peer callers of the domain come; empty text for this cluster, empty for nobody known. */
    private Optional<String> peerOf(PartitionView tables, TrustDomain domain) {
        boolean isOwn = view.defaultPartition()
                .caRoots()
                .value()
                .filter(roots -> roots.value().trustDomain().equals(domain))
                .isPresent();
        if (isOwn) {
            return Optional.of("");
        }
        return tables.peerings().value().stream()
                .map(peering -> peering.value().name())
                .filter(name -> tables.trustBundle(name)
                        .value()
                        .filter(bundle -> bundle.value().trustDomain().equals(domain))
                        .isPresent())
                .map(PeerName::value)
                .findFirst();
    }

    /** What was looked up comes from memory, as all reads do. */
    private static Answer verdict(boolean authorized, String reason) {
        return Answer.json(IntentionJson.authorized(authorized, reason))
                .with("X-Cache", "HIT")
                .with("Age", "0");
    }
}
