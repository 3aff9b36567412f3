package dev.entente.rest.body;

import java.math.BigDecimal;

/** A JSON number as it was written. */
record GoNumber(String text) {

    boolean isInteger() {
        return text.chars().allMatch(each -> each == '-' || Character.isDigit(each));
    }

    /** A long when it is a whole number, else a double. */
    Number value() {
        BigDecimal exact = new BigDecimal(text);
        if (isInteger() && exact.toBigInteger().bitLength() < Long.SIZE) {
            return exact.longValue();
        }
        return exact.doubleValue();
    }
}
