package dev.entente.rest.http;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.query.WaitTime;
import dev.entente.engine.view.Waiting;
import dev.entente.rest.json.DurationText;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How a read is to be answered: fresh or not, now or after a change (protocol chapter 6.1.4).
 *
 * @param cached whether the client would take an answer from a cache
 */
public record ReadOptions(Waiting waiting, Consistency consistency, boolean cached) {
    private static final Pattern DIGITS = Pattern.compile("\\d{1,20}");
    private static final Pattern SIGNED = Pattern.compile("[+-]?\\d{1,18}");
    private static final BigInteger LARGEST_UNSIGNED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    /** Reads the parameters in Consul's order, so that the same mistake is named first. */
    public static ReadOptions of(Call call) {
        QueryParameters query = call.query();
        boolean consistent = query.has("consistent");
        boolean cached = query.has("cached");
        boolean stale = query.has("stale") || isPositive(query.first("max_stale"));
        if (stale && consistent) {
            throw bad("Cannot specify ?stale with ?consistent, conflicting semantics.");
        }
        if (cached && consistent) {
            throw bad("Cannot specify ?cached with ?consistent, conflicting semantics.");
        }
        checkCacheControl(call.header("Cache-Control").orElse(""));
        Duration wait = wait(call.waitTime(), query.first("wait"));
        long index = index(query.first("index"));
        Consistency consistency = consistent ? Consistency.CONSISTENT : stale ? Consistency.STALE : Consistency.LEADER;
        return new ReadOptions(new Waiting(index, wait, consistent), consistency, cached);
    }

    private static boolean isPositive(String maxStale) {
        return !maxStale.isEmpty()
                && !DurationText.parse(maxStale)
                        .orElseThrow(() -> bad("Invalid max_stale value \"" + maxStale + "\""))
                        .minusNanos(1)
                        .isNegative();
    }

    private static Duration wait(WaitTime times, String text) {
        if (text.isEmpty()) {
            return times.byDefault();
        }
        return times.of(DurationText.parse(text).orElseThrow(() -> bad("Invalid wait time")));
    }

    private static long index(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        if (!DIGITS.matcher(text).matches() || new BigInteger(text).compareTo(LARGEST_UNSIGNED) > 0) {
            throw bad("Invalid index");
        }
        BigInteger index = new BigInteger(text);
        return index.bitLength() < Long.SIZE ? index.longValue() : Long.MAX_VALUE;
    }

    private static void checkCacheControl(String header) {
        for (String directive : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = directive.trim().split("=", 2);
            boolean hasSeconds = parts[0].equals("max-age") || parts[0].equals("stale-if-error");
            if (parts.length == 2 && hasSeconds && !SIGNED.matcher(parts[1]).matches()) {
                throw bad("Invalid Cache-Control header.");
            }
        }
    }

    private static RefusedException bad(String text) {
        return Call.refused(Refusal.badRequest(text));
    }
}
