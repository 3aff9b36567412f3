package dev.entente.domain.stream;

import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.identity.GoText;
import dev.entente.domain.trust.TrustBundle;
import java.util.List;
import java.util.function.Function;

/** What a received resource does to what we hold of the peer (protocol chapter 4). */
public sealed interface ImportOperation {

    /** Where operations are carried out. */
    interface Handler<R> {
        R service(ImportedService service);

        R list(List<String> names);

        R bundle(TrustBundle bundle);

        R addresses(List<String> addresses);
    }

    <R> R handle(Handler<R> handler);

    /** The words that a NACK puts before the reason when this operation fails. */
    default String failurePrefix() {
        return "";
    }

    /** Replaces everything known under a name; without instances the name is forgotten (4.2). */
    record StoreService(ImportedService service) implements ImportOperation {
        @Override
        public <R> R handle(Handler<R> handler) {
            return handler.service(service);
        }

        @Override
        public String failurePrefix() {
            return servicePrefix(service.name());
        }
    }

    /** Forgets every name that is not in the list (4.3). */
    record StoreList(List<String> names) implements ImportOperation {
        public StoreList {
            names = List.copyOf(names);
        }

        @Override
        public <R> R handle(Handler<R> handler) {
            return handler.list(names);
        }

        @Override
        public String failurePrefix() {
            return "did not update imported services based on the exported service list event: ";
        }
    }

    /** Replaces the trust bundle (4.4). */
    record StoreBundle(TrustBundle bundle) implements ImportOperation {
        @Override
        public <R> R handle(Handler<R> handler) {
            return handler.bundle(bundle);
        }
    }

    /** Replaces the addresses at which the peer is dialed (4.5). */
    record StoreAddresses(List<String> addresses) implements ImportOperation {
        public StoreAddresses {
            addresses = List.copyOf(addresses);
        }

        @Override
        public <R> R handle(Handler<R> handler) {
            return handler.addresses(addresses);
        }
    }

    static String servicePrefix(String service) {
        return "did not increment imported services count for service=" + GoText.quote(service) + ": ";
    }

    /** The list, or nothing, for keeping count of what is imported. */
    default <R> R ifList(Function<List<String>, R> onList, R otherwise) {
        return this instanceof StoreList list ? onList.apply(list.names()) : otherwise;
    }
}
