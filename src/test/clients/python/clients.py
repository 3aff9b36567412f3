"""py-consul against a pair of peered clusters: EAST exports the service "shared" to WEST, which knows it as the peer "east"."""

import os
import sys
import threading
import time

import consul
from consul import Check
from consul.exceptions import ConsulException

EAST = consul.Consul(host="127.0.0.1", port=int(os.environ["EAST_PORT"]))
WEST = consul.Consul(host="127.0.0.1", port=int(os.environ["WEST_PORT"]))
PATIENCE = 20


def call(name, passed):
    """One line for each call that was exercised."""
    if not passed:
        sys.exit(f"py-consul: {name} FAILED")
    print(f"  py-consul  {name}", flush=True)


def eventually(name, condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"py-consul: {name} did not happen within {PATIENCE} s")
        time.sleep(0.05)
    print(f"  py-consul  {name}", flush=True)


def agent():
    me = EAST.agent.self()["Config"]["NodeName"]
    call("agent.self", me == "east-1")
    call("agent.members", any(member["Name"] == me for member in EAST.agent.members()))
    call("status.leader", ":" in EAST.status.leader())
    call("status.peers", len(EAST.status.peers()) >= 1)
    call("catalog.datacenters", EAST.catalog.datacenters() == ["east"])


def registration():
    call(
        "agent.service.register",
        EAST.agent.service.register(
            "py-web",
            service_id="py-web-1",
            address="10.0.0.1",
            port=8080,
            tags=["blue", "v2"],
            meta={"zone": "a"},
            check=Check.ttl("10m"),
        ),
    )
    call("agent.services", EAST.agent.services()["py-web-1"]["Port"] == 8080)
    call("agent.services with filter", list(EAST.agent.services(filter_expr='Service == "py-web"')) == ["py-web-1"])
    call("agent.service_definition", EAST.agent.service_definition("py-web-1")["Meta"] == {"zone": "a"})
    call("catalog.services", sorted(EAST.catalog.services()[1]["py-web"]) == ["blue", "v2"])
    call("catalog.service by tag", len(EAST.catalog.service("py-web", tag="v2")[1]) == 1)
    call("catalog.node", "py-web-1" in EAST.catalog.node("east-1")[1]["Services"])
    call("catalog.nodes near", EAST.catalog.nodes(near="_agent")[1][0]["Node"] == "east-1")
    call("health.service passing, before the first report", EAST.health.service("py-web", passing=True)[1] == [])
    call("agent.check.ttl_pass", EAST.agent.check.ttl_pass("service:py-web-1", notes="well"))
    call("health.service passing, afterwards", len(EAST.health.service("py-web", passing=True)[1]) == 1)
    call("health.service with filter", len(EAST.health.service("py-web", filter_expr="Service.Meta.zone == a")[1]) == 1)
    call("agent.check.ttl_warn", EAST.agent.check.ttl_warn("service:py-web-1", notes="slow"))
    call("health.checks", EAST.health.checks("py-web")[1][0]["Output"] == "slow")
    call("agent.check.ttl_fail", EAST.agent.check.ttl_fail("service:py-web-1"))
    call("health.state", any(c["ServiceID"] == "py-web-1" for c in EAST.health.state("critical")[1]))
    call("health.node", any(c["CheckID"] == "serfHealth" for c in EAST.health.node("east-1")[1]))
    call("agent.service.maintenance", EAST.agent.service.maintenance("py-web-1", True, reason="a test"))
    call("agent.checks in maintenance", "_service_maintenance:py-web-1" in EAST.agent.checks())
    call("agent.service.maintenance, ended", EAST.agent.service.maintenance("py-web-1", False))
    call("agent.maintenance", EAST.agent.maintenance(True, "a test") and EAST.agent.maintenance(False))
    call("agent.check.register", EAST.agent.check.register("py-own", check=Check.ttl("1m"), check_id="py-own"))
    call("agent.check.deregister", EAST.agent.check.deregister("py-own") and "py-own" not in EAST.agent.checks())


