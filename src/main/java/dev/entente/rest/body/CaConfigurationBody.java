package dev.entente.rest.body;

import dev.entente.domain.trust.CaConfiguration;

/**
 * How the certificate authority is to work, as an operator writes it (protocol chapter 6.9).
 *
 * @param modifyIndex the index that the operator saw; 0 when none was sent
 */
public record CaConfigurationBody(CaConfiguration configuration, long modifyIndex) {
    private static final String GO_TYPE = "struct { ForceWithoutCrossSigningSnake bool"
            + " \"json:\\\"force_without_cross_signing\\\"\"; *structs.Alias }";

    public static CaConfigurationBody read(byte[] body) {
        return Bodies.read(CheckBody.PREFIX, () -> {
            Members members = Members.ofBody(body, ".Alias", GO_TYPE);
            boolean force = members.flag("ForceWithoutCrossSigning", "force_without_cross_signing");
            CaConfigurationBody read = new CaConfigurationBody(
                    new CaConfiguration(
                            members.text("Provider"), members.free("Config"), members.textMap("State"), force),
                    members.whole("ModifyIndex"));
            members.ignore("CreateIndex").end();
            return read;
        });
    }
}
