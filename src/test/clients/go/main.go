// The Go client of Consul's releases against two clusters, EAST and WEST. It peers them itself, under names of its own.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/hashicorp/consul/api"
	"github.com/hashicorp/consul/api/watch"
)

const patience = 20 * time.Second

var background = context.Background()

func main() {
	east, west := connect("EAST_PORT"), connect("WEST_PORT")
	agent(east)
	registration(east)
	catalog(east)
	watching(east)
	configEntries(east)
	intentions(east)
	connectCA(east)
	peering(east, west)
	refusals(east)
	must("Agent.ServiceDeregister", east.Agent().ServiceDeregister("go-web-1"))
}

func connect(variable string) *api.Client {
	config := api.DefaultConfig()
	config.Address = "127.0.0.1:" + os.Getenv(variable)
	client, err := api.NewClient(config)
	must("NewClient", err)
	return client
}

// must ends the program when a call failed, and prints one line for each that did not.
func must(name string, err error) {
	check(name, err == nil, err)
}

func check(name string, holds bool, details ...interface{}) {
	if !holds {
		fmt.Fprintf(os.Stderr, "go: %s FAILED: %v\n", name, details)
		os.Exit(1)
	}
	fmt.Printf("  go         %s\n", name)
}

func eventually(name string, holds func() bool) {
	for end := time.Now().Add(patience); !holds(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			check(name, false, "not within", patience)
		}
	}
	check(name, true)
}

func agent(c *api.Client) {
	self, err := c.Agent().Self()
	must("Agent.Self", err)
	check("Agent.Self's node", self["Config"]["NodeName"] == "east-1", self["Config"])
	name, err := c.Agent().NodeName()
	check("Agent.NodeName", err == nil && name == "east-1", name, err)
	members, err := c.Agent().Members(false)
	check("Agent.Members", err == nil && len(members) >= 1, err)
	_, err = c.Agent().Metrics()
	must("Agent.Metrics", err)
	_, err = c.Agent().Host()
	must("Agent.Host", err)
	must("Agent.Reload", c.Agent().Reload())
	leader, err := c.Status().Leader()
	check("Status.Leader", err == nil && strings.Contains(leader, ":"), leader, err)
	peers, err := c.Status().Peers()
	check("Status.Peers", err == nil && len(peers) >= 1, err)
	centers, err := c.Catalog().Datacenters()
	check("Catalog.Datacenters", err == nil && len(centers) == 1 && centers[0] == "east", centers, err)
}

