package dev.entente.equivalence;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What a script does to the peering itself, and to the processes. Tokens differ from pair to pair, so they are kept for each. */
final class PeeringSteps {
    private static final Pattern NOT_EXCHANGED = Pattern.compile(
            "failed to exchange peering secret through address|failed to dial peer: .* does not answer");

    private final Map<Pair, String> current = new ConcurrentHashMap<>();
    private final Map<Pair, String> former = new ConcurrentHashMap<>();

    Action generate(Side acceptor) {
        return pair -> {
            String body = "{\"PeerName\":\"" + acceptor.peer() + "\",\"Meta\":{\"owner\":\"script\"}}";
            Answer answer = pair.on(acceptor).call("POST", "/v1/peering/token", body);
            if (answer.isOk()) {
                String before = current.put(pair, answer.text("PeeringToken"));
                if (before != null) {
                    former.put(pair, before);
                }
            }
            return List.of(answer);
        };
    }

    /**
     * On a machine that is short of time the secret may not be exchanged within the seconds that both products allow for it;
     * then an operator takes another token, and so does this step.
     */
    Action establish(Side dialer) {
        return pair -> {
            Answer answer = establish(pair, dialer, current);
            for (int tries = 1;
                    tries < 4 && NOT_EXCHANGED.matcher(answer.body()).find();
                    tries++) {
                generate(dialer.other()).on(pair);
                answer = establish(pair, dialer, current);
            }
            return List.of(answer);
        };
    }

    /** With a token that was used, or replaced by a younger one. */
    Action establishInVain(Side dialer) {
        return pair -> List.of(establish(pair, dialer, former));
    }

    private static Answer establish(Pair pair, Side dialer, Map<Pair, String> tokens) throws IOException {
        String body = "{\"PeerName\":\"" + dialer.peer() + "\",\"PeeringToken\":\"" + tokens.getOrDefault(pair, "")
                + "\",\"Meta\":{\"owner\":\"script\"}}";
        return pair.on(dialer).call("POST", "/v1/peering/establish", body);
    }

    static Action delete(Side side) {
        return pair -> List.of(pair.on(side).call("DELETE", "/v1/peering/" + side.peer(), null));
    }

    static Action restart(Side side, boolean kill) {
        return pair -> {
            Server server = pair.on(side);
            if (kill) {
                server.kill();
            } else {
                server.stop();
            }
            server.start();
            server.awaitReady();
            return List.of();
        };
    }
}