def catalog():
    call(
        "catalog.register",
        EAST.catalog.register("py-far", "10.0.0.9", service={"Service": "py-cat", "Port": 1}),
    )
    call("catalog.nodes", any(n["Node"] == "py-far" for n in EAST.catalog.nodes()[1]))
    call("catalog.deregister", EAST.catalog.deregister("py-far") and EAST.catalog.service("py-cat")[1] == [])


def watching():
    index, _ = EAST.health.service("py-web", passing=True)
    woken = []
    watch = threading.Thread(
        target=lambda: woken.append(EAST.health.service("py-web", passing=True, index=index, wait=f"{PATIENCE}s"))
    )
    watch.start()
    EAST.agent.check.ttl_pass("service:py-web-1")
    watch.join(PATIENCE)
    call("health.service with index wakes for a flip", bool(woken) and len(woken[0][1]) == 1 and int(woken[0][0]) > int(index))
    started = time.monotonic()
    EAST.health.service("py-nobody", index=EAST.health.service("py-nobody")[0], wait="500ms")
    call("health.service with index ends at its wait", 0.4 < time.monotonic() - started < PATIENCE)


def central():
    call(
        "config.set",
        EAST.config.set("service-defaults", "py-web", {"Protocol": "http"}),
    )
    call("config.get", EAST.config.get("service-defaults", "py-web")["Protocol"] == "http")
    call("config.list", any(e["Name"] == "py-web" for e in EAST.config.list("service-defaults")))
    call("discovery_chain.get", EAST.discovery_chain.get("py-web")["Chain"]["Protocol"] == "http")
    call("config.delete", EAST.config.delete("service-defaults", "py-web"))
    call("connect.intentions.upsert", EAST.connect.intentions.upsert("py-db", "py-web", action="deny"))
    call("connect.intentions.read", EAST.connect.intentions.read("py-db", "py-web")["Action"] == "deny")
    call("connect.intentions.list", any(i["SourceName"] == "py-db" for i in EAST.connect.intentions.list()))
    call("connect.intentions.match", len(EAST.connect.intentions.match("destination", "py-web")["py-web"]) == 1)
    call("connect.intentions.check", EAST.connect.intentions.check("py-db", "py-web") is False)
    call("connect.intentions.delete", EAST.connect.intentions.delete("py-db", "py-web") is True)
    roots = EAST.connect.ca.roots()
    call("connect.ca.roots", roots["Roots"][0]["ID"] == roots["ActiveRootID"])
    call("connect.ca.configuration", EAST.connect.ca.configuration()["Provider"] == "consul")
    leaf = EAST.agent.connect.ca.leaf("py-web")
    call("agent.connect.ca.leaf", leaf["ServiceURI"].endswith("/svc/py-web"))


def peer():
    eventually(
        "health.service of a peer",
        lambda: [i["Service"].get("PeerName") for i in WEST.health.service("shared", peer="east", passing=True)[1]] == ["east"],
    )
    index, _ = WEST.health.service("shared", peer="east")
    woken = []
    watch = threading.Thread(target=lambda: woken.append(WEST.health.service("shared", peer="east", index=index, wait=f"{PATIENCE}s")))
    watch.start()
    EAST.agent.check.ttl_warn("service:shared")
    watch.join(PATIENCE)
    EAST.agent.check.ttl_pass("service:shared")
    call(
        "health.service of a peer wakes for its flip",
        bool(woken) and any(c["Status"] == "warning" for c in woken[0][1][0]["Checks"]),
    )
    call("health.service here knows nothing of it", WEST.health.service("shared")[1] == [])


def refusals():
    try:
        EAST.kv.get("anything")
        refused = False
    except ConsulException:
        refused = True
    index_and_value_of_404 = (not refused) and EAST.kv.get("anything")[1] is None
    call("kv.get is answered as not found", refused or index_and_value_of_404)


if __name__ == "__main__":
    agent()
    registration()
    catalog()
    watching()
    central()
    peer()
    refusals()
    call("agent.service.deregister", EAST.agent.service.deregister("py-web-1") and "py-web-1" not in EAST.agent.services())
