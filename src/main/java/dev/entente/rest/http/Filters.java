package dev.entente.rest.http;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.domain.query.Filter;
import dev.entente.domain.query.RegularExpressions;
import dev.entente.domain.query.Selectors;
import dev.entente.rest.json.AgentProfile;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The filter expressions of requests ({@code filter=}, protocol chapter 6.1.8): compiled once, and kept while they are in use. An
 * endpoint asks for its filter before it reads, so that a bad expression is refused whatever there is to read:
 *
 * <pre>{@code
 * Filter<Row<Check>> filter = filters.of(call, CatalogSelectors.CHECK);
 * … filter.of(rows)
 * }</pre>
 */
@Singleton
public final class Filters {
    private static final String PREFIX = "Failed to create boolean expression evaluator: ";
    /** How many compiled expressions are kept; those longest not used go first. */
    private static final int KEPT = 500;
    /** Longer expressions are compiled anew each time; characters. */
    private static final int MAX_KEPT_LENGTH = 2_000;

    private final AgentProfile profile;
    private final RegularExpressions expressions = new Re2Expressions();
    private final Map<Key, Filter<?>> compiled = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Filter<?>> eldest) {
            return size() > KEPT;
        }
    };

    public Filters(AgentProfile profile) {
        this.profile = profile;
    }

    private record Key(Selectors<?> selectors, String expression) {}

    /**
     * The filter of the request for rows with these selectors; one that lets everything pass when the request has none. That another
     * datacenter is asked is told first.
     */
    public <R> Filter<R> of(Call call, Selectors<R> selectors) {
        Datacenters.requireOwn(call.query().first("dc"), profile);
        return ofAgent(call, selectors);
    }

    /** The same for what the agent knows itself, whatever datacenter is named. */
    public <R> Filter<R> ofAgent(Call call, Selectors<R> selectors) {
        String expression = call.query().first("filter");
        return expression.isEmpty() ? Filter.all() : kept(new Key(selectors, expression), selectors);
    }

    /** The same for the checks of the agent, whose complaints about selectors come without the usual beginning. */
    public <R> Filter<R> ofAgentChecks(Call call, Selectors<R> selectors) {
        String expression = call.query().first("filter");
        try {
            return ofAgent(call, selectors);
        } catch (RefusedException e) {
            Refusal refusal = e.refusal();
            throw Filter.faultOf(expression).isEmpty()
                    ? new RefusedException(
                            new Refusal(refusal.kind(), refusal.text().substring(PREFIX.length())))
                    : e;
        }
    }

    @SuppressWarnings("unchecked") // the key holds the selectors, and so the type of the rows
    private <R> Filter<R> kept(Key key, Selectors<R> selectors) {
        synchronized (compiled) {
            Filter<?> known = compiled.get(key);
            if (known != null) {
                return (Filter<R>) known;
            }
        }
        Filter<R> fresh = Filter.compile(key.expression(), selectors, expressions)
                .fold(accepted -> accepted, refusal -> {
                    throw new RefusedException(new Refusal(refusal.kind(), PREFIX + refusal.text()));
                });
        if (key.expression().length() <= MAX_KEPT_LENGTH) {
            synchronized (compiled) {
                compiled.put(key, fresh);
            }
        }
        return fresh;
    }
}
