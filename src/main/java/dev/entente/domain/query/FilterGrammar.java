package dev.entente.domain.query;

import static dev.entente.domain.query.Peg.at;
import static dev.entente.domain.query.Peg.character;
import static dev.entente.domain.query.Peg.choice;
import static dev.entente.domain.query.Peg.fault;
import static dev.entente.domain.query.Peg.literal;
import static dev.entente.domain.query.Peg.rule;
import static dev.entente.domain.query.Peg.sequence;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Refusal;
import dev.entente.domain.query.Condition.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * The language of filter expressions (protocol chapter 6.1.8). The rules are cut as Consul's are, because a complaint names what
 * would have been expected where.
 */
final class FilterGrammar {
    /** Longer expressions are refused; characters. */
    static final int MAX_LENGTH = 16_384;
    /** How deep rules may stand in each other: room for 60 parentheses, each of which is four rules deep. A third of a usual stack. */
    private static final int MAX_DEPTH = 250;

    private static final Peg SPACE = rule(
            "whitespace",
            () -> character("[ \\t\\r\\n]", " \t\r\n".chars().boxed().toList()::contains)
                    .atLeastOnce());
    private static final Peg SPACES = SPACE.optional();
    private static final Peg ANY = character(".", point -> true);
    private static final Peg END = ANY.notAhead();
    private static final Peg RAW_TEXT =
            sequence(literal("`"), sequence(literal("`").notAhead(), ANY).repeated());
    private static final Peg ESCAPED_TEXT = sequence(
            literal("\"", "\"\\\"\""),
            sequence(literal("\"", "\"\\\"\"").notAhead(), ANY).repeated());
    private static final Peg STRING = rule(
            "string",
            () -> choice(
                    unquoted(choice(
                            sequence(RAW_TEXT, literal("`")), sequence(ESCAPED_TEXT, literal("\"", "\"\\\"\"")))),
                    sequence(choice(RAW_TEXT, ESCAPED_TEXT), END, fault("Unterminated string literal"))));
    private static final Peg LETTER = character("[a-zA-Z]", FilterGrammar::isLetter);
    private static final Peg IDENTIFIER = sequence(
                    LETTER,
                    character("[a-zA-Z0-9_]", point -> isLetter(point) || isDigit(point) || point == '_')
                            .repeated())
            .text();
    private static final Peg INDEX = rule(
            "index",
            () -> choice(
                    sequence(literal("["), SPACES, STRING, SPACES, literal("]")).as(found -> at(found, 2)),
                    sequence(literal("["), SPACES, STRING.notAhead(), fault("Invalid index")),
                    sequence(
                            literal("["),
                            SPACES,
                            STRING,
                            SPACES,
                            literal("]").notAhead(),
                            fault("Unclosed index expression"))));
    private static final Peg SELECTOR = rule(
            "selector",
            () -> sequence(
                            IDENTIFIER,
                            choice(sequence(literal("."), IDENTIFIER).as(found -> at(found, 1)), INDEX)
                                    .repeated())
                    .as(FilterGrammar::selector));
    private static final Peg DIGITS = character("[0-9]", FilterGrammar::isDigit);
    private static final Peg INTEGER_OR_FLOAT = sequence(
            choice(
                    literal("0"),
                    sequence(character("[1-9]", point -> point >= '1' && point <= '9'), DIGITS.repeated())),
            sequence(literal("."), DIGITS.atLeastOnce()).optional());
    private static final Peg AFTER_NUMBERS = choice(SPACE, END, literal(")")).ahead();
    private static final Peg NUMBER = rule(
            "number",
            () -> choice(
                    sequence(literal("-").optional(), INTEGER_OR_FLOAT, AFTER_NUMBERS.ahead())
                            .text(),
                    sequence(
                            literal("-").optional(),
                            INTEGER_OR_FLOAT,
                            AFTER_NUMBERS.notAhead(),
                            fault("Invalid number literal"))));
    private static final Peg VALUE =
            rule("value", () -> choice(SELECTOR.as(selector -> String.join(".", texts(selector))), NUMBER, STRING));
    private static final Peg COMPARE = choice(
            operator(MatchOperator.EQUAL, SPACES, literal("=="), SPACES),
            operator(MatchOperator.NOT_EQUAL, SPACES, literal("!="), SPACES),
            operator(MatchOperator.IN, SPACE, literal("contains"), SPACE),
            operator(MatchOperator.NOT_IN, SPACE, literal("not"), SPACE, literal("contains"), SPACE),
            operator(MatchOperator.MATCHES, SPACE, literal("matches"), SPACE),
            operator(MatchOperator.NOT_MATCHES, SPACE, literal("not"), SPACE, literal("matches"), SPACE));
    private static final Peg EMPTINESS = choice(
            operator(MatchOperator.IS_EMPTY, SPACE, literal("is"), SPACE, literal("empty")),
            operator(MatchOperator.IS_NOT_EMPTY, SPACE, literal("is"), SPACE, literal("not"), SPACE, literal("empty")));
    private static final Peg MEMBERSHIP = choice(
            operator(MatchOperator.IN, SPACE, literal("in"), SPACE),
            operator(MatchOperator.NOT_IN, SPACE, literal("not"), SPACE, literal("in"), SPACE));
    private static final Peg MATCH = rule(
            "match",
            () -> choice(
                    sequence(SELECTOR, COMPARE, VALUE)
                            .as(found -> new Match(
                                    texts(at(found, 0)), (MatchOperator) at(found, 1), (String) at(found, 2))),
                    sequence(SELECTOR, EMPTINESS)
                            .as(found -> new Match(texts(at(found, 0)), (MatchOperator) at(found, 1), "")),
                    sequence(VALUE, MEMBERSHIP, SELECTOR)
                            .as(found -> new Match(
                                    texts(at(found, 2)), (MatchOperator) at(found, 1), (String) at(found, 0))),
                    sequence(VALUE, MEMBERSHIP, SELECTOR.notAhead(), fault("Invalid selector"))));

