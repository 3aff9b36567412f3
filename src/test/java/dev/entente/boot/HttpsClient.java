package dev.entente.boot;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A client that trusts one authority, checks the address that it calls, and speaks one version of TLS. */
final class HttpsClient {
    private static final int LIMIT = 10_000;
    private static final char[] NO_PASSWORD = {};

    private final SSLContext context;

    HttpsClient(X509Certificate authority, TestAuthority.@Nullable Credentials own) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            KeyStore trusted = empty();
            trusted.setCertificateEntry("authority", authority);
            trust.init(trusted);
            context = SSLContext.getInstance("TLS");
            context.init(own == null ? null : shows(own), trust.getTrustManagers(), new SecureRandom());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyManager[] shows(TestAuthority.Credentials own) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setKeyEntry("own", own.key(), NO_PASSWORD, new Certificate[] {own.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        return keys.getKeyManagers();
    }

    /** One request on a connection of its own. */
    Answer get(int port, String path, String version) throws IOException {
        try (Socket plain = new Socket();
                SSLSocket socket = secured(plain, port, version)) {
            socket.startHandshake();
            socket.getOutputStream().write(request(path));
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(
                    text, socket.getSession().getProtocol(), socket.getSession().getPeerCertificates()[0]);
        }
    }

    static byte[] request(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private SSLSocket secured(Socket plain, int port, String version) throws IOException {
        plain.connect(new InetSocketAddress("127.0.0.1", port), LIMIT);
        plain.setSoTimeout(LIMIT);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    record Answer(String text, String version, Certificate shown) {}
}
