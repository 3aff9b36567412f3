package dev.entente.equivalence;

/** One operation of a script with what has to hold once all is quiet again. */
record Step(String text, Action action, Expected expected) {}
