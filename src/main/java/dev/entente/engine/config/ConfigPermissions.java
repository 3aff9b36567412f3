package dev.entente.engine.config;

import dev.entente.domain.config.ConfigKind;
import dev.entente.engine.access.Permission;
import dev.entente.engine.access.Permission.Area;

/** Which permission an entry needs (protocol chapters 8.1 and 8.3). */
public final class ConfigPermissions {
    private ConfigPermissions() {}

    public static Permission toRead(ConfigKind kind, String name) {
        return switch (kind) {
            case SERVICE_INTENTIONS -> Permission.read(Area.INTENTION, name);
            case EXPORTED_SERVICES, SAMENESS_GROUP -> Permission.read(Area.MESH, "");
            case SERVICE_DEFAULTS,
                    SERVICE_ROUTER,
                    SERVICE_SPLITTER,
                    SERVICE_RESOLVER,
                    INGRESS_GATEWAY,
                    TERMINATING_GATEWAY,
                    PROXY_DEFAULTS,
                    MESH -> Permission.read(Area.SERVICE, name);
        };
    }

    public static Permission toWrite(ConfigKind kind, String name) {
        return switch (kind) {
            case SERVICE_INTENTIONS -> Permission.write(Area.INTENTION, name);
            case SERVICE_DEFAULTS, SERVICE_ROUTER, SERVICE_SPLITTER, SERVICE_RESOLVER ->
                Permission.write(Area.SERVICE, name);
            case PROXY_DEFAULTS, MESH, EXPORTED_SERVICES, SAMENESS_GROUP, INGRESS_GATEWAY, TERMINATING_GATEWAY ->
                Permission.write(Area.MESH, "");
        };
    }
}
