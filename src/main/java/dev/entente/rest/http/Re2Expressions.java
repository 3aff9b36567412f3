package dev.entente.rest.http;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.query.RegularExpressions;

/** Regular expressions as Go has them: matched in time that grows with the text, whatever the expression. */
public final class Re2Expressions implements RegularExpressions {
    /** Characters. */
    private static final int MAX_LENGTH = 512;
    /** Instructions of a compiled expression; a counted repetition is written out, so short expressions can be large. */
    private static final int MAX_SIZE = 1_000;

    @Override
    public Outcome<Matcher> compile(String expression) {
        if (expression.length() > MAX_LENGTH) {
            return refused("error parsing regexp: expression too large");
        }
        try {
            Pattern pattern = Pattern.compile(expression);
            return pattern.programSize() > MAX_SIZE
                    ? refused("error parsing regexp: expression too large")
                    : Outcome.accepted(new Compiled(pattern));
        } catch (PatternSyntaxException e) {
            return refused("error parsing regexp: " + e.getDescription() + ": `" + e.getPattern() + "`");
        }
    }

    private static Outcome<Matcher> refused(String text) {
        return Outcome.refused(Refusal.invalid(text));
    }

    private record Compiled(Pattern pattern) implements Matcher {
        @Override
        public boolean occursIn(String text) {
            return pattern.matcher(text).find();
        }

        @Override
        public int stepsPerCharacter() {
            return pattern.programSize();
        }
    }
}