func registration(c *api.Client) {
	a := c.Agent()
	must("Agent.ServiceRegister with a sidecar", a.ServiceRegister(&api.AgentServiceRegistration{
		Name:    "go-web",
		ID:      "go-web-1",
		Address: "10.0.0.1",
		Port:    8080,
		Tags:    []string{"blue", "v2"},
		Meta:    map[string]string{"zone": "a"},
		Check:   &api.AgentServiceCheck{TTL: "10m", Status: api.HealthPassing},
		Connect: &api.AgentServiceConnect{SidecarService: &api.AgentServiceRegistration{}},
	}))
	services, err := a.ServicesWithFilter(`Service == "go-web"`)
	check("Agent.ServicesWithFilter", err == nil && len(services) == 1 && services["go-web-1"].Port == 8080, services, err)
	service, _, err := a.Service("go-web-1", nil)
	must("Agent.Service", err)
	waiting := make(chan string, 1)
	go func() {
		next, _, err := a.Service("go-web-1", &api.QueryOptions{WaitHash: service.ContentHash, WaitTime: patience})
		if err != nil {
			waiting <- err.Error()
			return
		}
		waiting <- next.Meta["zone"]
	}()
	must("Agent.ServiceRegister again", a.ServiceRegister(&api.AgentServiceRegistration{
		Name: "go-web", ID: "go-web-1", Address: "10.0.0.1", Port: 8080, Tags: []string{"blue", "v2"},
		Meta:    map[string]string{"zone": "b"},
		Check:   &api.AgentServiceCheck{TTL: "10m", Status: api.HealthPassing},
		Connect: &api.AgentServiceConnect{SidecarService: &api.AgentServiceRegistration{}},
	}))
	zone := <-waiting
	check("Agent.Service waiting on its hash", zone == "b", zone)

	status, infos, err := a.AgentHealthServiceByName("go-web")
	check("Agent.AgentHealthServiceByName", err == nil && status == api.HealthPassing && len(infos) == 1, status, err)
	must("Agent.UpdateTTL", a.UpdateTTL("service:go-web-1", "slow", api.HealthWarning))
	checks, err := a.ChecksWithFilter(`ServiceID == "go-web-1"`)
	check("Agent.ChecksWithFilter", err == nil && checks["service:go-web-1"].Output == "slow", checks, err)
	must("Agent.EnableServiceMaintenance", a.EnableServiceMaintenance("go-web-1", "a test"))
	entries, _, err := c.Health().Service("go-web", "", true, nil)
	check("Health.Service in maintenance", err == nil && len(entries) == 0, entries, err)
	must("Agent.DisableServiceMaintenance", a.DisableServiceMaintenance("go-web-1"))
	must("Agent.EnableNodeMaintenance", a.EnableNodeMaintenance("a test"))
	must("Agent.DisableNodeMaintenance", a.DisableNodeMaintenance())
	must("Agent.UpdateTTL to passing", a.UpdateTTL("service:go-web-1", "", api.HealthPassing))
	entries, _, err = c.Health().Service("go-web", "v2", true, &api.QueryOptions{Filter: "Service.Meta.zone == b"})
	check("Health.Service by tag, passing and filter", err == nil && len(entries) == 1, entries, err)
	entries, _, err = c.Health().Connect("go-web", "", false, nil)
	check("Health.Connect", err == nil && len(entries) == 1 && entries[0].Service.Kind == api.ServiceKindConnectProxy, entries, err)
	state, _, err := c.Health().State(api.HealthAny, &api.QueryOptions{Filter: `ServiceName == "go-web"`})
	check("Health.State", err == nil && len(state) == 1, state, err)
	node, _, err := c.Health().Node("east-1", nil)
	check("Health.Node", err == nil && len(node) > 0, err)
}

func catalog(c *api.Client) {
	_, err := c.Catalog().Register(&api.CatalogRegistration{
		Node: "go-far", Address: "10.0.0.9", NodeMeta: map[string]string{"rack": "7"},
		Service: &api.AgentService{Service: "go-cat", Port: 1},
		Checks:  api.HealthChecks{{CheckID: "go-far-up", Name: "up", Status: api.HealthPassing}},
	}, nil)
	must("Catalog.Register", err)
	nodes, _, err := c.Catalog().Nodes(&api.QueryOptions{NodeMeta: map[string]string{"rack": "7"}})
	check("Catalog.Nodes by node-meta", err == nil && len(nodes) == 1, nodes, err)
	services, _, err := c.Catalog().Services(nil)
	check("Catalog.Services", err == nil && len(services["go-web"]) == 2, services, err)
	found, meta, err := c.Catalog().Service("go-cat", "", nil)
	check("Catalog.Service", err == nil && len(found) == 1 && meta.LastIndex > 0 && meta.KnownLeader, found, err)
	node, _, err := c.Catalog().Node("go-far", nil)
	check("Catalog.Node", err == nil && node.Services["go-cat"] != nil, node, err)
	list, _, err := c.Catalog().NodeServiceList("go-far", nil)
	check("Catalog.NodeServiceList", err == nil && len(list.Services) == 1, list, err)
	_, err = c.Catalog().Deregister(&api.CatalogDeregistration{Node: "go-far"}, nil)
	must("Catalog.Deregister", err)
}

// watching uses the plan that stands behind "consul watch".
func watching(c *api.Client) {
	plan, err := watch.Parse(map[string]interface{}{"type": "service", "service": "go-web", "passingonly": true})
	must("watch.Parse", err)
	seen := make(chan int, 16)
	plan.Handler = func(_ uint64, result interface{}) {
		if entries, ok := result.([]*api.ServiceEntry); ok {
			seen <- len(entries)
		}
	}
	go func() { must("watch.Plan", plan.RunWithClientAndHclog(c, nil)) }()
	check("watch tells what is there", await(seen, 1))
	must("Agent.UpdateTTL to critical", c.Agent().UpdateTTL("service:go-web-1", "", api.HealthCritical))
	check("watch tells of a failing check", await(seen, 0))
	plan.Stop()
	must("Agent.UpdateTTL to passing again", c.Agent().UpdateTTL("service:go-web-1", "", api.HealthPassing))
}

