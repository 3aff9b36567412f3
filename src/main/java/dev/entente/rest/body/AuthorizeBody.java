package dev.entente.rest.body;

/**
 * The question whether one service may call another (protocol chapter 6.8).
 *
 * @param clientCertUri the SPIFFE id of the caller's certificate
 */
public record AuthorizeBody(String target, String clientCertUri, String clientCertSerial) {

    public static AuthorizeBody read(byte[] body) {
        return Bodies.read(CheckBody.PREFIX, () -> {
            Members members = Members.ofBody(body, "ConnectAuthorizeRequest", "structs.ConnectAuthorizeRequest");
            AuthorizeBody read = new AuthorizeBody(
                    members.text("Target"), members.text("ClientCertURI"), members.text("ClientCertSerial"));
            members.end();
            return read;
        });
    }
}
