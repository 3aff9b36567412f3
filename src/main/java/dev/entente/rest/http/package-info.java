/** What every endpoint shares: the route table, the front door, parameters, answers, and the one table from failures to statuses. */
@NullMarked
package dev.entente.rest.http;

import org.jspecify.annotations.NullMarked;