func await(seen chan int, wanted int) bool {
	timer := time.After(patience)
	for {
		select {
		case count := <-seen:
			if count == wanted {
				return true
			}
		case <-timer:
			return false
		}
	}
}

func configEntries(c *api.Client) {
	entries := c.ConfigEntries()
	for _, entry := range []api.ConfigEntry{
		&api.ProxyConfigEntry{Kind: api.ProxyDefaults, Name: api.ProxyConfigGlobal, Config: map[string]interface{}{"protocol": "http"}},
		&api.ServiceConfigEntry{Kind: api.ServiceDefaults, Name: "go-web", Protocol: "http"},
		&api.ServiceResolverConfigEntry{Kind: api.ServiceResolver, Name: "go-web", ConnectTimeout: 7 * time.Second},
	} {
		written, _, err := entries.Set(entry, nil)
		check("ConfigEntries.Set "+entry.GetKind(), err == nil && written, err)
	}
	entry, _, err := entries.Get(api.ServiceDefaults, "go-web", nil)
	check("ConfigEntries.Get", err == nil && entry.(*api.ServiceConfigEntry).Protocol == "http", entry, err)
	entry.(*api.ServiceConfigEntry).Protocol = "grpc"
	written, _, err := entries.CAS(entry, entry.GetModifyIndex()+1, nil)
	check("ConfigEntries.CAS with another index", err == nil && !written, err)
	list, _, err := entries.List(api.ServiceResolver, nil)
	check("ConfigEntries.List", err == nil && len(list) == 1, list, err)
	chain, _, err := c.DiscoveryChain().Get("go-web", nil, nil)
	check("DiscoveryChain.Get", err == nil && chain.Chain.Protocol == "http", chain, err)
	for _, kind := range []string{api.ServiceResolver, api.ServiceDefaults} {
		_, err = entries.Delete(kind, "go-web", nil)
		must("ConfigEntries.Delete "+kind, err)
	}
	_, err = entries.Delete(api.ProxyDefaults, api.ProxyConfigGlobal, nil)
	must("ConfigEntries.Delete "+api.ProxyDefaults, err)
}

func intentions(c *api.Client) {
	_, err := c.Connect().IntentionUpsert(&api.Intention{
		SourceName: "go-db", DestinationName: "go-web", Action: api.IntentionActionDeny, SourceType: api.IntentionSourceConsul,
	}, nil)
	must("Connect.IntentionUpsert", err)
	one, _, err := c.Connect().IntentionGetExact("go-db", "go-web", nil)
	check("Connect.IntentionGetExact", err == nil && one != nil && one.Action == api.IntentionActionDeny, one, err)
	all, _, err := c.Connect().Intentions(nil)
	check("Connect.Intentions", err == nil && len(all) >= 1, err)
	match, _, err := c.Connect().IntentionMatch(&api.IntentionMatch{By: api.IntentionMatchDestination, Names: []string{"go-web"}}, nil)
	check("Connect.IntentionMatch", err == nil && len(match["go-web"]) == 1, match, err)
	allowed, _, err := c.Connect().IntentionCheck(&api.IntentionCheck{Source: "go-db", Destination: "go-web"}, nil)
	check("Connect.IntentionCheck", err == nil && !allowed, err)
	_, err = c.Connect().IntentionDeleteExact("go-db", "go-web", nil)
	must("Connect.IntentionDeleteExact", err)
}

func connectCA(c *api.Client) {
	roots, _, err := c.Agent().ConnectCARoots(nil)
	check("Agent.ConnectCARoots", err == nil && len(roots.Roots) >= 1, err)
	leaf, _, err := c.Agent().ConnectCALeaf("go-web", nil)
	check("Agent.ConnectCALeaf", err == nil && strings.HasSuffix(leaf.ServiceURI, "/svc/go-web"), err)
	verdict, err := c.Agent().ConnectAuthorize(&api.AgentAuthorizeParams{
		Target: "go-web", ClientCertURI: leaf.ServiceURI, ClientCertSerial: leaf.SerialNumber,
	})
	check("Agent.ConnectAuthorize", err == nil && verdict.Authorized, verdict, err)
	config, _, err := c.Connect().CAGetConfig(nil)
	check("Connect.CAGetConfig", err == nil && config.Provider == "consul", config, err)
}

