// The npm package "consul" against a pair of peered clusters: EAST exports the service "shared" to WEST, which knows it as the peer "east".
"use strict";

const assert = require("node:assert/strict");
const Consul = require("consul");

const east = new Consul({ host: "127.0.0.1", port: Number(process.env.EAST_PORT) });
const west = new Consul({ host: "127.0.0.1", port: Number(process.env.WEST_PORT) });
// The package lists "peer" among the options of health.service and does not send it; its hook for each request does.
west._ext("onCreate", (request, next) => {
  request.opts.query.peer = "east";
  next();
});
const PATIENCE = 20_000;

/** One line for each call that was exercised. */
async function call(name, work) {
  try {
    const result = await work();
    console.log(`  node       ${name}`);
    return result;
  } catch (failure) {
    console.error(`node: ${name} FAILED`);
    throw failure;
  }
}

/** Waits until a watch has told of something that fits. */
function told(watch, fits) {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error("the watch told nothing that fits")), PATIENCE);
    watch.on("error", fail);
    watch.on("change", function look(data) {
      if (fits(data)) {
        clearTimeout(timer);
        watch.removeListener("change", look);
        watch.removeListener("error", fail);
        done(data);
      }
    });
  });
}

async function agent() {
  await call("agent.self", async () => assert.equal((await east.agent.self()).Config.NodeName, "east-1"));
  await call("agent.members", async () => assert.ok((await east.agent.members()).length >= 1));
  await call("status.leader", async () => assert.match(await east.status.leader(), /:/));
  await call("status.peers", async () => assert.ok((await east.status.peers()).length >= 1));
  await call("catalog.datacenters", async () => assert.deepEqual(await east.catalog.datacenters(), ["east"]));
}

async function registration() {
  await call("agent.service.register", () =>
    east.agent.service.register({
      name: "node-web",
      id: "node-web-1",
      address: "10.0.0.1",
      port: 8080,
      tags: ["blue", "v2"],
      meta: { zone: "a" },
      check: { ttl: "10m", status: "passing" },
    }),
  );
  await call("agent.service.list", async () => assert.equal((await east.agent.service.list())["node-web-1"].Port, 8080));
  await call("agent.check.list", async () => assert.ok((await east.agent.check.list())["service:node-web-1"]));
  await call("catalog.service.list", async () =>
    assert.deepEqual((await east.catalog.service.list())["node-web"].sort(), ["blue", "v2"]),
  );
  await call("catalog.service.nodes", async () => {
    const nodes = await east.catalog.service.nodes({ service: "node-web", tag: "v2" });
    assert.deepEqual(nodes.map((node) => node.ServiceMeta.zone), ["a"]);
  });
  await call("catalog.node.list", async () =>
    assert.ok((await east.catalog.node.list()).some((node) => node.Node === "east-1")),
  );
  await call("catalog.node.services", async () =>
    assert.ok((await east.catalog.node.services("east-1")).Services["node-web-1"]),
  );
  await call("health.service with filter", async () =>
    assert.equal((await east.health.service({ service: "node-web", filter: "Service.Port == 8080" })).length, 1),
  );
  await call("agent.check.warn", () => east.agent.check.warn({ id: "service:node-web-1", note: "slow" }));
  await call("health.checks", async () => assert.equal((await east.health.checks("node-web"))[0].Output, "slow"));
  await call("agent.check.fail", () => east.agent.check.fail("service:node-web-1"));
  await call("health.state", async () =>
    assert.ok((await east.health.state("critical")).some((check) => check.ServiceID === "node-web-1")),
  );
  await call("health.service passing", async () =>
    assert.deepEqual(await east.health.service({ service: "node-web", passing: true }), []),
  );
  await call("agent.check.pass", () => east.agent.check.pass("service:node-web-1"));
  await call("health.node", async () =>
    assert.ok((await east.health.node("east-1")).some((check) => check.CheckID === "serfHealth")),
  );
  await call("agent.service.maintenance", () =>
    east.agent.service.maintenance({ id: "node-web-1", enable: true, reason: "a test" }),
  );
  await call("agent.service.maintenance, ended", () =>
    east.agent.service.maintenance({ id: "node-web-1", enable: false }),
  );
  await call("agent.maintenance", async () => {
    await east.agent.maintenance({ enable: true, reason: "a test" });
    await east.agent.maintenance(false);
  });
  await call("agent.check.register", () => east.agent.check.register({ name: "node-own", id: "node-own", ttl: "1m" }));
  await call("agent.check.deregister", () => east.agent.check.deregister("node-own"));
}

async function watching() {
  const watch = east.watch({
    method: east.health.service,
    options: { service: "node-web", passing: true, wait: "20s" },
  });
  try {
    await call("watch tells what is there", () => told(watch, (instances) => instances.length === 1));
    await call("watch tells of a failing check", async () => {
      const wait = told(watch, (instances) => instances.length === 0);
      await east.agent.check.fail("service:node-web-1");
      await wait;
    });
  } finally {
    watch.end();
  }
}

async function peer() {
  const watch = west.watch({
    method: west.health.service,
    options: { service: "shared", wait: "20s" },
  });
  const status = (instances) => instances.flatMap((instance) => instance.Checks.map((check) => check.Status));
  try {
    await call("health.service of a peer", () =>
      told(watch, (instances) => instances.length === 1 && instances[0].Service.PeerName === "east"),
    );
    await call("watch of a peer's service tells of its flip", async () => {
      const wait = told(watch, (instances) => status(instances).includes("warning"));
      await east.agent.check.warn("service:shared");
      await wait;
      await east.agent.check.pass("service:shared");
    });
  } finally {
    watch.end();
  }
}

async function main() {
  await agent();
  await registration();
  await watching();
  await peer();
  await call("agent.service.deregister", () => east.agent.service.deregister("node-web-1"));
  await call("an unknown key is answered as not found", async () => assert.equal(await east.kv.get("anything"), undefined));
}

main().then(
  () => process.exit(0),
  (failure) => {
    console.error(failure);
    process.exit(1);
  },
);
