package dev.entente.rest;

import dev.entente.rest.http.FrontDoor;
import dev.entente.rest.http.HttpRules;
import dev.entente.rest.http.LostRequests;
import dev.entente.rest.http.RouteTable;
import dev.entente.rest.json.AgentProfile;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Puts the front door before all routes of the HTTP server. */
@Singleton
final class HttpEntrance {
    /** Before authentication and everything else that may answer. */
    private static final int FIRST = 1000;

    private final FrontDoor frontDoor;
    private final MonitorDoor monitor;

    HttpEntrance(AgentProfile profile, RequestLog requests, MonitorDoor monitor, HttpRules rules) {
        this.monitor = monitor;
        frontDoor = new FrontDoor(RouteTable.standard(), profile.uiEnabled(), requests, rules);
    }

    void open(@Observes Filters filters) {
        filters.register(frontDoor::handle, FIRST);
        filters.register(monitor::handle, FIRST - 1);
    }

    /** Before the framework's own, which would tell of what went wrong in JSON. */
    void takeFailures(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(LostRequests::answer);
    }
}
