package dev.entente.domain.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.identity.Secret;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.stream.StreamMessage.Open;
import dev.entente.domain.trust.TrustBundle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state meets every event: where it leads, or that it is rejected. */
class SessionTableTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final StreamSettings SETTINGS = StreamSettings.DEFAULT;
    private static final Open OPEN = new Open("11111111-1111-1111-1111-111111111111", new Secret("s"), Remote.UNKNOWN);

    /** {@code -} is a rejected event. */
    private static final String TABLE = """
            event            | Connecting | AwaitingOpen | Admitting  | Running  | Draining | Ended
            Open             | -          | Admitting    | -          | Running  | Draining | -
            Subscription     | -          | Ended        | -          | Running  | Draining | -
            Response         | -          | Ended        | -          | Running  | Draining | -
            Terminated       | -          | Ended        | -          | Draining | Draining | -
            Heartbeat        | -          | Ended        | -          | Running  | Draining | -
            Unknown          | -          | Ended        | -          | Running  | Draining | -
            TransportReady   | Running    | AwaitingOpen | Admitting  | Running  | Draining | -
            TransportEnded   | Ended      | Ended        | Ended      | Ended    | Ended    | -
            TransportFailed  | Ended      | Ended        | Ended      | Ended    | Ended    | -
            Admitted         | -          | -            | Running    | -        | -        | -
            Refused          | -          | -            | Ended      | -        | -        | -
            ExportsChanged   | -          | -            | -          | Running  | Draining | -
            ServicesChanged  | -          | -            | -          | Running  | Draining | -
            BundleChanged    | -          | -            | -          | Running  | Draining | -
            AddressesChanged | -          | -            | -          | Running  | Draining | -
            Stored           | -          | -            | -          | -        | Draining | -
            StoreRefused     | -          | -            | -          | -        | Draining | -
            HeartbeatDue     | -          | -            | -          | Running  | Draining | -
            Tick             | Connecting | AwaitingOpen | Admitting  | Running  | Draining | -
            PeeringDeleted   | -          | -            | -          | Draining | Draining | -
            LeaseLost        | Ended      | -            | -          | Ended    | Draining | -
            Stop             | Ended      | Ended        | Ended      | Ended    | Ended    | -
            """;

    private static Map<String, Session> states() {
        Map<String, Session> states = new LinkedHashMap<>();
        states.put("Connecting", Session.dialing(SETTINGS, OPEN, NOW).next());
        states.put("AwaitingOpen", Session.accepting(SETTINGS, NOW).next());
        states.put("Admitting", new Admitting(SETTINGS, NOW.plusSeconds(5)));
        states.put("Running", Running.admitted(SETTINGS, NOW).next());
        states.put("Draining", new Draining(Role.ACCEPTOR, NOW.plusSeconds(5)));
        states.put("Ended", new Ended(new Ending.Farewell()));
        return states;
    }

    private static Map<String, StreamEvent> events() {
        String url = ResourceType.TRUST_BUNDLE.url();
        Ending.Failed broken = new Ending.Failed(14, "connection reset");
        Map<String, StreamEvent> events = new LinkedHashMap<>();
        events.put("Open", new StreamEvent.Received(OPEN));
        events.put("Subscription", new StreamEvent.Received(new StreamMessage.Request("", "", url, null)));
        events.put("Response", new StreamEvent.Received(new StreamMessage.Response("1", url, "roots", 1, null)));
        events.put("Terminated", new StreamEvent.Received(new StreamMessage.Terminated()));
        events.put("Heartbeat", new StreamEvent.Received(new StreamMessage.Heartbeat()));
        events.put("Unknown", new StreamEvent.Received(new StreamMessage.Unknown()));
        events.put("TransportReady", new StreamEvent.TransportReady());
        events.put("TransportEnded", new StreamEvent.TransportEnded());
        events.put("TransportFailed", new StreamEvent.TransportFailed(broken));
        events.put("Admitted", new StreamEvent.Admitted());
        events.put("Refused", new StreamEvent.Refused(List.of(), broken));
        events.put("ExportsChanged", new StreamEvent.ExportsChanged(new Exports(List.of(), Map.of(), Map.of())));
        events.put("ServicesChanged", new StreamEvent.ServicesChanged(Map.of()));
        events.put("BundleChanged", new StreamEvent.BundleChanged(new Resource.Bundle(bundle())));
        events.put(
                "AddressesChanged",
                new StreamEvent.AddressesChanged(new Resource.ServerAddresses(List.of("127.0.0.1:8503"))));
        events.put("Stored", new StreamEvent.Stored("1"));
        events.put("StoreRefused", new StreamEvent.StoreRefused("1", "no"));
        events.put("HeartbeatDue", new StreamEvent.HeartbeatDue());
        events.put("Tick", new StreamEvent.Tick());
        events.put("PeeringDeleted", new StreamEvent.PeeringDeleted());
        events.put("LeaseLost", new StreamEvent.LeaseLost());
        events.put("Stop", new StreamEvent.Stop());
        return events;
    }

    private static TrustBundle bundle() {
        return new TrustBundle(new dev.entente.domain.identity.TrustDomain("x.consul"), List.of("pem"), "");
    }

    static Stream<Arguments> cells() {
        List<String[]> rows =
                TABLE.lines().map(line -> line.trim().split("\\s*\\|\\s*")).toList();
        String[] header = rows.get(0);
        List<Arguments> cells = new ArrayList<>();
        for (String[] row : rows.subList(1, rows.size())) {
            for (int column = 1; column < header.length; column++) {
                cells.add(Arguments.of(header[column], row[0], row[column]));
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "in {0}, {1} leads to {2}")
    @MethodSource("cells")
    void eachStateAcceptsExactlyWhatItLists(String state, String event, String next) {
        Session session = states().get(state);
        StreamEvent happening = events().get(event);

        if (next.equals("-")) {
            assertThatThrownBy(() -> session.on(happening, NOW))
                    .isInstanceOf(UnexpectedEventException.class)
                    .hasMessage(
                            state + " does not accept " + happening.getClass().getSimpleName());
        } else {
            assertThat(session.on(happening, NOW).next().getClass().getSimpleName())
                    .isEqualTo(next);
        }
    }

    @Test
    void theTableNamesEveryStateAndEveryEvent() {
        List<String[]> rows =
                TABLE.lines().map(line -> line.trim().split("\\s*\\|\\s*")).toList();
        assertThat(List.of(rows.get(0)).subList(1, rows.get(0).length)).containsExactlyElementsOf(states().keySet());
        assertThat(rows.stream().skip(1).map(row -> row[0])).containsExactlyElementsOf(events().keySet());
        assertThat(Session.class.getPermittedSubclasses()).hasSameSizeAs(states().keySet());
        Set<Class<?>> used = new java.util.HashSet<>();
        events().values().forEach(event -> used.add(event.getClass()));
        assertThat(used).containsExactlyInAnyOrder(StreamEvent.class.getPermittedSubclasses());
    }
}
