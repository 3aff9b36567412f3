// What Prometheus finds by its own discovery of Consul's services, in the cluster EAST.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/discovery"
	"github.com/prometheus/prometheus/discovery/consul"
	"github.com/prometheus/prometheus/discovery/targetgroup"
)

const patience = 20 * time.Second

var address = "127.0.0.1:" + os.Getenv("EAST_PORT")

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	registry := prometheus.NewRegistry()
	groups := discover(ctx, registry)

	shared := await(groups, "shared", 1)
	for label, value := range map[model.LabelName]string{
		"__address__":              "127.0.0.1:7070",
		"__meta_consul_node":       "east-1",
		"__meta_consul_health":     "passing",
		"__meta_consul_service_id": "shared",
	} {
		if got := string(shared[0][label]); got != value {
			fail("label %s is %q, want %q", label, got, value)
		}
	}
	fmt.Println("  prometheus targets with their labels")

	send(http.MethodPut, "/v1/agent/service/register", `{"Name":"scraped","Port":9100,"Tags":["metrics"],"Meta":{"path":"/m"}}`)
	late := await(groups, "scraped", 1)
	if tags := string(late[0]["__meta_consul_tags"]); tags != ",metrics," {
		fail("tags are %q", tags)
	}
	if meta := string(late[0]["__meta_consul_service_metadata_path"]); meta != "/m" {
		fail("metadata is %q", meta)
	}
	send(http.MethodPut, "/v1/agent/service/deregister/scraped", "")
	await(groups, "scraped", 0)
	fmt.Println("  prometheus a service that comes and goes")

	families, err := registry.Gather()
	must(err)
	for _, family := range families {
		if family.GetName() == "prometheus_sd_consul_rpc_failures_total" && family.Metric[0].Counter.GetValue() > 0 {
			fail("%v calls failed", family.Metric[0].Counter.GetValue())
		}
	}
	fmt.Println("  prometheus no call failed")
}

func discover(ctx context.Context, registry *prometheus.Registry) <-chan []*targetgroup.Group {
	config := consul.DefaultSDConfig
	config.Server = address
	config.RefreshInterval = model.Duration(time.Second)
	metrics := config.NewDiscovererMetrics(registry, discovery.NewRefreshMetrics(registry))
	must(metrics.Register())
	discoverer, err := config.NewDiscoverer(discovery.DiscovererOptions{
		Logger:  slog.New(slog.NewTextHandler(os.Stderr, nil)),
		Metrics: metrics,
	})
	must(err)
	groups := make(chan []*targetgroup.Group)
	go discoverer.Run(ctx, groups)
	return groups
}

// await returns the targets of a service once there are as many as wanted.
func await(groups <-chan []*targetgroup.Group, service string, count int) []model.LabelSet {
	deadline := time.After(patience)
	for {
		select {
		case <-deadline:
			fail("not within %s: %d targets of %s", patience, count, service)
		case found := <-groups:
			for _, group := range found {
				if group.Source == service && len(group.Targets) == count {
					return group.Targets
				}
			}
		}
	}
}

func send(method, path, body string) {
	request, err := http.NewRequest(method, "http://"+address+path, strings.NewReader(body))
	must(err)
	response, err := http.DefaultClient.Do(request)
	must(err)
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	if response.StatusCode != http.StatusOK {
		fail("%s %s: %d %s", method, path, response.StatusCode, text)
	}
}

func must(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func fail(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, "FAILED: "+format+"\n", arguments...)
	os.Exit(1)
}
