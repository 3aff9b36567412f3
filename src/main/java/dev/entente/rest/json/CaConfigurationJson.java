package dev.entente.rest.json;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.trust.CaConfiguration;

/** The configuration of the certificate authority (protocol chapter 6.9). */
public final class CaConfigurationJson {
    private CaConfigurationJson() {}

    public static byte[] write(Indexed<CaConfiguration> indexed) {
        CaConfiguration configuration = indexed.value();
        return Json.object(json -> json.text("Provider", configuration.provider())
                .free("Config", configuration.config())
                .textMapOrNull("State", configuration.state())
                .flag("ForceWithoutCrossSigning", configuration.forceWithoutCrossSigning())
                .number("CreateIndex", indexed.createIndex())
                .number("ModifyIndex", indexed.modifyIndex()));
    }
}
