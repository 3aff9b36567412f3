package dev.entente.domain.peering;

/** Where the other end of a peering is; both empty until it is known. */
public record Remote(String partition, String datacenter) {
    public static final Remote UNKNOWN = new Remote("", "");

    public boolean isUnknown() {
        return equals(UNKNOWN);
    }
}
