package dev.entente.domain.catalog;

import java.util.List;
import java.util.Map;

/**
 * How long the text is that tells of something in the catalog, about: what a peer or a client can make longer is counted in full, and
 * what every record has by its usual length. Cheap enough to be asked of a hundred thousand instances.
 */
public final class TextSize {
    /** From so many bytes on, what is written or read goes to threads of its own: a hundred times what is usual, some milliseconds. */
    public static final int LARGE = 128 * 1024;
    /** As many of the smallest instances have about that length. */
    public static final int LARGE_INSTANCES = 256;

    /** The names of the members, and what stands between them. */
    private static final int NODE = 200;

    private static final int SERVICE = 450;
    private static final int CHECK = 300;
    private static final int PAIR = 6;

    private TextSize() {}

    public static long of(ImportedInstance instance) {
        long size = of(instance.node()) + of(instance.service());
        for (Check check : instance.checks()) {
            size += of(check);
        }
        return size;
    }

    public static long of(Instance instance) {
        long size = of(instance.node().value()) + of(instance.service().value());
        for (Indexed<Check> check : instance.checks()) {
            size += of(check.value());
        }
        return size;
    }

    public static long of(Node node) {
        return NODE
                + node.id().length()
                + node.name().length()
                + node.address().length()
                + node.datacenter().length()
                + of(node.taggedAddresses())
                + of(node.meta());
    }

    public static long of(Service service) {
        long size = SERVICE
                + service.kind().length()
                + service.id().length()
                + service.name().length()
                + service.address().length()
                + service.socketPath().length()
                + of(service.tags())
                + of(service.meta());
        for (Map.Entry<String, ServiceAddress> tagged :
                service.taggedAddresses().entrySet()) {
            size += PAIR
                    + tagged.getKey().length()
                    + tagged.getValue().address().length()
                    + PAIR;
        }
        // Few have these, and their form is theirs.
        if (!service.proxy().equals(Proxy.NONE)) {
            size += service.proxy().toString().length();
        }
        if (!service.connect().equals(Connect.NONE)) {
            size += service.connect().toString().length();
        }
        return size;
    }

    public static long of(Check check) {
        long size = CHECK
                + check.node().length()
                + check.id().length()
                + check.name().length()
                + check.status().length()
                + check.notes().length()
                + check.output().length()
                + check.serviceId().length()
                + check.serviceName().length()
                + check.type().length()
                + check.interval().length()
                + check.timeout().length()
                + of(check.serviceTags());
        return size + of(check.definition()) + of(check.run());
    }

    private static long of(CheckDefinition definition) {
        return definition.equals(CheckDefinition.NONE)
                ? 0
                : definition.toString().length();
    }

    private static long of(List<String> texts) {
        long size = 0;
        for (String text : texts) {
            size += PAIR + text.length();
        }
        return size;
    }

    private static long of(Map<String, String> pairs) {
        long size = 0;
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            size += PAIR + pair.getKey().length() + pair.getValue().length();
        }
        return size;
    }
}
