package dev.entente.rest.json;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.trust.CaRoot;
import dev.entente.engine.port.CaRoots;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The roots of the cluster's certificate authority (protocol chapter 6.9). */
public final class CaRootsJson {
    private CaRootsJson() {}

    public static byte[] write(Indexed<CaRoots> indexed) {
        CaRoots roots = indexed.value();
        return Json.object(json -> json.text("ActiveRootID", roots.activeRootId())
                .text("TrustDomain", roots.trustDomain().value())
                .array("Roots", roots.roots(), (each, root) -> root(each, root, indexed)));
    }

    private static void root(Json json, CaRoot root, Indexed<CaRoots> indexed) {
        json.members(object -> object.text("ID", root.id())
                .text("Name", root.name())
                .number("SerialNumber", root.serialNumber())
                .text("SigningKeyID", root.signingKeyId())
                .text("ExternalTrustDomain", root.externalTrustDomain())
                .text("NotBefore", GoTime.text(root.notBefore()))
                .text("NotAfter", GoTime.text(root.notAfter()))
                .text("RootCert", root.rootCert())
                .textsOrNull("IntermediateCerts", root.intermediateCerts())
                .flag("Active", root.active())
                .text("PrivateKeyType", root.privateKeyType())
                .number("PrivateKeyBits", root.privateKeyBits())
                .number("CreateIndex", root.createIndex() == 0 ? indexed.createIndex() : root.createIndex())
                .number("ModifyIndex", indexed.modifyIndex()));
    }

    /** All certificates, one after the other. */
    public static byte[] pem(CaRoots roots) {
        return roots.roots().stream()
                .flatMap(root -> Stream.concat(Stream.of(root.rootCert()), root.intermediateCerts().stream()))
                .map(pem -> pem.endsWith("\n") ? pem : pem + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }
}
