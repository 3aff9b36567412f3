package dev.entente.rest.http;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses, written as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param bits how many leading bits of an address have to be those of the block
 */
public record Network(String address, int bits) {
    private static final int BYTE = 8;

    public Network {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null || bits < 0 || bits > bytes.length * BYTE) {
            throw new IllegalArgumentException("invalid CIDR address: " + address + "/" + bits);
        }
    }

    /** Fails with an IllegalArgumentException when the text names no network. */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        try {
            return new Network(text.substring(0, Math.max(0, slash)), Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("invalid CIDR address: " + text, e);
        }
    }

    boolean contains(@Nullable String other) {
        byte[] asked = other == null ? null : NetUtil.createByteArrayFromIpAddressString(other);
        byte[] own = NetUtil.createByteArrayFromIpAddressString(address);
        if (asked == null || asked.length != own.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % BYTE);
            if ((asked[bit / BYTE] & mask) != (own[bit / BYTE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
