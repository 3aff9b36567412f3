package dev.entente.grpc;

import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Who we are on the TLS port.
 *
 * @param certificate asked at each handshake, so what it shows may change at any time
 * @param peeringServerName the TLS name under which peers dial; connections that ask for it are for peers only
 */
public record TlsIdentity(X509ExtendedKeyManager certificate, String peeringServerName) {
    @Override
    public String toString() {
        return "TlsIdentity[" + peeringServerName + "]";
    }
}
