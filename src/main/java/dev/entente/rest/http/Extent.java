package dev.entente.rest.http;

import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.catalog.Instance;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.TextSize;
import dev.entente.engine.view.Everywhere.Part;
import dev.entente.engine.view.ServiceInstances;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long an answer will be that shows something, about. A few hundred rows stand for all of a long list. */
final class Extent {
    private static final int SAMPLES = 256;
    /** Of a row whose parts are not looked at. */
    private static final long ROW = 512;

    private Extent() {}

    static long of(@Nullable Object value) {
        if (value instanceof ServiceInstances service) {
            return of(service.instances());
        }
        if (value instanceof Map<?, ?> map) {
            return of(map.entrySet());
        }
        return value instanceof Collection<?> rows ? ofRows(rows) : ROW;
    }

    /** Takes every so-many-th: the rows of one service are alike, and lists of several are sorted. */
    private static long ofRows(Collection<?> rows) {
        int step = Math.max(1, rows.size() / SAMPLES);
        long size = 0;
        long looked = 0;
        Iterator<?> each = rows.iterator();
        for (int i = 0; each.hasNext(); i++) {
            Object row = each.next();
            if (i % step == 0) {
                size += ofRow(row);
                looked++;
            }
        }
        return looked == 0 ? 0 : size * rows.size() / looked;
    }

    private static long ofRow(@Nullable Object row) {
        if (row instanceof Instance instance) {
            return TextSize.of(instance);
        }
        if (row instanceof Indexed<?> indexed) {
            return ofRow(indexed.value());
        }
        if (row instanceof Check check) {
            return TextSize.of(check);
        }
        if (row instanceof Node node) {
            return TextSize.of(node);
        }
        if (row instanceof Service service) {
            return TextSize.of(service);
        }
        if (row instanceof Part<?> part) {
            return of(part.value());
        }
        return row instanceof Map.Entry<?, ?> entry ? ofText(entry.getKey()) + ofTexts(entry.getValue()) : ROW;
    }

    private static long ofTexts(@Nullable Object value) {
        return value instanceof Collection<?> texts
                ? texts.stream().mapToLong(Extent::ofText).sum()
                : ofText(value);
    }

    private static long ofText(@Nullable Object value) {
        return value instanceof String text ? text.length() + 3 : ROW;
    }
}
