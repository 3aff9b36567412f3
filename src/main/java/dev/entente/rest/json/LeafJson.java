package dev.entente.rest.json;

import dev.entente.engine.port.IssuedLeaf;

/** A certificate of a service (protocol chapter 6.8, IssuedCert). */
public final class LeafJson {
    private LeafJson() {}

    public static byte[] write(IssuedLeaf leaf) {
        return Json.object(json -> json.text("SerialNumber", leaf.serialNumber())
                .text("CertPEM", leaf.certificatePem())
                .text("PrivateKeyPEM", leaf.privateKeyPem())
                .text("Service", leaf.service())
                .text("ServiceURI", leaf.uri())
                .text("ValidAfter", GoTime.text(leaf.validAfter()))
                .text("ValidBefore", GoTime.text(leaf.validBefore()))
                .number("CreateIndex", leaf.index())
                .number("ModifyIndex", leaf.index()));
    }
}
