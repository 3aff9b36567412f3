package dev.entente.grpc;

import dev.entente.boot.StoresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The agent with its stores against a hostile acceptor. */
@QuarkusTest
@QuarkusTestResource(StoresResource.class)
class HostileAcceptorTest extends HostileAcceptorCases {}
