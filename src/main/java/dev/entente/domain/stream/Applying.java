package dev.entente.domain.stream;

import dev.entente.domain.stream.StreamMessage.Response;
import java.time.Instant;

/** A received response that is being stored; only one at a time, and nothing more is asked for meanwhile. */
record Applying(Response response, ImportOperation operation, Instant since) {}
