package dev.entente.equivalence;

import java.util.List;

/** Something that differed and should not. Found once for each place, however often it shows. */
record Finding(String key, String text) {
    static Finding difference(Pair left, Pair right, Side side, String read, List<Difference> differences) {
        StringBuilder text = new StringBuilder();
        text.append("  ")
                .append(side)
                .append(" answers differently to ")
                .append(read)
                .append('\n');
        text.append("    above: ")
                .append(left.name())
                .append(", below: ")
                .append(right.name())
                .append('\n');
        differences.stream()
                .limit(6)
                .forEach(difference -> text.append("      ").append(difference).append('\n'));
        String key = read + " " + left.name() + " " + right.name() + " "
                + differences.stream()
                        .map(d -> d.at().replaceAll("\\d+", "n"))
                        .distinct()
                        .toList();
        return new Finding(key, text.toString());
    }

    static Finding unrest(Pair pair, String lacking) {
        return new Finding("unrest " + pair.name(), "  " + pair.name() + " did not come to rest: " + lacking + "\n");
    }
}