func peering(east, west *api.Client) {
	token, _, err := east.Peerings().GenerateToken(background, api.PeeringGenerateTokenRequest{PeerName: "go-west"}, nil)
	check("Peerings.GenerateToken", err == nil && token.PeeringToken != "", err)
	_, _, err = west.Peerings().Establish(background, api.PeeringEstablishRequest{PeerName: "go-east", PeeringToken: token.PeeringToken}, nil)
	must("Peerings.Establish", err)
	eventually("Peerings.Read on both sides says ACTIVE", func() bool {
		return active(east, "go-west") && active(west, "go-east")
	})
	list, _, err := west.Peerings().List(background, nil)
	check("Peerings.List", err == nil && len(list) >= 1, err)

	before, _, err := east.ConfigEntries().Get(api.ExportedServices, "default", nil)
	must("ConfigEntries.Get exported-services", err)
	exports := before.(*api.ExportedServicesConfigEntry)
	exports.Services = append(exports.Services, api.ExportedService{
		Name: "go-web", Consumers: []api.ServiceConsumer{{Peer: "go-west"}},
	})
	_, _, err = east.ConfigEntries().Set(exports, nil)
	must("ConfigEntries.Set exported-services", err)
	asked := &api.QueryOptions{Peer: "go-east"}
	eventually("Health.Service of a peer", func() bool {
		entries, _, err := west.Health().Service("go-web", "", true, asked)
		return err == nil && len(entries) == 1 && entries[0].Service.PeerName == "go-east"
	})
	_, meta, err := west.Health().Service("go-web", "", false, asked)
	must("Health.Service of a peer, its index", err)
	woken := make(chan string, 1)
	go func() {
		entries, _, err := west.Health().Service("go-web", "", false,
			&api.QueryOptions{Peer: "go-east", WaitIndex: meta.LastIndex, WaitTime: patience})
		if err != nil || len(entries) != 1 {
			woken <- fmt.Sprint(len(entries), err)
			return
		}
		woken <- entries[0].Checks.AggregatedStatus()
	}()
	must("Agent.UpdateTTL of what a peer reads", east.Agent().UpdateTTL("service:go-web-1", "", api.HealthWarning))
	status := <-woken
	check("Health.Service of a peer waits and wakes", status == api.HealthWarning, status)
	services, _, err := west.Catalog().Services(asked)
	check("Catalog.Services of a peer", err == nil && len(services) >= 1, services, err)
	resolved, _, err := east.ExportedServices(nil)
	check("ExportedServices", err == nil && exported(resolved, "go-web", "go-west"), resolved, err)

	_, err = west.Peerings().Delete(background, "go-east", nil)
	must("Peerings.Delete", err)
	eventually("nothing is left of a deleted peering", func() bool {
		one, _, err := west.Peerings().Read(background, "go-east", nil)
		entries, _, other := west.Health().Service("go-web", "", false, asked)
		return err == nil && one == nil && other == nil && len(entries) == 0
	})
	eventually("the other side is told", func() bool {
		one, _, err := east.Peerings().Read(background, "go-west", nil)
		return err == nil && one != nil && one.State == api.PeeringStateTerminated
	})
	_, err = east.Peerings().Delete(background, "go-west", nil)
	must("Peerings.Delete of a terminated one", err)
	exports.Services = exports.Services[:len(exports.Services)-1]
	_, _, err = east.ConfigEntries().Set(exports, nil)
	must("ConfigEntries.Set exported-services as before", err)
}

func active(c *api.Client, name string) bool {
	one, _, err := c.Peerings().Read(background, name, nil)
	return err == nil && one != nil && one.State == api.PeeringStateActive
}

func exported(resolved []api.ResolvedExportedService, service, peer string) bool {
	for _, one := range resolved {
		for _, consumer := range one.Consumers.Peers {
			if one.Service == service && consumer == peer {
				return true
			}
		}
	}
	return false
}

// refusals reads what a client shows to its user when a family is not part of the product.
func refusals(c *api.Client) {
	pair, _, err := c.KV().Get("anything", nil)
	check("KV.Get finds nothing", err == nil && pair == nil, err)
	response, err := http.Get("http://127.0.0.1:" + os.Getenv("EAST_PORT") + "/v1/agent/self")
	must("GET /v1/agent/self", err)
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	check("its body is JSON", err == nil && json.Valid(body), err)
}
