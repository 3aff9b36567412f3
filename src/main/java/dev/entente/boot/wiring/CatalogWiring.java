package dev.entente.boot.wiring;

import dev.entente.checks.CheckRunner;
import dev.entente.config.AgentSettings;
import dev.entente.config.IntentionsConfig;
import dev.entente.engine.access.Authorizer;
import dev.entente.engine.agent.AntiEntropyLoop;
import dev.entente.engine.agent.DeadNodes;
import dev.entente.engine.agent.DefinedHere;
import dev.entente.engine.agent.EntriesLoop;
import dev.entente.engine.agent.HeardReports;
import dev.entente.engine.agent.LivenessLoop;
import dev.entente.engine.agent.LocalAgent;
import dev.entente.engine.agent.LocalDefinitions;
import dev.entente.engine.agent.LongDead;
import dev.entente.engine.agent.Mending;
import dev.entente.engine.agent.NodeLeaseLoop;
import dev.entente.engine.agent.OutputPace;
import dev.entente.engine.agent.OwnNodeStore;
import dev.entente.engine.agent.RememberLoop;
import dev.entente.engine.agent.ReportLoop;
import dev.entente.engine.agent.Told;
import dev.entente.engine.agent.TtlReports;
import dev.entente.engine.catalog.CatalogCommands;
import dev.entente.engine.catalog.StoredCatalogCommands;
import dev.entente.engine.config.ConfigEntries;
import dev.entente.engine.config.IntentionCommands;
import dev.entente.engine.config.Partitions;
import dev.entente.engine.config.StoredConfigEntries;
import dev.entente.engine.config.StoredIntentions;
import dev.entente.engine.config.StoredPartitions;
import dev.entente.engine.config.WildcardPeers;
import dev.entente.engine.port.CatalogStore;
import dev.entente.engine.port.CheckReports;
import dev.entente.engine.port.Clock;
import dev.entente.engine.port.ClusterStore;
import dev.entente.engine.port.ConfigEntryStore;
import dev.entente.engine.port.DefinitionMemory;
import dev.entente.engine.port.EventLoops;
import dev.entente.engine.port.Ids;
import dev.entente.engine.port.Leases;
import dev.entente.engine.view.Publisher;
import dev.entente.engine.view.View;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Makes the use cases of the catalog, of the agent and of config entries. */
@Singleton
final class CatalogWiring {
    private static final Logger LOG = Logger.getLogger("dev.entente.agent");

    @Produces
    @Singleton
    CatalogCommands catalog(CatalogStore store, Publisher publisher, Authorizer authorizer, AgentSettings settings) {
        return new StoredCatalogCommands(store, publisher, authorizer, settings.datacenter());
    }

    @Produces
    @Singleton
    ConfigEntries configEntries(
            ConfigEntryStore store,
            Publisher publisher,
            Authorizer authorizer,
            AgentSettings settings,
            IntentionsConfig intentions) {
        ConfigEntries stored = new StoredConfigEntries(
                store,
                publisher,
                authorizer,
                new StoredConfigEntries.Rules(settings.connectEnabled(), settings.datacenter()));
        return intentions.wildcardPeers() ? stored : new WildcardPeers(stored);
    }

    @Produces
    @Singleton
    IntentionCommands intentions(
            ConfigEntryStore store,
            View view,
            Publisher publisher,
            Authorizer authorizer,
            StoredIntentions.Surroundings surroundings) {
        return new StoredIntentions(store, view, publisher, authorizer, surroundings);
    }

    @Produces
    @Singleton
    StoredIntentions.Surroundings intentionSurroundings(AgentSettings settings, Ids ids, Clock clock) {
        return new StoredIntentions.Surroundings(settings.datacenter(), ids, clock);
    }

    @Produces
    @Singleton
    Partitions partitions(ClusterStore store, Publisher publisher, Authorizer authorizer) {
        return new StoredPartitions(store, publisher, authorizer);
    }

    @Produces
    @Singleton
    dev.entente.engine.agent.AgentSettings agentSettings(AgentSettings settings, Replica replica) {
        return new dev.entente.engine.agent.AgentSettings(
                settings.nodeName(),
                settings.nodeId(),
                settings.advertiseAddress(),
                settings.datacenter(),
                settings.cluster().serverPort(),
                settings.listeners().grpc().port(),
                settings.listeners().grpcTls().port(),
                settings.versions().consulApi(),
                replica.owner(),
                dev.entente.engine.agent.AgentSettings.SIDECAR_MIN_PORT,
                dev.entente.engine.agent.AgentSettings.SIDECAR_MAX_PORT,
                settings.nodeMeta());
    }

