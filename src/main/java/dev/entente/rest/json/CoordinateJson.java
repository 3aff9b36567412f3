package dev.entente.rest.json;

import java.util.Collections;
import java.util.List;

/** Network coordinates, all of nodes that never measured a distance (protocol chapter 6.11). */
public final class CoordinateJson {
    private static final int DIMENSIONS = 8;
    private static final double UNCERTAIN = 1.5;
    private static final double NO_HEIGHT = 0.00001;

    private CoordinateJson() {}

    public static byte[] nodes(List<String> names) {
        return Json.array(names, CoordinateJson::node);
    }

    public static byte[] datacenters(String datacenter, List<String> names) {
        return Json.array(
                List.of(datacenter),
                (json, name) -> json.members(each -> each.text("Datacenter", name)
                        .text("AreaID", "wan")
                        .array("Coordinates", names, CoordinateJson::node)));
    }

    private static void node(Json json, String name) {
        json.members(node -> node.text("Node", name).text("Segment", "").object("Coord", CoordinateJson::coordinate));
    }

    static void coordinate(Json json) {
        json.free("Vec", Collections.nCopies(DIMENSIONS, 0L))
                .free("Error", UNCERTAIN)
                .number("Adjustment", 0)
                .free("Height", NO_HEIGHT);
    }
}
