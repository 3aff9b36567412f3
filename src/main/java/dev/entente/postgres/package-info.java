/** Durable facts: Hibernate Reactive entities and stores, transactions, the outbox. */
@NullMarked
package dev.entente.postgres;

import org.jspecify.annotations.NullMarked;
