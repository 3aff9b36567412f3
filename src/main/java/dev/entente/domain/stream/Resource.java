package dev.entente.domain.stream;

import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.trust.TrustBundle;
import java.util.List;

/** What clusters tell each other about (protocol chapter 2.3.1). */
public sealed interface Resource {

    /** All instances of one exported service. */
    record ExportedService(List<ImportedInstance> instances) implements Resource {
        public ExportedService {
            instances = List.copyOf(instances);
        }
    }

    /** The names of all exported services. */
    record ExportedServiceList(List<String> services) implements Resource {
        public ExportedServiceList {
            services = List.copyOf(services);
        }
    }

    /** The roots of the other cluster. */
    record Bundle(TrustBundle bundle) implements Resource {}

    /** Where the other cluster's servers are dialed. */
    record ServerAddresses(List<String> addresses) implements Resource {
        public ServerAddresses {
            addresses = List.copyOf(addresses);
        }
    }

    /** Bytes that are not what their type says; {@code error} goes into the NACK. */
    record Undecodable(String error) implements Resource {}
}
