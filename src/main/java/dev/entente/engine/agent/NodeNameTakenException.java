package dev.entente.engine.agent;

/** A live process already runs under this node's name; this one must not start. */
public final class NodeNameTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NodeNameTakenException(String node) {
        super(
                "another live process already runs as node \"" + node
                        + "\"; give this one a name of its own with -node or node_name",
                null,
                false,
                false);
    }
}
