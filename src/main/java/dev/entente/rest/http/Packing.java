package dev.entente.rest.http;

import dev.entente.rest.json.AgentProfile;
import dev.entente.rest.json.Indented;

/** Brings the body of an answer into the form that its client asked for: indented, compressed. */
final class Packing {
    private final AgentProfile profile;

    Packing(AgentProfile profile) {
        this.profile = profile;
    }

    Answer packed(Call call, Answer answer) {
        byte[] body = answer.body();
        if (answer.contentType().equals(Answer.JSON) && isPretty(call)) {
            body = Indented.of(body);
        }
        if (body.length < Gzip.FROM_SIZE || !call.acceptsGzip()) {
            return answer.withBody(body);
        }
        return answer.withBody(Gzip.compress(body)).with(Headers.CONTENT_ENCODING, "gzip");
    }

    /** How much of such a length is in memory at the most while it is made: it is put together and copied, and so again for each form. */
    long mostOf(Call call, long length) {
        return length * (isPretty(call) ? 5 : 2);
    }

    /** What tells two forms of the same content from each other. */
    String form(Call call) {
        return (isPretty(call) ? "pretty " : "") + (call.acceptsGzip() ? "gzip " : "");
    }

    private boolean isPretty(Call call) {
        return profile.alwaysPretty() || call.isPretty();
    }
}
