package dev.entente.boot.wiring;

import dev.entente.config.AgentSettings;
import dev.entente.config.HttpConfig;
import dev.entente.domain.query.WaitTime;
import dev.entente.engine.port.EventLoops;
import dev.entente.rest.http.AnswerRoom;
import dev.entente.rest.http.ClientPace;
import dev.entente.rest.http.HttpRules;
import dev.entente.rest.http.LargeAnswers;
import dev.entente.rest.http.Network;
import dev.entente.rest.json.AgentProfile;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.TreeMap;

/** Makes what the HTTP door tells of this agent. */
@Singleton
final class RestWiring {
    /** Consul's clients read a build date; ours says only that there is one. */
    private static final String BUILD_DATE = "1970-01-01T00:00:01Z";

    /** What is shown stands in the heap too, and so does what is new while the old is still read. */
    private static final int PART_OF_HEAP = 4;

    /** Nobody is led to pages that are not there. */
    private static final boolean HAS_PAGES = false;

    @Produces
    @Singleton
    AgentProfile profile(AgentSettings settings) {
        TreeMap<String, String> meta = new TreeMap<>(settings.nodeMeta());
        meta.putIfAbsent("consul-network-segment", "");
        return new AgentProfile(
                settings.datacenter(),
                settings.nodeName(),
                settings.nodeId(),
                settings.advertiseAddress(),
                settings.versions().consulApi(),
                BUILD_DATE,
                meta,
                new AgentProfile.Ports(
                        settings.listeners().http().port(),
                        settings.listeners().grpc().port(),
                        settings.listeners().grpcTls().port(),
                        new AgentProfile.Gossip(
                                settings.cluster().serverPort(),
                                settings.cluster().serfLanPort(),
                                settings.cluster().serfWanPort())),
                settings.peeringEnabled(),
                settings.connectEnabled(),
                HAS_PAGES && settings.uiEnabled(),
                settings.devMode());
    }

    @Produces
    @Singleton
    HttpRules rules(AgentSettings settings) {
        return new HttpRules(
                settings.http().responseHeaders(),
                settings.http().blockedEndpoints(),
                settings.http().allowWriteFrom().stream().map(Network::parse).toList(),
                settings.limits().httpMaxConnectionsPerClient());
    }

    @Produces
    @Singleton
    AnswerRoom room(HttpConfig config, EventLoops loops) {
        long bytes = config.largeAnswers()
                .map(MemorySize::asLongValue)
                .orElse(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
        return new AnswerRoom(bytes, config.largeAnswerWait(), loops.next());
    }

    @Produces
    @Singleton
    LargeAnswers largeAnswers(AnswerRoom room, AgentProfile profile) {
        return new LargeAnswers(room, profile);
    }

    @Produces
    @Singleton
    ClientPace pace(HttpConfig config, EventLoops loops) {
        return new ClientPace(config.slowestClient().asLongValue(), loops.next());
    }

    @Produces
    @Singleton
    WaitTime waitTime(AgentSettings settings) {
        return new WaitTime(
                settings.queryTimes().byDefault(), settings.queryTimes().maximum());
    }
}
