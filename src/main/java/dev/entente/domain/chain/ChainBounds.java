package dev.entente.domain.chain;

/**
 * How large a chain may be: entries of a partition can be linked in any number, and those who read a chain compile it, so what one
 * costs has to be bounded. Chains that people write are a handful of steps deep.
 */
final class ChainBounds {
    /** How many splitters, or how many redirects, may follow one another. */
    static final int DEEPEST = 100;

    /** Into how many parts a splitter may divide requests, those of the splitters behind it put in their places. */
    static final int MOST_PARTS = 10_000;

    private ChainBounds() {}

    static BrokenChainException tooManySplitters(String service) {
        return new BrokenChainException(
                "discovery chain \"" + service + "\" has more than " + DEEPEST + " splitters one behind the other");
    }

    static BrokenChainException tooManyRedirects(String service) {
        return new BrokenChainException(
                "discovery chain \"" + service + "\" has more than " + DEEPEST + " redirects one behind the other");
    }

    static BrokenChainException tooManyParts(String service) {
        return new BrokenChainException(
                "discovery chain \"" + service + "\" splits requests into more than " + MOST_PARTS + " parts");
    }
}