    private FilterGrammar() {}

    /** Parses an expression, or tells what is wrong with it. */
    static Outcome<Condition> parse(String expression) {
        if (expression.length() > MAX_LENGTH) {
            return refused("the expression is longer than " + MAX_LENGTH + " characters");
        }
        Parsing parsing = new Parsing(expression, MAX_DEPTH);
        try {
            Object condition = Logic.INPUT.parse(parsing);
            String complaint = parsing.complaint(condition != null);
            return complaint.isEmpty() && condition != null
                    ? Outcome.accepted((Condition) condition)
                    : refused(complaint);
        } catch (Parsing.TooDeepException e) {
            return refused("the expression is nested too deeply");
        }
    }

    private static Outcome<Condition> refused(String complaint) {
        return Outcome.refused(Refusal.invalid(complaint));
    }

    /** How matches are combined; these rules contain each other. */
    private static final class Logic {
        private static final Peg GROUPING = rule("grouping", Logic::grouping);
        private static final Peg NOT = rule("NotExpression", Logic::not);
        private static final Peg AND = rule("AndExpression", Logic::and);
        private static final Peg OR = rule("OrExpression", Logic::or);
        private static final Peg INPUT = rule("Input", Logic::input);

        private static Peg input() {
            return choice(
                    sequence(SPACES, literal("("), SPACES, OR, SPACES, literal(")"), SPACES, END)
                            .as(found -> at(found, 3)),
                    sequence(SPACES, OR, SPACES, END).as(found -> at(found, 1)));
        }

        private static Peg or() {
            return row(AND, "or", Condition.Either::new);
        }

        private static Peg and() {
            return row(NOT, "and", Condition.Both::new);
        }

        /** Terms one after the other: however many there are, none stands in another, neither here nor in the condition. */
        private static Peg row(Peg term, String word, BinaryOperator<Condition> join) {
            return sequence(
                            term,
                            sequence(SPACE, literal(word), SPACE, term)
                                    .as(found -> at(found, 3))
                                    .repeated())
                    .as(found -> {
                        List<Condition> terms = new ArrayList<>();
                        terms.add((Condition) at(found, 0));
                        ((List<?>) at(found, 1)).forEach(each -> terms.add((Condition) each));
                        return joined(terms, join);
                    });
        }

        private static Condition joined(List<Condition> terms, BinaryOperator<Condition> join) {
            int half = terms.size() / 2;
            return half == 0
                    ? terms.get(0)
                    : join.apply(joined(terms.subList(0, half), join), joined(terms.subList(half, terms.size()), join));
        }

        private static Peg not() {
            return choice(
                    sequence(literal("not"), SPACE, NOT).as(found -> new Condition.Not((Condition) at(found, 2))),
                    GROUPING);
        }

        private static Peg grouping() {
            return choice(
                    sequence(literal("("), SPACES, OR, SPACES, literal(")")).as(found -> at(found, 2)),
                    MATCH,
                    sequence(
                            literal("("), SPACES, OR, SPACES, literal(")").notAhead(), fault("Unmatched parentheses")));
        }
    }

    private static Peg operator(MatchOperator operator, Peg... parts) {
        return sequence(parts).as(found -> operator);
    }

    /** A literal whose escapes are wrong counts as read; the complaint is noted where it began. */
    private static Peg unquoted(Peg literal) {
        Peg text = literal.text();
        return parsing -> {
            int start = parsing.position();
            Object found = text.parse(parsing);
            if (found == null) {
                return null;
            }
            return GoLiterals.unquoted((String) found).orElseGet(() -> {
                parsing.fault("invalid syntax", start);
                return "";
            });
        };
    }

    private static List<String> selector(Object found) {
        List<String> parts = new ArrayList<>();
        parts.add((String) at(found, 0));
        parts.addAll(texts(at(found, 1)));
        return parts;
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(Object list) {
        return (List<String>) list;
    }

    private static boolean isLetter(int point) {
        return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
    }

    private static boolean isDigit(int point) {
        return point >= '0' && point <= '9';
    }
}
