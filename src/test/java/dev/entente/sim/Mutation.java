package dev.entente.sim;

import dev.entente.engine.port.ChangeLog;
import dev.entente.engine.port.Leases;
import dev.entente.engine.port.StreamLink;
import dev.entente.engine.view.Publisher;

/** A fault that is built into the engine on purpose, by what stands around it; {@link #NONE} leaves it as it is. */
interface Mutation {
    Mutation NONE = new Mutation() {};

    default ChangeLog log(ChangeLog real, SimWorld world) {
        return real;
    }

    default Leases leases(Leases real) {
        return real;
    }

    default Publisher purging(Publisher real) {
        return real;
    }

    default StreamLink link(StreamLink real) {
        return real;
    }
}
