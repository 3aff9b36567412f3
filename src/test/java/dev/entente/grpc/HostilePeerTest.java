package dev.entente.grpc;

import dev.entente.boot.StoresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The hostile peer against the agent with its stores. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class HostilePeerTest extends HostilePeerCases {}
