package dev.entente.engine.access;

/**
 * What a use case needs, in the words of Consul's rules (protocol chapter 6.1.6).
 *
 * @param name what the rule is about; empty for rules without a name, such as {@code peering}
 */
public record Permission(Area area, Access access, String name) {

    /** The resources that rules name. */
    public enum Area {
        AGENT,
        INTENTION,
        MESH,
        NODE,
        OPERATOR,
        PEERING,
        SERVICE
    }

    /** Reading, or changing. */
    public enum Access {
        READ,
        WRITE
    }

    public static Permission read(Area area, String name) {
        return new Permission(area, Access.READ, name);
    }

    public static Permission write(Area area, String name) {
        return new Permission(area, Access.WRITE, name);
    }
}
