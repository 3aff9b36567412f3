package dev.entente.sim;

import java.time.Duration;

/**
 * One thing that a client or fate does in a run.
 *
 * @param at when
 * @param cluster whom it happens to; taken modulo what there is, as are the other numbers
 */
record Step(Duration at, Kind kind, int cluster, int which, int much) {

    /** What a kind is about. */
    enum Group {
        /** Catalog, exports and roots. */
        DATA,
        /** Tokens, peerings and their ends. */
        LIFE,
        NETWORK,
        PROCESS,
        STORE
    }

    /** What can happen, and how often it does compared with the others. */
    enum Kind {
        REGISTER(Group.DATA, 10),
        DEREGISTER(Group.DATA, 6),
        FLIP(Group.DATA, 10),
        REPORT(Group.DATA, 6),
        EXPORT(Group.DATA, 10),
        WILDCARD(Group.DATA, 3),
        UNEXPORT(Group.DATA, 3),
        GATEWAY(Group.DATA, 4),
        ROTATE(Group.DATA, 3),
        SERVER(Group.DATA, 3),
        TOKEN(Group.LIFE, 3),
        ESTABLISH(Group.LIFE, 4),
        PEER(Group.LIFE, 6),
        DELETE(Group.LIFE, 6),
        CUT(Group.NETWORK, 8),
        HALF_OPEN(Group.NETWORK, 4),
        BLOCK(Group.NETWORK, 4),
        BLOCK_ONE_WAY(Group.NETWORK, 4),
        KILL(Group.PROCESS, 5),
        KILL_IN_SILENCE(Group.PROCESS, 3),
        STOP(Group.PROCESS, 5),
        PAUSE(Group.PROCESS, 3),
        LOSE_REDIS(Group.STORE, 3),
        KILL_ALL(Group.PROCESS, 2),
        KILL_ALL_AND_LOSE_REDIS(Group.STORE, 2),
        REDIS_AWAY(Group.STORE, 3),
        REDIS_CUT_OFF(Group.STORE, 3),
        POSTGRES_AWAY(Group.STORE, 3),
        SLOW(Group.STORE, 3),
        LOSSY(Group.STORE, 4),
        TRIM(Group.STORE, 3),
        OPEN_TWICE(Group.LIFE, 3);

        private final Group group;
        private final int weight;

        Kind(Group group, int weight) {
            this.group = group;
            this.weight = weight;
        }

        /** In a run that is mostly about one group its kinds are more frequent. */
        int weightIn(Group emphasis) {
            return group == emphasis ? 5 * weight : weight;
        }
    }

    @Override
    public String toString() {
        return kind + "(" + cluster + ", " + which + ", " + much + ") at " + at.toMillis() + " ms";
    }
}
