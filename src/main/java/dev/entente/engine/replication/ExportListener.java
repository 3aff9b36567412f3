package dev.entente.engine.replication;

import dev.entente.domain.stream.Exports;
import dev.entente.domain.stream.Resource;
import java.util.Map;

/** Hears what one peer should know. Calls come from the feed's event loop; implementations only hand over. */
interface ExportListener {

    void onExports(Exports exports);

    /** New states of services; may name services that the listener's peer does not see. */
    void onServices(Map<String, Resource.ExportedService> services);

    void onBundle(Resource.Bundle bundle);

    void onAddresses(Resource.ServerAddresses addresses);
}
