package dev.entente.domain.query;

import dev.entente.domain.identity.Outcome;

/** Compiles regular expressions whose time to match grows only with the length of the text. */
@FunctionalInterface
public interface RegularExpressions {

    /** A compiled expression. */
    interface Matcher {
        /** Whether the expression occurs in the text. */
        boolean occursIn(String text);

        /** How many steps each character of a text can cost. */
        int stepsPerCharacter();
    }

    /** The matcher, or a refusal whose text says what is wrong with the expression. */
    Outcome<Matcher> compile(String expression);
}
