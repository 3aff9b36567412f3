package dev.entente.fake;

import dev.entente.contract.LeasesContract;
import dev.entente.engine.port.Leases;
import java.util.concurrent.atomic.AtomicLong;

class InMemoryLeasesTest extends LeasesContract {
    private final AtomicLong now = new AtomicLong();
    private final InMemoryLeases leases = new InMemoryLeases(now::get);

    @Override
    protected Leases leases() {
        return leases;
    }

    @Override
    protected void lapse(String name) {
        now.addAndGet(VALIDITY.toNanos());
    }
}
