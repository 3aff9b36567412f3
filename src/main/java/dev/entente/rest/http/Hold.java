package dev.entente.rest.http;

/** Keeps the memory of a large answer counted. */
@FunctionalInterface
interface Hold {

    /** The answer is with its client, or nobody waits for it any more; said twice it changes nothing. */
    void leave();
}
