package dev.entente.rest.body;

/** An admin partition as a client names it. */
public record PartitionBody(String name, String description) {

    /** Reads a body; the name is for one that names none. */
    public static PartitionBody read(byte[] body, String name) {
        return Bodies.read(CheckBody.PREFIX, () -> {
            Members members = Members.ofBody(body, "Partition", "api.Partition");
            PartitionBody read = new PartitionBody(members.textOr(name, "Name"), members.text("Description"));
            members.ignore("CreateIndex", "ModifyIndex", "DeletedAt").end();
            return read;
        });
    }
}
