package dev.entente.rest.http;

import dev.entente.rest.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A complete HTTP answer before it is packed for the wire. Immutable; the bytes of the body may be shared. */
public final class Answer {
    public static final String JSON = "application/json";
    public static final String TEXT = "text/plain; charset=utf-8";
    /** What most writes answer. */
    public static final Answer TRUE = json(Json.bytes(json -> json.value(true)));

    private static final Answer FALSE = json(Json.bytes(json -> json.value(false)));

    private final int status;
    private final String contentType;
    private final byte[] body;
    private final Map<String, String> headers;
    private final @Nullable Hold hold;

    private Answer(int status, String contentType, byte[] body, Map<String, String> headers, @Nullable Hold hold) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.headers = headers;
        this.hold = hold;
    }

    private Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
        this(status, contentType, body, headers, null);
    }

    public static Answer json(byte[] body) {
        return new Answer(200, JSON, body, Map.of());
    }

    public static Answer of(boolean value) {
        return value ? TRUE : FALSE;
    }

    public static Answer of(String contentType, byte[] body) {
        return new Answer(200, contentType, body, Map.of());
    }

    public static Answer text(int status, String text) {
        return new Answer(status, TEXT, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** A status without a body. */
    public static Answer empty(int status) {
        return new Answer(status, "", new byte[0], Map.of());
    }

    public static Answer ok() {
        return empty(200);
    }

    public Answer withStatus(int newStatus) {
        return new Answer(newStatus, contentType, body, headers, hold);
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, more, hold);
    }

    public Answer with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Answer(status, contentType, body, all, hold);
    }

    Answer withBody(byte[] newBody) {
        return new Answer(status, contentType, newBody, headers, hold);
    }

    /** An answer that is packed already, and whose bytes are counted. */
    Answer heldBy(Hold newHold) {
        return new Answer(status, contentType, body, headers, newHold);
    }

    /** What counts the bytes of a large answer; null for one that is not packed yet. */
    @Nullable
    Hold hold() {
        return hold;
    }

    public int status() {
        return status;
    }

    public String contentType() {
        return contentType;
    }

    public byte[] body() {
        return body;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
