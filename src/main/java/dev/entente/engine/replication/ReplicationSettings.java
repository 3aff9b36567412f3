package dev.entente.engine.replication;

import dev.entente.domain.stream.StreamSettings;
import java.time.Duration;

/**
 * Times of the replication.
 *
 * @param leaseValidity how long a lease outlives a replica that died
 * @param leaseRenewal how often a lease is renewed; less than half of the validity
 * @param takeoverPoll how often a replica tries for a lease that another one holds
 * @param statusInterval between two writes of a stream's status, unless its state changes
 * @param statusValidity how long a status outlives a replica that died
 * @param storeRetry before an unreachable store is tried again
 * @param steadyAfter a stream that lived this long was a success: the count of failed attempts starts anew
 */
public record ReplicationSettings(
        StreamSettings stream,
        Duration leaseValidity,
        Duration leaseRenewal,
        Duration takeoverPoll,
        Duration statusInterval,
        Duration statusValidity,
        Duration storeRetry,
        Duration steadyAfter) {
    public static final ReplicationSettings DEFAULT = new ReplicationSettings(
            StreamSettings.DEFAULT,
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofSeconds(2),
            Duration.ofMillis(250),
            Duration.ofSeconds(15),
            Duration.ofMillis(500),
            Duration.ofSeconds(15));
}
