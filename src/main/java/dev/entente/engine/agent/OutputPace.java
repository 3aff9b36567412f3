package dev.entente.engine.agent;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.identity.PartitionName;
import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.CheckReports;
import dev.entente.engine.port.EventLoop;
import dev.entente.engine.view.View;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * How often a check reaches the catalog when nothing but its output changes ({@code check_update_interval}): at once when it has been
 * quiet, then once in about an interval. Every reader of a service waits for its checks too, and would wake with each run of one whose
 * output tells the time. A status is never held back. Safe for any thread; remembers only checks whose output has changed lately.
 */
public final class OutputPace {
    private final Rhythm rhythm;
    private final Told told;
    private final View view;
    private final CheckReports next;
    private final EventLoop timers;
    private final Map<Key, Rest> resting = new HashMap<>();

    /**
     * When outputs are written, and who hears of trouble with that.
     *
     * @param interval between two changes of nothing but an output, about; zero to hold nothing back
     * @param troubles hears why what was held back did not reach the catalog; it is tried again an interval later
     */
    public record Rhythm(Duration interval, RandomGenerator chance, Consumer<Throwable> troubles) {}

    private record Key(PartitionName partition, String node, String checkId) {}

    private static final class Rest {
        private boolean hasNews;
    }

    public OutputPace(Rhythm rhythm, Told told, View view, CheckReports next, EventLoop timers) {
        this.rhythm = rhythm;
        this.told = told;
        this.view = view;
        this.next = next;
        this.timers = timers;
    }

    /**
     * Passes a report on, now or later; completes at once when it is held back.
     *
     * @param keepsStatus whether the check had this status before, as far as this agent was told
     */
    Uni<Void> report(PartitionName partition, String node, String checkId, CheckReport report, boolean keepsStatus) {
        Key key = new Key(partition, node, checkId);
        boolean changesOutputOnly = keepsStatus && differsInOutputOnly(key, report);
        return holdsBack(key, changesOutputOnly)
                ? Uni.createFrom().voidItem()
                : next.report(partition, node, checkId, report);
    }

    /** As the catalog shows it: a status that has not come through must not wait behind an output. */
    private boolean differsInOutputOnly(Key key, CheckReport report) {
        return view.partition(key.partition())
                .flatMap(contents -> contents.check(key.node(), key.checkId()))
                .map(Indexed::value)
                .filter(shown -> shown.status().equals(report.status())
                        && !shown.output().equals(report.output()))
                .isPresent();
    }

    private synchronized boolean holdsBack(Key key, boolean changesOutputOnly) {
        Rest rest = resting.get(key);
        if (rest != null) {
            rest.hasNews = changesOutputOnly;
            return changesOutputOnly;
        }
        if (changesOutputOnly && !rhythm.interval().isZero()) {
            resting.put(key, new Rest());
            wakeLater(key);
        }
        return false;
    }

    /** Between a half and one and a half of the interval, so that checks that began together do not go on together. */
    private void wakeLater(Key key) {
        long millis = rhythm.interval().toMillis();
        timers.after(Duration.ofMillis(millis / 2 + rhythm.chance().nextLong(Math.max(1, millis))), () -> wake(key));
    }

    private void wake(Key key) {
        if (isStillNews(key)) {
            told.check(key.partition(), key.checkId()).ifPresent(last -> send(key, last));
        }
    }

    private synchronized boolean isStillNews(Key key) {
        Rest rest = resting.get(key);
        if (rest == null || !rest.hasNews) {
            resting.remove(key);
            return false;
        }
        rest.hasNews = false;
        wakeLater(key);
        return true;
    }

    private void send(Key key, Check last) {
        next.report(key.partition(), key.node(), key.checkId(), new CheckReport(last.status(), last.output(), 0))
                .subscribe()
                .with(done -> {}, trouble -> {
                    rhythm.troubles().accept(trouble);
                    notSent(key);
                });
    }

    private synchronized void notSent(Key key) {
        Rest rest = resting.get(key);
        if (rest != null) {
            rest.hasNews = true;
        }
    }
}
