package dev.entente.domain.stream;

import static dev.entente.domain.identity.GoText.quote;

import dev.entente.domain.export.ImportRules;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.stream.StreamMessage.Nack;
import dev.entente.domain.stream.StreamMessage.Payload;
import dev.entente.domain.stream.StreamMessage.Response;
import java.util.List;
import java.util.Optional;

/** What becomes of a received resource: something to store, or a NACK with these codes and texts (protocol chapter 3.5). */
final class ResponseRules {
    /** Bounds what a peer can make us store as its addresses. */
    private static final int MAX_ADDRESSES = 1000;

    private static final String[] OPERATIONS = {"OPERATION_UNSPECIFIED", "OPERATION_UPSERT"};
    private static final int UPSERT = 1;

    private ResponseRules() {}

    /** What a response asks for, or why not. */
    sealed interface Verdict {
        /** To be stored, then acknowledged. */
        record Apply(ImportOperation operation) implements Verdict {}

        /** To be answered with a NACK. */
        record Reject(Nack nack) implements Verdict {}
    }

    static Verdict judge(Response response, Role role) {
        Optional<ResourceType> type = ResourceType.ofUrl(response.resourceUrl());
        String url = response.resourceUrl();
        if (type.isEmpty()) {
            return invalid("received response for unknown resource type " + quote(url));
        }
        if (response.nonce().isEmpty()) {
            return invalid("received response without a nonce for: " + url + ":" + response.resourceId());
        }
        if (response.operation() != UPSERT) {
            return invalid("unsupported operation: " + operation(response.operation()));
        }
        Payload payload = response.payload();
        if (payload == null) {
            return invalid("received upsert response with no content");
        }
        if (!payload.typeUrl().equals(url)) {
            return failed(
                    response, "mismatched resourceURL " + quote(url) + " and Any typeUrl " + quote(payload.typeUrl()));
        }
        return operationFor(type.get(), response.resourceId(), payload.resource(), role)
                .fold(Verdict.Apply::new, refusal -> failed(response, refusal.text()));
    }

    /** The NACK for a response that could not be applied. */
    static Nack failure(Response response, String reason) {
        return new Nack(
                StatusCode.INTERNAL.number(),
                "upsert error, ResourceURL: " + quote(response.resourceUrl()) + ", ResourceID: "
                        + quote(response.resourceId()) + ": " + reason);
    }

    private static Outcome<ImportOperation> operationFor(ResourceType type, String id, Resource resource, Role role) {
        if (resource instanceof Resource.Undecodable undecodable) {
            return refused("failed to unmarshal resource: " + undecodable.error());
        }
        if (type == ResourceType.EXPORTED_SERVICE && resource instanceof Resource.ExportedService service) {
            return service(id, service);
        }
        if (type == ResourceType.EXPORTED_SERVICE_LIST && resource instanceof Resource.ExportedServiceList list) {
            return Outcome.accepted(new ImportOperation.StoreList(list.services()));
        }
        if (type == ResourceType.TRUST_BUNDLE && resource instanceof Resource.Bundle bundle) {
            return Outcome.accepted(new ImportOperation.StoreBundle(bundle.bundle()));
        }
        if (type == ResourceType.SERVER_ADDRESSES && resource instanceof Resource.ServerAddresses addresses) {
            return addresses(addresses.addresses(), role);
        }
        return refused("failed to unmarshal resource: unexpected content");
    }

    private static Outcome<ImportOperation> service(String id, Resource.ExportedService service) {
        return ImportRules.service(id, service.instances())
                .fold(
                        accepted -> Outcome.accepted(new ImportOperation.StoreService(accepted)),
                        refusal -> refused(ImportOperation.servicePrefix(id) + refusal.text()));
    }

    /** An acceptor never dials, so addresses are refused as a change of roles; so is a dialer's loss of all of them. */
    private static Outcome<ImportOperation> addresses(List<String> addresses, Role role) {
        if (role == Role.ACCEPTOR) {
            return refused("Cannot switch peering dialing mode from false to true");
        }
        if (addresses.isEmpty()) {
            return refused("Cannot switch peering dialing mode from true to false");
        }
        if (addresses.size() > MAX_ADDRESSES || addresses.stream().anyMatch(String::isBlank)) {
            return refused("the server addresses are unusable");
        }
        return Outcome.accepted(new ImportOperation.StoreAddresses(addresses));
    }

    private static String operation(int number) {
        return number >= 0 && number < OPERATIONS.length ? quote(OPERATIONS[number]) : Integer.toString(number);
    }

    private static Verdict invalid(String text) {
        return new Verdict.Reject(new Nack(StatusCode.INVALID_ARGUMENT.number(), text));
    }

    private static Verdict failed(Response response, String reason) {
        return new Verdict.Reject(failure(response, reason));
    }

    private static Outcome<ImportOperation> refused(String text) {
        return Outcome.refused(new Refusal(Refusal.Kind.INTERNAL, text));
    }
}
