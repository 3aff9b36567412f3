package dev.entente.engine.view;

import dev.entente.domain.identity.PartitionName;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The read views of all partitions of this replica, and waiting for their changes. */
public interface View {

    /** The view of a partition; empty when there is none of this name. */
    Optional<PartitionView> partition(PartitionName name);

    /** The view of the default partition, which always exists. */
    PartitionView defaultPartition();

    /** The names of all partitions held. */
    Set<PartitionName> partitions();

    /** Completes when this replica shows everything up to the position; fails when it does not within a bounded time. */
    Uni<Void> applied(PartitionName partition, long position);

    /**
     * Calls back after every applied change of a topic, once for many changes in a row, until closed. The callback comes from the
     * view's own thread and must only hand over.
     */
    Watch watch(PartitionName partition, Set<Topic> topics, Runnable onChange);

    /**
     * Reads, waiting when the reader already knows the answer (protocol chapter 6.1.5, blocking queries): at most for the given
     * wait, and only for a change that alters this answer.
     *
     * @param read computes the answer from the view; called again after each change of the topics
     */
    <T> Uni<Found<T>> read(
            PartitionName partition, Waiting waiting, Set<Topic> topics, Function<PartitionView, Found<T>> read);

    /** Whether the change log is reached at present; when not, answers may be old. */
    boolean isCurrent();

    /** Ends a watch; closing twice does nothing. */
    @FunctionalInterface
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
