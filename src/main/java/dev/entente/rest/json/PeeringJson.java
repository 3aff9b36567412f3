package dev.entente.rest.json;

import dev.entente.domain.catalog.Indexed;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.StreamStatus;
import dev.entente.engine.peering.Peerings.Shown;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Peerings as clients read them (protocol chapter 6.3). */
public final class PeeringJson {
    /** What a heartbeat that did not come yet looks like once there was a stream. */
    private static final String ZERO_TIME = "0001-01-01T00:00:00Z";

    private PeeringJson() {}

    public static byte[] one(Shown shown) {
        return Json.bytes(json -> write(json, shown));
    }

    public static byte[] list(List<Shown> shown) {
        return Json.array(shown, PeeringJson::write);
    }

    public static byte[] token(String token) {
        return Json.object(json -> json.text("PeeringToken", token));
    }

    private static void write(Json json, Shown shown) {
        Indexed<Peering> indexed = shown.peering();
        Peering peering = indexed.value();
        json.members(object -> {
            object.text("ID", peering.id().value())
                    .text("Name", peering.name().value())
                    .textIfAny("Partition", peering.partition().external());
            Instant deletedAt = peering.deletedAt();
            if (deletedAt != null) {
                object.text("DeletedAt", GoTime.text(deletedAt));
            }
            object.textMapIfAny("Meta", peering.meta())
                    .text("State", peering.state().name())
                    .textIfAny("PeerID", peering.peerId())
                    .textsIfAny("PeerCAPems", peering.caPems())
                    .textIfAny("PeerServerName", peering.serverName())
                    .textsIfAny("PeerServerAddresses", peering.serverAddresses())
                    .object("StreamStatus", status -> status(status, shown.status()))
                    .number("CreateIndex", indexed.createIndex())
                    .number("ModifyIndex", indexed.modifyIndex())
                    .object(
                            "Remote",
                            remote -> remote.text("Partition", peering.remote().partition())
                                    .text("Datacenter", peering.remote().datacenter()));
        });
    }

    private static void status(Json json, StreamStatus status) {
        boolean hadStream = status.lastReceive() != null || status.lastSend() != null;
        json.textsOrNull("ImportedServices", status.imported())
                .textsOrNull("ExportedServices", status.exported())
                .text("LastHeartbeat", time(status.lastHeartbeat(), hadStream))
                .text("LastReceive", time(status.lastReceive(), hadStream))
                .text("LastSend", time(status.lastSend(), hadStream));
        List<String> withheld = status.withheld();
        if (withheld != null) {
            json.texts("WithheldServices", withheld);
        }
    }

    private static String time(@Nullable Instant time, boolean hadStream) {
        if (time == null) {
            return hadStream ? ZERO_TIME : GoTime.NEVER;
        }
        return GoTime.text(time);
    }
}
