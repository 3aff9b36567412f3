package dev.entente.engine.config;

import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.engine.access.Permission;
import dev.entente.engine.access.Permission.Area;

/** Which permission an entry needs (protocol chapters 8.1 and 8.3). */
public final class ConfigPermissions {
    private ConfigPermissions() {}

    public static Permission toRead(String kind, String name) {
        return isIntention(kind) ? Permission.read(Area.INTENTION, name) : Permission.read(Area.MESH, "");
    }

    public static Permission toWrite(String kind, String name) {
        return isIntention(kind) ? Permission.write(Area.INTENTION, name) : Permission.write(Area.MESH, "");
    }

    private static boolean isIntention(String kind) {
        return kind.equals(ServiceIntentionsEntry.KIND);
    }
}
