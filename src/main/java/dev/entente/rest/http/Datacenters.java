package dev.entente.rest.http;

import dev.entente.domain.identity.Refusal;
import dev.entente.rest.json.AgentProfile;

/** Which datacenter a request may name: the agent's own, or none (protocol chapter 6.1.4). */
final class Datacenters {
    private Datacenters() {}

    /** Refuses what names another datacenter: none is reached from here. Case counts. */
    static void requireOwn(String datacenter, AgentProfile profile) {
        if (!datacenter.isEmpty() && !datacenter.equals(profile.datacenter())) {
            throw Call.refused(Refusal.invalid("No path to datacenter"));
        }
    }
}
