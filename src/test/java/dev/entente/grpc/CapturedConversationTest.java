package dev.entente.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.stream.Effect;
import dev.entente.domain.stream.Session;
import dev.entente.domain.stream.Step;
import dev.entente.domain.stream.StreamEvent;
import dev.entente.domain.stream.StreamMessage;
import dev.entente.domain.stream.StreamMessage.Open;
import dev.entente.domain.stream.StreamMessage.Request;
import dev.entente.domain.stream.StreamMessage.Response;
import dev.entente.domain.stream.StreamSettings;
import dev.entente.grpc.wire.peerstream.ReplicationMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real servers talk to our stream machine: what each said in the capture is played to the other end of ours. */
class CapturedConversationTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final StreamCodec codec = new StreamCodec();
    private final List<StreamMessage> said = new ArrayList<>();
    private Session session = Session.accepting(StreamSettings.DEFAULT, NOW).next();

    private List<StreamMessage> recorded(String from) throws Exception {
        List<StreamMessage> messages = new ArrayList<>();
        for (CapturedStream.Line line : CapturedStream.messages("StreamResources")) {
            if (line.from().equals(from)) {
                messages.add(codec.decode(ReplicationMessage.parseFrom(line.bytes())));
            }
        }
        return messages;
    }

    private void on(StreamEvent event) {
        Step step = session.on(event, NOW);
        session = step.next();
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Send send) {
                said.add(send.message());
            } else if (effect instanceof Effect.Store store) {
                on(new StreamEvent.Stored(store.nonce()));
            } else if (effect instanceof Effect.Admit) {
                on(new StreamEvent.Admitted());
            }
        }
    }

    private void play(List<StreamMessage> messages) {
        for (StreamMessage message : messages) {
            on(new StreamEvent.Received(message));
        }
    }

    private List<String> acknowledged() {
        return said.stream()
                .filter(Request.class::isInstance)
                .map(Request.class::cast)
                .filter(request -> !request.responseNonce().isEmpty())
                .map(request -> request.responseNonce() + (request.error() == null ? "" : " " + request.error()))
                .toList();
    }

    private static List<String> nonces(List<StreamMessage> messages) {
        return messages.stream()
                .filter(Response.class::isInstance)
                .map(message -> ((Response) message).nonce())
                .toList();
    }

    @Test
    void ourDialerAcknowledgesEverythingThatTheRealAcceptorSent() throws Exception {
        Open open = (Open) recorded("dialer").get(0);
        session = Session.dialing(StreamSettings.DEFAULT, open, NOW).next();
        on(new StreamEvent.TransportReady());
        List<StreamMessage> acceptor = recorded("acceptor");

        play(acceptor);

        assertThat(acknowledged()).hasSizeGreaterThan(20).isEqualTo(nonces(acceptor));
        assertThat(session.getClass().getSimpleName()).isEqualTo("Running");
    }

    @Test
    void ourAcceptorAcknowledgesTheRealDialerButForTheAddressesThatItDoesNotTake() throws Exception {
        List<StreamMessage> dialer = recorded("dialer");

        play(dialer);

        assertThat(acknowledged().stream().map(answer -> answer.substring(0, 8)))
                .isEqualTo(nonces(dialer));
        assertThat(acknowledged())
                .filteredOn(answer -> answer.length() > 8)
                .singleElement()
                .asString()
                .contains("Cannot switch peering dialing mode from false to true");
        assertThat(session.getClass().getSimpleName()).isEqualTo("Draining");
    }

    @Test
    void theSubscriptionsOfOurDialerAreThoseOfTheRealOne() throws Exception {
        List<StreamMessage> dialer = recorded("dialer");
        session = Session.dialing(StreamSettings.DEFAULT, (Open) dialer.get(0), NOW)
                .next();

        on(new StreamEvent.TransportReady());

        assertThat(said).isEqualTo(dialer.subList(0, 5));
    }
}
