package dev.entente.equivalence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One place at which two answers differ. */
record Difference(String at, String left, String right) {
    private static final int SHOWN = 300;

    static List<Difference> between(JsonNode left, JsonNode right) {
        List<Difference> found = new ArrayList<>();
        collect("", left, right, found);
        return found;
    }

    private static void collect(String at, JsonNode left, JsonNode right, List<Difference> found) {
        if (left.equals(right)) {
            return;
        }
        if (left.isObject() && right.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            left.fieldNames().forEachRemaining(names::add);
            right.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> collect(at + "/" + name, left.path(name), right.path(name), found));
            return;
        }
        if (left.isArray() && right.isArray() && left.size() == right.size()) {
            Iterator<JsonNode> others = right.iterator();
            int n = 0;
            for (JsonNode item : left) {
                collect(at + "/" + n++, item, others.next(), found);
            }
            return;
        }
        found.add(new Difference(at, shown(left), shown(right)));
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "(nothing)" : node.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
    }

    @Override
    public String toString() {
        return at + "\n        " + left + "\n        " + right;
    }
}