    @Produces
    @Singleton
    OwnNodeStore ownNode(
            CatalogStore store,
            Publisher publisher,
            View view,
            dev.entente.engine.agent.AgentSettings settings,
            Told told) {
        return new OwnNodeStore(store, publisher, view, settings, told);
    }

    @Produces
    @Singleton
    Told told() {
        return new Told();
    }

    @Produces
    @Singleton
    Mending mending(
            CatalogStore store,
            Publisher publisher,
            View view,
            dev.entente.engine.agent.AgentSettings settings,
            Told told) {
        return new Mending(store, publisher, view, settings, told);
    }

    @Produces
    @Singleton
    AntiEntropyLoop antiEntropy(Mending mending, AgentParts parts, NodeLeaseLoop lease, View view, EventLoops loops) {
        return new AntiEntropyLoop(
                new AntiEntropyLoop.Agent(mending, parts.reports(), lease),
                view,
                loops.next(),
                Chance.EVERYWHERE,
                trouble -> LOG.debugf("catalog not brought back, trying again reason=%s", trouble.getMessage()));
    }

    @Produces
    @Singleton
    TtlReports ttlReports() {
        return new TtlReports(System::nanoTime);
    }

    @Produces
    @Singleton
    RememberLoop remembered(CatalogStore store, EventLoops loops) {
        return new RememberLoop(store, loops.next());
    }

    @Produces
    @Singleton
    CheckReports reports(
            View view,
            Publisher publisher,
            RememberLoop remembered,
            EventLoops loops,
            Told told,
            AgentSettings settings) {
        ReportLoop reports = new ReportLoop(view, publisher, remembered, loops.next());
        OutputPace.Rhythm rhythm = new OutputPace.Rhythm(
                settings.checkUpdateInterval(),
                Chance.EVERYWHERE,
                trouble -> LOG.debugf("output of a check not written yet reason=%s", trouble.getMessage()));
        OutputPace pace = new OutputPace(rhythm, told, view, reports, loops.next());
        return new HeardReports(told, settings.nodeName(), pace, reports);
    }

    @Produces
    @Singleton
    LocalAgent agent(AgentParts parts, Authorizer authorizer, DefinedHere defined) {
        return new LocalAgent(parts.own(), authorizer, parts.reports(), parts.ttlReports(), defined, parts.settings());
    }

    @Produces
    @Singleton
    DefinedHere defined(DefinitionMemory memory) {
        return new DefinedHere(memory);
    }

    @Produces
    @Singleton
    LocalDefinitions definitions(LocalAgent agent, AgentParts parts, DefinedHere defined) {
        return new LocalDefinitions(agent, parts.own(), defined, parts.settings());
    }

    /** What the agent's use cases and its checks share. */
    record AgentParts(
            OwnNodeStore own,
            CheckReports reports,
            TtlReports ttlReports,
            dev.entente.engine.agent.AgentSettings settings) {}

    @Produces
    @Singleton
    AgentParts agentParts(
            OwnNodeStore own,
            CheckReports reports,
            TtlReports ttlReports,
            dev.entente.engine.agent.AgentSettings settings) {
        return new AgentParts(own, reports, ttlReports, settings);
    }

    @Produces
    @Singleton
    NodeLeaseLoop nodeLease(Leases leases, AgentParts parts, View view, EventLoops loops) {
        return new NodeLeaseLoop(leases, parts.own(), parts.reports(), view, loops.next(), parts.settings());
    }

    @Produces
    @Singleton
    EntriesLoop entriesOfProxies(OwnNodeStore own, View view, EventLoops loops) {
        return new EntriesLoop(
                own,
                view,
                loops.next(),
                trouble ->
                        LOG.debugf("entries not put under own proxies, trying again reason=%s", trouble.getMessage()));
    }

    @Produces
    @Singleton
    LivenessLoop liveness(Leases leases, AgentParts parts, View view, EventLoops loops, LivenessLoop.Reaping reaping) {
        return new LivenessLoop(
                leases, parts.reports(), view, loops.next(), parts.settings().owner(), reaping);
    }

    @Produces
    @Singleton
    DeadNodes deadNodes(CatalogStore store, Publisher publisher, View view) {
        return new DeadNodes(store, publisher, view);
    }

    @Produces
    @Singleton
    LivenessLoop.Reaping reaping(DeadNodes nodes, AgentSettings settings) {
        return new LivenessLoop.Reaping(new LongDead(settings.cluster().reconnectTimeout(), System::nanoTime), nodes);
    }

    @Produces
    @Singleton
    CheckRunner checks(Vertx vertx, View view, AgentParts parts) {
        CheckRunner.Engine engine = new CheckRunner.Engine(view, parts.reports(), parts.own(), parts.ttlReports());
        return new CheckRunner(
                vertx, engine, parts.settings().nodeName(), CheckRunner.Settings.DEFAULT, Chance.EVERYWHERE);
    }
}
