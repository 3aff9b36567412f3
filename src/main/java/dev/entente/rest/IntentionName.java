package dev.entente.rest;

import dev.entente.domain.identity.ErrorList;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.intention.ServiceIdentity;
import dev.entente.rest.http.Call;
import java.util.ArrayList;
import java.util.List;

/**
 * A service as parameters of intentions name it: {@code name}, {@code namespace/name}, {@code partition/namespace/name}, and for some
 * {@code peer:…/name} (protocol chapter 6.7). A partition in it is not looked at: the request's counts.
 */
record IntentionName(String peer, String service) {
    private static final String PEER = "peer:";

    /**
     * The one value of a required parameter.
     *
     * @param namespace what a complaint calls the namespace in it
     */
    static IntentionName required(Call call, String parameter, boolean mayNamePeer, String namespace) {
        return parse(requiredText(call, parameter), parameter, mayNamePeer, namespace);
    }

    /** The one value of a parameter of a change: no peer, and whatever namespace it names is the only one there is. */
    static IntentionName toWrite(Call call, String parameter) {
        String text = requiredText(call, parameter);
        if (text.isEmpty()) {
            throw notSet(parameter);
        }
        if (text.startsWith(PEER)) {
            throw invalid(text, parameter, "cannot specify a peer here");
        }
        return new IntentionName("", last(parts(text, text, parameter)));
    }

    static String requiredText(Call call, String parameter) {
        List<String> values = call.query().all(parameter);
        if (values.size() != 1) {
            throw notSet(parameter);
        }
        return values.get(0);
    }

    static RuntimeException notSet(String parameter) {
        return Call.refused(Refusal.invalidArgument("required query parameter '" + parameter + "' not set"));
    }

    static IntentionName parse(String text, String parameter, boolean mayNamePeer, String namespace) {
        String peer = "";
        String rest = text;
        if (text.startsWith(PEER)) {
            if (!mayNamePeer) {
                throw invalid(text, parameter, "cannot specify a peer here");
            }
            int slash = text.indexOf('/');
            if (slash < 0) {
                throw invalid(text, parameter, "need to specify the service name as well");
            }
            peer = text.substring(PEER.length(), slash);
            rest = text.substring(slash + 1);
        }
        String[] parts = parts(rest, text, parameter);
        refuseNamespace(parts.length > 1 ? parts[parts.length - 2] : "", namespace);
        return new IntentionName(peer, last(parts));
    }

    private static String[] parts(String rest, String text, String parameter) {
        String[] parts = rest.split("/", -1);
        if (parts.length > 3) {
            throw invalid(text, parameter, "input can contain at most two '/'");
        }
        return parts;
    }

    private static String last(String[] parts) {
        return parts[parts.length - 1];
    }

    private static void refuseNamespace(String namespace, String which) {
        if (!namespace.isEmpty() && !namespace.equalsIgnoreCase("default")) {
            throw Call.refused(Refusal.invalid(
                    "Invalid " + which + " \"" + namespace + "\": Namespaces is a Consul Enterprise feature"));
        }
    }

    private static RuntimeException invalid(String text, String parameter, String problem) {
        return Call.refused(Refusal.invalidArgument(parameter + " \"" + text + "\" is invalid: " + problem));
    }

    /** Refuses this as a source, and the other as a destination, when it names nothing. */
    void requireNameAnd(IntentionName destination, String prefix) {
        List<String> missing = new ArrayList<>();
        if (service.isEmpty()) {
            missing.add("SourceName is missing");
        }
        if (destination.service.isEmpty()) {
            missing.add("DestinationName is missing");
        }
        if (!missing.isEmpty()) {
            throw Call.refused(Refusal.invalid(prefix + ErrorList.text(missing)));
        }
    }

    ServiceIdentity asIdentity() {
        return new ServiceIdentity(peer, service);
    }
}
